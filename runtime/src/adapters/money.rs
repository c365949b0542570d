//! VKTR and the assets behind one `fungibles` interface.

use frame_support::traits::fungible::{NativeFromLeft, UnionOf};
use vektor_primitives::Asset;

use crate::{AccountId, Assets, Balances};

/// `Native` is `Balances`, `WithId` is `Assets`.
pub type Money = UnionOf<Balances, Assets, NativeFromLeft, Asset, AccountId>;
