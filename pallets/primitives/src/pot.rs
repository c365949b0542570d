//! The one module that moves escrowed money: into a pot, out of a pot, both assets, always by transfer.
//!
//! A pot is a keyless account that keeps its existential deposit as a floor (money.md). Money moves with
//! `Preservation::Preserve` and never by a hold: a hold can catch tokens under a vesting lock and later set them free.

use frame_support::traits::{
	fungibles::{Inspect, Mutate},
	tokens::{Preservation, Provenance},
};
use sp_runtime::{traits::Zero, DispatchResult};

use crate::{Asset, Balance};

/// Both assets behind one interface: `UnionOf<Balances, Assets, ..>` in the runtime.
pub trait Money<A: Eq>: Mutate<A, AssetId = Asset, Balance = Balance> {}
impl<A: Eq, T: Mutate<A, AssetId = Asset, Balance = Balance>> Money<A> for T {}

/// Moves exactly `amount` from `from` to `to`. Neither account may fall below its existential deposit, and tokens under a
/// lock do not move. Nothing happens for zero.
///
/// Errors are those of the asset: `Token::FundsUnavailable`, `Token::Frozen`, `Token::NotExpendable`,
/// `Token::BelowMinimum`, `Assets::NoAccount` and the like.
pub fn transfer<A: Eq, M: Money<A>>(asset: &Asset, from: &A, to: &A, amount: Balance) -> DispatchResult {
	if amount.is_zero() {
		return Ok(());
	}
	M::transfer(asset.clone(), from, to, amount, Preservation::Preserve).map(|_| ())
}

/// Whether `to` would take `amount`: false where the payment would leave it below the existential deposit or its account
/// is blocked. A payout that would be refused is booked instead, never lost.
pub fn would_take<A: Eq, M: Money<A>>(asset: &Asset, to: &A, amount: Balance) -> bool {
	amount.is_zero() || M::can_deposit(asset.clone(), to, amount, Provenance::Extant).into_result().is_ok()
}

/// What a pot holds above its floor.
pub fn available<A: Eq, M: Money<A>>(asset: &Asset, pot: &A) -> Balance {
	let held = <M as Inspect<A>>::balance(asset.clone(), pot);
	held.saturating_sub(M::minimum_balance(asset.clone()))
}
