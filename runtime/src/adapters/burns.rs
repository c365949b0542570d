//! Whatever is dropped is counted first: issuance and what is burned sum to the cap.

use core::marker::PhantomData;

use frame_support::traits::{fungible::Credit, Contains, Get, Imbalance, OnUnbalanced};
use pallet_supply::BurnCause;
use sp_runtime::DispatchResult;
use vektor_primitives::Balance;

use crate::{AccountId, Balances, Runtime, RuntimeCall, Supply};

/// Counts an amount by its cause `C`, and drops it.
pub struct Burn<C>(PhantomData<C>);

impl<C: Get<BurnCause>> OnUnbalanced<Credit<AccountId, Balances>> for Burn<C> {
	fn on_nonzero_unbalanced(credit: Credit<AccountId, Balances>) {
		Supply::note_burned(C::get(), credit.peek());
	}
}

impl<C: Get<BurnCause>> OnUnbalanced<pallet_balances::NegativeImbalance<Runtime>> for Burn<C> {
	fn on_nonzero_unbalanced(credit: pallet_balances::NegativeImbalance<Runtime>) {
		Supply::note_burned(C::get(), credit.peek());
	}
}

/// Burns of an account's own, and counts it by its cause `C`.
pub struct BurnOf<C>(PhantomData<C>);

impl<C: Get<BurnCause>> vektor_primitives::traits::Burn<AccountId> for BurnOf<C> {
	fn burn(from: &AccountId, amount: Balance) -> DispatchResult {
		Supply::burn_of(from, amount, C::get())
	}
}

macro_rules! causes {
	($($(#[$doc:meta])* $name:ident = $cause:ident;)*) => {$(
		$(#[$doc])*
		pub struct $name;
		impl Get<BurnCause> for $name {
			fn get() -> BurnCause {
				BurnCause::$cause
			}
		}
	)*};
}

causes! {
	/// Accounts that fell below the existential deposit.
	Dust = Dust;
	/// Deposits that were forfeited.
	Deposits = Deposit;
	/// Validators and nominators that were slashed.
	Slashes = Slash;
	/// The split's part of revenue.
	Split = Split;
	/// What operators did not claim in time.
	Unclaimed = Expired;
}

/// All calls but `Balances.burn`, which nothing would count: `Supply.burn` does the same.
pub struct Counted;

impl Contains<RuntimeCall> for Counted {
	fn contains(call: &RuntimeCall) -> bool {
		!matches!(call, RuntimeCall::Balances(pallet_balances::Call::burn { .. }))
	}
}
