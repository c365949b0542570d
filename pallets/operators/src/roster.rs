//! Who is active, without a gap: what draws are made from.

use sp_runtime::DispatchError;
use vektor_primitives::OperatorId;

use crate::{Config, Error, Operator, Operators, Pallet, Roster, RosterSize};

impl<T: Config> Pallet<T> {
	/// Adds an operator at the end.
	pub(crate) fn join_roster(operator: &OperatorId, record: &mut Operator<T::AccountId>) -> Result<(), DispatchError> {
		let size = RosterSize::<T>::get();
		RosterSize::<T>::put(size.checked_add(1).ok_or(Error::<T>::Overflow)?);
		Roster::<T>::insert(size, operator);
		record.place = Some(size);
		Ok(())
	}

	/// Takes an operator out; the last one takes its place. Nothing happens where it is not there.
	pub(crate) fn leave_roster(record: &mut Operator<T::AccountId>) {
		let Some(place) = record.place.take() else {
			return;
		};
		let end = RosterSize::<T>::get().saturating_sub(1);
		RosterSize::<T>::put(end);
		let Some(last) = Roster::<T>::take(end).filter(|_| place != end) else {
			return;
		};
		Roster::<T>::insert(place, last);
		Operators::<T>::mutate_extant(last, |moved| moved.place = Some(place));
	}
}
