//! A chain in memory of which only the market runs: the real pool, the real revenue, the real market buy.

use frame_support::{
	storage::with_transaction,
	traits::{
		fungibles::{Inspect, Mutate},
		Hooks,
	},
};
use pallet_buyback::{Engine, Event, Guards, Limits, Market, Pool, Refusal};
use pallet_supply::{CurrentRound, Round};
use sp_runtime::{DispatchError, TransactionOutcome};
use vektor_primitives::{traits::Settlement, OperatorId, Ppm, Settled, WorkRef, ONE_USDC, USDC, VKTR};
use vektor_runtime::{
	adapters::{money::Money, pool::DollarPool},
	params::USDC_MINIMUM,
	timing, AccountId, Asset, AssetConversion, Assets, Balance, Balances, Buyback, PoolAssets, Revenue, Runtime,
	RuntimeEvent, RuntimeOrigin, System,
};

pub const DOLLARS: Asset = Asset::WithId(USDC);
/// What is in the pool at first: a VKTR is worth 0.10 USD.
pub const RESERVES: (Balance, Balance) = (1_000_000 * ONE_USDC, 10_000_000 * VKTR);
/// Blocks of an interval, and of a round.
pub const INTERVAL: u32 = 100;
pub const ROUND: u32 = 14_400;

/// Who provides the pool, who attacks, who trades beside them, and who pays for inference.
pub const PROVIDER: AccountId = AccountId::new([1; 32]);
pub const ATTACKER: AccountId = AccountId::new([2; 32]);
pub const TRADER: AccountId = AccountId::new([3; 32]);
pub const PAYER: AccountId = AccountId::new([4; 32]);

/// What the market buy did in a block.
#[derive(Clone, Copy, Default)]
pub struct Seen {
	/// What was spent, in micro-USDC, and what came for it, in VKTR's smallest unit.
	pub bought: Option<(Balance, Balance)>,
	pub refused: Option<Refusal>,
}

/// Runs on a new chain with durations of production, where `part` of the pool, at most one, is the attacker's.
pub fn chain<R>(part: f64, run: impl FnOnce() -> R) -> R {
	sp_io::TestExternalities::default().execute_with(|| {
		System::set_block_number(1);
		pallet_babe::GenesisSlot::<Runtime>::put(sp_consensus_babe::Slot::from(1));
		pallet_babe::CurrentSlot::<Runtime>::put(sp_consensus_babe::Slot::from(1));
		timing::Active::<Runtime>::put(timing::Durations::default());
		let issuer = PROVIDER.into();
		Assets::force_create(RuntimeOrigin::root(), USDC.into(), issuer, true, USDC_MINIMUM).expect("a new asset");
		for who in [PROVIDER, ATTACKER, TRADER, PAYER, Revenue::pot()] {
			give(&who, DOLLARS, USDC_MINIMUM);
			give(&who, Asset::Native, VKTR);
		}
		for who in [PROVIDER, ATTACKER, TRADER] {
			give(&who, DOLLARS, 100 * RESERVES.0);
			give(&who, Asset::Native, 100 * RESERVES.1);
		}
		let pair = || (Box::new(Asset::Native), Box::new(DOLLARS));
		let (one, two) = pair();
		AssetConversion::create_pool(RuntimeOrigin::signed(PROVIDER), one, two).expect("a new pool");
		for (who, part) in [(PROVIDER, 1.0 - part), (ATTACKER, part)] {
			if part > 0.0 {
				let (one, two) = pair();
				let (native, usd) = (times(RESERVES.1, part), times(RESERVES.0, part));
				let origin = RuntimeOrigin::signed(who.clone());
				AssetConversion::add_liquidity(origin, one, two, native, usd, 1, 1, who).expect("it has both");
			}
		}
		run()
	})
}

/// The next block's beginning. `random` is what its parent left; without any an interval's purchase is made in its last
/// block, which all know.
pub fn begin(random: Option<[u8; 32]>) -> Seen {
	let number = System::block_number() + 1;
	System::set_block_number(number);
	pallet_babe::CurrentSlot::<Runtime>::put(sp_consensus_babe::Slot::from(u64::from(number)));
	pallet_live_clock::Live::<Runtime>::put(number);
	pallet_babe::AuthorVrfRandomness::<Runtime>::put(random);
	if System::event_count() > 0 {
		System::reset_events();
	}
	Buyback::on_initialize(number);
	let mut seen = Seen::default();
	if System::event_count() > 0 {
		for record in System::read_events_no_consensus() {
			match record.event {
				RuntimeEvent::Buyback(Event::Bought { spent, got, .. }) => seen.bought = Some((spent, got)),
				RuntimeEvent::Buyback(Event::Refused { cause }) => seen.refused = Some(cause),
				RuntimeEvent::Buyback(Event::Paused { fault }) => panic!("the engine stands still: {fault:?}"),
				_ => {}
			}
		}
	}
	seen
}

/// Lets so many blocks pass of which all is known.
pub fn pass(blocks: u32) {
	(0..blocks).for_each(|_| {
		begin(None);
	});
}

/// Lets blocks pass until the next one makes the interval's purchase, as far as all is known.
pub fn to_clip() {
	while System::block_number() + 2 - Engine::<Runtime>::get().began != INTERVAL {
		pass(1);
	}
}

/// Settles a payment of so many micro-USDC, all of which is to be bought for under Vektor's split.
pub fn settle(usd: Balance) {
	give(&PAYER, DOLLARS, usd);
	let (operator, source) =
		(OperatorId(Default::default()), WorkRef::Job(vektor_primitives::JobId(Default::default())));
	let settled = Settled { payer: PAYER, operator, asset: DOLLARS, amount: usd, rebate: 0, source };
	<Revenue as Settlement<_>>::settle(&PAYER, settled).expect("the payer has it");
}

