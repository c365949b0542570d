//! What a prober saw in a window, and what it says of it. Pure: no network, no chain.

use std::{collections::BTreeMap, time::Duration};

use sp_runtime::MultiSignature;
use vektor_primitives::connectivity::{Nonce, LATE_MS, ROUNDS};
use vektor_runtime_api::{ProbeTarget, ShownAnswer};

/// Rounds that must have failed, or been late, for a window to be: three of five.
const MOST: usize = 3;

/// What became of one probe.
#[derive(Clone, Debug)]
pub enum Seen {
	/// The agent signed, after so long.
	Answered { rtt: Duration, nonce: Nonce, signature: MultiSignature },
	/// No signature in time.
	Missed,
}

/// What a window came to at one place: the numbers of a report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
	Up = 0,
	Late = 1,
	Down = 2,
	Skipped = 3,
}

/// One place of the report.
struct Row {
	region: Vec<u8>,
	rounds: BTreeMap<u8, Seen>,
}

/// A window as one prober lives it.
pub struct Window {
	/// Its number.
	pub number: u32,
	/// The prober's place in its set.
	pub prober: u16,
	places: u32,
	rows: BTreeMap<u32, Row>,
}

impl Window {
	/// With nothing seen yet.
	pub fn new(number: u32, prober: u16, places: u32, targets: &[ProbeTarget]) -> Self {
		let probed = targets.iter().filter(|target| !target.challenge);
		let rows = probed
			.map(|target| (target.place, Row { region: target.region.clone(), rounds: BTreeMap::new() }))
			.collect();
		Self { number, prober, places, rows }
	}

	/// Notes one probe. What was not asked is not noted.
	pub fn note(&mut self, place: u32, round: u8, seen: Seen) {
		if let Some(row) = self.rows.get_mut(&place) {
			row.rounds.insert(round, seen);
		}
	}

	/// One mark a place, for a prober that stands in `home`: there an answer is late after 150 ms, elsewhere after 150 ms more than what this
	/// prober's answers from that region take in the middle. What is far is not late.
	pub fn marks(&self, home: Option<&[u8]>) -> Vec<Mark> {
		let mut middles = BTreeMap::new();
		for row in self.rows.values() {
			middles.entry(row.region.clone()).or_insert_with(|| self.middle(&row.region));
		}
		let allowance = |region: &[u8]| match home {
			Some(home) if home == region => Duration::ZERO,
			_ => middles.get(region).copied().unwrap_or_default(),
		};
		(0..self.places)
			.map(|place| self.rows.get(&place).map_or(Mark::Skipped, |row| row.mark(allowance(&row.region))))
			.collect()
	}

	/// The median over the operators of a region of what each one's answers took in the middle.
	fn middle(&self, region: &[u8]) -> Duration {
		let rows = self.rows.values().filter(|row| row.region == region);
		median(rows.filter_map(|row| median(row.times())).collect::<Vec<_>>()).unwrap_or_default()
	}

	/// An answer for each of the places, in their order. Nothing where one is missing.
	pub fn answers(&self, places: &[u32]) -> Option<Vec<ShownAnswer>> {
		let answer = |place: &u32| {
			let rounds = &self.rows.get(place)?.rounds;
			rounds.iter().find_map(|(round, seen)| match seen {
				Seen::Answered { nonce, signature, .. } => {
					Some(ShownAnswer { place: *place, round: *round, nonce: *nonce, signature: signature.clone() })
				}
				Seen::Missed => None,
			})
		};
		places.iter().map(answer).collect()
	}
}

impl Row {
	fn times(&self) -> Vec<Duration> {
		let times = self.rounds.values().filter_map(|seen| match seen {
			Seen::Answered { rtt, .. } => Some(*rtt),
			Seen::Missed => None,
		});
		times.collect()
	}

	fn mark(&self, allowance: Duration) -> Mark {
		let (asked, times) = (self.rounds.len(), self.times());
		let missed = asked.saturating_sub(times.len());
		let limit = allowance.saturating_add(Duration::from_millis(LATE_MS));
		let late = times.iter().filter(|time| **time > limit).count();
		match () {
			() if asked < MOST => Mark::Skipped,
			() if missed >= MOST => Mark::Down,
			() if missed + late >= MOST => Mark::Late,
			() => Mark::Up,
		}
	}
}

fn median(mut times: Vec<Duration>) -> Option<Duration> {
	times.sort_unstable();
	times.get(times.len() / 2).copied()
}

/// Two bits a mark, the first in the lowest.
pub fn pack(marks: &[Mark]) -> Vec<u8> {
	let byte = |four: &[Mark]| four.iter().rev().fold(0u8, |byte, mark| (byte << 2) | *mark as u8);
	marks.chunks(4).map(byte).collect()
}

