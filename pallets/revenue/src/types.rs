use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use vektor_math::split::{largest_remainder, pro_rata};
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

	/// The most that operators may get of a payment: of what leaks, rebates, stakers and emission must come, or paying oneself would cost nothing.
	pub const MOST_FOR_OPERATORS: Ppm = Ppm(950_000);

	/// Whether the shares sum to exactly one.
	pub fn is_whole(&self) -> bool {
		let sum = self.shares().iter().try_fold(0u32, |sum, share| sum.checked_add(*share));
		sum == Some(Ppm::ONE.0)
	}

	/// Whether enough of a payment leaks.
	pub fn leaks(&self) -> bool {
		self.direct.0.checked_add(self.operators.0).is_some_and(|operators| operators <= Self::MOST_FOR_OPERATORS.0)
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

/// Where a lot stands. Codec indices are fixed.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum LotState {
	/// Takes in what settlements set aside, and keeps it.
	#[default]
	#[codec(index = 0)]
	Collecting,
	/// Its round has ended: the market buy spends it.
	#[codec(index = 1)]
	Buying,
	/// All of it is VKTR: operators claim, stakers and the burn have had theirs.
	#[codec(index = 2)]
	Closed,
	/// It waited too long: operators claim what was not spent of their part as it was paid. The rest waits on.
	#[codec(index = 3)]
	Overflow,
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
	/// Its round.
	pub round: u32,
	/// What of it was spent in the pool, in the asset's smallest unit.
	pub spent: Balance,
	/// What came for it, in VKTR's smallest unit: of VKTR, itself.
	pub bought: Balance,
	/// The block in which everything was VKTR.
	pub closed: Option<BlockNumber>,
	/// The block since which operators may claim.
	pub claimable: Option<BlockNumber>,
	/// What operators get of it in VKTR, once it is closed or has overflown.
	pub native_shares: Balance,
	/// What operators get of it as it was paid, once it has overflown.
	pub asset_shares: Balance,
	/// What of it is in the pot and is to be spent, in the asset's smallest unit.
	pub to_spend: Balance,
	/// What of it is in the pot as it was paid, for operators.
	pub asset_due: Balance,
	/// What of it is in the pot in VKTR.
	pub native_due: Balance,
}

impl<BlockNumber> Lot<BlockNumber> {
	/// An empty lot of a round, that opens now.
	pub fn open(opened: BlockNumber, round: u32) -> Self {
		Self {
			state: LotState::Collecting,
			asset_in: 0,
			operators: 0,
			stakers: 0,
			burn: 0,
			value_total: Usd(0),
			opened,
			round,
			spent: 0,
			bought: 0,
			closed: None,
			claimable: None,
			native_shares: 0,
			asset_shares: 0,
			to_spend: 0,
			asset_due: 0,
			native_due: 0,
		}
	}

	/// Takes in the parts that are bought back.
	pub fn join(&mut self, parts: &Parts, value: Usd) -> Option<()> {
		self.asset_in = self.asset_in.checked_add(parts.queued)?;
		self.to_spend = self.to_spend.checked_add(parts.queued)?;
		self.operators = self.operators.checked_add(parts.operators)?;
		self.stakers = self.stakers.checked_add(parts.stakers)?;
		self.burn = self.burn.checked_add(parts.burn)?;
		self.value_total = self.value_total.checked_add(value)?;
		Some(())
	}
}

impl<BlockNumber: Copy> Lot<BlockNumber> {
	/// An operator's part, in VKTR and as it was paid.
	pub fn share(&self, accrual: &Accrual) -> Option<(Balance, Balance)> {
		let of = |whole| pro_rata(whole, accrual.amount, self.operators);
		Some((of(self.native_shares)?, of(self.asset_shares)?))
	}

	/// Takes an operator's part off the books.
	pub(crate) fn give(&mut self, accrual: &Accrual) -> Option<(Balance, Balance)> {
		let (native, paid) = self.share(accrual)?;
		self.native_due = self.native_due.checked_sub(native)?;
		self.asset_due = self.asset_due.checked_sub(paid)?;
		Some((native, paid))
	}

	/// Books that so much of it was spent for so much VKTR.
	pub(crate) fn buy(&mut self, spent: Balance, bought: Balance) -> Option<()> {
		self.to_spend = self.to_spend.checked_sub(spent)?;
		self.spent = self.spent.checked_add(spent)?;
		self.bought = self.bought.checked_add(bought)?;
		self.native_due = self.native_due.checked_add(bought)?;
		Some(())
	}

