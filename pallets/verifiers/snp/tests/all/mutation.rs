//! A million mutations, counted by what is said to them. The tests of the other verifiers of evidence use it too.

use std::{collections::BTreeMap, fmt::Debug, thread};

use rand::{rngs::SmallRng, seq::SliceRandom, Rng, SeedableRng};

/// One change that keeps the length. It may be none.
fn stroke(bytes: &mut [u8], other: &[u8], rng: &mut SmallRng) {
	let at = rng.gen_range(0..bytes.len());
	let most = bytes.len().min(other.len());
	let length = (1usize << rng.gen_range(0..10)).min(most);
	let to = rng.gen_range(0..=bytes.len() - length);
	let edge = *[0, 1, 0x7f, 0x80, 0xff].choose(rng).expect("five");
	match rng.gen_range(0..16) {
		// Two numbers or words change places.
		0 | 1 => {
			let width = *[2, 4, 32].choose(rng).expect("three");
			let start = if rng.gen() { 0 } else { rng.gen_range(0..width) };
			let words = bytes.len().saturating_sub(start) / width;
			if words > 1 {
				let [one, another] = [(); 2].map(|()| start + rng.gen_range(0..words) * width);
				(0..width).for_each(|place| bytes.swap(one + place, another + place));
			}
		}
		// A piece of another that is valid, in its own place or in any.
		2 | 3 => {
			let from = rng.gen_range(0..=other.len() - length);
			let to = if rng.gen() && from + length <= bytes.len() { from } else { to };
			bytes[to..to + length].copy_from_slice(&other[from..from + length]);
		}
		// A piece of it somewhere else.
		4 => {
			let from = rng.gen_range(0..=bytes.len() - length);
			bytes.copy_within(from..from + length, to);
		}
		// A run of one byte.
		5 => bytes[to..to + length].fill(edge),
		// A number that is a little off.
		6 => bytes[at] = bytes[at].wrapping_add(if rng.gen() { 1 } else { 0xff }),
		7 | 8 => bytes[at] = edge,
		9..=13 => bytes[at] ^= 1 << rng.gen_range(0..8),
		_ => bytes[at] = rng.gen(),
	}
}

/// Changes `bytes` in so many strokes. Afterwards they differ.
pub fn strike(bytes: &mut [u8], other: &[u8], strokes: u32, rng: &mut SmallRng) {
	let before = bytes.to_vec();
	(0..strokes).for_each(|_| stroke(bytes, other, rng));
	if bytes == before {
		bytes[rng.gen_range(0..before.len())] ^= 1 << rng.gen_range(0..8);
	}
}

/// `bytes`, mostly struck, else of another length. More strokes are refused earlier.
pub fn mutate(bytes: &[u8], other: &[u8], strokes: u32, rng: &mut SmallRng) -> Vec<u8> {
	let mut mutated = bytes.to_vec();
	let at = rng.gen_range(0..bytes.len());
	let length = rng.gen_range(1..=bytes.len() - at).min(1 << rng.gen_range(0..10));
	match rng.gen_range(0..64) {
		0 => mutated.truncate(at),
		1 => mutated.extend((0..length).map(|_| rng.gen::<u8>())),
		2 => drop(mutated.drain(at..at + length)),
		3 => drop(mutated.splice(at..at, bytes[at..at + length].iter().copied())),
		_ => strike(&mut mutated, other, strokes, rng),
	}
	mutated
}

/// What is said to mutations, and how often.
#[derive(Default)]
pub struct Seen(BTreeMap<String, u32>);

impl Seen {
	/// Counts one mutation of `what`, to which `said` was said: up to the first number in it.
	pub fn note(&mut self, what: &str, said: impl Debug) {
		let said = format!("{said:?}");
		let end = said.find(|c: char| c.is_ascii_digit() || "{\"".contains(c)).unwrap_or(said.len());
		let kind = said[..end].trim_end_matches(['(', ' ']);
		*self.0.entry(format!("{what}: {kind}")).or_default() += 1;
	}
}

/// Runs `half` on each of two threads, which is to note half a million mutations. Each of `reached` has to be said.
pub fn million(half: impl Fn(&mut SmallRng, &mut Seen) + Sync, reached: &[&str]) {
	let run = |seed| {
		let (mut rng, mut seen) = (SmallRng::seed_from_u64(seed), Seen::default());
		half(&mut rng, &mut seen);
		seen.0
	};
	let all = thread::scope(|scope| {
		let workers = [1, 2].map(|seed| scope.spawn(move || run(seed)));
		workers.map(|worker| worker.join().expect("no panic"))
	});
	let mut seen = BTreeMap::new();
	for (what, times) in all.into_iter().flatten() {
		*seen.entry(what).or_insert(0) += times;
	}
	for (what, times) in &seen {
		println!("{times:8} {what}");
	}
	assert_eq!(seen.values().sum::<u32>(), 1_000_000);
	for what in reached {
		assert!(seen.contains_key(*what), "no mutation reached {what}");
	}
}
