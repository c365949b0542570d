//! What is remembered of an operator's work.

use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_runtime::SaturatedConversion;
use vektor_math::{fade::fade, split::pro_rata};
use vektor_primitives::{traits::LiveTime, Outcome, Ppm, Usd};

/// The highest reputation. Source: ledger Q6.
pub const BEST: u32 = 1_000;

/// Clients whose part in an operator's reputation is remembered.
pub const CLIENTS: u32 = 32;

/// What a newcomer is taken for, out of 1,000, in all that nothing is known of: below the middle.
pub const PRIOR: u32 = 400;

/// How much that prior weighs: as much as work that leaked 10 USD.
pub const PRIOR_WEIGHT: u64 = 10_000_000;

/// One client moves at most so much of a score. Source: protocol.md, "Reputation".
pub const CLIENT_SHARE: u64 = 20;

/// What the parts weigh, out of 1,000: work that was finished, connection, proofs that held, ratings. Source: protocol.md,
/// "Reputation": ratings together at most a tenth.
pub const WEIGHTS: [u32; 4] = [500, 250, 150, 100];

/// Uptime that earns nothing, in parts per million: from here to 1,000,000 the connection's part rises from 0 to 1,000.
pub const UPTIME_FLOOR: u32 = 900_000;

/// A share of something, weighted by what the work leaked and by how long ago it was.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Score {
	/// The weight of what was good, in micro-USD.
	pub good: u64,
	/// The weight of all, in micro-USD.
	pub all: u64,
}

impl Score {
	fn add(&mut self, good: u64, all: u64) {
		self.good = self.good.saturating_add(good);
		self.all = self.all.saturating_add(all);
	}

	fn fade(&mut self, elapsed: LiveTime, half_life: LiveTime) {
		let faded = |value: u64| fade(value.into(), elapsed, half_life).unwrap_or_default().saturated_into();
		let all: u64 = faded(self.all);
		*self = Self { good: faded(self.good).min(all), all };
	}

	/// Out of 1,000, the prior included.
	pub fn value(&self) -> u32 {
		let prior = u128::from(PRIOR_WEIGHT).saturating_mul(PRIOR.into());
		let good = u128::from(self.good).saturating_mul(BEST.into()).saturating_add(prior);
		let all = u128::from(self.all).saturating_add(PRIOR_WEIGHT.into());
		good.checked_div(all).unwrap_or_default().min(BEST.into()).saturated_into()
	}
}

/// What one client contributed to a reputation.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct ClientPart {
	/// The first eight bytes of the hash of its account.
	pub client: u64,
	/// The weight of its work, in micro-USD.
	pub work: u64,
	/// The weight of its ratings, in micro-USD.
	pub ratings: u64,
}

/// An operator's record.
#[derive(Clone, PartialEq, Eq, Default, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Record {
	/// Jobs delivered, verified and paid.
	pub settled: u64,
	/// Jobs past the deadline without a valid result.
	pub missed: u64,
	/// Well-formed proofs that did not hold.
	pub proofs_refused: u64,
	/// What all of it leaked, in micro-USD.
	pub leak: Usd,
	/// Work that was finished, of work that was taken.
	pub success: Score,
	/// Proofs that held, of those that were shown.
	pub proofs: Score,
	/// What clients thought of it.
	pub ratings: Score,
	/// The clients that moved these most.
	pub clients: BoundedVec<ClientPart, ConstU32<CLIENTS>>,
	/// The live time at which all of it was last brought up to date, in slots.
	pub at: LiveTime,
}

fn micro(value: Usd) -> u64 {
	value.0.saturated_into()
}

impl Record {
	/// Work of the last 90 days weighs most: everything halves in `half_life`.
	pub fn fade(&mut self, now: LiveTime, half_life: LiveTime) {
		let elapsed = now.saturating_sub(self.at);
		self.at = now;
		if elapsed == 0 {
			return;
		}
		for score in [&mut self.success, &mut self.proofs, &mut self.ratings] {
			score.fade(elapsed, half_life);
		}
		let faded = |value: u64| fade(value.into(), elapsed, half_life).unwrap_or_default().saturated_into();
		for part in self.clients.iter_mut() {
			part.work = faded(part.work);
			part.ratings = faded(part.ratings);
		}
	}

