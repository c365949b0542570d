//! One benchmark per call and hook, each at its worst.

use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungible::{Inspect, Mutate},
		EnsureOrigin, Get,
	},
	BoundedVec,
};
use frame_system::RawOrigin;
use sp_runtime::traits::{BlockNumberProvider, StaticLookup};
use vektor_math::growth::ONE;
use vektor_primitives::{
	traits::{RewardStream, Yield},
	Balance, Ppm, VKTR,
};

use crate::{
	Book, Call, Casting, Checkpoint, Checkpoints, Config, Day, Electorate, Expiring, Pallet, Position, Positions,
	Rules, Shared, Terms, Tier, TierTable, Tiers, VoteLocks, MAX_TIERS,
};

const AMOUNT: Balance = 1_000_000 * VKTR;

/// As many tiers as there can be.
fn tiers() -> Tiers {
	let tier = |days: u32| Tier { days, yields: Ppm(1_000_000 + days * 20_000), votes: Ppm(1_000_000) };
	Tiers::truncate_from([0, 30, 60, 90].map(tier).into())
}

fn rules() -> Rules {
	Rules { tokens_vote: true, delegates: Ppm(250_000), validators: Ppm(50_000) }
}

/// Shares the staker's last position with an account that exists.
fn share<T: Config>(who: &T::AccountId) -> T::AccountId {
	Terms::<T>::put(rules());
	let to: T::AccountId = account("to", 0, 0);
	fund::<T>(&to);
	T::Currency::mint_into(&T::Validators::get(), AMOUNT).expect("an account takes money");
	Pallet::<T>::do_delegate_yield(who.clone(), 0, Some(to.clone())).expect("it is shared");
	Book::<T>::mutate(|vault| vault.tiers.iter_mut().for_each(|tier| (tier.growth, tier.next) = (2 * ONE, 2 * ONE)));
	to
}

fn fund<T: Config>(who: &T::AccountId) {
	T::Currency::mint_into(who, 4 * AMOUNT).expect("an account takes money");
}

/// An account with as many positions as there can be, the last of them in `tier`, in a vault that has grown.
fn staker<T: Config>(tier: u8) -> T::AccountId {
	TierTable::<T>::put(tiers());
	let who: T::AccountId = whitelisted_caller();
	fund::<T>(&who);
	fund::<T>(&Pallet::<T>::pot());
	Book::<T>::mutate(|vault| {
		vault.tiers.iter_mut().for_each(|tier| (tier.growth, tier.next) = (ONE * 3 / 2, ONE * 8 / 5));
		vault.day = Pallet::<T>::today();
	});
	Pallet::<T>::do_stake(who.clone(), AMOUNT, tier).expect("it stakes");
	let first = Positions::<T>::get(&who).into_iter().next().expect("a position");
	let most = T::MaxPositions::get();
	let rows = (1..most).map(|id| Position { id, expires: 1_000 + id, tier: 1, ..first });
	Positions::<T>::insert(&who, BoundedVec::truncate_from(rows.chain([Position { id: 0, ..first }]).collect()));
	who
}

