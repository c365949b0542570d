//! Our own pallets: the clock, operators, models, verdicts, jobs, revenue.

use alloc::vec::Vec;
use frame_support::{
	parameter_types,
	traits::{ConstU128, ConstU32, EitherOfDiverse, Get},
	PalletId,
};
use frame_system::EnsureRoot;
use sp_runtime::{traits::AccountIdConversion, SaturatedConversion};
use vektor_primitives::Balance;

use crate::{
	adapters::{
		burns::{BurnOf, Split, Unclaimed},
		emission::Unmeasured,
		live::Brakes,
		money::Money,
	},
	configs::{origins::Treasurer, parameters::dynamic, staking::Interval},
	params::{deposit, USDC_MINIMUM},
	timing::{self, Days, Hour},
	AccountId, Buyback, LiveClock, LockStaking, Models, Operators, Revenue, Runtime, RuntimeCall, Supply, Treasury,
	Verification,
};

parameter_types! {
	/// Collateral.
	pub const OperatorsPot: PalletId = PalletId(*b"vk/operr");
	/// Deposits of models.
	pub const ModelsPot: PalletId = PalletId(*b"vk/model");
	/// Escrows.
	pub const JobsPot: PalletId = PalletId(*b"vk/jobs_");
	/// Lots, and what is owed.
	pub const RevenuePot: PalletId = PalletId(*b"vk/reven");
	/// The split's reserve: compensates, never by itself.
	pub const ReservePot: PalletId = PalletId(*b"vk/resrv");
	/// The split's operations.
	pub const OperationsPot: PalletId = PalletId(*b"vk/opera");
	/// The split's quality pot.
	pub const QualityPot: PalletId = PalletId(*b"vk/quali");
	pub TreasuryAccount: AccountId = Treasury::account_id();
	pub ReserveAccount: AccountId = ReservePot::get().into_account_truncating();
	pub OperationsAccount: AccountId = OperationsPot::get().into_account_truncating();
	pub QualityAccount: AccountId = QualityPot::get().into_account_truncating();
}

/// Every pot of ours: each holds the existential deposit of both assets from genesis on.
pub fn pots() -> Vec<AccountId> {
	[
		OperatorsPot::get(),
		ModelsPot::get(),
		JobsPot::get(),
		RevenuePot::get(),
		ReservePot::get(),
		OperationsPot::get(),
		QualityPot::get(),
	]
	.iter()
	.map(PalletId::into_account_truncating)
	.collect()
}

/// An operator's everyday calls: nothing that touches its owner's money.
pub fn everyday(call: &RuntimeCall) -> bool {
	use RuntimeCall as C;
	matches!(
		call,
		C::Operators(
			pallet_operators::Call::activate { .. }
				| pallet_operators::Call::drain { .. }
				| pallet_operators::Call::update { .. }
		) | C::Jobs(pallet_jobs::Call::deliver { .. } | pallet_jobs::Call::expire { .. })
			| C::Revenue(pallet_revenue::Call::payout { .. } | pallet_revenue::Call::claim { .. })
	)
}

/// The slot of the current block.
pub struct CurrentSlot;
impl Get<u64> for CurrentSlot {
	fn get() -> u64 {
		*pallet_babe::CurrentSlot::<Runtime>::get()
	}
}

/// Ten minutes without a block are a stall.
pub struct MaxGap;
impl Get<u32> for MaxGap {
	fn get() -> u32 {
		600_000u64.checked_div(timing::SlotMs::get()).unwrap_or(1).saturated_into()
	}
}

/// A twelfth of an hour of governance: five minutes in production, a moment on development chains.
pub struct Window;
impl Get<u32> for Window {
	fn get() -> u32 {
		(timing::hours(1) / 12).max(1)
	}
}

impl pallet_live_clock::Config for Runtime {
	type Slot = CurrentSlot;
	type Pause = Brakes;
	type MaxGap = MaxGap;
	type Window = Window;
	type WeightInfo = pallet_live_clock::weights::SubstrateWeight<Runtime>;
}

impl pallet_operators::Config for Runtime {
	type Money = Money;
	type Clock = LiveClock;
	type AdminOrigin = EnsureRoot<AccountId>;
	type PotId = OperatorsPot;
	type MinCollateral = dynamic::inference::MinCollateral;
	/// V12.
	type MinUplink = ConstU32<10>;
	type MaxGpus = ConstU32<1_024>;
	type MaxPerOwner = ConstU32<64>;
	/// Bounds what `open_jobs` reads.
	type MaxOpenWork = ConstU32<256>;
	/// As long as an appeal takes.
	type UnbondingPeriod = Days<7>;
	type FreeInterval = ConstU32<100>;
	type WeightInfo = pallet_operators::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	pub const ModelByteDeposit: Balance = deposit(0, 10);
}

impl pallet_models::Config for Runtime {
	type Money = Money;
	type Keys = Verification;
	type Clock = LiveClock;
	type PotId = ModelsPot;
	type DepositBase = dynamic::inference::ModelDeposit;
	type DepositPerByte = ModelByteDeposit;
	/// USDC's minimum balance, so that every part of a payment can be paid.
	type MinPrice = ConstU128<USDC_MINIMUM>;
	/// A thousand dollars: a slip of the decimal point costs nobody a fortune.
	type MaxPrice = ConstU128<1_000_000_000>;
	type MaxDeadline = Days<7>;
	/// A retired model keeps its key for as long as a job may be open, and a day.
	type RetirePeriod = Days<8>;
	type MaxPerOwner = ConstU32<256>;
	type WeightInfo = pallet_models::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::adapters::benchmarks::Arguments;
}

impl pallet_verification::Config for Runtime {
	type WeightInfo = pallet_verification::weights::SubstrateWeight<Runtime>;
}

impl pallet_jobs::Config for Runtime {
	type Money = Money;
	type Operators = Operators;
	type Outcomes = Operators;
	type Models = Models;
	type Verifier = Verification;
	type Settlement = Revenue;
	type Prices = Buyback;
	type Clock = LiveClock;
	type PotId = JobsPot;
	type MaxDeadline = Days<7>;
	type Retention = Days<7>;
	type RefundRetry = Hour;
	type TickSteps = ConstU32<64>;
	type WeightInfo = pallet_jobs::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::adapters::benchmarks::Arguments;
}

impl pallet_revenue::Config for Runtime {
	type Money = Money;
	type Operators = Operators;
	type Prices = Buyback;
	type Rounds = Supply;
	type Stakers = LockStaking;
	type Measures = Unmeasured;
	type SplitBurn = BurnOf<Split>;
	type ExpiredBurn = BurnOf<Unclaimed>;
	type Interval = Interval;
	type Patience = ConstU32<7>;
	type ClaimPeriod = Days<180>;
	type AdminOrigin = EnsureRoot<AccountId>;
	type ReserveOrigin = EitherOfDiverse<EnsureRoot<AccountId>, Treasurer>;
	type PotId = RevenuePot;
	type LeakHistory = ConstU32<180>;
	type Treasury = TreasuryAccount;
	type Reserve = ReserveAccount;
	type Operations = OperationsAccount;
	type Quality = QualityAccount;
	type WeightInfo = pallet_revenue::weights::SubstrateWeight<Runtime>;
}
