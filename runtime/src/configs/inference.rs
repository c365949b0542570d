//! Our own pallets: the clock, operators, models, verdicts, jobs, revenue.

use alloc::vec::Vec;
use frame_support::{
	parameter_types,
	traits::{ConstU128, ConstU32, ConstU64, EitherOfDiverse, Get},
	PalletId,
};
use frame_system::EnsureRoot;
use sp_runtime::{traits::AccountIdConversion, Percent, SaturatedConversion};
use vektor_primitives::{Balance, Ppm, Usd, VKTR};

use crate::{
	adapters::{
		burns::{BurnOf, Deposits, Slashes, Split, Unclaimed},
		emission::Measured,
		identities::Points,
		live::Brakes,
		money::Money,
		seeds::Vrf,
	},
	configs::{
		origins::{Discipline, Treasurer},
		parameters::dynamic,
		staking::Interval,
	},
	params::{deposit, MaxValidators, USDC_MINIMUM},
	timing::{self, Days, Hour},
	AccountId, Buyback, Connectivity, LiveClock, LockStaking, Models, Operators, Revenue, Runtime, RuntimeCall, Supply,
	Timestamp, Treasury, Verification,
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
				| pallet_operators::Call::declare_maintenance { .. }
				| pallet_operators::Call::update { .. }
		) | C::Connectivity(pallet_connectivity::Call::answer_activation { .. })
			| C::Jobs(pallet_jobs::Call::deliver { .. } | pallet_jobs::Call::expire { .. })
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
	type Prices = Buyback;
	type Watch = Connectivity;
	type Attestations = Verification;
	type Departures = Verification;
	type SlashBurn = BurnOf<Slashes>;
	type Seeds = Vrf;
	type AdminOrigin = EnsureRoot<AccountId>;
	type DisciplineOrigin = EitherOfDiverse<EnsureRoot<AccountId>, Discipline>;
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
	type EntryShare = EntryShare;
	type UnpricedExposure = UnpricedExposure;
	type MaintenanceBudget = Days<1>;
	type MaintenancePeriod = Days<30>;
	/// Halves in 62 days: what is 90 days old counts the `e`-th part.
	type Memory = Days<62>;
	type Newcomer = Days<30>;
	type Day = Days<1>;
	type MaxCases = ConstU32<16>;
	type BurstCases = ConstU32<5>;
	type BurstShare = ConstU32<20>;
	type SlashRetry = Hour;
	type CaseHistory = Days<90>;
	type TickSteps = ConstU32<64>;
	type PaysVictims = dynamic::inference::SlashPaysVictims;
	type ChallengerShare = dynamic::inference::ChallengerShare;
	type WeightInfo = pallet_operators::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::adapters::benchmarks::Arguments;
}

parameter_types! {
	/// A quarter: the rest may be earned.
	pub const EntryShare: Ppm = Ppm(250_000);
	/// 25 USD.
	pub const UnpricedExposure: Usd = Usd(25_000_000);
}

/// Five probes, a minute apart in production; never so short that a report could not be written in the window after.
pub struct ProbeWindow;
impl Get<u32> for ProbeWindow {
	fn get() -> u32 {
		Window::get().max(8)
	}
}

impl pallet_connectivity::Config for Runtime {
	type Clock = LiveClock;
	type Seeds = Vrf;
	type Contacts = Operators;
	type Discipline = Operators;
	type Points = Points;
	type Attestations = Verification;
	type Availability = Revenue;
	type Hour = Hour;
	type WindowLength = ProbeWindow;
	/// Two hours in production: what an operator asks about after an incident.
	type KeptWindows = ConstU32<24>;
	type MaxValidators = MaxValidators;
	type MaxPages = ConstU32<256>;
	type PagesPerBlock = ConstU32<8>;
	type MaxAccusations = ConstU32<16>;
	/// 90 days of five minutes.
	type UptimeWindows = ConstU32<25_920>;
	/// A tenth of a block's: a day of 288 reports is worth some 29 blocks of 20 points each.
	type PointsPerReport = ConstU32<2>;
	type WeightInfo = pallet_connectivity::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::adapters::benchmarks::Arguments;
}

parameter_types! {
	/// A hundred tokens.
	pub const ChallengeBond: Balance = 100 * VKTR;
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
	type Burn = BurnOf<Deposits>;
	type JudgeOrigin = EitherOfDiverse<EnsureRoot<AccountId>, Discipline>;
	/// Long enough to make the key of a large network again.
	type ChallengePeriod = Days<7>;
	/// Twice the whole path of the discipline track, and more.
	type JudgingPeriod = Days<14>;
	type ChallengeBond = ChallengeBond;
	type MaxPerOwner = ConstU32<256>;
	type WeightInfo = pallet_models::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::adapters::benchmarks::Arguments;
}

parameter_types! {
	/// Half: some hundred proofs, and room for all else.
	pub const EvidenceShare: Percent = Percent::from_percent(50);
}

impl pallet_verification::Config for Runtime {
	type AdminOrigin = EnsureRoot<AccountId>;
	type Operators = Operators;
	type Devices = Operators;
	type Time = Timestamp;
	/// Ten minutes: longer than it takes to attest eight GPUs, shorter than it takes to move one.
	type RecentBlocks = ConstU32<100>;
	/// A day, in seconds: nobody sees between two attestations whether a device is still there.
	type MaxSession = ConstU64<86_400>;
	/// More machines are more operators.
	type MaxSessions = ConstU32<4>;
	type EvidenceShare = EvidenceShare;
	type WeightInfo = pallet_verification::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::adapters::benchmarks::Arguments;
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
	/// Weight bounds the queue, not this: a block submits some 800 jobs at most, and each is attended to twice.
	type TickSteps = ConstU32<2_048>;
	type WeightInfo = pallet_jobs::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::adapters::benchmarks::Arguments;
}

/// How many windows of connectivity a round has.
pub struct WindowsPerRound;
impl Get<u32> for WindowsPerRound {
	fn get() -> u32 {
		dynamic::emission::RoundLength::get().checked_div(ProbeWindow::get()).unwrap_or(1)
	}
}

impl pallet_revenue::Config for Runtime {
	type Money = Money;
	type Operators = Operators;
	type Slashes = Operators;
	type Prices = Buyback;
	type Rounds = Supply;
	type Stakers = LockStaking;
	type Measures = Measured;
	type Earnings = Connectivity;
	type WindowsPerRound = WindowsPerRound;
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
