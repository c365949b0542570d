//! What goes wrong between a client's dollar and an operator's VKTR, in the middle of a lot. Each time an event says what it is, payments and claims go on,
//! nothing is lost, and the rest is bought when it is over: by itself where time mends it, after `resume` where somebody has to.

use std::collections::BTreeMap;

use super::*;
use frame_support::traits::{fungibles::Inspect, Get};
use pallet_asset_conversion::{Call as Pools, PoolLocator};
use pallet_buyback::{Call as Engine, Event as Market, Fault, Guards, Pool, Refusal};
use pallet_lock_staking::Call as Staking;
use pallet_revenue::{Error, Event as Revenues, Lot, LotState, RevenueSplit};
use pallet_supply::{CurrentRound, EmissionPolicy};
use proptest::prelude::*;
use sp_genesis_builder::runtime_decl_for_genesis_builder::GenesisBuilderV1;
use vektor_primitives::{
	traits::{LiveTime, Rounds, Settlement},
	Receipt, Settled, WorkRef,
};
use vektor_runtime::adapters::{money::Money, pool::DollarPool};

type Tokens = pallet_assets::Call<Runtime, pallet_assets::Instance1>;

/// Who trades for no good reason, and who stakes.
const TRADER: Sr25519Keyring = Alice;
const STAKER: Sr25519Keyring = Ferdie;
/// What a lot takes in that is half bought when something goes wrong: ten dollars a block.
const LOT: Balance = 1_200 * ONE_USDC;
/// A round of a development chain, in slots.
const ROUND: LiveTime = 120;

/// The fast average's half-life, in slots.
fn fast() -> u32 {
	<<Runtime as pallet_buyback::Config>::Fast as Get<u32>>::get()
}

/// For how many rounds a lot waits.
fn patience() -> u32 {
	<<Runtime as pallet_revenue::Config>::Patience as Get<u32>>::get()
}

/// The chain in the middle of lot 1, whose first operator put in three quarters of it. Lot 0 is bought and not claimed, lot 2 may collect.
struct World {
	start: Start,
	operators: [OperatorId; 2],
}

fn world() -> &'static World {
	static WORLD: OnceLock<World> = OnceLock::new();
	WORLD.get_or_init(|| {
		let (start, operators) = beginning("vektor-dev", prepare);
		World { start, operators }
	})
}

/// Two operators, a stake, a client with money, and nothing emitted: whatever moves is what clients paid.
fn people() -> [OperatorId; 2] {
	assert_ok!(root(pallet_supply::Call::set_emission { policy: EmissionPolicy::Released }));
	mint(CLIENT, 100_000 * ONE_USDC);
	mint(TRADER, 100_000 * ONE_USDC);
	assert_ok!(dispatch(STAKER, Staking::stake { amount: 200_000 * VKTR, tier: 0 }));
	[operator(OWNER, AGENT), operator(Eve, Ferdie)]
}

fn prepare() -> [OperatorId; 2] {
	let operators = people();
	pass(12);
	pay_both(operators, 100 * ONE_USDC);
	until_round(1);
	pay_both(operators, LOT);
	until_round(2);
	while lot(1).spent < LOT / 2 {
		pass(1);
	}
	assert_eq!((lot(0).state, lot(1).state), (LotState::Closed, LotState::Buying));
	operators
}

/// Runs `fault` in the middle of lot 1. Afterwards every lot is bought by itself, everybody is paid, and every unit of both assets is somebody's.
fn in_the_middle(fault: impl FnOnce([OperatorId; 2])) {
	let World { start, operators } = world();
	start.on(|| {
		let before = everything();
		fault(*operators);
		all_is_bought();
		all_is_claimed(operators);
		assert_eq!(everything(), before);
	});
}

fn mint(who: Sr25519Keyring, amount: Balance) {
	let beneficiary = who.to_account_id().into();
	assert_ok!(dispatch(Alice, Tokens::mint { id: USDC.into(), beneficiary, amount }));
}

/// The client pays an operator, as `Jobs` does when work is proved.
fn pay(operator: OperatorId, asset: Asset, amount: Balance) -> Result<Receipt, DispatchError> {
	let payer = CLIENT.to_account_id();
	let source = WorkRef::Job(JobId(H256::zero()));
	let settled = Settled { payer: payer.clone(), operator, asset, amount, rebate: 0, source };
	<Revenue as Settlement<_>>::settle(&payer, settled)
}

