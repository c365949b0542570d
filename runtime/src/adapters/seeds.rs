//! Randomness, as BABE's authors make it.

use sp_core::H256;
use vektor_primitives::traits::Seeds;

use crate::Runtime;

/// BABE's: what the last block's author could not choose, written at that block's end, and what the epoch before last collected.
pub struct Vrf;

impl Seeds for Vrf {
	fn block() -> Option<H256> {
		pallet_babe::AuthorVrfRandomness::<Runtime>::get().map(H256)
	}

	fn epoch() -> H256 {
		H256(pallet_babe::Randomness::<Runtime>::get())
	}
}
