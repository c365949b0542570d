//! Any order of settlements, splits, time, buys, stalls, claims, blocked accounts and payouts: no unit is lost or made.

use std::collections::{BTreeMap, BTreeSet};

use frame_support::{assert_ok, traits::Hooks, weights::Weight};
use proptest::prelude::*;
use vektor_primitives::{traits::Purchases, Asset, Balance, OperatorId, Ppm, USDC, VKTR};

use crate::{mock::*, *};

#[derive(Clone, Debug)]
enum Op {
	Settle {
		operator: u64,
		native: bool,
		amount: Balance,
	},
	Split(RevenueSplit),
	/// Rounds end, and then so many blocks come: none is a chain that stands still.
	Pass(u32, u64),
	/// Of what waits, this many thousandths, at so many sevenths of VKTR's smallest unit for a micro-USDC.
	Buy {
		part: Balance,
		rate: Balance,
	},
	Claim(Row),
	Expire(Row),
	Stakers {
		open: bool,
		fails: bool,
	},
	Unclaimed(bool),
	Block(u64),
	Unblock(u64),
	Payout {
		account: u64,
		native: bool,
	},
	Price(Option<u128>),
	Idle,
}

/// One of the accruals that there are, or any row there may be.
#[derive(Clone, Debug)]
enum Row {
	Held(prop::sample::Index),
	Any(u64, u32, bool),
}

/// Operators 1 to 5 have owners; 6 is gone.
const OPERATORS: u64 = 6;

pub fn split() -> impl Strategy<Value = RevenueSplit> {
	prop::array::uniform8(0u32..1_000).prop_filter_map("a split of nothing", |weights| {
		let parts = vektor_math::split::largest_remainder(1_000_000, weights)?;
		let [direct, operators, stakers, burn, treasury, reserve, operations, quality] =
			parts.map(|part| Ppm(part as u32));
		Some(RevenueSplit { direct, operators, stakers, burn, treasury, reserve, operations, quality })
	})
}

/// As random ones are, and those of which parts are missing.
fn any_split() -> impl Strategy<Value = RevenueSplit> {
	let all = RevenueSplit { operators: Ppm(1_000_000), ..RevenueSplit::NONE };
	prop_oneof![
		3 => split(),
		1 => prop::sample::select(vec![
			RevenueSplit::VEKTOR,
			RevenueSplit::NEXUS,
			RevenueSplit::QUIVER,
			RevenueSplit::CXPT,
			all,
		]),
	]
}

fn op() -> impl Strategy<Value = Op> {
	let amount = prop_oneof![1u128..20, 1u128..100_000, 1u128..1_000_000_000_000, Just(0u128)];
	let part = prop_oneof![1u128..1_000, Just(1_000u128)];
	let rounds = prop_oneof![4 => 0u32..3, 1 => Just(8u32)];
	let blocks = prop_oneof![1 => Just(0u64), 4 => 1u64..6, 2 => 100u64..200];
	let row = || {
		prop_oneof![
			4 => any::<prop::sample::Index>().prop_map(Row::Held),
			1 => (1..=OPERATORS, 0u32..12, any::<bool>()).prop_map(|(id, lot, native)| Row::Any(id, lot, native)),
		]
	};
	prop_oneof![
		8 => (1..=OPERATORS, any::<bool>(), amount)
			.prop_map(|(operator, native, amount)| Op::Settle { operator, native, amount }),
		1 => any_split().prop_map(Op::Split),
		5 => (rounds, blocks).prop_map(|(rounds, blocks)| Op::Pass(rounds, blocks)),
		5 => (part, 0u128..100_000).prop_map(|(part, rate)| Op::Buy { part, rate }),
		3 => row().prop_map(Op::Claim),
		4 => row().prop_map(Op::Expire),
		1 => (any::<bool>(), any::<bool>()).prop_map(|(open, fails)| Op::Stakers { open, fails }),
		1 => any::<bool>().prop_map(Op::Unclaimed),
		1 => (11u64..16).prop_map(Op::Block),
		1 => (11u64..16).prop_map(Op::Unblock),
		2 => (11u64..16, any::<bool>()).prop_map(|(account, native)| Op::Payout { account, native }),
		1 => prop::option::of(1u128..10_000_000).prop_map(Op::Price),
		1 => Just(Op::Idle),
	]
}