fn pay_both([one, two]: [OperatorId; 2], amount: Balance) {
	assert_ok!(pay(one, usdc_asset(), amount * 3 / 4));
	assert_ok!(pay(two, usdc_asset(), amount / 4));
}

fn claim(operator: OperatorId, lot: u32, asset: Asset) -> RuntimeCall {
	pallet_revenue::Call::claim { operator, lot, asset }.into()
}

/// While something is wrong: a payment is divided, and a lot that was bought before is claimed.
fn life_goes_on([one, two]: [OperatorId; 2]) {
	let owner = Eve.to_account_id();
	let (before, queued) = (native(&owner), lot(0).native_due);
	assert_ok!(dispatch(CLIENT, claim(two, 0, usdc_asset())));
	assert!(native(&owner) >= before + queued / 4);
	assert_eq!(pay(one, usdc_asset(), 40 * ONE_USDC).expect("it is divided").queued, 40 * ONE_USDC);
}

fn lot(number: u32) -> Lot<BlockNumber> {
	Revenue::lot(number, &usdc_asset()).expect("somebody has paid in it")
}

fn is_closed(number: u32) -> bool {
	lot(number).closed.is_some()
}

fn slot() -> u64 {
	*pallet_babe::CurrentSlot::<Runtime>::get()
}

/// A block so many slots after the last: what the market buy did in it.
fn after(slots: u64) -> Vec<Market<Runtime>> {
	let slot = slot();
	end();
	begin_at(slot + slots);
	sound();
	seen()
}

/// The next block: what the market buy did in it.
fn step() -> Vec<Market<Runtime>> {
	after(1)
}

fn seen() -> Vec<Market<Runtime>> {
	let ours = |event| match event {
		RuntimeEvent::Buyback(event) => Some(event),
		_ => None,
	};
	System::events().into_iter().filter_map(|record| ours(record.event)).collect()
}

fn until_round(index: u32) {
	while Supply::current() < index {
		step();
	}
}

/// Blocks that are refused for `cause`, each of them, until one buys by itself.
fn refused_until_bought(cause: Refusal) -> u32 {
	for blocks in 0..400 {
		match step()[..] {
			[Market::Refused { cause: found }] => assert_eq!(found, cause),
			[Market::Bought { .. }] => return blocks,
			ref other => panic!("{other:?}"),
		}
	}
	panic!("nothing is bought any more")
}

/// The engine has stopped for `fault`, and says nothing more.
fn stands_still(fault: Fault) {
	assert_eq!(step(), [Market::Paused { fault }]);
	let spent = lot(1).spent;
	(0..5).for_each(|_| assert_eq!(step(), []));
	assert_eq!(lot(1).spent, spent);
}

/// What was wrong is mended: nothing happens before `resume`, and then it is bought.
fn resumes() {
	assert_eq!(step(), [], "it waits for governance");
	assert_ok!(root(Engine::resume {}));
	assert_eq!(seen(), [Market::Resumed]);
	assert!(matches!(step()[..], [Market::Bought { .. }]), "{:?}", seen());
}

/// Both hold their own invariants, and the pot has what all may claim of it and what is still to be spent.
fn sound() {
	#[cfg(feature = "try-runtime")]
	{
		Revenue::do_try_state().expect("the revenue's invariants hold");
		Buyback::do_try_state().expect("the market buy's invariants hold");
		LockStaking::do_try_state().expect("lock staking's invariants hold");
	}
	let pot = Revenue::pot();
	for (asset, amount) in claims() {
		let held = Money::balance(asset.clone(), &pot);
		assert!(amount <= held, "{amount} of {asset:?} are somebody's, {held} are there");
	}
}

/// What everybody may claim now or once lots are bought, by what it is paid in.
fn claims() -> BTreeMap<Asset, Balance> {
	let mut sums = BTreeMap::<Asset, Balance>::new();
	let mut add = |asset: Asset, amount: Balance| *sums.entry(asset).or_default() += amount;
	for operator in pallet_operators::Operators::<Runtime>::iter_keys() {
		for held in Revenue::accrued(operator) {
			let (native, paid) = held.claimable.unwrap_or_default();
			add(Asset::Native, native);
			add(held.asset, paid);
		}
		Revenue::earned(operator).into_iter().for_each(|work| add(Asset::Native, work.amount));
	}
	for (_, asset, amount) in pallet_revenue::Owed::<Runtime>::iter() {
		add(asset, amount);
	}
	for (_, asset, lot) in pallet_revenue::Lots::<Runtime>::iter() {
		add(asset, lot.to_spend);
	}
	sums
}

