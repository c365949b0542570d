//! How much is asked, of whom, and how fast.

use std::{
	collections::HashMap,
	net::IpAddr,
	time::{Duration, Instant},
};

use crate::{address::site, Id, Reason};

/// How many asks are left out at most after an answer that was not the operator's own.
const LONGEST_PAUSE: u32 = 4;

/// How much a prober does at most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
	/// Operators asked at one address in a window. An IPv6 network of a site (/64) counts as one address.
	pub per_address: usize,
	/// Asks under way at once, each with one socket at most.
	pub at_once: usize,
	/// Requests begun in a second, at an even pace.
	pub per_second: u32,
	/// Connections kept for the next ask.
	pub kept: usize,
	/// The longest answer, in bytes, without its headers.
	pub answer: usize,
}

impl Default for Limits {
	/// Enough for some 9,600 operators a minute, where a prober starts its round over four fifths of it, and nothing that any of them would notice.
	fn default() -> Self {
		Self { per_address: 4, at_once: 256, per_second: 200, kept: 1_024, answer: 4_096 }
	}
}

/// Who was asked where in this window, first come first served.
pub(crate) struct Places {
	most: usize,
	sites: HashMap<IpAddr, Vec<Place>>,
}

struct Place {
	id: Id,
	/// Whether it gave an answer of its own here in this window.
	proved: bool,
}

impl Places {
	pub fn new(most: usize) -> Self {
		Self { most, sites: HashMap::new() }
	}

	/// Makes sure that an operator has a place at an address.
	pub fn take(&mut self, id: &Id, address: IpAddr) -> Result<(), Reason> {
		let places = self.sites.entry(site(address)).or_default();
		if places.iter().any(|place| place.id == *id) {
			return Ok(());
		}
		if places.len() >= self.most {
			return Err(Reason::AddressFull);
		}
		places.push(Place { id: *id, proved: false });
		Ok(())
	}

	/// Remembers that an operator really is at an address.
	pub fn prove(&mut self, id: &Id, address: IpAddr) {
		let place = self.sites.get_mut(&site(address)).and_then(|all| all.iter_mut().find(|place| place.id == *id));
		if let Some(place) = place {
			place.proved = true;
		}
	}

	/// Begins a window: places are free again, but for those of operators who proved theirs or are still connected.
	pub fn begin_window(&mut self, connected: impl Fn(&Id, IpAddr) -> bool) {
		self.sites.retain(|site, places| {
			places.retain(|place| place.proved || connected(&place.id, *site));
			places.iter_mut().for_each(|place| place.proved = false);
			!places.is_empty()
		});
	}
}

/// Who is left alone, and for how many asks.
#[derive(Default)]
pub(crate) struct Pauses(HashMap<Id, Pause>);

struct Pause {
	length: u32,
	left: u32,
}

impl Pauses {
	/// Whether an operator may be asked; an ask that it may not is one of those it is left alone for.
	pub fn pass(&mut self, id: &Id) -> Result<(), Reason> {
		match self.0.get_mut(id) {
			Some(pause) if pause.left > 0 => {
				pause.left = pause.left.saturating_sub(1);
				Err(Reason::BackingOff)
			}
			_ => Ok(()),
		}
	}

	/// Leaves an operator alone, for twice as long as the last time.
	pub fn lengthen(&mut self, id: &Id) {
		let pause = self.0.entry(*id).or_insert(Pause { length: 0, left: 0 });
		pause.length = pause.length.saturating_mul(2).clamp(1, LONGEST_PAUSE);
		pause.left = pause.length;
	}

	pub fn end(&mut self, id: &Id) {
		self.0.remove(id);
	}
}

/// An even pace.
pub(crate) struct Pace {
	/// Between two turns. None: there are no turns.
	gap: Option<Duration>,
	next: Option<Instant>,
}

impl Pace {
	pub fn new(per_second: u32) -> Self {
		Self { gap: Duration::from_secs(1).checked_div(per_second), next: None }
	}

	/// How long until one's turn. None, and no turn is used up, if that is longer than one's patience.
	pub fn turn(&mut self, now: Instant, patience: Duration) -> Option<Duration> {
		let gap = self.gap?;
		let wait = self.next.map_or(Duration::ZERO, |next| next.saturating_duration_since(now));
		if wait > patience {
			return None;
		}
		self.next = now.checked_add(wait)?.checked_add(gap);
		Some(wait)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(8, 8, 8, 8));

	fn id(number: u8) -> Id {
		[number; 32]
	}

	fn asks_until_asked(pauses: &mut Pauses) -> u32 {
		let mut left_out = 0;
		while pauses.pass(&id(1)).is_err() {
			left_out += 1;
		}
		left_out
	}

	#[test]
	fn pauses_double_up_to_4_asks_and_end_with_an_answer() {
		let mut pauses = Pauses::default();
		for expected in [0, 1, 2, 4, 4, 4] {
			assert_eq!(asks_until_asked(&mut pauses), expected);
			pauses.lengthen(&id(1));
		}
		pauses.end(&id(1));
		assert_eq!(asks_until_asked(&mut pauses), 0);
		pauses.lengthen(&id(1));
		assert_eq!(asks_until_asked(&mut pauses), 1);
	}

	#[test]
	fn one_network_of_a_site_is_one_address() {
		let mut places = Places::new(2);
		assert!(places.take(&id(1), "2a01:4f8::1".parse().unwrap()).is_ok());
		assert!(places.take(&id(2), "2a01:4f8::2".parse().unwrap()).is_ok());
		assert_eq!(places.take(&id(3), "2a01:4f8::ffff:ffff:ffff:ffff".parse().unwrap()), Err(Reason::AddressFull));
		assert!(places.take(&id(3), "2a01:4f8:0:1::1".parse().unwrap()).is_ok());
	}

	#[test]
	fn who_proved_its_place_or_is_connected_has_it_in_the_next_window() {
		let mut places = Places::new(2);
		places.take(&id(1), HERE).unwrap();
		places.take(&id(2), HERE).unwrap();
		places.prove(&id(2), HERE);
		places.begin_window(|_, _| false);
		places.take(&id(3), HERE).unwrap();
		assert_eq!(places.take(&id(1), HERE), Err(Reason::AddressFull));
		places.begin_window(|operator, _| *operator == id(3));
		places.take(&id(1), HERE).unwrap();
		assert_eq!(places.take(&id(2), HERE), Err(Reason::AddressFull));
	}

	#[test]
	fn turns_come_at_an_even_pace_and_nobody_waits_longer_than_its_patience() {
		let (now, gap) = (Instant::now(), Duration::from_millis(100));
		let mut pace = Pace::new(10);
		assert_eq!(pace.turn(now, gap), Some(Duration::ZERO));
		assert_eq!(pace.turn(now, gap), Some(gap));
		assert_eq!(pace.turn(now, gap), None);
		assert_eq!(pace.turn(now, gap * 2), Some(gap * 2));
		assert_eq!(pace.turn(now + gap * 10, Duration::ZERO), Some(Duration::ZERO));
		assert_eq!(Pace::new(0).turn(now, Duration::MAX), None);
	}
}