/// Whose part of which lot a row is.
fn find(row: Row) -> (u64, u32, Asset) {
	let mut held: Vec<_> = Accrued::<Test>::iter_keys().map(|(id, (lot, asset))| (lot, asset, id)).collect();
	held.sort();
	match row {
		Row::Held(index) if !held.is_empty() => {
			let (lot, asset, id) = index.get(&held).clone();
			(id.0.to_low_u64_be(), lot, asset)
		}
		Row::Held(_) => (1, 0, DOLLARS),
		Row::Any(id, lot, native) => (id, lot, asset(native)),
	}
}

fn asset(native: bool) -> Asset {
	if native {
		Asset::Native
	} else {
		DOLLARS
	}
}

/// Everything an asset's accounts hold, but for the escrow's.
fn received(asset: &Asset) -> Balance {
	let pots = [Revenue::pot(), TREASURY, RESERVE, OPERATIONS, QUALITY, STAKERS, BURNED, POOL];
	pots.into_iter().chain(11..16).map(|who| balance(asset, who)).sum()
}

/// What became of one lot, as a test sees it from outside.
#[derive(Default)]
struct Seen {
	/// What each operator's settlements put in.
	joined: BTreeMap<OperatorId, Balance>,
	spent: Balance,
	got: Balance,
	/// What was claimed or expired: in VKTR, and as it was paid.
	native: Balance,
	paid: Balance,
	/// What the one event of its end said that stakers got and was burned.
	others: Option<Balance>,
	overflowed: bool,
}

#[derive(Default)]
struct Books {
	/// What left the escrow, by asset.
	settled: BTreeMap<Asset, Balance>,
	lots: BTreeMap<LotKey, Seen>,
	gone: BTreeSet<(OperatorId, LotKey)>,
	split_burned: Balance,
	expired: Balance,
}

impl Books {
	fn settle(&mut self, number: u64, asset: Asset, amount: Balance) {
		let split = Revenue::split();
		let Ok(receipt) = settle(number, asset.clone(), amount) else { return };
		*self.settled.entry(asset.clone()).or_default() += amount;
		let parts = split.divide(amount).unwrap();
		assert_eq!((receipt.direct, receipt.queued), (parts.direct, parts.queued));
		// leak * amount <= value * leaked < (leak + 1) * amount
		let leaked = amount - parts.direct - parts.operators;
		assert!(receipt.leak.0 * amount <= receipt.value.0 * leaked);
		assert!((receipt.leak.0 + 1) * amount > receipt.value.0 * leaked);
		if parts.queued > 0 {
			let lot = self.lots.entry((receipt.lot, asset)).or_default();
			*lot.joined.entry(operator(number)).or_default() += parts.operators;
		}
	}

	fn buy(&mut self, part: Balance, rate: Balance) {
		let Some(purchase) = <Revenue as Purchases<AccountId>>::next() else { return };
		assert!(purchase.most > 0 && purchase.intervals > 0);
		let number = Progress::<Test>::get().buying;
		let most = (purchase.most * part / 1_000).max(1);
		let (spent, got) = swap(most, |spent| spent * rate / 7).unwrap();
		assert_eq!(spent, most);
		*self.settled.entry(Asset::Native).or_default() += got;
		let lot = self.lots.get_mut(&(number, DOLLARS)).unwrap();
		(lot.spent, lot.got) = (lot.spent + spent, lot.got + got);
		let row = Lots::<Test>::get(number, DOLLARS).unwrap();
		assert_eq!((row.spent, row.bought), (lot.spent, lot.got));
	}

