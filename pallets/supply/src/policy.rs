//! What this pallet needs of others. The runtime's adapters implement it.

use frame_support::{pallet_prelude::Weight, Parameter};
use serde::{de::DeserializeOwned, Serialize};
use sp_runtime::DispatchError;
use vektor_primitives::Balance;

use crate::EmissionPart;

/// Who takes the parts of the emission that are not validators'.
pub trait Receivers<AccountId> {
	/// Moves what it takes of `amount`, which the round that just ended emits, out of `pot`, and says how much that was. Nothing where there
	/// is no receiver yet: it stays in the pot and is not emitted. An error changes nothing.
	fn give(part: EmissionPart, round: u32, pot: &AccountId, amount: Balance) -> Result<Balance, DispatchError>;
	/// What giving a part weighs at most that a round of no work does not give.
	fn weight() -> Weight;
}

/// The eras of staking: what is open, and how a page is paid. Bounded by the number of validators of an era.
pub trait Eras<AccountId> {
	/// The last era that has ended and been booked.
	fn ended() -> Option<u32>;
	/// The first page of `era` after `done`, in the order of storage, that is not paid yet.
	fn next_open(era: u32, done: Option<&(AccountId, u32)>) -> Option<(AccountId, u32)>;
	/// Pays one page, as anybody could.
	fn pay(era: u32, validator: &AccountId, page: u32) -> Result<(), DispatchError>;
	/// The most that paying one page weighs.
	fn page_weight() -> Weight;
	/// An era with as many validators as there can be, all of them paid but the last in the order of storage, who cannot be.
	#[cfg(feature = "runtime-benchmarks")]
	fn worst(era: u32);
}

/// Why a parameter was not set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParameterRefused {
	/// Outside its bounds.
	OutOfBounds,
	/// Without a value it would fall back to the code's default.
	NoValue,
	/// The store refused, which it never should.
	Store(DispatchError),
}

/// The values that governance changes while the chain runs.
pub trait Parameters {
	/// One parameter and its new value.
	type KeyValue: Parameter;
	/// All of them, as a genesis gives them.
	type Values: Serialize + DeserializeOwned + Default;
	/// Sets one, within its bounds.
	fn set(key_value: Self::KeyValue) -> Result<(), ParameterRefused>;
	/// Sets all of them, within their bounds.
	fn build(values: &Self::Values) -> Result<(), ParameterRefused>;
	/// Whether every parameter is in storage and within its bounds.
	fn are_sound() -> bool;
	/// One of them, within its bounds.
	#[cfg(feature = "runtime-benchmarks")]
	fn example() -> Self::KeyValue;
}

/// What happens when the issuance has risen, which nothing should bring about.
pub trait Alarm {
	/// Stops the chain for everybody but governance.
	fn raise();
}
