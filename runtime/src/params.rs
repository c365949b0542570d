//! Units, bounds and the price of state.

use frame_support::{
	parameter_types,
	weights::{constants::WEIGHT_REF_TIME_PER_SECOND, Weight},
};
use sp_runtime::Perbill;
use vektor_primitives::{Balance, VKTR};

/// A thousandth of a VKTR.
pub const MILLI: Balance = VKTR / 1_000;

/// All VKTR that will ever exist: minted at genesis, only burned afterwards.
pub const CAP: Balance = 1_000_000_000 * VKTR;

/// The least an account holds: dusting the state with a million accounts costs 10,000 VKTR.
pub const EXISTENTIAL_DEPOSIT: Balance = 10 * MILLI;

/// USDC's least balance: one cent.
pub const USDC_MINIMUM: Balance = 10_000;

/// What `items` storage items of `bytes` bytes together cost while they are kept: a kilobyte is about one VKTR.
pub const fn deposit(items: Balance, bytes: Balance) -> Balance {
	items.saturating_mul(100 * MILLI).saturating_add(bytes.saturating_mul(MILLI))
}

/// Normal transactions fill three quarters of a block; the rest is for operational ones and for hooks.
pub const NORMAL_RATIO: Perbill = Perbill::from_percent(75);

/// Two of six seconds: a block is executed twice within its slot, by its author and by whoever builds on it. No
/// relay chain bounds the proof.
pub const MAXIMUM_BLOCK_WEIGHT: Weight = Weight::from_parts(2 * WEIGHT_REF_TIME_PER_SECOND, u64::MAX);

/// Bytes of a block's transactions.
pub const MAXIMUM_BLOCK_LENGTH: u32 = 5 * 1024 * 1024;

/// Validators at most: sequential elections on chain take weight in proportion.
pub const MAX_VALIDATORS: u32 = 32;

/// Voters that an election reads: the heaviest by bonded stake.
pub const MAX_VOTERS: u32 = 1_000;

/// Candidates that an election reads. More would fail it, so the presets cap `maxValidatorCount` below.
pub const MAX_TARGETS: u32 = 200;

parameter_types! {
	pub const MaxValidators: u32 = MAX_VALIDATORS;
	pub const MaxVoters: u32 = MAX_VOTERS;
	pub const ExistentialDeposit: Balance = EXISTENTIAL_DEPOSIT;
}