	/// It has waited too long: of what is not spent, operators' part goes to them as it is, with what came for it so far.
	pub(crate) fn overflow(&mut self, now: BlockNumber) -> Option<()> {
		self.native_shares = pro_rata(self.bought, self.operators, self.asset_in)?;
		self.asset_shares = pro_rata(self.to_spend, self.operators, self.asset_in)?;
		self.asset_due = self.asset_shares;
		self.to_spend = self.to_spend.checked_sub(self.asset_shares)?;
		(self.state, self.claimable) = (LotState::Overflow, Some(now));
		Some(())
	}

	/// What stakers and the burn get of `amount` where operators get nothing: all of it.
	fn without_operators(&self, amount: Balance) -> Option<(Balance, Balance)> {
		let burn = match self.stakers {
			0 => amount,
			stakers => pro_rata(amount, self.burn, stakers.checked_add(self.burn)?)?,
		};
		Some((amount.checked_sub(burn)?, burn))
	}

	/// Everything is VKTR: what stakers get and what is burned. Operators have the rest, or had their part when it overflowed.
	pub(crate) fn close(&mut self, now: BlockNumber) -> Option<(Balance, Balance)> {
		self.closed = Some(now);
		let (stakers, burn);
		if self.state == LotState::Overflow {
			let rest = self.bought.checked_sub(self.native_shares)?;
			(stakers, burn) = self.without_operators(rest)?;
		} else {
			(stakers, burn) = match self.operators {
				0 => self.without_operators(self.bought)?,
				_ => {
					let of = |part| pro_rata(self.bought, part, self.asset_in);
					(of(self.stakers)?, of(self.burn)?)
				}
			};
			self.native_shares = self.bought.checked_sub(stakers)?.checked_sub(burn)?;
			(self.state, self.claimable) = (LotState::Closed, Some(now));
		}
		self.native_due = self.native_due.checked_sub(stakers)?.checked_sub(burn)?;
		Some((stakers, burn))
	}
}

/// How far lots are.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Queue {
	/// The first lot whose round's end was not seen yet.
	pub turned: u32,
	/// The oldest lot that is not spent.
	pub buying: u32,
	/// The oldest lot that may overflow yet.
	pub waiting: u32,
	/// The oldest lot that is kept.
	pub kept: u32,
	/// What of all lots is to be spent, in micro-USDC.
	pub unspent: Balance,
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
	/// What of the leak counts for emission, by operators' factors.
	pub counted: Usd,
	/// What was emitted for its work, in VKTR's smallest unit. Its operators' in the proportion of what counts of theirs.
	pub work: Balance,
	/// What of that is in the pot.
	pub work_due: Balance,
	/// What attested devices could have served in the windows that were counted while it was on, in micro-USD.
	pub offered: Usd,
	/// What was emitted for being there in it, in VKTR's smallest unit. It joined the stream.
	pub availability: Balance,
}

impl RoundBook {
	/// Adds one settlement.
	pub fn join(&mut self, settled: Usd, leak: &Leak) -> Option<()> {
		self.settled = self.settled.checked_add(settled)?;
		self.leak = self.leak.checked_add(leak.leak)?;
		self.counted = self.counted.checked_add(leak.counted)?;
		Some(())
	}

	/// What an operator gets of what was emitted.
	pub fn share(&self, leak: &Leak) -> Balance {
		pro_rata(self.work, leak.counted.0, self.counted.0).unwrap_or_default()
	}
}

/// What one operator's settlements of one round leaked.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Leak {
	/// All of it, in micro-USD.
	pub leak: Usd,
	/// What of it counts for emission, by the operator's factors then.
	pub counted: Usd,
}

impl Leak {
	/// Adds one settlement's.
	pub fn join(&mut self, other: &Self) -> Option<()> {
		self.leak = self.leak.checked_add(other.leak)?;
		self.counted = self.counted.checked_add(other.counted)?;
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
	/// What there is to claim, in VKTR's smallest unit and as it was paid. Nothing while the lot is not bought.
	pub claimable: Option<(Balance, Balance)>,
}

/// An operator's part of what a round's work earns, as its owner asks for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct HeldWork {
	/// The round.
	pub round: u32,
	/// What its settlements leaked in it, in micro-USD.
	pub leak: Usd,
	/// What there is to claim, in VKTR's smallest unit. Nothing while the round is on.
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
