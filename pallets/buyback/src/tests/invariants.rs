//! Any order of orders, trades, gifts, stalls, owners coming and going, freezes, guards, pauses and resumes, against
//! a reference that looks at the pool itself: what is bought is within every guard, and nothing else moves the money.

use frame_support::{
	assert_ok,
	storage::with_storage_layer,
	traits::{fungibles::Mutate, tokens::Preservation::Preserve},
};
use proptest::prelude::*;
use vektor_math::{market, split::pro_rata};
use vektor_primitives::{Asset, Balance, Ppm, ONE_USDC, USDC, VKTR};

use crate::{mock::*, *};

#[derive(Clone, Debug)]
enum Op {
	Order(Balance, u32),
	/// By the trader, dollars for VKTR.
	Buy(Balance),
	Sell(Balance),
	Donate(Asset, Balance),
	Pass(u32),
	Stall(u32),
	Provide(Balance),
	Withdraw(AccountId, u128),
	Guards(Guards),
	Pause,
	Resume,
	/// The asset, the pool's account, or that of who buys.
	Freeze(u8),
	Thaw,
	Books(bool),
	Random(bool),
	Most(Balance),
}

fn guards() -> impl Strategy<Value = Guards> {
	let sound = (0..=100_000u32, 0..=100_000u32, 50_000..=500_000u32, 0..=100_000u32, 0..=950_000u32, 1..=500_000u32);
	sound.prop_map(|(premium, rise, drop, slippage, rival, daily)| Guards {
		premium: Ppm(premium),
		rise: Ppm(rise),
		drop: Ppm(drop),
		slippage: Ppm(slippage),
		rival: Ppm(rival),
		daily: Ppm(daily),
	})
}

fn op() -> impl Strategy<Value = Op> {
	let dollars = || prop_oneof![1..1_000u128, 1..20_000 * ONE_USDC, 1..500_000 * ONE_USDC];
	let tokens = || prop_oneof![1..1_000_000u128, 1..100_000 * VKTR, 1..3_000_000 * VKTR];
	let gift = prop_oneof![
		(1..50_000 * ONE_USDC).prop_map(|usd| Op::Donate(DOLLARS, usd)),
		(1..500_000 * VKTR).prop_map(|native| Op::Donate(Asset::Native, native)),
	];
	let guards = prop_oneof![1 => guards(), 1 => Just(Guards::default())];
	let most = prop_oneof![2 => Just(Balance::MAX), 1 => 0..100 * ONE_USDC];
	prop_oneof![
		6 => (dollars(), 1..50u32).prop_map(|(usd, intervals)| Op::Order(usd, intervals)),
		4 => dollars().prop_map(Op::Buy),
		4 => tokens().prop_map(Op::Sell),
		1 => gift,
		20 => (1..40u32).prop_map(Op::Pass),
		2 => Just(Op::Pass(DAY)),
		2 => (1..3 * FAST).prop_map(Op::Stall),
		1 => (1..3 * DAY).prop_map(Op::Stall),
		1 => (1..1_000_000 * ONE_USDC).prop_map(Op::Provide),
		1 => (prop::bool::ANY, 1..999_999u128)
			.prop_map(|(first, part)| Op::Withdraw(if first { PROVIDER } else { TRADER }, part)),
		3 => guards.prop_map(Op::Guards),
		1 => Just(Op::Pause),
		4 => Just(Op::Resume),
		1 => (0..3u8).prop_map(Op::Freeze),
		3 => Just(Op::Thaw),
		1 => prop::bool::weighted(0.8).prop_map(Op::Books),
		1 => any::<bool>().prop_map(Op::Random),
		1 => most.prop_map(Op::Most),
	]
}

/// What must be, kept apart from the pallet's own.
#[derive(Default)]
struct Reference {
	given: Balance,
	frozen: bool,
	/// The averages, the slot since which the pool was seen, and that in which it was last.
	seen: Option<Averages>,
	stopped: Option<Fault>,
	/// The day, what it may spend and what it has spent.
	day: (u32, Balance),
	/// When the interval began, its attempts, and its blocks in which there was something to buy.
	interval: (u32, u32, u32),
	bought: u32,
	refused: u32,
}

fn held() -> [Balance; 2] {
	[balance(REVENUE, DOLLARS), balance(REVENUE, Asset::Native)]
}

