//! The rules, pure: who looks, which answers are shown, what marks mean, what a verdict does. No storage.

use alloc::vec::Vec;
use sp_core::H256;
use sp_runtime::SaturatedConversion;
use vektor_primitives::{hash, traits::LiveTime, Ppm, ProberId, Reach};

use crate::{Mark, Neutral, Step, Watched, COMMITTEE, DRAWS, HOUR, MAX_MISSED, PAGE};

/// The window of a live time.
pub fn window_at(now: LiveTime, length: u32) -> u32 {
	now.checked_div(length).unwrap_or(0)
}

/// How many pages so many slots take.
pub fn pages(slots: u32) -> u32 {
	slots.div_ceil(PAGE)
}

/// How many places of a page there are where there are so many slots.
pub fn places_on(page: u32, slots: u32) -> u32 {
	slots.saturating_sub(page.saturating_mul(PAGE)).min(PAGE)
}

/// How many bytes the marks of so many places take.
pub fn marks_len(places: u32) -> u32 {
	places.div_ceil(4)
}

fn number(bytes: &[u8]) -> u32 {
	bytes.iter().rev().fold(0, |sum, byte| sum.wrapping_shl(8) | u32::from(*byte))
}

/// The probers that look at a page in a window, of so many: all of them, at most [`COMMITTEE`], each once and each as likely as any
/// other. The first steps of a shuffle, so that nobody is drawn twice. The first leads: it asks newcomers to show their endpoints.
pub fn committee(probers: u32, seed: &H256, window: u32, page: u32) -> Vec<u16> {
	let entropy = hash(&(b"vktr-committee", seed, window, page));
	let mut moved = Vec::<(u32, u32)>::new();
	let mut drawn = Vec::new();
	for (at, bytes) in (0..probers.min(COMMITTEE)).zip(entropy.as_bytes().chunks(4)) {
		let left = probers.saturating_sub(at);
		let from = at.saturating_add(number(bytes).checked_rem(left).unwrap_or(0));
		let resident = |place: u32| moved.iter().rev().find(|(to, _)| *to == place).map_or(place, |(_, who)| *who);
		let (chosen, displaced) = (resident(from), resident(at));
		moved.push((from, displaced));
		drawn.push(chosen.saturated_into());
	}
	drawn
}

/// The pages of one of so many probers in a window, ascending.
pub fn pages_of(prober: u16, probers: u32, seed: &H256, window: u32, slots: u32) -> Vec<u32> {
	(0..pages(slots)).filter(|page| committee(probers, seed, window, *page).contains(&prober)).collect()
}

/// How many places a prober has on its pages.
pub fn places(pages: &[u32], slots: u32) -> u32 {
	pages.iter().fold(0, |sum, page| sum.saturating_add(places_on(*page, slots)))
}

/// The slot of a prober's place.
pub fn slot_of(pages: &[u32], place: u32) -> Option<u32> {
	let (page, rest) = (place.checked_div(PAGE)?, place.checked_rem(PAGE)?);
	Some(pages.get(page.saturated_into::<usize>())?.saturating_mul(PAGE).saturating_add(rest))
}

/// The places that the window's end draws from so many, in order, each as often as it is drawn. None from none.
pub fn draws(seed: &H256, window: u32, prober: &ProberId, places: u32) -> Vec<u32> {
	let draw = |number: u32| {
		let entropy = hash(&(b"vktr-sample", seed, window, prober, number));
		entropy.as_bytes().get(..4).map(self::number).and_then(|word| word.checked_rem(places))
	};
	(0..DRAWS).filter_map(draw).collect()
}

/// The mark at a place of a report.
pub fn mark(marks: &[u8], place: u32) -> Option<Mark> {
	let byte = marks.get(place.checked_div(4)?.saturated_into::<usize>())?;
	let shift = place.checked_rem(4)?.saturating_mul(2);
	Some(match byte.wrapping_shr(shift) & 3 {
		0 => Mark::Up,
		1 => Mark::Late,
		2 => Mark::Down,
		_ => Mark::Skipped,
	})
}

/// A report's marks from what was seen at each place.
pub fn pack(marks: &[Mark]) -> Vec<u8> {
	let bits = |mark: &Mark| match mark {
		Mark::Up => 0_u8,
		Mark::Late => 1,
		Mark::Down => 2,
		Mark::Skipped => 3,
	};
	marks.chunks(4).map(|four| four.iter().rev().fold(0_u8, |byte, one| byte.wrapping_shl(2) | bits(one))).collect()
}

/// Whether these are the marks of so many places: the right length, and nothing after the last.
pub fn is_packed(marks: &[u8], places: u32) -> bool {
	let all = marks_len(places);
	let length: u32 = marks.len().saturated_into();
	let beyond = places..all.saturating_mul(4);
	length == all && beyond.into_iter().all(|place| mark(marks, place) == Some(Mark::Up))
}

