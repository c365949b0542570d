//! Fees and tips go to the author of the block.

use frame_support::traits::{fungible, fungible::Balanced as _, fungibles, fungibles::Balanced as _, OnUnbalanced};

use crate::{adapters::money::Money, AccountId, Authorship, Balances};

/// Pays the author. What its account refuses (below the existential deposit) is dropped, which burns it: a fee never
/// makes a transaction fail.
pub struct ToAuthor;

impl OnUnbalanced<fungible::Credit<AccountId, Balances>> for ToAuthor {
	fn on_nonzero_unbalanced(fee: fungible::Credit<AccountId, Balances>) {
		if let Some(author) = Authorship::author() {
			let _ = Balances::resolve(&author, fee);
		}
	}
}

impl OnUnbalanced<fungibles::Credit<AccountId, Money>> for ToAuthor {
	fn on_nonzero_unbalanced(fee: fungibles::Credit<AccountId, Money>) {
		if let Some(author) = Authorship::author() {
			let _ = Money::resolve(&author, fee);
		}
	}
}