fn pool() -> AccountId {
	type Locator = <Runtime as pallet_asset_conversion::Config>::PoolLocator;
	Locator::pool_address(&Asset::Native, &usdc_asset()).expect("the two make a pool")
}

/// All of both assets that anybody holds whom lots, trades and stakes can reach, and what of VKTR was burned.
fn everything() -> (Balance, Balance) {
	let account = presets::economy::account;
	let pots = [
		presets::networks::LIQUIDITY,
		inference::ReservePot::get(),
		inference::OperationsPot::get(),
		inference::QualityPot::get(),
		configs::monetary::PoolsPalletId::get(),
	];
	let own = [Revenue::pot(), LockStaking::pot(), Operators::pot(), Treasury::account_id(), pool()];
	let people = presets::networks::DEVELOPERS.map(|key| key.to_account_id());
	let all = || pots.iter().map(|pot| account(*pot)).chain(own.clone()).chain(people.clone());
	let of = |asset: Asset| all().map(|who| Money::total_balance(asset.clone(), &who)).sum::<Balance>();
	let burned: Balance = pallet_supply::Burned::<Runtime>::iter_values().sum();
	(of(usdc_asset()), of(Asset::Native) + burned)
}

/// Blocks pass until nothing is to be bought. Every tenth slot has one: no average is stale of that.
fn all_is_bought() {
	let is_done = || pallet_revenue::Lots::<Runtime>::iter_values().all(|lot| lot.closed.is_some());
	for _ in 0..1_000 {
		after(10);
		if is_done() {
			return;
		}
	}
	panic!("something is never bought: {:?}", Revenue::lots(10));
}

/// Everybody claims, and is sent what was refused: the pot keeps its floors and what rounding has left.
fn all_is_claimed(operators: &[OperatorId]) {
	for operator in operators {
		for held in Revenue::accrued(*operator) {
			assert_ok!(dispatch(CLIENT, claim(*operator, held.lot, held.asset)));
		}
	}
	let owed: Vec<_> = pallet_revenue::Owed::<Runtime>::iter_keys().collect();
	for (account, asset) in owed {
		assert_ok!(dispatch(CLIENT, pallet_revenue::Call::payout { account, asset }));
	}
	let pot = Revenue::pot();
	let lots = Balance::from(pallet_revenue::CollectingLot::<Runtime>::get().map_or(0, |last| last.lot + 1));
	let dust = 2 * lots;
	assert!((USDC_MINIMUM..=USDC_MINIMUM + dust).contains(&usdc(&pot)), "{}", usdc(&pot));
	assert!((EXISTENTIAL_DEPOSIT..=EXISTENTIAL_DEPOSIT + dust).contains(&native(&pot)), "{}", native(&pot));
}

/// Somebody sells so much of one asset for the other.
fn trade(given: Asset, amount: Balance) {
	let taken = if given == Asset::Native { usdc_asset() } else { Asset::Native };
	let path = vec![Box::new(given.clone()), Box::new(taken)];
	let send_to = TRADER.to_account_id();
	// No more than the trader has.
	let amount = amount.min(Money::balance(given, &send_to) / 2);
	let call =
		Pools::swap_exact_tokens_for_tokens { path, amount_in: amount, amount_out_min: 1, send_to, keep_alive: true };
	assert_ok!(dispatch(TRADER, call));
}

/// Trades until VKTR costs so many hundredths of what it did.
fn jump(hundredths: Balance) {
	let root = |square: Balance| (square * 1_000_000).isqrt();
	let (usd, vktr) = (usdc(&pool()), native(&pool()));
	match hundredths > 100 {
		true => trade(usdc_asset(), usd * (root(hundredths) - root(100)) / root(100)),
		false => trade(Asset::Native, vktr * (root(100) - root(hundredths)) / root(hundredths)),
	}
}

fn provider(call: Pools<Runtime>) {
	use sp_runtime::traits::Dispatchable;
	let origin = RuntimeOrigin::signed(presets::economy::account(presets::networks::LIQUIDITY));
	assert_ok!(RuntimeCall::from(call).dispatch(origin));
}