/// Whether a watched operator may be judged in a window that began at `starts`.
pub fn judgeable(watched: &Watched, window: u32, starts: LiveTime) -> Result<(), Neutral> {
	match () {
		() if watched.since > window => Err(Neutral::TooNew),
		() if !watched.proved => Err(Neutral::Unproved),
		() if !watched.serving => Err(Neutral::Resting),
		() if starts <= watched.excused_until => Err(Neutral::Excused),
		() => Ok(()),
	}
}

/// What a committee saw at one place.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Counts {
	/// How many saw it in time.
	pub up: u32,
	/// How many saw it late.
	pub late: u32,
	/// How many did not reach it.
	pub down: u32,
}

impl Counts {
	/// Counts one member's mark.
	pub fn add(&mut self, mark: Mark) {
		let count = match mark {
			Mark::Up => &mut self.up,
			Mark::Late => &mut self.late,
			Mark::Down => &mut self.down,
			Mark::Skipped => return,
		};
		*count = count.saturating_add(1);
	}

	/// How many looked.
	pub fn looked(&self) -> u32 {
		self.up.saturating_add(self.late).saturating_add(self.down)
	}
}

/// What follows from what a committee saw, of whose members `reports` reported.
pub fn verdict(committee: u32, reports: u32, counts: &Counts) -> Result<Reach, Neutral> {
	let looked = counts.looked();
	let twice = |count: u32| count.saturating_mul(2);
	match () {
		() if twice(reports) < committee || looked < 2 => Err(Neutral::TooFewReports),
		() if twice(counts.down) > looked => Ok(Reach::Down),
		() if twice(counts.down) == looked => Err(Neutral::Tie),
		() if twice(counts.down.saturating_add(counts.late)) > looked => Ok(Reach::Late),
		() => Ok(Reach::Up),
	}
}

/// The count of missed windows after one more.
pub fn missed_after(missed: u8, down: bool) -> u8 {
	match down {
		true => missed.saturating_add(1).min(MAX_MISSED),
		false => missed.saturating_sub(1),
	}
}

/// The uptime after a window in which it was reached, or not: a `windows`-th of the way towards all or nothing, rounded up so
/// that it gets there.
pub fn uptime_after(uptime: u32, reached: bool, windows: u32) -> u32 {
	let part = |way: u32| way.div_ceil(windows.max(1));
	match reached {
		true => uptime.saturating_add(part(u32::MAX.saturating_sub(uptime))),
		false => uptime.saturating_sub(part(uptime)),
	}
}

/// An uptime in parts per million.
pub fn uptime_ppm(uptime: u32) -> Ppm {
	let whole = u64::from(u32::MAX);
	let share = u64::from(uptime).saturating_mul(u64::from(Ppm::ONE.0)).checked_div(whole).unwrap_or(0);
	Ppm(share.saturated_into())
}

/// Writes a verdict into an operator's record. An incident ends when the count is back at nothing.
pub fn apply(watched: &mut Watched, reach: Reach, uptime_windows: u32) -> Step {
	let (down, changed) = (reach == Reach::Down, watched.reach != reach);
	watched.reach = reach;
	watched.missed = missed_after(watched.missed, down);
	watched.uptime = uptime_after(watched.uptime, !down, uptime_windows);
	watched.accused &= watched.missed > 0;
	Step { changed, offence: down && watched.missed > HOUR && !watched.accused }
}

/// Takes back that an operator is up, until it is judged again: whoever is not judged for now must not stay up by it. That it was
/// late or down stands, so that nobody gains by not being judged. Says whether it was up.
pub fn doubt(watched: &mut Watched) -> bool {
	let up = watched.reach == Reach::Up;
	if up {
		watched.reach = Reach::Unproved;
	}
	up
}

/// Whether what a prober saw is what was found.
pub fn agrees(mark: Mark, reach: Reach) -> bool {
	matches!((mark, reach), (Mark::Up, Reach::Up) | (Mark::Late, Reach::Late) | (Mark::Down, Reach::Down))
}

/// Whether a report earns points: it looked at half or more of those who were judged, and at nine in ten of these it saw what was
/// found.
pub fn earns(judged: u32, looked: u32, agreed: u32) -> bool {
	let times = |count: u32, factor: u64| u64::from(count).saturating_mul(factor);
	looked > 0 && times(looked, 2) >= u64::from(judged) && times(agreed, 10) >= times(looked, 9)
}

/// Whether one who is unproved for so many windows is challenged in this one: in the first eight, then ever more rarely, and once
/// a day.
pub fn challenged(age: u32) -> bool {
	age < 8 || age.is_power_of_two() || age.checked_rem(288) == Some(0)
}
