//! What an operator and a hardware class are.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use vektor_primitives::{traits::LiveTime, Attested, Balance, CaseId, OperatorId, OperatorStatus, Ppm, Usd};

/// The most hardware classes.
pub const MAX_CLASSES: u32 = 64;

/// The most operators that a listing looks at.
pub const MAX_SCANNED: usize = 10_000;

/// The name of a hardware class, such as `H100`.
pub type ClassName = BoundedVec<u8, ConstU32<16>>;

/// Where the hardware stands, such as `eu-west`.
pub type Region = BoundedVec<u8, ConstU32<32>>;

/// Where the agent listens, such as `http://203.0.113.7:9955`.
pub type Endpoint = BoundedVec<u8, ConstU32<128>>;

/// A kind of GPU that may serve, and on what terms.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	serde::Serialize,
	serde::Deserialize,
)]
#[scale_info(capture_docs = "always")]
#[serde(rename_all = "camelCase")]
pub struct HardwareClass {
	/// Its name: letters, digits, `-` and `_`, such as `A100-80G`.
	pub name: ClassName,
	/// Memory of one device, in gigabytes. Example: `80`.
	pub memory_gb: u16,
	/// Memory bandwidth of one device, in gigabytes per second. Example: `3_350`.
	pub bandwidth_gbps: u32,
	/// Its tier, 1 being the highest.
	pub tier: u8,
	/// What it weighs in emission, in parts per million: `1_500_000` is 1.5. Revenue is not weighted.
	pub multiplier: Ppm,
	/// Collateral for each GPU, in VKTR's smallest unit: `1_000_000_000_000_000` is 1,000 VKTR. Not zero.
	pub collateral_per_gpu: Balance,
	/// What an hour of one device is worth, in micro-USD: `2_500_000` is 2.50 USD. Capacity is measured by it.
	pub reference_price: Usd,
	/// Whether operators of this class may join and take work.
	pub enabled: bool,
}

impl HardwareClass {
	/// Whether the terms make sense: a name, some memory, a weight and a collateral.
	pub fn is_valid(&self) -> bool {
		is_name(&self.name) && self.memory_gb > 0 && self.multiplier.0 > 0 && self.collateral_per_gpu > 0
	}

	/// The collateral for so many GPUs. What does not fit is asked as the largest amount there is: nobody has it.
	pub fn required(&self, gpus: u32) -> Balance {
		self.collateral_per_gpu.saturating_mul(gpus.into())
	}
}

/// One operator.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Operator<A> {
	/// The cold account: only it touches money.
	pub owner: A,
	/// The hot key that signs everyday calls.
	pub agent: A,
	/// The name of its hardware class.
	pub class: ClassName,
	/// How many GPUs it declared.
	pub gpus: u32,
	/// Where they stand.
	pub region: Region,
	/// The declared uplink, in Gbps.
	pub uplink_gbps: u32,
	/// Where its agent listens.
	pub endpoint: Endpoint,
	/// Where it stands.
	pub status: OperatorStatus,
	/// Its collateral in the pot, in VKTR's smallest unit: `1_000_000_000_000` is 1 VKTR.
	pub collateral: Balance,
	/// Once it leaves: the live time from which all of that can be withdrawn, in slots.
	pub unbonding: Option<LiveTime>,
	/// What open cases of a fraction hold of the collateral, in VKTR's smallest unit.
	pub frozen: Balance,
	/// Open cases.
	pub open_cases: u32,
	/// Open cases that hold all of the collateral.
	pub forfeitures: u32,
	/// What bars it. Nothing while it may serve.
	pub bars: Bars,
	/// Its declared maintenance.
	pub maintenance: Maintenance,
	/// While it is active: its place in the roster.
	pub place: Option<u32>,
	/// The live time at which it registered, in slots.
	pub joined: LiveTime,
	/// Whether work was ever booked on it, or it showed devices: then money may be owed to its owner after it is gone.
	pub served: bool,
	/// Open pieces of work.
	pub open_work: u32,
	/// The value of that open work, in micro-USD.
	pub exposure: Usd,
	/// The live time of the last `activate` or `drain` that was free, in slots.
	pub free_switch: Option<LiveTime>,
	/// The GPUs that its enclaves have shown, and how long they count.
	pub attested: Attested,
}

