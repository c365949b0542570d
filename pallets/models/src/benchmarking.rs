//! The calls at their dearest, less what `Verification` does for them: its own benchmarks measure that.

use alloc::vec;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{fungibles::Mutate, ConstU32, Get},
	BoundedVec,
};
use frame_system::RawOrigin;
use sp_core::H256;
use vektor_primitives::{
	traits::{KeyStore, LiveTime},
	Asset, Assurance, KeySetup, ModelId, Needs, PublicSlot, Usd, Verification, MAX_REGISTERED_KEY,
};

use crate::{Call, Config, CountOf, Model, Models, Pallet};

/// A model of which the pot holds the deposit, without a key.
fn registered<T: Config>(removable: Option<LiveTime>) -> (T::AccountId, ModelId) {
	let owner: T::AccountId = whitelisted_caller();
	let deposit = T::DepositBase::get().saturating_mul(10_000);
	for who in [&owner, &Pallet::<T>::pot()] {
		T::Money::mint_into(Asset::Native, who, deposit.saturating_mul(4)).unwrap();
	}
	let record = Model {
		owner: owner.clone(),
		artefact: H256::zero(),
		assurance: Assurance::Zk,
		setup: KeySetup::SingleParty,
		needs: Needs::default(),
		min_deadline: 1,
		output_scale: 1,
		price: Usd(T::MinPrice::get()),
		licence: BoundedVec::truncate_from(vec![b'a'; 64]),
		deposit,
		registered: 0,
		removable,
	};
	Models::<T>::insert(ModelId::default(), record);
	CountOf::<T>::insert(&owner, 1);
	(owner, ModelId::default())
}

/// A real key for 12 public inputs: the snarkjs vector's, in arkworks' compressed encoding.
const KEY: &[u8] = include_bytes!("../benchmark-key.bin");

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn register() {
		let (owner, model) = registered::<T>(None);
		Models::<T>::remove(model);
		let layout = vec![PublicSlot::Commitment, PublicSlot::Binding, PublicSlot::Outputs(10)];
		let verification = Verification::Groth16 {
			key: BoundedVec::<u8, ConstU32<MAX_REGISTERED_KEY>>::truncate_from(KEY.to_vec()),
			layout: BoundedVec::truncate_from(layout),
			setup: KeySetup::SingleParty,
		};
		#[extrinsic_call]
		_(
			RawOrigin::Signed(owner.clone()),
			H256::zero(),
			verification,
			Needs::default(),
			1,
			1,
			Usd(T::MinPrice::get()),
			BoundedVec::truncate_from(vec![b'a'; 64]),
		);
		assert_eq!(CountOf::<T>::get(owner), 2);
	}

	#[benchmark]
	fn set_price() {
		let (owner, model) = registered::<T>(None);
		let price = Usd(T::MaxPrice::get());
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), model, price);
		assert_eq!(Models::<T>::get(model).unwrap().price, price);
	}

	#[benchmark]
	fn retire() {
		let (owner, model) = registered::<T>(Some(0));
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), model);
		assert!(!Models::<T>::contains_key(model));
	}

	#[benchmark]
	fn terms() {
		let (_, model) = registered::<T>(None);
		let found;
		#[block]
		{
			found = Models::<T>::get(model).is_some_and(|record| record.removable.is_none());
		}
		assert!(found && !T::Keys::contains(&model));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
