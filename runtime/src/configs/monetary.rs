//! VKTR, USDC, the pool between them, and fees.

use alloc::vec;
use frame_support::{
	parameter_types,
	traits::{
		tokens::imbalance::ResolveAssetTo, AsEnsureOriginWithArg, ConstU128, ConstU32, ConstU8, NeverEnsureOrigin,
		VariantCountOf, WithdrawReasons,
	},
	weights::ConstantMultiplier,
	PalletId,
};
use frame_system::{EnsureRoot, EnsureSignedBy};
use pallet_asset_conversion::{AccountIdConverter, Ascending, Chain, WithFirstAsset};
use pallet_asset_conversion_tx_payment::SwapAssetAdapter;
use pallet_transaction_payment::{FungibleAdapter, Multiplier, TargetedFeeAdjustment};
use sp_runtime::{
	traits::{AccountIdConversion, ConvertInto},
	FixedPointNumber, Permill, Perquintill,
};
use vektor_primitives::{Asset, Balance, VKTR};

use crate::{
	adapters::{
		burns::{Burn, Dust},
		fees::ToAuthor,
		live::ElapsedSlots,
		money::Money,
	},
	params::{deposit, ExistentialDeposit},
	AccountId, AssetConversion, Balances, PoolAssets, Runtime, RuntimeEvent, RuntimeFreezeReason, RuntimeHoldReason,
	System,
};

impl pallet_balances::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type Balance = Balance;
	/// Counted, then dropped, which burns it.
	type DustRemoval = Burn<Dust>;
	type ExistentialDeposit = ExistentialDeposit;
	type AccountStore = System;
	type ReserveIdentifier = [u8; 8];
	type FreezeIdentifier = RuntimeFreezeReason;
	type MaxLocks = ConstU32<50>;
	type MaxReserves = ConstU32<50>;
	type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
	type DoneSlashHandler = ();
	type WeightInfo = pallet_balances::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	/// A quarter of a block: four times the usual load still fits.
	pub const TargetFullness: Perquintill = Perquintill::from_percent(25);
	/// An hour of full blocks raises fees by about 3 %.
	pub AdjustmentVariable: Multiplier = Multiplier::saturating_from_rational(75, 1_000_000);
	/// An idle chain's fee is a quarter of the base: low, never nothing.
	pub MinimumMultiplier: Multiplier = Multiplier::saturating_from_rational(1, 4);
	/// However full the chain is, fees stop at 10,000 times the base.
	pub MaximumMultiplier: Multiplier = Multiplier::saturating_from_integer(10_000);
}

/// 10 of VKTR's smallest unit per picosecond: a transfer of about 350 us costs about 0.0035 VKTR, a block's worth of
/// normal transactions 15 VKTR.
pub type WeightToFee = ConstantMultiplier<Balance, ConstU128<10>>;

/// 0.00001 VKTR per byte: a transfer of 150 bytes pays 0.0015 VKTR for its length, a key of 8 KiB 0.08 VKTR.
pub type LengthToFee = ConstantMultiplier<Balance, ConstU128<10_000_000>>;

impl pallet_transaction_payment::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	/// Fee and tip go to the block's author.
	type OnChargeTransaction = FungibleAdapter<Balances, ToAuthor>;
	type OperationalFeeMultiplier = ConstU8<5>;
	type WeightToFee = WeightToFee;
	type LengthToFee = LengthToFee;
	type FeeMultiplierUpdate =
		TargetedFeeAdjustment<Self, TargetFullness, AdjustmentVariable, MinimumMultiplier, MaximumMultiplier>;
	type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	pub const AssetDeposit: Balance = 100 * VKTR;
	pub const AssetAccountDeposit: Balance = deposit(1, 16);
	pub const AssetMetadataDeposit: Balance = deposit(1, 68);
	pub const AssetMetadataByteDeposit: Balance = deposit(0, 1);
	pub const ApprovalDeposit: Balance = deposit(1, 48);
}

/// The instance of `pallet-assets` that holds USDC.
pub type Tokens = frame_support::instances::Instance1;

impl pallet_assets::Config<Tokens> for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Balance = Balance;
	type RemoveItemsLimit = ConstU32<1_000>;
	type AssetId = u32;
	type AssetIdParameter = codec::Compact<u32>;
	type ReserveData = ();
	type Currency = Balances;
	/// Nobody creates assets: a settlement accepts what governance has admitted.
	type CreateOrigin = AsEnsureOriginWithArg<NeverEnsureOrigin<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type AssetDeposit = AssetDeposit;
	type AssetAccountDeposit = AssetAccountDeposit;
	type MetadataDepositBase = AssetMetadataDeposit;
	type MetadataDepositPerByte = AssetMetadataByteDeposit;
	type ApprovalDeposit = ApprovalDeposit;
	type StringLimit = ConstU32<50>;
	type Freezer = ();
	type Holder = ();
	type Extra = ();
	type CallbackHandle = ();
	type AssetIdAllocator = ();
	type WeightInfo = pallet_assets::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}