impl<A: Eq> Operator<A> {
	/// Whether `who` may sign its everyday calls.
	pub fn serves_under(&self, who: &A) -> bool {
		self.agent == *who || self.owner == *who
	}

	/// What open cases hold of its collateral.
	pub fn held_back(&self) -> Balance {
		match self.forfeitures {
			0 => self.frozen.min(self.collateral),
			_ => self.collateral,
		}
	}
}

/// Why an operator takes no work, and for how long.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Bar {
	/// The case that brought it, or nothing where governance did.
	pub case: Option<CaseId>,
	/// The live time until which it lasts, in slots. `4_294_967_295` is for ever.
	pub until: LiveTime,
}

impl Bar {
	/// The live time that never comes.
	pub const FOREVER: LiveTime = LiveTime::MAX;

	/// Whether it still bars.
	pub fn holds(&self, now: LiveTime) -> bool {
		self.until == Self::FOREVER || now < self.until
	}
}

/// The most bars that are remembered at once: of more, the shortest are forgotten.
pub const MAX_BARS: u32 = 8;

/// Every bar by itself: when a case is cancelled, what others brought stays.
#[derive(Clone, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Bars(pub BoundedVec<Bar, ConstU32<MAX_BARS>>);

impl Bars {
	/// Adds one, in the place of an earlier one of the same origin.
	pub fn add(&mut self, bar: Bar, now: LiveTime) {
		self.0.retain(|old| old.case != bar.case && old.holds(now));
		if self.0.is_full() {
			let shortest = self.0.iter().enumerate().min_by_key(|(_, old)| old.until).map(|(at, _)| at);
			shortest.map(|at| self.0.swap_remove(at));
		}
		let _ = self.0.try_push(bar);
	}

	/// Takes away what a case brought; whether it had brought one.
	pub fn remove(&mut self, case: CaseId) -> bool {
		let before = self.0.len();
		self.0.retain(|bar| bar.case != Some(case));
		self.0.len() < before
	}

	/// The live time until which something bars, if anything does.
	pub fn until(&self) -> Option<LiveTime> {
		self.0.iter().map(|bar| bar.until).max()
	}

	/// Whether something still bars.
	pub fn hold(&self, now: LiveTime) -> bool {
		self.0.iter().any(|bar| bar.holds(now))
	}
}

/// Declared maintenance: a budget per period, used up by what is declared.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Maintenance {
	/// The live time until which it lasts, in slots.
	pub until: LiveTime,
	/// The live time at which the period of the budget began, in slots.
	pub since: LiveTime,
	/// Live slots declared in that period.
	pub used: LiveTime,
}

/// An operator's money in the pot, as its owner asks for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct HeldCollateral {
	/// The operator.
	pub operator: OperatorId,
	/// How much, in VKTR's smallest unit.
	pub amount: Balance,
	/// How much of it open cases hold until they are decided, in VKTR's smallest unit.
	pub frozen: Balance,
	/// Once it leaves: the live time from which it can be withdrawn, in slots.
	pub free_at: Option<LiveTime>,
}

/// Names and regions: letters, digits, `-` and `_`, at least one.
pub(crate) fn is_name(bytes: &[u8]) -> bool {
	!bytes.is_empty() && bytes.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// Endpoints: `http://` or `https://` and something after it, all of it printable.
pub(crate) fn is_endpoint(bytes: &[u8]) -> bool {
	let rest = bytes.strip_prefix(b"http://").or_else(|| bytes.strip_prefix(b"https://"));
	rest.is_some_and(|rest| !rest.is_empty() && rest.iter().all(u8::is_ascii_graphic))
}
