//! What runtime APIs read.

use alloc::vec::Vec;
use frame_support::traits::Get;
use sp_runtime::SaturatedConversion;
use vektor_primitives::{traits::Contacts, OperatorId, ProberId, Reach};

use crate::{
	calls::Seat, rules, Config, Kept, Mark, Neutral, Pages, Pallet, Plan, Probers, Reports, Seen, Sight, SlotOf,
	Target, Task, Watched, WindowRecord, Windowing, Windows, PAGE,
};

impl<T: Config> Pallet<T> {
	/// A prober's place in the set of a kept window: `Report::prober`.
	pub fn index_of(prober: &ProberId, window: u32) -> Option<u16> {
		let set = Probers::<T>::get(Windows::<T>::get(window)?.set);
		set.iter().position(|one| one.key == *prober)?.try_into().ok()
	}

	fn seat_of(prober: &ProberId, window: u32) -> Option<(u16, WindowRecord, Seat)> {
		let index = Self::index_of(prober, window)?;
		let record = Windows::<T>::get(window)?;
		let seat = Self::seat(window, &record, index)?;
		Some((index, record, seat))
	}

	/// What a prober is to do in the window that is on. Nothing where it has no part in it.
	pub fn plan(prober: &ProberId) -> Option<Plan> {
		let window = Self::window();
		let (index, record, seat) = Self::seat_of(prober, window)?;
		let probers = Probers::<T>::get(record.set).len().saturated_into();
		let mut targets = Vec::new();
		let mut first = 0_u32;
		for page in &seat.pages {
			let leads = rules::committee(probers, &record.seed, window, *page).first() == Some(&index);
			let places = rules::places_on(*page, record.slots);
			let row = Pages::<T>::get(page).unwrap_or_default();
			let slots = (0..places).zip(&row).filter_map(|(offset, one)| Some((offset, one.as_ref()?)));
			targets.extend(slots.filter_map(|(offset, watched)| {
				let task = Self::task(watched, window, leads)?;
				Self::target(first.saturating_add(offset), &watched.operator, task)
			}));
			first = first.saturating_add(places);
		}
		Some(Plan {
			window,
			prober: index,
			starts: Self::starts(window),
			length: T::WindowLength::get(),
			places: seat.places,
			targets,
		})
	}

	fn task(watched: &Watched, window: u32, leads: bool) -> Option<Task> {
		match rules::judgeable(watched, window, Self::starts(window)) {
			Ok(()) => Some(Task::Probe),
			Err(_) if watched.proved || !watched.serving || !leads => None,
			Err(_) => window
				.checked_sub(watched.unproved_since)
				.filter(|age| rules::challenged(*age))
				.map(|_| Task::Challenge),
		}
	}

	fn target(place: u32, operator: &OperatorId, task: Task) -> Option<Target> {
		let contact = T::Contacts::contact(operator)?;
		let (agent, endpoint, region) = (contact.agent, contact.endpoint, contact.region);
		Some(Target { place, operator: *operator, agent, endpoint, region, task })
	}

	/// The window that a prober is to report on now and has not, and how many places its report has.
	pub fn due(prober: &ProberId) -> Option<(u32, u32)> {
		let window = Self::window().checked_sub(1)?;
		let (index, record, seat) = Self::seat_of(prober, window)?;
		let open = !record.neutral && record.sample_seed.is_some() && seat.places > 0;
		(open && !Reports::<T>::contains_key(window, index)).then_some((window, seat.places))
	}

	/// The places whose answers a report of these marks must show, in this order. It may change while the report waits: when an
	/// operator leaves, rests or changes its key.
	pub fn samples(prober: &ProberId, window: u32, marks: &[u8]) -> Option<Vec<u32>> {
		let (_, record, seat) = Self::seat_of(prober, window)?;
		let required = Self::required(window, &record.sample_seed?, &seat, marks);
		Some(required.into_iter().map(|(place, _)| place).collect())
	}

	/// What was seen of an operator in the kept windows, the oldest first, and what came of it: counted again from the reports
	/// by the rules of the tally, and by the operator's record as it is now.
	pub fn history(operator: &OperatorId) -> Vec<Seen> {
		let Some((slot, watched)) = SlotOf::<T>::get(operator).and_then(|slot| Some((slot, Self::in_slot(slot)?)))
		else {
			return Vec::new();
		};
		let current = Windowing::<T>::get().map_or(0, |progress| progress.current);
		let kept = Kept::<T>::get();
		let seen = kept.iter().filter_map(|window| Some((*window, Windows::<T>::get(window)?)));
		seen.filter(|(_, record)| slot < record.slots)
			.map(|(window, record)| Self::seen(window, current, &record, slot, &watched))
			.collect()
	}

	fn seen(window: u32, current: u32, record: &WindowRecord, slot: u32, watched: &Watched) -> Seen {
		let (page, offset) = (slot.checked_div(PAGE).unwrap_or(0), slot.checked_rem(PAGE).unwrap_or(0));
		let set = Probers::<T>::get(record.set);
		let of = |page| rules::committee(set.len().saturated_into(), &record.seed, window, page);
		let committee = of(page);
		let before: Vec<_> = (0..page).map(of).collect();
		let (mut counts, mut reports, mut seen) = (rules::Counts::default(), 0_u32, Vec::new());
		for member in &committee {
			let Some(prober) = set.get(usize::from(*member)) else {
				continue;
			};
			let pages: u32 = before.iter().filter(|others| others.contains(member)).count().saturated_into();
			let place = pages.saturating_mul(PAGE).saturating_add(offset);
			let mark = Reports::<T>::get(window, member).and_then(|marks| rules::mark(&marks, place));
			reports = reports.saturating_add(u32::from(mark.is_some()));
			counts.add(mark.unwrap_or(Mark::Skipped));
			seen.push(Sight { validator: prober.validator.clone(), mark });
		}
		let starts = Self::starts(window);
		let judge = || -> Result<Reach, Neutral> {
			rules::judgeable(watched, window, starts)?;
			match () {
				() if record.neutral => Err(Neutral::Window),
				() if window.saturating_add(2) > current => Err(Neutral::Pending),
				() => rules::verdict(committee.len().saturated_into(), reports, &counts),
			}
		};
		Seen { window, starts, judged: judge(), seen }
	}
}
