//! What VKTR is worth: nobody says yet, so payments in VKTR are refused with that reason.

use vektor_primitives::{
	traits::{PriceError, PriceSource},
	Balance, Usd,
};

/// The chain has no price source until the pallet `Buyback` comes.
pub struct NoPrice;

impl PriceSource for NoPrice {
	fn worth_at_least(_: Balance) -> Result<Usd, PriceError> {
		Err(PriceError::NoSource)
	}

	fn native_at_most(_: Usd) -> Result<Balance, PriceError> {
		Err(PriceError::NoSource)
	}
}
