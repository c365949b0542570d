use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use vektor_math::split::largest_remainder;
use vektor_primitives::{Asset, Balance, Ppm, Usd};

/// Where each part of a payment goes, in parts per million that sum to exactly `1_000_000`.
#[derive(
	Clone,
	Copy,
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
#[serde(deny_unknown_fields)]
pub struct RevenueSplit {
	/// To the operator at once, in the asset paid. Example: `700_000` is 70 %.
	pub direct: Ppm,
	/// To the operator after the buyback.
	pub operators: Ppm,
	/// To the stakers after the buyback.
	pub stakers: Ppm,
	/// Bought back and burned.
	pub burn: Ppm,
	/// To the treasury.
	pub treasury: Ppm,
	/// To the reserve.
	pub reserve: Ppm,
	/// To operations.
	pub operations: Ppm,
	/// To the quality pot.
	pub quality: Ppm,
}

impl RevenueSplit {
	/// Nobody gets anything: the start from which a preset names its shares.
	pub const NONE: Self = Self {
		direct: Ppm(0),
		operators: Ppm(0),
		stakers: Ppm(0),
		burn: Ppm(0),
		treasury: Ppm(0),
		reserve: Ppm(0),
		operations: Ppm(0),
		quality: Ppm(0),
	};

	/// All is bought back: 70 % for operators, 30 % for stakers (money.md, "Revenue -> lots").
	pub const VEKTOR: Self = Self { operators: Ppm(700_000), stakers: Ppm(300_000), ..Self::NONE };

	/// 70 % direct, 12 % operations, 12 % buyback for stakers, 6 % reserve (money.md, "Revenue -> lots").
	pub const NEXUS: Self = Self {
		direct: Ppm(700_000),
		stakers: Ppm(120_000),
		reserve: Ppm(60_000),
		operations: Ppm(120_000),
		..Self::NONE
	};

	/// 80 % direct, 12.5 % buyback for stakers, 5 % treasury, 2 % bought and burned, 0.5 % quality (Q11, money.md).
	pub const QUIVER: Self = Self {
		direct: Ppm(800_000),
		stakers: Ppm(125_000),
		burn: Ppm(20_000),
		treasury: Ppm(50_000),
		quality: Ppm(5_000),
		..Self::NONE
	};

	/// 70 % direct, 20 % operations, 10 % bought and burned (C4, money.md).
	pub const CXPT: Self = Self { direct: Ppm(700_000), burn: Ppm(100_000), operations: Ppm(200_000), ..Self::NONE };

	/// In the order of the fields, which also decides ties.
	pub fn shares(&self) -> [u32; 8] {
		[
			self.direct,
			self.operators,
			self.stakers,
			self.burn,
			self.treasury,
			self.reserve,
			self.operations,
			self.quality,
		]
		.map(|share| share.0)
	}

	/// Whether the shares sum to exactly one.
	pub fn is_whole(&self) -> bool {
		let sum = self.shares().iter().try_fold(0u32, |sum, share| sum.checked_add(*share));
		sum == Some(Ppm::ONE.0)
	}

	/// The parts of `amount`. They sum to it.
	pub fn divide(&self, amount: Balance) -> Option<Parts> {
		let [direct, operators, stakers, burn, treasury, reserve, operations, quality] =
			largest_remainder(amount, self.shares())?;
		let queued = operators.checked_add(stakers)?.checked_add(burn)?;
		Some(Parts { direct, operators, stakers, burn, queued, treasury, reserve, operations, quality })
	}
}

/// The default preset's split.
impl Default for RevenueSplit {
	fn default() -> Self {
		Self::VEKTOR
	}
}

/// A payment, divided.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Parts {
	/// To the operator at once.
	pub direct: Balance,
	/// To the operator after the buyback.
	pub operators: Balance,
	/// To the stakers after the buyback.
	pub stakers: Balance,
	/// Burned after the buyback.
	pub burn: Balance,
	/// The three before, together: what joins the lot.
	pub queued: Balance,
	/// To the treasury.
	pub treasury: Balance,
	/// To the reserve.
	pub reserve: Balance,
	/// To operations.
	pub operations: Balance,
	/// To the quality pot.
	pub quality: Balance,
}

/// Where a lot stands. Codec indices are fixed: 1 is `Buying`, 2 `Closed` and 3 `Overflow`, which the market buy brings.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum LotState {
	/// Takes in what settlements set aside, and keeps it.
	#[default]
	#[codec(index = 0)]
	Collecting,
}

/// What one round's settlements set aside in one asset.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Lot<BlockNumber> {
	/// Where it stands.
	pub state: LotState,
	/// All that joined it, in the asset's smallest unit: `1_500_000` of USDC is 1.5 USDC.
	pub asset_in: Balance,
	/// The operators' part of that.
	pub operators: Balance,
	/// The stakers' part of that.
	pub stakers: Balance,
	/// The part that is burned once bought.
	pub burn: Balance,
	/// The value of the payments behind it, in micro-USD.
	pub value_total: Usd,
	/// The block in which it opened.
	pub opened: BlockNumber,
}

impl<BlockNumber> Lot<BlockNumber> {
	/// An empty lot that opens now.
	pub fn open(opened: BlockNumber) -> Self {
		Self {
			state: LotState::Collecting,
			asset_in: 0,
			operators: 0,
			stakers: 0,
			burn: 0,
			value_total: Usd(0),
			opened,
		}
	}

	/// Takes in the parts that are bought back.
	pub fn join(&mut self, parts: &Parts, value: Usd) -> Option<()> {
		self.asset_in = self.asset_in.checked_add(parts.queued)?;
		self.operators = self.operators.checked_add(parts.operators)?;
		self.stakers = self.stakers.checked_add(parts.stakers)?;
		self.burn = self.burn.checked_add(parts.burn)?;
		self.value_total = self.value_total.checked_add(value)?;
		Some(())
	}
}

/// A lot's row: its number and its asset.
pub type LotKey = (u32, Asset);

/// One operator's part of one lot.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Accrual {
	/// The value that the operator's own settlements put in, in micro-USD.
	pub value: Usd,
	/// The operator's part of the lot, in the lot's asset and its smallest unit.
	pub amount: Balance,
}

impl Accrual {
	/// Adds one settlement's part.
	pub fn join(&mut self, amount: Balance, value: Usd) -> Option<()> {
		self.amount = self.amount.checked_add(amount)?;
		self.value = self.value.checked_add(value)?;
		Some(())
	}
}

/// The lot that collects, and the round for which it does.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Collecting {
	/// The lot's number.
	pub lot: u32,
	/// The round's number.
	pub round: u32,
}

/// What one round settled.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct RoundBook {
	/// The value of all payments settled in it, in micro-USD.
	pub settled: Usd,
	/// The part of that value that went back to neither operators nor payers.
	pub leak: Usd,
}

impl RoundBook {
	/// Adds one settlement.
	pub fn join(&mut self, settled: Usd, leak: Usd) -> Option<()> {
		self.settled = self.settled.checked_add(settled)?;
		self.leak = self.leak.checked_add(leak)?;
		Some(())
	}
}

/// A part of a lot that is an operator's, as its owner asks for it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct HeldAccrual {
	/// The lot: payable after its buyback.
	pub lot: u32,
	/// In which asset it was paid.
	pub asset: Asset,
	/// How much, in the asset's smallest unit.
	pub amount: Balance,
}

/// What an account refused, as the account asks for it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct HeldPayout {
	/// In which asset.
	pub asset: Asset,
	/// How much, in the asset's smallest unit.
	pub amount: Balance,
}