impl Reference {
	/// A block, so many slots later.
	fn block(&mut self, slots: u32) {
		use vektor_primitives::traits::Purchases;
		let pool_was = <RealPool as Pool<_>>::reserves();
		let (before, held_before) = (Engine::<Test>::get(), held());
		let (waiting, next) = (Waiting::get(), Orders::next());
		let (spent, got) = (Spent::get(), Got::get());
		frame_system::Pallet::<Test>::reset_events();
		stall(slots);
		let now = Slot::get();
		let dollars_before = self.seen.map_or(0, |seen| seen.dollars);
		if let Ok((usd, native)) = pool_was {
			let price = market::spot(usd, native).unwrap();
			let follow = |average, half_life, elapsed| market::follow(average, price, elapsed, half_life).unwrap();
			self.seen = Some(match self.seen {
				None => Averages { fast: price, slow: price, since: now, at: now, dollars: usd, usual: usd },
				Some(Averages { fast, slow, since, at, usual, .. }) => Averages {
					fast: follow(fast, FAST, now - at),
					slow: follow(slow, SLOW, now - at),
					since: if now - at > FAST { now } else { since },
					at: now,
					dollars: usd,
					usual: market::follow(usual, usd, now - at, SLOW).unwrap(),
				},
			});
		}
		assert_eq!(Market::<Test>::get(), self.seen);
		let events = our_events();
		if self.stopped.is_some() {
			assert!(events.is_empty());
			assert_eq!((Engine::<Test>::get(), held(), Waiting::get()), (before, held_before, waiting));
			return;
		}
		let guards = Limits::<Test>::get();
		let usd = pool_was.map_or(0, |(usd, _)| usd);
		if now / DAY + 1 != self.day.0 {
			self.day = (now / DAY + 1, 0);
		}
		let daily = pro_rata(usd.min(dollars_before), guards.daily.0.into(), 1_000_000).unwrap();
		let left = daily.saturating_sub(self.day.1);
		let height = Height::get();
		if height - self.interval.0 >= INTERVAL {
			let (_, attempts, asked) = self.interval;
			assert!(attempts == 1 || asked < INTERVAL, "none attempted");
			self.interval = (height, 0, 0);
		}
		self.interval.2 += u32::from(next.as_ref().is_some_and(|next| next.most > 0));
		assert!(events.len() <= 1, "{events:?}");
		let Some(event) = events.first() else {
			assert_eq!((held(), Waiting::get()), (held_before, waiting));
			return;
		};
		self.interval.1 += 1;
		assert_eq!(self.interval.1, 1, "one attempt an interval");
		assert!(next.is_some(), "nothing was asked for");
		let next = next.unwrap();
		match event {
			Event::Bought { account, spent: paid, got: came, price } => {
				let (usd, native) = pool_was.expect("a pool");
				let Averages { fast, slow, since, .. } = self.seen.unwrap();
				let lower = fast.min(slow);
				assert_eq!((*account, *price), (REVENUE, market::spot(usd, native).unwrap()));
				assert!(now - since >= FAST);
				assert!(*price <= pro_rata(fast, 1_000_000 + u128::from(guards.premium.0), 1_000_000).unwrap());
				assert!(*price <= pro_rata(slow, 1_000_000 + u128::from(guards.rise.0), 1_000_000).unwrap());
				assert!(*price >= pro_rata(slow, 1_000_000 - u128::from(guards.drop.0), 1_000_000).unwrap());
				let promised = pro_rata(*paid, market::SCALE, lower).unwrap();
				assert!(*came >= pro_rata(promised, 1_000_000 - u128::from(guards.slippage.0), 1_000_000).unwrap());
				let safe = market::depth(usd.min(dollars_before), *price, lower)
					.and_then(|depth| market::clip(depth, 3_000, guards.rival.0));
				let even = waiting.div_ceil(next.intervals.into()).max(ONE_USDC).min(next.most);
				assert_eq!(*paid, even.min(safe.unwrap()).min(left));
				self.day.1 += paid;
				assert_eq!(held(), [held_before[0] - paid, held_before[1] + came]);
				assert_eq!((Spent::get(), Got::get()), (spent + paid, got + came));
				assert_eq!(Waiting::get(), waiting - paid);
				let with_fee = paid * 997;
				assert_eq!(Some(*came), pro_rata(native, with_fee, usd * 1_000 + with_fee));
				self.bought += 1;
			}
			Event::Refused { cause } => {
				assert!(*cause != Refusal::DayIsSpent || left < ONE_USDC);
				assert_eq!((held(), Waiting::get()), (held_before, waiting));
				self.refused += 1;
			}
			Event::Paused { fault } => {
				assert_ne!(*fault, Fault::Governed);
				assert_eq!((held(), Waiting::get(), Spent::get()), (held_before, waiting, spent));
				self.stopped = Some(*fault);
			}
			_ => panic!("{event:?}"),
		}
		let pace = Engine::<Test>::get();
		assert_eq!((pace.began, pace.done), (self.interval.0, true));
		assert_eq!((pace.day, pace.spent), self.day);
	}