/// Which round of a window is on after so much of it has passed.
pub fn round_at(passed: Duration, length: Duration) -> u8 {
	let part = passed.as_millis().saturating_mul(ROUNDS.into()).checked_div(length.as_millis()).unwrap_or_default();
	u8::try_from(part).unwrap_or(ROUNDS).min(ROUNDS - 1)
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::crypto::AccountId32;
	use vektor_primitives::OperatorId;

	fn target(place: u32, region: &str) -> ProbeTarget {
		ProbeTarget {
			place,
			operator: OperatorId::default(),
			agent: AccountId32::new([0; 32]),
			endpoint: Vec::new(),
			region: region.into(),
			challenge: false,
		}
	}

	fn answered(ms: u64) -> Seen {
		let signature = MultiSignature::Sr25519(Default::default());
		Seen::Answered { rtt: Duration::from_millis(ms), nonce: [1; 16], signature }
	}

	/// A window of one operator in `eu` whose five probes took so long; zero is a missed one.
	fn seen(times: &[u64]) -> Window {
		let mut window = Window::new(7, 0, 1, &[target(0, "eu")]);
		for (round, ms) in (0..).zip(times) {
			window.note(0, round, if *ms == 0 { Seen::Missed } else { answered(*ms) });
		}
		window
	}

	const HOME: Option<&[u8]> = Some(b"eu");

	#[test]
	fn a_window_is_missed_when_three_of_five_probes_are() {
		assert_eq!(seen(&[0, 0, 0, 10, 10]).marks(HOME), [Mark::Down]);
		assert_eq!(seen(&[0, 0, 10, 10, 10]).marks(HOME), [Mark::Up]);
	}

	#[test]
	fn a_window_is_late_when_three_of_five_answers_are_or_are_missing() {
		assert_eq!(seen(&[151, 151, 151, 10, 10]).marks(HOME), [Mark::Late]);
		assert_eq!(seen(&[151, 151, 150, 10, 10]).marks(HOME), [Mark::Up]);
		assert_eq!(seen(&[0, 0, 151, 10, 10]).marks(HOME), [Mark::Late]);
	}

	#[test]
	fn who_was_asked_less_than_three_times_is_not_judged() {
		assert_eq!(seen(&[0, 0]).marks(HOME), [Mark::Skipped]);
		assert_eq!(seen(&[]).marks(HOME), [Mark::Skipped]);
		assert_eq!(seen(&[0, 0, 0]).marks(HOME), [Mark::Down]);
	}

	#[test]
	fn what_is_far_is_not_late_and_what_is_slow_for_its_region_is() {
		let mut window = Window::new(7, 0, 5, &[0, 1, 2, 4].map(|place| target(place, "asia")));
		for round in 0..5 {
			for (place, ms) in [(0, 210), (1, 220), (2, 230), (4, 400)] {
				window.note(place, round, answered(ms));
			}
		}
		assert_eq!(window.marks(HOME), [Mark::Up, Mark::Up, Mark::Up, Mark::Skipped, Mark::Late]);
		assert_eq!(window.marks(None), [Mark::Up, Mark::Up, Mark::Up, Mark::Skipped, Mark::Late]);
		assert_eq!(window.marks(Some(b"asia")), [Mark::Late, Mark::Late, Mark::Late, Mark::Skipped, Mark::Late]);
	}

	#[test]
	fn what_is_shown_is_what_was_answered_in_the_order_asked_for() {
		let mut window = Window::new(7, 0, 2, &[target(0, "eu"), target(1, "eu")]);
		window.note(0, 0, Seen::Missed);
		window.note(0, 1, answered(5));
		window.note(1, 0, answered(5));
		let shown: Vec<_> = window.answers(&[1, 0]).unwrap().iter().map(|one| (one.place, one.round)).collect();
		assert_eq!(shown, [(1, 0), (0, 1)]);
		assert_eq!(window.answers(&[2]), None);
		// A challenge is no probe.
		let challenged = ProbeTarget { challenge: true, ..target(0, "eu") };
		let mut window = Window::new(7, 0, 1, &[challenged]);
		window.note(0, 0, answered(5));
		assert_eq!((window.marks(HOME), window.answers(&[0])), (vec![Mark::Skipped], None));
	}

	#[test]
	fn marks_are_packed_four_a_byte_the_first_lowest() {
		use Mark::*;
		assert_eq!(pack(&[Up, Late, Down, Skipped, Down]), [0b1110_0100, 0b10]);
		assert_eq!(pack(&[]), [0u8; 0]);
	}

	#[test]
	fn five_rounds_fill_a_window() {
		let at = |seconds| round_at(Duration::from_secs(seconds), Duration::from_secs(300));
		assert_eq!([0, 59, 60, 299, 1_000].map(at), [0, 0, 1, 4, 4]);
		assert_eq!(round_at(Duration::ZERO, Duration::ZERO), 0);
	}
}
