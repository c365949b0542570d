//! What runtime APIs read.

use alloc::vec::Vec;
use frame_support::traits::Get;
use sp_runtime::traits::AccountIdConversion;
use vektor_primitives::{traits::OperatorRegistry, Balance, CaseId, Ineligible, Needs, OperatorId};

use crate::{
	Case, Cases, CasesOf, Classes, Config, FormerOf, HeldCollateral, Operator, Operators, OwnedBy, Pallet, MAX_SCANNED,
};

impl<T: Config> Pallet<T> {
	/// The account of the pot.
	pub fn pot() -> T::AccountId {
		T::PotId::get().into_account_truncating()
	}

	/// The collateral that the operator's class asks now, in VKTR's smallest unit. Classes stay in the table for ever.
	pub fn required(record: &Operator<T::AccountId>) -> Balance {
		Classes::<T>::get(&record.class).map_or(Balance::MAX, |class| class.required(record.gpus))
	}

	/// The open cases of an operator, in no particular order: at most `MaxCases`.
	pub fn open_cases(operator: &OperatorId) -> Vec<(CaseId, Case<T::AccountId>)> {
		CasesOf::<T>::iter_key_prefix(operator).filter_map(|id| Cases::<T>::get(id).map(|case| (id, case))).collect()
	}

	/// Why the operator takes no work at all, where it takes none.
	pub fn ineligible(operator: &OperatorId) -> Option<Ineligible> {
		Self::check(operator, &Needs::default()).err()
	}

	/// The first `limit` operators that `keep` keeps, in no particular order, out of the first [`MAX_SCANNED`].
	pub fn list(
		limit: usize,
		keep: impl Fn(&OperatorId, &Operator<T::AccountId>) -> bool,
	) -> Vec<(OperatorId, Operator<T::AccountId>)> {
		Operators::<T>::iter().take(MAX_SCANNED).filter(|(id, record)| keep(id, record)).take(limit).collect()
	}

	/// The operators of one owner, in no particular order: at most `MaxPerOwner`.
	pub fn owned_by(owner: &T::AccountId) -> Vec<(OperatorId, Operator<T::AccountId>)> {
		let ids = OwnedBy::<T>::iter_key_prefix(owner);
		ids.filter_map(|id| Operators::<T>::get(id).map(|record| (id, record))).collect()
	}

	/// Everything of `owner`'s in the pot, by operator.
	pub(crate) fn collateral_of(owner: &T::AccountId) -> Vec<HeldCollateral> {
		let held = |(operator, record): (OperatorId, Operator<T::AccountId>)| HeldCollateral {
			operator,
			amount: record.collateral,
			frozen: record.held_back(),
			free_at: record.unbonding,
		};
		Self::owned_by(owner).into_iter().map(held).collect()
	}

	/// The operators of `owner`'s that are there or served and are gone. Reads each of them.
	pub(crate) fn earners(owner: &T::AccountId) -> Vec<OperatorId> {
		OwnedBy::<T>::iter_key_prefix(owner).chain(FormerOf::<T>::iter_key_prefix(owner)).collect()
	}
}