	fn apply(&mut self, op: &Op) {
		let root = RuntimeOrigin::root;
		let issuer = || RuntimeOrigin::signed(ISSUER);
		let trade = |given, amount| {
			use pallet_asset_conversion::Swap;
			let taken = if given == Asset::Native { DOLLARS } else { Asset::Native };
			// What the pool refuses changes nothing.
			let _ = with_storage_layer(|| {
				let path = vec![given, taken];
				<AssetConversion as Swap<_>>::swap_exact_tokens_for_tokens(TRADER, path, amount, None, TRADER, true)
			});
		};
		match op.clone() {
			// A frozen asset comes from nowhere.
			Op::Order(..) if self.frozen => {}
			Op::Order(usd, intervals) => {
				order(usd, intervals);
				self.given += usd;
			}
			Op::Buy(usd) => trade(DOLLARS, usd),
			Op::Sell(native) => trade(Asset::Native, native),
			Op::Donate(asset, amount) => {
				let _ = <Money as Mutate<_>>::transfer(asset, &TRADER, &pool(), amount, Preserve);
			}
			Op::Pass(blocks) => (0..blocks).for_each(|_| self.block(1)),
			Op::Stall(slots) => self.block(slots),
			Op::Provide(usd) => {
				let _ = with_storage_layer(|| provide(TRADER, usd, RICH / 2));
			}
			Op::Withdraw(who, part) => {
				let _ = with_storage_layer(|| withdraw(who, part));
			}
			Op::Guards(guards) => guard(guards),
			Op::Pause => {
				let paused = Buyback::pause(root());
				assert_eq!(paused.is_ok(), self.stopped.is_none());
				self.stopped = self.stopped.or(Some(Fault::Governed));
			}
			Op::Resume => {
				assert_eq!(Buyback::resume(root()).is_ok(), self.stopped.is_some());
				self.stopped = None;
			}
			Op::Freeze(0) => {
				let _ = Assets::freeze_asset(issuer(), USDC);
				self.frozen = true;
			}
			// In a frozen asset no account is frozen beside.
			Op::Freeze(_) if self.frozen => {}
			Op::Freeze(1) => Assets::freeze(issuer(), USDC, pool()).expect("the issuer may"),
			Op::Freeze(_) => Assets::freeze(issuer(), USDC, REVENUE).expect("the issuer may"),
			Op::Thaw => {
				let _ = Assets::thaw_asset(issuer(), USDC);
				self.frozen = false;
				for who in [pool(), REVENUE] {
					assert_ok!(Assets::thaw(issuer(), USDC, who));
				}
			}
			Op::Books(match_) => Books::set(match_),
			Op::Random(random) => Random::set(random),
			Op::Most(most) => Most::set(most),
		}
	}

	fn check(&self) {
		assert_ok!(Buyback::do_try_state());
		assert_eq!(Stopped::<Test>::get(), self.stopped);
		assert_eq!(balance(REVENUE, DOLLARS), 10_000 + self.given - Spent::get());
		assert_eq!(balance(REVENUE, Asset::Native), RICH + Got::get());
		assert_eq!(Waiting::get(), self.given - Spent::get());
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

	#[test]
	fn whatever_happens_only_what_the_guards_allow_is_bought(ops in prop::collection::vec(op(), 1..80)) {
		ExtBuilder::default().build().execute_with(|| {
			let mut reference = Reference::default();
			reference.block(1);
			for op in &ops {
				reference.apply(op);
				reference.check();
			}
			// Mended, it buys again by itself: nothing is stuck.
			for op in [Op::Thaw, Op::Books(true), Op::Most(Balance::MAX), Op::Resume, Op::Guards(Guards::default())] {
				reference.apply(&op);
			}
			// Too little may be left in the pool for a price.
			give(pool(), DOLLARS, 1_000 * ONE_USDC);
			reference.apply(&Op::Order(1_000 * ONE_USDC, 10));
			let before = reference.bought;
			reference.apply(&Op::Pass(DAY + 5 * SLOW));
			assert!(reference.bought > before, "{:?}", our_events());
			reference.check();
		});
	}
}

/// The histories above are no idle ones.
#[test]
fn histories_buy_and_refuse() {
	use proptest::{strategy::ValueTree, test_runner::TestRunner};
	let mut runner = TestRunner::deterministic();
	let (mut bought, mut refused) = (0, 0);
	for _ in 0..20 {
		let ops = prop::collection::vec(op(), 40..80).new_tree(&mut runner).expect("a history").current();
		ExtBuilder::default().build().execute_with(|| {
			let mut reference = Reference::default();
			for op in &ops {
				reference.apply(op);
				reference.check();
			}
			bought += reference.bought;
			refused += reference.refused;
		});
	}
	assert!(bought > 200 && refused > 50, "{bought} {refused}");
}
