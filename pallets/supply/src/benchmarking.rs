//! One benchmark per call and hook, each at its worst.

use alloc::vec;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungible::{Inspect, Mutate},
		Authorize, EnsureOrigin,
	},
	BoundedVec,
};
use frame_system::RawOrigin;
use sp_core::crypto::KeyTypeId;
use sp_runtime::{
	traits::{BlockNumberProvider, Convert, IdentifyAccount},
	transaction_validity::TransactionSource,
	MultiSignature, MultiSigner,
};
use vektor_primitives::{traits::LiveClock, Balance, Usd, VKTR};

use crate::{
	Airdrop, Budget, Call, Config, CurrentRound, EmissionPolicy, EraPending, Eras, Loads, Milestone, Pace, Pallet,
	Parameters, Paying, Payout, Policy, Round, RoundLoad, Schedule, Streamed,
};

const AMOUNT: Balance = 1_000 * VKTR;

fn fund<T: Config>(who: &T::AccountId, amount: Balance) {
	T::Currency::mint_into(who, amount + T::Currency::minimum_balance()).expect("an account takes money");
}

/// The longest policy: a table of sixteen years.
fn table() -> EmissionPolicy {
	EmissionPolicy::YearTable { years: BoundedVec::truncate_from(vec![AMOUNT; 16]), halving: 4 }
}

/// A claim that holds, wrapped as a wallet wraps it: the second of two verifications. The key lies in the host's keystore: Wasm
/// cannot sign.
fn claim<T: Config>() -> (T::AccountId, T::AccountId, T::Signature)
where
	MultiSigner: IdentifyAccount<AccountId = T::AccountId>,
	T::Signature: From<MultiSignature>,
{
	let kind = KeyTypeId(*b"drop");
	let public = sp_io::crypto::sr25519_generate(kind, None);
	let claimant = MultiSigner::from(public).into_account();
	let to: T::AccountId = account("to", 0, 0);
	let message = [b"<Bytes>".as_slice(), &Pallet::<T>::claim_message(&to), b"</Bytes>"].concat();
	let signature = sp_io::crypto::sr25519_sign(kind, &public, &message).expect("the key is in the keystore");
	fund::<T>(&Pallet::<T>::airdrop_pot(), AMOUNT);
	Airdrop::<T>::insert(&claimant, AMOUNT);
	(claimant, to, MultiSignature::Sr25519(signature).into())
}

#[benchmarks(where MultiSigner: IdentifyAccount<AccountId = T::AccountId>, T::Signature: From<MultiSignature>, T::RuntimeCall: From<Call<T>>)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn release() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		Policy::<T>::put(EmissionPolicy::Released);
		fund::<T>(&Pallet::<T>::emission_pot(), AMOUNT);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, AMOUNT);

		assert_eq!(Budget::<T>::get(), AMOUNT);
		Ok(())
	}

	#[benchmark]
	fn set_emission() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let step = |n: u8| Milestone { leak: Usd(u128::from(n) + 1), amount: AMOUNT };
		let milestones = BoundedVec::truncate_from((0..16).map(step).collect());
		let policy = EmissionPolicy::Milestones { milestones };

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, policy.clone());

		assert_eq!(Policy::<T>::get(), policy);
		Ok(())
	}

	#[benchmark]
	fn set_parameter() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let parameter = T::Parameters::example();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, parameter);

		assert!(T::Parameters::are_sound());
		Ok(())
	}

	#[benchmark]
	fn claim_airdrop() {
		let caller: T::AccountId = whitelisted_caller();
		let (claimant, to, signature) = claim::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), claimant, to.clone(), signature);

		assert_eq!(T::Currency::balance(&to), AMOUNT);
	}

	#[benchmark]
	fn authorize_claim_airdrop() {
		let (claimant, to, signature) = claim::<T>();
		let call: T::RuntimeCall = Call::<T>::claim_airdrop { claimant, to, signature }.into();
		let valid;

		#[block]
		{
			valid = call.authorize(TransactionSource::External);
		}

		assert!(valid.is_some_and(|valid| valid.is_ok()));
	}

	#[benchmark]
	fn burn() {
		let caller: T::AccountId = whitelisted_caller();
		fund::<T>(&caller, AMOUNT);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), AMOUNT);

		assert_eq!(T::Currency::balance(&caller), T::Currency::minimum_balance());
	}

	#[benchmark]
	fn within_a_round() {
		CurrentRound::<T>::put(Round { index: 0, began: 0, ends: u32::MAX });

		#[block]
		{
			Pallet::<T>::turn_round();
		}

		assert_eq!(CurrentRound::<T>::get().index, 0);
	}

	/// Every pot pays, every part has its amount, and the averages are full.
	#[benchmark]
	fn end_round() {
		let round = Round { index: 9, began: 100, ends: 200 };
		CurrentRound::<T>::put(round);
		let busy = RoundLoad { settled: Usd(1_000_000), offered: Usd(1_000_000) };
		Loads::<T>::put(BoundedVec::truncate_from(vec![busy; 7]));
		Pace::<T>::put(Schedule { total: 1_000_000 * AMOUNT, duration: 1_000, year: 100 });
		Policy::<T>::put(table());
		fund::<T>(&Pallet::<T>::emission_pot(), 1_000_000 * AMOUNT);
		fund::<T>(&Pallet::<T>::stream_pot(), 1_000_000 * AMOUNT);
		T::Elapsed::set_block_number(T::MonthEnd::convert(24));
		Streamed::<T>::put(0);

		#[block]
		{
			// The clock stands at its beginning here: what is read of it is read, and the round ends all the same.
			assert!(T::Clock::now() < u32::MAX);
			Pallet::<T>::end_round(&CurrentRound::<T>::get());
		}

		assert_eq!(CurrentRound::<T>::get().index, 10);
		assert!(Streamed::<T>::get() > 0);
		assert!(EraPending::<T>::get() > 0);
	}

	#[benchmark]
	fn no_era_to_pay() {
		Paying::<T>::put(Payout { era: u32::MAX, after: None, failed: None });

		#[block]
		{
			Pallet::<T>::pay_eras(frame_support::weights::Weight::MAX);
		}

		assert_eq!(Paying::<T>::get().era, u32::MAX);
	}

	/// The last page of an era with as many validators as there can be. What paying a page weighs comes beside it.
	#[benchmark]
	fn pay_era() {
		T::Eras::worst(1);
		let paying = Payout { era: 1, after: None, failed: Some((account("validator", 0, 0), 0, 2)) };

		#[block]
		{
			Pallet::<T>::pay_next(paying, 1);
		}

		assert!(Paying::<T>::get().failed.is_some());
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder::default().build(), crate::mock::Test);
}