/// Who provides the pool takes all but a millionth out of it.
fn drain() {
	let receiver = presets::economy::account(presets::networks::LIQUIDITY);
	let shares = PoolAssets::balance(0, &receiver);
	provider(Pools::remove_liquidity {
		asset1: Box::new(Asset::Native),
		asset2: Box::new(usdc_asset()),
		lp_token_burn: shares - shares / 1_000_000,
		amount1_min_receive: 1,
		amount2_min_receive: 1,
		withdraw_to: receiver,
	});
}

/// And puts it back.
fn fill() {
	let mint_to = presets::economy::account(presets::networks::LIQUIDITY);
	provider(Pools::add_liquidity {
		asset1: Box::new(Asset::Native),
		asset2: Box::new(usdc_asset()),
		amount1_desired: native(&mint_to) - 20 * VKTR,
		amount2_desired: usdc(&mint_to) - USDC_MINIMUM,
		amount1_min: 1,
		amount2_min: 1,
		mint_to,
	});
}

fn freeze(who: AccountId) {
	assert_ok!(dispatch(Alice, Tokens::freeze { id: USDC.into(), who: who.into() }));
}

fn thaw(who: AccountId) {
	assert_ok!(dispatch(Alice, Tokens::thaw { id: USDC.into(), who: who.into() }));
}

/// Runs on a development chain with a genesis that differs.
fn with_genesis(change: impl FnOnce(&mut serde_json::Value), test: impl FnOnce()) {
	let mut full: serde_json::Value = serde_json::from_slice(&genesis("vektor-dev")).expect("JSON");
	change(&mut full);
	sp_io::TestExternalities::default().execute_with(|| {
		let bytes = serde_json::to_vec(&full).expect("JSON");
		<Runtime as GenesisBuilderV1<Block>>::build_state(bytes).expect("it builds");
		begin_at(1_000_000);
		test();
		end();
		check();
	});
}

#[test]
fn without_a_pool_and_with_an_empty_one_lots_wait_until_it_is_filled_and_the_engine_resumed() {
	with_genesis(
		|full| full["assetConversion"]["pools"] = serde_json::json!([]),
		|| {
			let operators = people();
			let before = everything();
			pay_both(operators, 100 * ONE_USDC);
			assert_noop!(Revenue::accepts(&Asset::Native, VKTR), Error::<Runtime>::NoPrice);
			while lot(0).state == LotState::Collecting {
				assert!(step().is_empty() || lot(0).state == LotState::Buying);
			}
			assert_eq!(seen(), [Market::Paused { fault: Fault::NoPool }]);
			pay_both(operators, 10 * ONE_USDC);
			assert_eq!(step(), []);

			let pair = || (Box::new(Asset::Native), Box::new(usdc_asset()));
			let (asset1, asset2) = pair();
			assert_ok!(dispatch(Alice, Pools::create_pool { asset1, asset2 }));
			assert_ok!(root(Engine::resume {}));
			assert_eq!(step(), [Market::Paused { fault: Fault::EmptyPool }]);

			let (asset1, asset2) = pair();
			let (usd, vktr) = (5_000 * ONE_USDC, 50_000 * VKTR);
			let mint_to = Alice.to_account_id();
			assert_ok!(dispatch(
				Alice,
				Pools::add_liquidity {
					asset1,
					asset2,
					amount1_desired: vktr,
					amount2_desired: usd,
					amount1_min: vktr,
					amount2_min: usd,
					mint_to
				}
			));
			assert_ok!(root(Engine::resume {}));
			// A price of a new pool is anybody's: it counts once it has lasted.
			assert_eq!(refused_until_bought(Refusal::Stale), fast());
			all_is_bought();
			all_is_claimed(&operators);
			assert_eq!(everything(), before);
		},
	);
}

#[test]
fn from_a_drained_pool_nothing_is_bought_until_it_is_deep_again() {
	in_the_middle(|operators| {
		drain();
		(0..5).for_each(|_| assert_eq!(step(), [Market::Refused { cause: Refusal::TooShallow }]));
		assert_noop!(Revenue::accepts(&Asset::Native, VKTR), Error::<Runtime>::NoPrice);
		life_goes_on(operators);
		fill();
		// What was put in since the last block enlarges no purchase.
		assert_eq!(refused_until_bought(Refusal::TooShallow), 1);
		assert_ok!(pay(operators[0], Asset::Native, VKTR));
	});
}

