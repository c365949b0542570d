//! Fees and tips go to the author of the block.

use frame_support::traits::{
	fungible, fungible::Balanced as _, fungibles, fungibles::Balanced as _, Imbalance, OnUnbalanced,
};
use pallet_supply::BurnCause;
use vektor_primitives::Asset;

use crate::{adapters::money::Money, AccountId, Authorship, Balances, Supply};

/// Pays the author. What its account refuses (below the existential deposit) is counted and dropped, which burns it: a fee
/// never makes a transaction fail.
pub struct ToAuthor;

impl OnUnbalanced<fungible::Credit<AccountId, Balances>> for ToAuthor {
	fn on_nonzero_unbalanced(fee: fungible::Credit<AccountId, Balances>) {
		let refused = match Authorship::author() {
			Some(author) => Balances::resolve(&author, fee).err(),
			None => Some(fee),
		};
		if let Some(refused) = refused {
			Supply::note_burned(BurnCause::Fee, refused.peek());
		}
	}
}

impl OnUnbalanced<fungibles::Credit<AccountId, Money>> for ToAuthor {
	fn on_nonzero_unbalanced(fee: fungibles::Credit<AccountId, Money>) {
		let refused = match Authorship::author() {
			Some(author) => Money::resolve(&author, fee).err(),
			None => Some(fee),
		};
		if let Some(refused) = refused.filter(|refused| refused.asset() == Asset::Native) {
			Supply::note_burned(BurnCause::Fee, refused.peek());
		}
	}
}