/// A round ends and one of `length` blocks begins: what was settled in the old one is bought in it. A length of nothing
/// buys as fast as guards allow.
pub fn next_round(length: u32) {
	CurrentRound::<Runtime>::mutate(|round| {
		let now = System::block_number();
		*round = Round { index: round.index + 1, began: now, ends: now + length };
	});
	// A block each on a chain: the lot that ends, and the look for lots that wait too long.
	(0..4).for_each(|_| {
		Revenue::on_initialize(System::block_number());
	});
}

/// What of lot `number` was spent, from nothing to one.
pub fn converted(number: u32) -> f64 {
	let lot = pallet_revenue::Lots::<Runtime>::get(number, DOLLARS).expect("a lot that was settled");
	float(lot.spent) / float(lot.asset_in)
}

/// Swaps; what came out.
pub fn trade(who: &AccountId, given: Asset, amount: Balance) -> Balance {
	let (taken, before) = match given {
		Asset::Native => (DOLLARS, balance(who, DOLLARS)),
		_ => (Asset::Native, balance(who, Asset::Native)),
	};
	let path = vec![Box::new(given), Box::new(taken.clone())];
	let origin = RuntimeOrigin::signed(who.clone());
	AssetConversion::swap_exact_tokens_for_tokens(origin, path, amount, 1, who.clone(), true).expect("a trade");
	balance(who, taken) - before
}

/// What a sale of so much VKTR would bring.
pub fn quote(native: Balance) -> Balance {
	AssetConversion::quote_price_exact_tokens_for_tokens(Asset::Native, DOLLARS, native, true).unwrap_or_default()
}

/// Trades, with new money, until a VKTR costs `price`, its fee left aside. What was given and came out, if it was worth
/// a trade.
pub fn push(who: &AccountId, price: f64) -> Option<(Asset, Balance, Balance)> {
	let (usd, native) = reserves();
	let k = float(usd) * float(native);
	let aim = (k * price / 1e6).sqrt();
	let (given, amount) = match aim > float(usd) {
		true => (DOLLARS, aim - float(usd)),
		false => (Asset::Native, k / aim - float(native)),
	};
	let amount = amount as Balance;
	let least = if given == DOLLARS { ONE_USDC } else { 10 * VKTR };
	(amount >= least).then(|| {
		give(who, given.clone(), amount);
		let got = trade(who, given.clone(), amount);
		(given, amount, got)
	})
}

/// Sends money to the pool, for nothing.
pub fn donate(who: &AccountId, asset: Asset, amount: Balance) {
	use pallet_asset_conversion::PoolLocator;
	type Locator = <Runtime as pallet_asset_conversion::Config>::PoolLocator;
	let pool = Locator::pool_address(&Asset::Native, &DOLLARS).expect("a pool");
	vektor_primitives::pot::transfer::<_, Money>(&asset, who, &pool, amount).expect("they have it");
}

/// Does it, and undoes it.
pub fn tried<R>(run: impl FnOnce() -> R) -> R {
	with_transaction(|| TransactionOutcome::Rollback(Ok::<_, DispatchError>(run()))).expect("layers are few")
}

/// What an account owns, at so many USD for a VKTR: both assets, and its part of the pool.
pub fn wealth(who: &AccountId, price: f64) -> f64 {
	let worth = |usd: Balance, native: Balance| float(usd) / 1e6 + float(native) / 1e12 * price;
	let part = float(PoolAssets::balance(0, who)) / float(PoolAssets::total_issuance(0));
	let (usd, native) = reserves();
	worth(balance(who, DOLLARS), Balances::free_balance(who)) + part * worth(usd, native)
}

/// What is in the pool, in micro-USDC and in VKTR's smallest unit.
pub fn reserves() -> (Balance, Balance) {
	<DollarPool as Pool<_>>::reserves().expect("a pool")
}

/// USD for a VKTR in the pool now.
pub fn spot() -> f64 {
	let (usd, native) = reserves();
	float(usd) / float(native) * 1e6
}

/// USD for a VKTR, above which it is too dear.
pub fn dear() -> f64 {
	let seen = Market::<Runtime>::get().expect("the pool was seen");
	let guards = Limits::<Runtime>::get();
	let most = |average, part: Ppm| float(average) / 1e18 * (1.0 + f64::from(part.0) / 1e6);
	most(seen.fast, guards.premium).min(most(seen.slow, guards.rise))
}

pub fn give(who: &AccountId, asset: Asset, amount: Balance) {
	Money::mint_into(asset, who, amount).expect("an account takes money");
}

pub fn balance(who: &AccountId, asset: Asset) -> Balance {
	Money::balance(asset, who)
}

/// The loosest guards that may be set.
pub fn loosest() -> Guards {
	Guards {
		premium: Ppm(100_000),
		rise: Ppm(100_000),
		drop: Ppm(500_000),
		slippage: Ppm(100_000),
		rival: Ppm(0),
		daily: Ppm(500_000),
	}
}

pub fn guard(guards: Guards) {
	Buyback::set_guards(RuntimeOrigin::root(), guards).expect("they are sound");
}

pub fn float(amount: Balance) -> f64 {
	amount as f64
}

pub fn times(amount: Balance, by: f64) -> Balance {
	(float(amount) * by) as Balance
}

/// Micro-USDC of so many USD.
pub fn dollars(usd: f64) -> Balance {
	times(ONE_USDC, usd)
}