#[test]
fn a_price_thirty_percent_up_is_bought_at_once_both_averages_have_followed() {
	in_the_middle(|operators| {
		jump(130);
		assert_eq!(step(), [Market::Refused { cause: Refusal::TooDear }]);
		life_goes_on(operators);
		// Half-lives of 10 and 60 slots: the slow one is within 3 % of it after three of its own.
		let blocks = refused_until_bought(Refusal::TooDear);
		assert!((170..190).contains(&blocks), "{blocks}");
	});
}

#[test]
fn a_price_thirty_percent_down_is_bought_once_the_slow_average_has_come_near() {
	in_the_middle(|operators| {
		jump(70);
		assert_eq!(step(), [Market::Refused { cause: Refusal::Fallen }]);
		life_goes_on(operators);
		let blocks = refused_until_bought(Refusal::Fallen);
		assert!((15..30).contains(&blocks), "{blocks}");
	});
}

#[test]
fn a_purchase_that_fails_stops_the_engine_and_takes_nothing() {
	in_the_middle(|operators| {
		freeze(Revenue::pot());
		stands_still(Fault::SwapFailed);
		life_goes_on(operators);
		thaw(Revenue::pot());
		resumes();
	});
}

#[test]
fn a_pot_without_its_floor_spends_all_that_it_can_and_the_rest_when_the_floor_is_back() {
	in_the_middle(|operators| {
		let floor = |source: AccountId, dest: AccountId| Tokens::force_transfer {
			id: USDC.into(),
			source: source.into(),
			dest: dest.into(),
			amount: USDC_MINIMUM,
		};
		let (pot, client) = (Revenue::pot(), CLIENT.to_account_id());
		assert_ok!(dispatch(Alice, floor(pot.clone(), client.clone())));
		// The invariants miss the floor, so they are not asked meanwhile.
		let bought = || matches!(seen()[..], [Market::Bought { .. }]);
		while bought() {
			pass(1);
		}
		assert_eq!(seen(), [Market::Paused { fault: Fault::SwapFailed }]);
		// The last purchase would have left less than a cent.
		assert!(lot(1).to_spend > 0 && lot(1).to_spend <= 11 * ONE_USDC, "{:?}", lot(1));
		assert_eq!(usdc(&pot), lot(1).to_spend);
		life_goes_on(operators);
		assert_ok!(dispatch(Alice, floor(client, pot)));
		resumes();
	});
}

#[test]
fn while_usdc_is_frozen_no_payment_is_taken_and_what_was_bought_is_paid() {
	in_the_middle(|[one, two]| {
		assert_ok!(dispatch(Alice, Tokens::freeze_asset { id: USDC.into() }));
		stands_still(Fault::Frozen);
		let queued = lot(1).to_spend;
		assert!(frame_support::storage::with_storage_layer(|| pay(one, usdc_asset(), ONE_USDC)).is_err());
		assert_noop!(Revenue::accepts(&Asset::Native, VKTR), Error::<Runtime>::NoPrice);
		let owner = Eve.to_account_id();
		let before = native(&owner);
		assert_ok!(dispatch(CLIENT, claim(two, 0, usdc_asset())));
		assert!(native(&owner) > before);
		(0..fast()).for_each(|_| assert_eq!(step(), []));
		assert_eq!(lot(1).to_spend, queued);
		assert_ok!(dispatch(Alice, Tokens::thaw_asset { id: USDC.into() }));
		assert_eq!(step(), []);
		assert_ok!(root(Engine::resume {}));
		// The pool was not seen for longer than the fast average's half-life.
		assert_eq!(refused_until_bought(Refusal::Stale), fast() - 1);
		assert_ok!(pay(one, usdc_asset(), ONE_USDC));
	});
}

#[test]
fn while_the_pool_alone_is_frozen_clients_pay_on() {
	in_the_middle(|operators| {
		freeze(pool());
		stands_still(Fault::Frozen);
		life_goes_on(operators);
		thaw(pool());
		resumes();
	});
}

