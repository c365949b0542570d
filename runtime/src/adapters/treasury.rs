//! How the treasury pays: never so much that its account disappears.

use frame_support::traits::tokens::{Pay, PaymentStatus};
use sp_runtime::DispatchError;
use vektor_primitives::{pot, Asset, Balance};

use crate::{adapters::money::Money, AccountId, Treasury};

/// Pays VKTR or an asset and keeps the floor of each.
pub struct PayFromTreasury;

impl Pay for PayFromTreasury {
	type Balance = Balance;
	type Beneficiary = AccountId;
	type AssetKind = Asset;
	type Id = ();
	type Error = DispatchError;

	fn pay(who: &AccountId, asset: Asset, amount: Balance) -> Result<(), DispatchError> {
		pot::transfer::<AccountId, Money>(&asset, &Treasury::account_id(), who, amount)
	}

	fn check_payment((): ()) -> PaymentStatus {
		PaymentStatus::Success
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn ensure_successful(who: &AccountId, asset: Asset, amount: Balance) {
		super::benchmarks::fund(&Treasury::account_id(), &asset, amount);
		super::benchmarks::fund(who, &asset, amount);
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn ensure_concluded((): ()) {}
}