	/// Counts how a piece of work for `client` ended.
	pub fn note(&mut self, client: u64, outcome: Outcome, weight: Usd) {
		let count = match outcome {
			Outcome::Settled => &mut self.settled,
			Outcome::Missed => &mut self.missed,
			Outcome::ProofRefused => &mut self.proofs_refused,
		};
		*count = count.saturating_add(1);
		if outcome == Outcome::Settled {
			self.leak = Usd(self.leak.0.saturating_add(weight.0));
		}
		// Of what it moves, the part of which least is known bounds what one client adds.
		let all = match outcome {
			Outcome::Settled => self.success.all.min(self.proofs.all),
			Outcome::Missed => self.success.all,
			Outcome::ProofRefused => self.proofs.all,
		};
		let weight = self.take(client, micro(weight), all, false);
		match outcome {
			Outcome::Settled => {
				self.success.add(weight, weight);
				self.proofs.add(weight, weight);
			}
			Outcome::Missed => self.success.add(0, weight),
			Outcome::ProofRefused => self.proofs.add(0, weight),
		}
	}

	/// Counts what `client` thought of a piece of work: five stars are all good, one is all bad.
	pub fn rate(&mut self, client: u64, stars: u8, weight: Usd) {
		let weight = self.take(client, micro(weight), self.ratings.all, true);
		let good = pro_rata(weight.into(), stars.clamp(1, 5).saturating_sub(1).into(), 4).unwrap_or_default();
		self.ratings.add(good.saturated_into(), weight);
	}

	/// How much of `weight` may count for `client`, which is booked. A twentieth of `all`, and of the prior, at most is one client's.
	fn take(&mut self, client: u64, weight: u64, all: u64, rating: bool) -> u64 {
		let most = all.saturating_add(PRIOR_WEIGHT).checked_div(CLIENT_SHARE).unwrap_or_default();
		let own = |part: &ClientPart| if rating { part.ratings } else { part.work };
		let known = self.clients.iter().position(|part| part.client == client);
		let before = known.and_then(|at| self.clients.get(at)).map_or(0, own);
		let taken = weight.min(most.saturating_sub(before));
		if taken == 0 {
			return 0;
		}
		if known.is_none() {
			// The lightest makes room.
			if self.clients.is_full() {
				let lightest =
					self.clients.iter().enumerate().min_by_key(|(_, part)| part.work.saturating_add(part.ratings));
				if let Some(at) = lightest.map(|(at, _)| at) {
					self.clients.swap_remove(at);
				}
			}
			let _ = self.clients.try_push(ClientPart { client, ..Default::default() });
		}
		for part in self.clients.iter_mut().filter(|part| part.client == client) {
			let own = if rating { &mut part.ratings } else { &mut part.work };
			*own = own.saturating_add(taken);
		}
		taken
	}

	/// The reputation, 0 to 1,000, of an operator that was up for `uptime`.
	pub fn reputation(&self, uptime: Ppm) -> u32 {
		let span = Ppm::ONE.0.saturating_sub(UPTIME_FLOOR);
		let above = uptime.0.saturating_sub(UPTIME_FLOOR).min(span);
		let connection = above.saturating_mul(BEST).checked_div(span).unwrap_or_default();
		let parts = [self.success.value(), connection, self.proofs.value(), self.ratings.value()];
		let sum =
			parts.iter().zip(WEIGHTS).fold(0u32, |sum, (part, weight)| sum.saturating_add(part.saturating_mul(weight)));
		sum.checked_div(BEST).unwrap_or_default().min(BEST)
	}

	/// Of all work that was taken, how much was finished, in parts per million. Nothing where none was.
	pub fn fill_rate(&self) -> Option<Ppm> {
		let all = self.settled.saturating_add(self.missed);
		pro_rata(self.settled.into(), Ppm::ONE.0.into(), all.into()).map(|rate| Ppm(rate.saturated_into()))
	}
}