#[test]
fn a_lot_that_is_half_bought_when_its_round_ends_is_bought_on_before_the_next() {
	in_the_middle(|operators| {
		assert_ok!(root(Engine::pause {}));
		assert_eq!(seen().last(), Some(&Market::Paused { fault: Fault::Governed }));
		life_goes_on(operators);
		let spent = lot(1).spent;
		until_round(3);
		assert!(System::events().iter().any(|record| matches!(
			record.event,
			RuntimeEvent::Supply(pallet_supply::Event::RoundEnded { round: 2, .. })
		)));
		step();
		assert_eq!((lot(1).state, lot(2).state, lot(1).spent), (LotState::Buying, LotState::Buying, spent));
		assert_eq!(pay(operators[0], usdc_asset(), 40 * ONE_USDC).expect("it is divided").lot, 3);

		assert_ok!(root(Engine::resume {}));
		let mut largest = 0;
		while !is_closed(1) {
			let [Market::Bought { spent, .. }] = step()[..] else { panic!("{:?}", seen()) };
			largest = largest.max(spent);
			assert_eq!((lot(2).spent, lot(2).state), (0, LotState::Buying));
		}
		// What is late is not paced: half of the fee, of a pool of 100,000 USDC.
		assert!((150 * ONE_USDC..152 * ONE_USDC).contains(&largest), "{largest}");
		// The next one is, over what its round has left.
		let [Market::Bought { spent, .. }] = step()[..] else { panic!("{:?}", seen()) };
		assert_eq!(spent, ONE_USDC);
	});
}

#[test]
fn whatever_governance_changes_a_lot_keeps_the_shares_under_which_it_came_in() {
	in_the_middle(|[one, _]| {
		assert_ok!(pay(one, usdc_asset(), 100 * ONE_USDC));
		let changed = RevenueSplit { stakers: Ppm(500_000), burn: Ppm(500_000), ..RevenueSplit::NONE };
		assert_ok!(root(pallet_revenue::Call::set_split { split: changed }));
		assert_ok!(root(pallet_revenue::Call::set_factors { factors: Default::default() }));
		assert_ok!(pay(one, usdc_asset(), 100 * ONE_USDC));
		let parts = |lot: Lot<_>| [lot.operators, lot.stakers, lot.burn].map(|part| part / ONE_USDC);
		assert_eq!(parts(lot(1)), [840, 360, 0]);
		assert_eq!(parts(lot(2)), [70, 80, 50]);

		// A round that is on ends when it said; the next ones are shorter, and what is left is bought faster.
		let length = configs::parameters::dynamic::emission::Parameters::RoundLength(
			configs::parameters::dynamic::emission::RoundLength,
			Some(60),
		);
		let ends = CurrentRound::<Runtime>::get().ends;
		assert_ok!(root(pallet_supply::Call::set_parameter { parameter: RuntimeParameters::Emission(length) }));
		assert_eq!(CurrentRound::<Runtime>::get().ends, ends);

		let guards = |slippage| Guards { slippage: Ppm(slippage), ..Guards::default() };
		assert_ok!(root(Engine::set_guards { guards: guards(0) }));
		assert_eq!(step(), [Market::Refused { cause: Refusal::Slippage }]);
		assert_ok!(root(Engine::set_guards { guards: guards(40_000) }));
		while !is_closed(1) {
			assert!(matches!(step()[..], [Market::Bought { .. }]), "{:?}", seen());
		}
		let (bought, operators, stakers) = event(|event| match event {
			RuntimeEvent::Revenue(Revenues::LotClosed { lot: 1, bought, operators, stakers, burned: 0, .. }) => {
				Some((*bought, *operators, *stakers))
			}
			_ => None,
		});
		assert_eq!((stakers, operators), (bought * 3 / 10, bought - bought * 3 / 10));

		until_round(3);
		let round = CurrentRound::<Runtime>::get();
		assert_eq!((round.began, round.ends), (ends, ends + 60));
		let burned = pallet_supply::Burned::<Runtime>::get(pallet_supply::BurnCause::Split);
		while !is_closed(2) {
			step();
		}
		let got = pallet_supply::Burned::<Runtime>::get(pallet_supply::BurnCause::Split) - burned;
		assert_eq!((Supply::current(), got), (3, lot(2).bought / 4));
	});
}

#[test]
fn missed_slots_make_an_average_stale_only_beyond_the_fast_half_life() {
	in_the_middle(|_| {
		assert!(matches!(after(fast().into())[..], [Market::Bought { .. }]), "{:?}", seen());
		assert_eq!(after(u64::from(fast()) + 1), [Market::Refused { cause: Refusal::Stale }]);
		assert_eq!(refused_until_bought(Refusal::Stale), fast() - 1);
	});
}

