//! What runtime APIs read.

use alloc::vec::Vec;
use frame_support::traits::Get;
use sp_runtime::traits::AccountIdConversion;
use vektor_primitives::ModelId;

use crate::{Challenge, Challenges, Config, HeldDeposit, Model, Models, ModelsOf, Pallet};

/// The most records that one listing reads.
pub const MAX_SCANNED: usize = 10_000;

impl<T: Config> Pallet<T> {
	/// The pot that holds all deposits.
	pub fn pot() -> T::AccountId {
		T::PotId::get().into_account_truncating()
	}

	/// The first `limit` models that `keep` keeps, in no particular order, out of the first [`MAX_SCANNED`].
	pub fn list(
		limit: usize,
		keep: impl Fn(&ModelId, &Model<T::AccountId>) -> bool,
	) -> Vec<(ModelId, Model<T::AccountId>)> {
		Models::<T>::iter().take(MAX_SCANNED).filter(|(id, record)| keep(id, record)).take(limit).collect()
	}

	/// The models of one owner, oldest first.
	pub fn owned_by(owner: &T::AccountId) -> Vec<(ModelId, Model<T::AccountId>)> {
		let ids = ModelsOf::<T>::get(owner).into_iter();
		ids.filter_map(|id| Models::<T>::get(id).map(|record| (id, record))).collect()
	}

	/// Everything of `who`'s in the pot: deposits by model, then bonds of the first [`MAX_SCANNED`] open challenges.
	pub(crate) fn deposits_of(who: &T::AccountId) -> Vec<HeldDeposit> {
		let deposit = |(model, record): (ModelId, Model<T::AccountId>)| HeldDeposit {
			model,
			amount: record.deposit,
			challenge: false,
			removable: record.removable,
		};
		let bond = |(model, challenge): (ModelId, Challenge<T::AccountId>)| HeldDeposit {
			model,
			amount: challenge.bond,
			challenge: true,
			removable: Some(challenge.lapses),
		};
		let bonds = Challenges::<T>::iter().take(MAX_SCANNED).filter(|(_, challenge)| challenge.challenger == *who);
		Self::owned_by(who).into_iter().map(deposit).chain(bonds.map(bond)).collect()
	}
}