	/// What one operator got of a lot, or lost: exactly its part, and once.
	fn take(&mut self, operator: OperatorId, lot: u32, asset: Asset, native: Balance, paid: Balance) {
		let row = Lots::<Test>::get(lot, &asset).unwrap();
		let seen = self.lots.get_mut(&(lot, asset.clone())).unwrap();
		let accrued = seen.joined[&operator];
		let all: Balance = seen.joined.values().sum();
		assert_eq!((native, paid), (row.native_shares * accrued / all, row.asset_shares * accrued / all));
		(seen.native, seen.paid) = (seen.native + native, seen.paid + paid);
		assert!(seen.native <= row.native_shares && seen.paid <= row.asset_shares);
		assert!(self.gone.insert((operator, (lot, asset))), "a part was paid twice");
	}

	fn claim(&mut self, (number, lot, asset): (u64, u32, Asset)) -> bool {
		let account = if number == OPERATORS { TREASURY } else { number + 10 };
		let has = || (balance(&Asset::Native, account), balance(&DOLLARS, account));
		let before = has();
		let id = operator(number);
		if Revenue::claim(RuntimeOrigin::signed(77), id, lot, asset.clone()).is_err() {
			assert_eq!(has(), before);
			return false;
		}
		let RuntimeEvent::Revenue(Event::Claimed { native, paid, .. }) = last_event() else { panic!("no claim") };
		assert_eq!(has(), (before.0 + native, before.1 + paid));
		self.take(id, lot, asset, native, paid);
		true
	}

	fn expire(&mut self, (number, lot, asset): (u64, u32, Asset)) {
		let id = operator(number);
		let since = Lots::<Test>::get(lot, &asset).and_then(|lot| lot.claimable);
		if Revenue::expire(RuntimeOrigin::signed(77), id, lot, asset.clone()).is_err() {
			return;
		}
		assert!(System::block_number() >= since.unwrap() + ClaimPeriod::get());
		let RuntimeEvent::Revenue(Event::Expired { native, paid, .. }) = last_event() else { panic!("no expiry") };
		if BurnsUnclaimed::<Test>::get() {
			self.expired += native;
		}
		self.take(id, lot, asset, native, paid);
	}

	/// A lot closes once, and overflows once at most and before that.
	fn read_events(&mut self) {
		for record in System::read_events_no_consensus() {
			match record.event {
				RuntimeEvent::Revenue(Event::LotClosed { lot, asset, bought, operators, stakers, burned }) => {
					let seen = self.lots.get_mut(&(lot, asset)).unwrap();
					assert_eq!(seen.others.replace(stakers + burned), None);
					assert_eq!(operators + stakers + burned, bought);
					self.split_burned += burned;
				}
				RuntimeEvent::Revenue(Event::LotOverflowed { lot, .. }) => {
					let seen = self.lots.get_mut(&(lot, DOLLARS)).unwrap();
					assert!(!seen.overflowed && seen.others.is_none());
					assert!(seen.native == 0 && seen.paid == 0);
					seen.overflowed = true;
				}
				_ => (),
			}
		}
		System::reset_events();
	}

	fn check(&mut self, start: &[Balance; 2]) {
		Revenue::do_try_state().unwrap();
		self.read_events();
		let settled = |asset| self.settled.get(asset).copied().unwrap_or_default();
		assert_eq!(received(&Asset::Native), start[0] + settled(&Asset::Native));
		assert_eq!(received(&DOLLARS), start[1] + settled(&DOLLARS));
		let spent: Balance = self.lots.values().map(|lot| lot.spent).sum();
		assert_eq!(balance(&DOLLARS, POOL), USDC_MIN + spent);
		assert_eq!(balance(&Asset::Native, BURNED), NATIVE_MIN + self.split_burned + self.expired);
		assert_eq!((SplitBurned::get(), ExpiredBurned::get()), (self.split_burned, self.expired));
		assert_eq!(balance(&Asset::Native, STAKERS), NATIVE_MIN + Streamed::get());
	}