frame_support::ord_parameter_types! {
	pub const PoolsAccount: AccountId = AccountIdConversion::<AccountId>::into_account_truncating(&PoolsPalletId::get());
}

/// The instance of `pallet-assets` that holds the pools' shares.
pub type PoolShares = frame_support::instances::Instance2;

impl pallet_assets::Config<PoolShares> for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Balance = Balance;
	type RemoveItemsLimit = ConstU32<1_000>;
	type AssetId = u32;
	type AssetIdParameter = u32;
	type ReserveData = ();
	type Currency = Balances;
	/// Only the pools make shares.
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSignedBy<PoolsAccount, AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type AssetDeposit = ConstU128<0>;
	type AssetAccountDeposit = AssetAccountDeposit;
	type MetadataDepositBase = ConstU128<0>;
	type MetadataDepositPerByte = ConstU128<0>;
	type ApprovalDeposit = ApprovalDeposit;
	type StringLimit = ConstU32<50>;
	type Freezer = ();
	type Holder = ();
	type Extra = ();
	type CallbackHandle = ();
	type AssetIdAllocator = ();
	type WeightInfo = pallet_assets::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}

impl pallet_asset_rate::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type CreateOrigin = EnsureRoot<AccountId>;
	type RemoveOrigin = EnsureRoot<AccountId>;
	type UpdateOrigin = EnsureRoot<AccountId>;
	type Currency = Balances;
	type AssetKind = Asset;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::adapters::benchmarks::Arguments;
	type WeightInfo = pallet_asset_rate::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	pub const PoolsPalletId: PalletId = PalletId(*b"vk/pools");
	pub const Native: Asset = Asset::Native;
	/// 0.3 %, the market's custom. A pool's own fee may differ: read it, never this.
	pub const PoolFee: Permill = Permill::from_parts(3_000);
	pub const MaxPoolFee: Permill = Permill::from_percent(10);
	pub const NoWithdrawalFee: Permill = Permill::zero();
	/// Dear enough that pools are made to be used.
	pub const PoolSetupFee: Balance = 100 * VKTR;
}

/// From a pool to its account.
pub type PoolAccount = AccountIdConverter<PoolsPalletId, (Asset, Asset)>;

impl pallet_asset_conversion::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Balance = Balance;
	type HigherPrecisionBalance = sp_core::U256;
	type AssetKind = Asset;
	type Assets = Money;
	type PoolId = (Asset, Asset);
	/// Every pool has VKTR on its first side, or its assets in order.
	type PoolLocator =
		Chain<WithFirstAsset<Native, AccountId, Asset, PoolAccount>, Ascending<AccountId, Asset, PoolAccount>>;
	type PoolAssetId = u32;
	type PoolAssets = PoolAssets;
	type LPFee = PoolFee;
	type AdminOrigin = EnsureRoot<AccountId>;
	type MaxSwapFee = MaxPoolFee;
	type PoolSetupFee = PoolSetupFee;
	type PoolSetupFeeAsset = Native;
	/// Kept by the pools' own account: nothing burns without a cause that is counted.
	type PoolSetupFeeTarget = ResolveAssetTo<PoolsAccount, Money>;
	type LiquidityWithdrawalFee = NoWithdrawalFee;
	type MintMinLiquidity = ConstU128<100>;
	type MaxSwapPathLength = ConstU32<4>;
	type PalletId = PoolsPalletId;
	type WeightInfo = pallet_asset_conversion::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::adapters::benchmarks::Arguments;
}

impl pallet_asset_conversion_tx_payment::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type AssetId = Asset;
	/// A fee in USDC is swapped in the pool; the author gets VKTR.
	type OnChargeAssetTransaction = SwapAssetAdapter<Native, Money, AssetConversion, ToAuthor>;
	type WeightInfo = pallet_asset_conversion_tx_payment::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::adapters::benchmarks::Arguments;
}

parameter_types! {
	/// So large that nobody fills another account's 28 places for schedules.
	pub const MinVestedTransfer: Balance = 10_000 * VKTR;
	/// Unvested tokens pay for nothing but transactions.
	pub UnvestedUses: WithdrawReasons = WithdrawReasons::except(WithdrawReasons::TRANSFER | WithdrawReasons::RESERVE);
}

impl pallet_vesting::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type BlockNumberToBalance = ConvertInto;
	type MinVestedTransfer = MinVestedTransfer;
	type UnvestedFundsAllowedWithdrawReasons = UnvestedUses;
	/// Slots, not blocks: a missed slot delays nobody.
	type BlockNumberProvider = ElapsedSlots;
	type WeightInfo = pallet_vesting::weights::SubstrateWeight<Runtime>;
	const MAX_VESTING_SCHEDULES: u32 = 28;
}
