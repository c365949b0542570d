//! The pool of VKTR and USDC as the market buy sees it, over `AssetConversion`.

use alloc::vec;
use frame_support::traits::Get;
use pallet_asset_conversion::{Error, PoolLocator, Pools, Swap};
use pallet_buyback::{Fault, Pool};
use sp_core::H256;
use sp_runtime::DispatchError;
use vektor_primitives::{Asset, Balance, Ppm, USDC};

use crate::{AccountId, AssetConversion, Runtime};

const DOLLARS: Asset = Asset::WithId(USDC);

type Locator = <Runtime as pallet_asset_conversion::Config>::PoolLocator;

/// The pool of VKTR and USDC.
pub struct DollarPool;

impl Pool<AccountId> for DollarPool {
	fn reserves() -> Result<(Balance, Balance), Fault> {
		let known = Locator::pool_id(&Asset::Native, &DOLLARS).is_ok_and(Pools::<Runtime>::contains_key);
		if !known {
			return Err(Fault::NoPool);
		}
		AssetConversion::get_reserves(DOLLARS, Asset::Native).map_err(|refused| match refused {
			Error::PoolEmpty => Fault::EmptyPool,
			_ => Fault::Frozen,
		})
	}

	fn fee() -> Ppm {
		let fee = |id| AssetConversion::pool_fee(&id).deconstruct();
		Ppm(Locator::pool_id(&Asset::Native, &DOLLARS).map(fee).unwrap_or_default())
	}

	fn quote(usd: Balance) -> Option<Balance> {
		AssetConversion::quote_price_exact_tokens_for_tokens(DOLLARS, Asset::Native, usd, true)
	}

	fn buy(account: &AccountId, usd: Balance, least: Balance) -> Result<Balance, DispatchError> {
		let (from, to) = (account.clone(), account.clone());
		let path = vec![DOLLARS, Asset::Native];
		<AssetConversion as Swap<_>>::swap_exact_tokens_for_tokens(from, path, usd, Some(least), to, true)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn setup((usd, native): (Balance, Balance)) {
		use crate::{adapters::benchmarks::fund, RuntimeOrigin};
		use alloc::boxed::Box;
		if Self::reserves().is_ok() {
			return;
		}
		let provider = AccountId::new([3; 32]);
		fund(&provider, &DOLLARS, usd.saturating_mul(2));
		fund(&provider, &Asset::Native, native.saturating_mul(2));
		let origin = || RuntimeOrigin::signed(provider.clone());
		let pair = || (Box::new(Asset::Native), Box::new(DOLLARS));
		let (one, two) = pair();
		AssetConversion::create_pool(origin(), one, two).expect("benchmarks only");
		let (one, two) = pair();
		AssetConversion::add_liquidity(origin(), one, two, native, usd, 1, 1, provider.clone())
			.expect("benchmarks only");
	}
}

/// What the last block's author could not choose: its VRF's output, which is written at the block's end.
pub struct LastVrf;

impl Get<Option<H256>> for LastVrf {
	fn get() -> Option<H256> {
		pallet_babe::AuthorVrfRandomness::<Runtime>::get().map(H256)
	}
}