/// Lets the lock of the staker's last position end, so that a call has to cross it.
fn end_lock<T: Config>(who: &T::AccountId) -> Day {
	let day = Positions::<T>::get(who).last().expect("a position").expires;
	T::Elapsed::set_block_number(Pallet::<T>::day_begins(day));
	Book::<T>::mutate(|vault| vault.day = day - 1);
	T::Height::set_block_number(T::Height::current_block_number() + T::Interval::get());
	Pallet::<T>::tick();
	assert!(Checkpoints::<T>::contains_key(day));
	day
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn stake() {
		let who = staker::<T>(1);
		// One place is left.
		Positions::<T>::mutate(&who, |owned| owned.pop());

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), AMOUNT, 3);

		assert_eq!(Positions::<T>::get(&who).len(), T::MaxPositions::get() as usize);
	}

	#[benchmark]
	fn unstake() {
		let who = staker::<T>(3);
		end_lock::<T>(&who);
		VoteLocks::<T>::insert(&who, 1);
		let before = T::Currency::balance(&who);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), 0, None);

		assert!(T::Currency::balance(&who) >= before + AMOUNT - 2);
	}

	#[benchmark]
	fn extend() {
		let who = staker::<T>(1);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), 0, 3);

		assert_eq!(Positions::<T>::get(&who).last().map(|position| position.tier), Some(3));
	}

	#[benchmark]
	fn set_tiers() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, tiers(), rules());

		assert_eq!(TierTable::<T>::get(), tiers());
		Ok(())
	}

	/// What an account may vote with: all of its locks have ended, each on a day of its own.
	#[benchmark]
	fn power() {
		let who = staker::<T>(1);
		let mut last = 0;
		for position in Positions::<T>::get(&who) {
			Checkpoints::<T>::insert(position.expires, Checkpoint { growths: [ONE * 3 / 2; MAX_TIERS], positions: 1 });
			last = position.expires.max(last);
		}
		Book::<T>::mutate(|vault| vault.day = last);
		Terms::<T>::put(rules());
		let votes;

		#[block]
		{
			votes = Pallet::<T>::power_for(&who, 1);
			Pallet::<T>::extend_vote_lock(&who, votes);
			Casting::<T>::put((votes, votes));
			Casting::<T>::kill();
		}

		assert!(votes > AMOUNT);
	}

	/// A position whose lock has ended is shared anew: the dearer of its two ways pays both first.
	#[benchmark]
	fn delegate_yield() {
		let who = staker::<T>(3);
		let to = share::<T>(&who);
		end_lock::<T>(&who);
		VoteLocks::<T>::insert(&who, 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), 0, None);

		assert!(!Shared::<T>::contains_key(0));
		assert!(T::Currency::balance(&to) > 4 * AMOUNT);
	}

	#[benchmark]
	fn settle_yield() {
		let who = staker::<T>(3);
		let to = share::<T>(&who);
		end_lock::<T>(&who);
		VoteLocks::<T>::insert(&who, 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(to.clone()), T::Lookup::unlookup(who.clone()), 0);

		assert!(T::Currency::balance(&to) > 4 * AMOUNT);
	}

	#[benchmark]
	fn within_an_interval() {
		// A development chain's interval is a block.
		Book::<T>::mutate(|vault| vault.began = u32::MAX);
		let before = Book::<T>::get();

		#[block]
		{
			Pallet::<T>::tick();
		}

		assert_eq!(Book::<T>::get(), before);
	}

	/// As many days end as one block ends, each with locks of every tier, and a reward follows.
	#[benchmark]
	fn begin_interval() {
		let who = staker::<T>(1);
		let from: T::AccountId = account("from", 0, 0);
		fund::<T>(&from);
		Pallet::<T>::push(&from, Yield::Real, AMOUNT).expect("it streams");
		let today = Pallet::<T>::today();
		for day in 1..=crate::tick::DAYS {
			let row = crate::Expiry { shares: [1; MAX_TIERS], positions: 1 };
			Expiring::<T>::insert(today + day, row);
		}
		Book::<T>::mutate(|vault| vault.tiers.iter_mut().for_each(|tier| tier.shares += AMOUNT));
		T::Elapsed::set_block_number(Pallet::<T>::day_begins(today + crate::tick::DAYS));
		T::Height::set_block_number(T::Height::current_block_number() + T::Interval::get());
		Terms::<T>::put(rules());
		let _ = who;

		#[block]
		{
			Pallet::<T>::tick();
		}

		let vault = Book::<T>::get();
		assert_eq!(vault.day, today + crate::tick::DAYS);
		assert!(vault.stream.left < AMOUNT);
		assert!(Electorate::<T>::get() > AMOUNT);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder::default().build(), crate::mock::Test);
}