/// Two rounds and more without a block, in which lot 1 is half bought: how many of them count, and that nothing overflows.
fn stalled(operators: [OperatorId; 2], slots: u64, counted: u32) {
	let (round, live, spent) = (Supply::current(), Jobs::now(), lot(1).spent);
	assert_eq!(after(slots), [Market::Refused { cause: Refusal::Stale }]);
	let passed = Jobs::now() - live;
	assert_eq!(passed, if counted > 0 { slots as u32 } else { 0 });
	life_goes_on(operators);
	// Rounds that have ended are seen one a block, and prices are young for as long as the fast average needs.
	assert_eq!(refused_until_bought(Refusal::Stale), fast() - 1);
	assert_eq!(Supply::current(), round + counted);
	assert_eq!(lot(1).state, LotState::Buying);
	assert!(lot(1).spent > spent);
}

#[test]
fn rounds_that_passed_without_blocks_within_ten_minutes_count_and_nothing_overflows() {
	in_the_middle(|operators| stalled(operators, 2 * u64::from(ROUND), 2));
}

#[test]
fn after_a_stall_of_more_rounds_than_a_lot_waits_its_round_goes_on_where_it_was() {
	in_the_middle(|operators| stalled(operators, u64::from(ROUND * (patience() + 1)), 0));
}

#[test]
fn with_slots_of_production_a_stall_of_two_rounds_is_no_time_at_all() {
	with_genesis(
		|full| full["timing"]["durations"]["slotMs"] = 6_000.into(),
		|| {
			let operators = prepare();
			let before = everything();
			stalled(operators, 2 * u64::from(ROUND), 0);
			all_is_bought();
			all_is_claimed(&operators);
			assert_eq!(everything(), before);
		},
	);
}

#[test]
fn after_seven_rounds_operators_are_paid_in_usdc_and_stakers_part_is_bought_after_resume() {
	in_the_middle(|operators @ [one, two]| {
		assert_ok!(root(Engine::pause {}));
		life_goes_on(operators);
		let Lot { round, spent, bought, to_spend, .. } = lot(1);
		// Lot 2 is a round younger: it waits on.
		while Supply::current() < round + 1 + patience() {
			assert_eq!((lot(1).state, after(60)), (LotState::Buying, vec![]));
		}
		// One lot a block is looked at.
		while lot(1).state == LotState::Buying {
			step();
		}
		let (asset, native_part, waiting) = event(|event| match event {
			RuntimeEvent::Revenue(Revenues::LotOverflowed { lot: 1, asset, native, waiting }) => {
				Some((*asset, *native, *waiting))
			}
			_ => None,
		});
		assert_eq!((asset, waiting), (to_spend * 7 / 10, to_spend - to_spend * 7 / 10));
		assert_eq!(native_part, bought * 7 / 10);
		assert_eq!((Supply::current(), lot(2).state), (round + 1 + patience(), LotState::Buying));

		let paid = |who: Sr25519Keyring, operator| {
			let account = who.to_account_id();
			let before = (usdc(&account), native(&account));
			assert_ok!(dispatch(CLIENT, claim(operator, 1, usdc_asset())));
			(usdc(&account) - before.0, native(&account) - before.1)
		};
		assert_eq!(paid(OWNER, one), (asset * 3 / 4, native_part * 3 / 4));
		assert_eq!(paid(Eve, two), (asset / 4, native_part / 4));
		assert_eq!((lot(1).to_spend, lot(1).spent), (waiting, spent));

		let vault = native(&LockStaking::pot());
		assert_ok!(root(Engine::resume {}));
		while !is_closed(1) {
			step();
		}
		let (stakers, more) = event(|event| match event {
			RuntimeEvent::Revenue(Revenues::LotClosed { lot: 1, stakers, operators, .. }) => {
				Some((*stakers, *operators))
			}
			_ => None,
		});
		assert_eq!((lot(1).state, more), (LotState::Overflow, native_part), "operators have had theirs");
		assert_eq!(stakers, lot(1).bought - native_part);
		assert_eq!(native(&LockStaking::pot()), vault + stakers);
	});
}

#[derive(Clone, Copy, Debug)]
enum Op {
	Pay { operator: usize, in_vktr: bool, cents: Balance },
	Claim { operator: usize, lot: u32, in_vktr: bool },
	Pass(u32),
	Miss(u64),
	Jump(Balance),
	Freeze(usize, bool),
	Drain(bool),
	Run(bool),
	Split(usize),
	Tighten(bool),
}

