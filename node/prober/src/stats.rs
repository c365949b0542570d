//! What a prober has done so far.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// What a prober has done since it was made: the numbers only grow.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Stats {
	/// Asks begun. Those neither answered nor not asked had no answer, or are under way.
	pub asked: u64,
	/// Asks that ended with an answer that was accepted.
	pub answered: u64,
	/// Asks that the prober did not make, by its own doing.
	pub not_asked: u64,
	/// Bytes written to operators.
	pub bytes_out: u64,
	/// Bytes read from operators.
	pub bytes_in: u64,
	/// Connections begun, whether or not anybody took them.
	pub connections: u64,
}

/// Where they are counted.
#[derive(Default)]
pub(crate) struct Counters {
	pub asked: Counter,
	pub answered: Counter,
	pub not_asked: Counter,
	pub bytes_out: Counter,
	pub bytes_in: Counter,
	pub connections: Counter,
}

impl Counters {
	pub fn read(&self) -> Stats {
		Stats {
			asked: self.asked.get(),
			answered: self.answered.get(),
			not_asked: self.not_asked.get(),
			bytes_out: self.bytes_out.get(),
			bytes_in: self.bytes_in.get(),
			connections: self.connections.get(),
		}
	}
}

/// A number that several tasks add to.
#[derive(Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
	pub fn add(&self, number: usize) {
		self.0.fetch_add(u64::try_from(number).unwrap_or(u64::MAX), Relaxed);
	}

	pub fn reset(&self) {
		self.0.store(0, Relaxed);
	}

	pub fn get(&self) -> u64 {
		self.0.load(Relaxed)
	}
}