	/// Everything is bought, claimed and paid out, by whoever likes to.
	fn end(&mut self, start: &mut [Balance; 2]) {
		for who in 11..16 {
			let _ = Assets::thaw(RuntimeOrigin::signed(ISSUER), USDC, who);
			endow(who);
		}
		*start = [start[0] + 5 * NATIVE_MIN, start[1] + 5 * USDC_MIN];
		Round::mutate(|round| *round += 1);
		let ended = CollectingLot::<Test>::get().map_or(0, |last| last.lot + 1);
		while Progress::<Test>::get().turned < ended {
			pass(1);
		}
		while Progress::<Test>::get().buying < ended {
			self.buy(1_000, 12_345);
		}
		self.check(start);
		let rows: Vec<_> = Accrued::<Test>::iter_keys().collect();
		for (id, (lot, asset)) in rows {
			assert!(self.claim((id.0.to_low_u64_be(), lot, asset)));
		}
		let rows: Vec<_> = Owed::<Test>::iter_keys().collect();
		for (account, asset) in rows {
			assert_ok!(Revenue::payout(RuntimeOrigin::signed(77), account, asset));
		}
		self.check(start);

		let (mut native, mut dollars, mut dust) = (0, 0, [0; 2]);
		for ((number, asset), seen) in &self.lots {
			let row = Lots::<Test>::get(number, asset).unwrap();
			let most = seen.joined.len() as Balance + 3;
			assert!(row.closed.is_some() && row.to_spend == 0);
			assert_eq!(row.state == LotState::Overflow, seen.overflowed);
			assert_eq!(seen.native + row.native_due + seen.others.unwrap(), row.bought);
			assert_eq!(seen.paid + row.asset_due, row.asset_shares);
			assert!(row.native_due < most && row.asset_due < most);
			(native, dollars) = (native + row.native_due, dollars + row.asset_due);
			dust[0] += most;
			dust[1] += if *asset == DOLLARS { most } else { 0 };
		}
		// The pot holds what its books say and not a unit more: what is left is dust.
		assert_eq!([in_pot(&Asset::Native), in_pot(&DOLLARS)], [native, dollars]);
		assert!(native <= dust[0] && dollars <= dust[1]);
		assert_eq!(Accrued::<Test>::iter().count() + Owed::<Test>::iter().count(), 0);
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(112))]

	#[test]
	fn nothing_is_lost_or_made(first in any_split(), ops in prop::collection::vec(op(), 60)) {
		ExtBuilder::default().split(first).build_and_execute(|| {
			NativePrice::set(Some(1_000_000));
			let mut start = [received(&Asset::Native), received(&DOLLARS)];
			let mut books = Books::default();
			for op in ops {
				match op {
					Op::Settle { operator, native, amount } => {
						let amount = if native { amount.min(VKTR) } else { amount };
						books.settle(operator, asset(native), amount);
					},
					Op::Split(split) => Revenue::set_split(RuntimeOrigin::root(), split).unwrap(),
					Op::Pass(rounds, blocks) => {
						Round::mutate(|round| *round += rounds);
						pass(blocks);
					},
					Op::Buy { part, rate } => books.buy(part, rate),
					Op::Claim(row) => drop(books.claim(find(row))),
					Op::Expire(row) => books.expire(find(row)),
					Op::Stakers { open, fails } => {
						Open::set(open);
						PushFails::set(fails);
					},
					Op::Unclaimed(burns) => BurnsUnclaimed::<Test>::put(burns),
					Op::Block(who) => drop(Assets::block(RuntimeOrigin::signed(ISSUER), USDC, who)),
					Op::Unblock(who) => drop(Assets::thaw(RuntimeOrigin::signed(ISSUER), USDC, who)),
					Op::Payout { account, native } => {
						let _ = Revenue::payout(RuntimeOrigin::signed(77), account, asset(native));
					},
					Op::Price(price) => NativePrice::set(price),
					Op::Idle => drop(<Revenue as Hooks<u64>>::on_idle(1, Weight::MAX)),
				}
				books.check(&start);
			}
			books.end(&mut start);
		});
	}
}
