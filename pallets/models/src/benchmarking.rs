//! The calls at their dearest. The check of a key is `Verification`'s benchmark; `register` is measured without it.

use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{fungibles::Mutate, ConstU32, EnsureOrigin, Get},
	BoundedVec,
};
use frame_system::RawOrigin;
use sp_core::H256;
use vektor_primitives::{
	traits::{KeyStore, LiveClock, LiveTime},
	Asset, KeySetup, ModelId, Needs, PublicSlot, PublicsLayout, Usd, Verification, MAX_REGISTERED_KEY,
};

use crate::{Call, Challenge, Challenges, Config, Draft, Model, Models, ModelsOf, Pallet};

/// What the clock does for benchmarks.
pub trait BenchmarkHelper {
	/// Lets live slots pass. The chain judges afterwards.
	fn pass(slots: LiveTime);
}

/// A real key for 12 public inputs: the snarkjs vector's, in arkworks' compressed encoding.
const KEY: &[u8] = include_bytes!("../benchmark-key.bin");

fn id(number: u32) -> ModelId {
	let mut bytes = [0; 32];
	bytes[28..].copy_from_slice(&number.to_be_bytes());
	ModelId(H256(bytes))
}

fn layout() -> PublicsLayout {
	BoundedVec::truncate_from(vec![PublicSlot::Commitment, PublicSlot::Binding, PublicSlot::Outputs(10)])
}

fn verification() -> Verification {
	Verification::Groth16 {
		key: BoundedVec::<u8, ConstU32<MAX_REGISTERED_KEY>>::truncate_from(KEY.to_vec()),
		layout: layout(),
		setup: KeySetup::SingleParty,
	}
}

fn draft<T: Config>() -> Draft {
	Draft {
		artefact: H256::zero(),
		needs: Needs::default(),
		min_deadline: 1,
		output_scale: 1,
		price: Usd(T::MinPrice::get()),
		licence: BoundedVec::truncate_from(vec![b'a'; 64]),
	}
}

/// An owner with money and `n` models on its list, the last of which is `ModelId::default()`.
fn owner<T: Config>(n: u32) -> T::AccountId {
	let owner: T::AccountId = whitelisted_caller();
	let enough = Pallet::<T>::deposit(&verification()).unwrap().saturating_mul(4);
	for who in [&owner, &Pallet::<T>::pot()] {
		T::Money::mint_into(Asset::Native, who, enough).unwrap();
	}
	let ids: Vec<ModelId> = (0..n).rev().map(id).collect();
	ModelsOf::<T>::insert(&owner, BoundedVec::truncate_from(ids));
	owner
}

/// A model with a key, of which the pot holds the deposit.
fn registered<T: Config>(removable: Option<LiveTime>) -> (T::AccountId, ModelId) {
	let (owner, model) = (owner::<T>(T::MaxPerOwner::get()), ModelId::default());
	let checked = T::Keys::check(&verification()).unwrap();
	T::Keys::put(&model, checked.key);
	let draft = draft::<T>();
	let record = Model {
		owner: owner.clone(),
		artefact: draft.artefact,
		assurance: checked.assurance,
		setup: checked.setup,
		scheme: checked.scheme,
		digest: checked.digest,
		outputs: checked.outputs,
		needs: draft.needs,
		min_deadline: draft.min_deadline,
		output_scale: draft.output_scale,
		price: draft.price,
		licence: draft.licence,
		deposit: Pallet::<T>::deposit(&verification()).unwrap(),
		registered: 0,
		verified_from: LiveTime::MAX,
		removable,
	};
	Models::<T>::insert(model, record);
	(owner, model)
}

/// Opens a challenge of a model's key by an account that does not exist yet, and says by whom.
fn challenged<T: Config>(model: ModelId) -> T::AccountId {
	let (challenger, bond): (T::AccountId, _) = (account("challenger", 0, 0), T::ChallengeBond::get());
	T::Money::mint_into(Asset::Native, &Pallet::<T>::pot(), bond).unwrap();
	let lapses = T::Clock::now().saturating_add(T::JudgingPeriod::get());
	Challenges::<T>::insert(model, Challenge { challenger: challenger.clone(), bond, reasons: H256::zero(), lapses });
	challenger
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn register() {
		let most = T::MaxPerOwner::get();
		let owner = owner::<T>(most - 1);
		let checked = T::Keys::check(&verification()).unwrap();
		let deposit = Pallet::<T>::deposit(&verification()).unwrap();
		let draft = draft::<T>();
		#[block]
		{
			Pallet::<T>::add(owner.clone(), draft, checked, deposit).unwrap();
		}
		assert_eq!(ModelsOf::<T>::get(owner).len(), most as usize);
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
		T::BenchmarkHelper::pass(T::RetirePeriod::get());
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), model);
		assert!(!Models::<T>::contains_key(model));
	}

	#[benchmark]
	fn challenge() {
		let (owner, model) = registered::<T>(None);
		let most = T::ChallengeBond::get().saturating_mul(2);
		T::Money::mint_into(Asset::Native, &owner, most).unwrap();
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), model, H256::zero());
		assert!(Challenges::<T>::contains_key(model));
	}

	#[benchmark]
	fn judge_challenge() {
		let (_, model) = registered::<T>(None);
		challenged::<T>(model);
		let judge = T::JudgeOrigin::try_successful_origin().unwrap();
		// To uphold writes more than to reject.
		#[extrinsic_call]
		_(judge as T::RuntimeOrigin, model, true);
		assert!(!Models::<T>::contains_key(model));
	}

	#[benchmark]
	fn end_challenge() {
		let (_, model) = registered::<T>(None);
		let challenger = challenged::<T>(model);
		T::BenchmarkHelper::pass(T::JudgingPeriod::get());
		#[extrinsic_call]
		_(RawOrigin::Signed(challenger), model);
		assert!(!Challenges::<T>::contains_key(model));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