fn op() -> impl Strategy<Value = Op> {
	prop_oneof![
		6 => (0..2usize, any::<bool>(), 1..30_000 as Balance).prop_map(|(operator, in_vktr, cents)| Op::Pay { operator, in_vktr, cents }),
		3 => (0..2usize, 0..5u32, any::<bool>()).prop_map(|(operator, lot, in_vktr)| Op::Claim { operator, lot, in_vktr }),
		5 => (1..30u32).prop_map(Op::Pass),
		3 => prop_oneof![1..12u64, 100..800u64].prop_map(Op::Miss),
		3 => prop_oneof![60..98 as Balance, 103..170 as Balance].prop_map(Op::Jump),
		3 => (0..3usize, any::<bool>()).prop_map(|(whose, on)| Op::Freeze(whose, on)),
		2 => any::<bool>().prop_map(Op::Drain),
		4 => prop::bool::weighted(0.7).prop_map(Op::Run),
		2 => (0..5usize).prop_map(Op::Split),
		1 => any::<bool>().prop_map(Op::Tighten),
	]
}

fn set_frozen(whose: usize, on: bool) -> frame_support::dispatch::DispatchResultWithPostInfo {
	let id = || USDC.into();
	let who = || [pool(), Revenue::pot()][whose % 2].clone().into();
	dispatch(
		Alice,
		match (whose, on) {
			(2, true) => Tokens::freeze_asset { id: id() },
			(2, false) => Tokens::thaw_asset { id: id() },
			(_, true) => Tokens::freeze { id: id(), who: who() },
			(_, false) => Tokens::thaw { id: id(), who: who() },
		},
	)
}

/// Does it, whether or not it can be done now.
fn apply(op: Op, operators: [OperatorId; 2]) {
	use frame_support::storage::with_storage_layer;
	let asset = |in_vktr| if in_vktr { Asset::Native } else { usdc_asset() };
	let is_deep = || DollarPool::reserves().is_ok_and(|(usd, _)| usd > 10_000 * ONE_USDC);
	match op {
		Op::Pay { operator, in_vktr, cents } => {
			let amount = cents * if in_vktr { VKTR / 10 } else { ONE_USDC / 100 };
			let _ = with_storage_layer(|| pay(operators[operator], asset(in_vktr), amount));
		}
		Op::Claim { operator, lot, in_vktr } => {
			let _ = dispatch(CLIENT, claim(operators[operator], lot, asset(in_vktr)));
		}
		Op::Pass(blocks) => (0..blocks).for_each(|_| {
			step();
		}),
		Op::Miss(slots) => {
			after(slots);
		}
		Op::Jump(hundredths) if is_deep() => jump(hundredths),
		Op::Drain(true) if is_deep() => drain(),
		Op::Drain(false) if DollarPool::reserves().is_ok() && !is_deep() => fill(),
		Op::Jump(_) | Op::Drain(_) => {}
		Op::Freeze(whose, on) => {
			let _ = set_frozen(whose, on);
		}
		Op::Run(true) => {
			let _ = root(Engine::resume {});
		}
		Op::Run(false) => {
			let _ = root(Engine::pause {});
		}
		Op::Split(number) => {
			let all_bought = RevenueSplit { stakers: Ppm(500_000), burn: Ppm(500_000), ..RevenueSplit::NONE };
			let splits =
				[RevenueSplit::VEKTOR, RevenueSplit::NEXUS, RevenueSplit::QUIVER, RevenueSplit::CXPT, all_bought];
			assert_ok!(root(pallet_revenue::Call::set_split { split: splits[number] }));
		}
		Op::Tighten(on) => {
			let guards = if on { Guards { premium: Ppm(0), ..Guards::default() } } else { Guards::default() };
			assert_ok!(root(Engine::set_guards { guards }));
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(12))]

	#[test]
	fn in_any_order_of_faults_what_all_may_claim_is_there_and_all_is_bought_when_they_are_over(ops in proptest::collection::vec(op(), 1..30)) {
		in_the_middle(|operators| {
			for op in ops {
				let before = everything();
				apply(op, operators);
				sound();
				assert_eq!(everything(), before, "{op:?}");
			}
			(0..3).for_each(|whose| {
				let _ = set_frozen(whose, false);
			});
			[Op::Drain(false), Op::Tighten(false), Op::Run(true)].into_iter().for_each(|op| apply(op, operators));
		});
	}
}
