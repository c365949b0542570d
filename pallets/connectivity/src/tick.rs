//! What happens by itself: windows begin and end, are tallied and forgotten. Bounded per block, resumed in the next.

use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use frame_support::{pallet_prelude::Weight, traits::Get, BoundedVec};
use sp_core::H256;
use sp_runtime::SaturatedConversion;
use vektor_primitives::{
	traits::{Attestations, Availability, Discipline, EraPoints, LiveClock, Seeds},
	Offence, OperatorId, Reach,
};

use crate::{
	incident, rules, Accused, Config, CurrentSet, Event, Kept, Mark, Marks, Pages, Pallet, Probers, Progress, Reports,
	Score, Scores, Shared, Shares, Slots, Tally, TallyState, Watched, WeightInfo, WindowRecord, Windowing, Windows,
	PAGE,
};

type KeptOf<T> = BoundedVec<u32, <T as Config>::KeptWindows>;
type ScoresOf<T> = BoundedVec<Score, <T as Config>::MaxValidators>;

/// The window that is tallied, what is read of it once a block, and who is to be accused of it.
struct Ballot {
	record: WindowRecord,
	/// How many look.
	probers: u32,
	reports: BTreeMap<u16, Marks>,
	/// What attestations count by: Unix time, and the version of what is trusted.
	present: (u64, u32),
	/// What the window before brought.
	shared: Option<Shared>,
	accused: Vec<OperatorId>,
}

impl Ballot {
	/// What those who reported saw at a place of a page. Each with the first place of that page in its report.
	fn marks(&self, seats: &[(u16, u32)], offset: u32) -> Vec<(u16, Mark)> {
		let look = |(prober, first): &(u16, u32)| {
			let marks = self.reports.get(prober)?;
			Some((*prober, rules::mark(marks, first.saturating_add(offset))?))
		};
		seats.iter().filter_map(look).collect()
	}
}

impl<T: Config> Pallet<T> {
	/// Everything of one block. Says what it weighed.
	pub(crate) fn tick() -> Weight {
		let window = Self::window();
		let mut weight = T::WeightInfo::tick();
		let mut progress = Windowing::<T>::get();
		if progress.is_none_or(|progress| progress.current < window) {
			progress = Some(Self::turn(progress, window));
			weight = weight.saturating_add(T::WeightInfo::turn());
		}
		if !T::Clock::judging() {
			Self::neutralise(window);
			weight = weight.saturating_add(T::DbWeight::get().reads_writes(1, 1));
		}
		let Some(progress) = progress else {
			return weight;
		};
		let kept = Kept::<T>::get();
		weight = weight.saturating_add(match Tally::<T>::get() {
			Some(state) => Self::go_on(state, progress, T::PagesPerBlock::get()),
			None => Self::begin(&kept, progress),
		});
		weight.saturating_add(Self::forget(kept, progress))
	}

	/// Ends the window that was on and begins another. Where there is no room for one more nobody is judged in it.
	pub(crate) fn turn(old: Option<Progress>, window: u32) -> Progress {
		if let Some(old) = old {
			Windows::<T>::mutate_extant(old.current, |record| {
				record.sample_seed = T::Seeds::block();
				record.neutral |= record.sample_seed.is_none();
			});
		}
		if Kept::<T>::mutate(|kept| kept.try_push(window).is_ok()) {
			let record = WindowRecord {
				set: CurrentSet::<T>::get(),
				seed: T::Seeds::epoch(),
				sample_seed: None,
				slots: Slots::<T>::get(),
				neutral: false,
			};
			Windows::<T>::insert(window, record);
		}
		let progress = Progress { current: window, untallied: old.map_or(window, |old| old.untallied) };
		Windowing::<T>::put(progress);
		progress
	}

	fn neutralise(window: u32) {
		if Windows::<T>::get(window).is_some_and(|record| !record.neutral) {
			Windows::<T>::mutate_extant(window, |record| record.neutral = true);
		}
	}

	/// Nobody is judged in the window that is on.
	pub(crate) fn neutralise_current() {
		if let Some(progress) = Windowing::<T>::get() {
			Self::neutralise(progress.current);
		}
	}

	/// Begins the tally of the first window whose reports are all in, or ends it where nobody can be judged.
	pub(crate) fn begin(kept: &KeptOf<T>, progress: Progress) -> Weight {
		let due = |window: &&u32| **window >= progress.untallied && window.saturating_add(2) <= progress.current;
		let Some((window, record)) =
			kept.iter().find(due).and_then(|window| Some((*window, Windows::<T>::get(window)?)))
		else {
			return Weight::zero();
		};
		let set = Probers::<T>::get(record.set);
		let reporters: BTreeSet<u16> = Reports::<T>::iter_key_prefix(window).collect();
		let mut scores = ScoresOf::<T>::default();
		for (index, _) in (0..=u16::MAX).zip(&set) {
			// As many as the set has, which has the same bound.
			let _ = scores.try_push(Score { reported: reporters.contains(&index), ..Default::default() });
		}
		let state = TallyState { window, reports: reporters.len().saturated_into(), ..Default::default() };
		match record.neutral || state.reports < 2 {
			true => Self::end(state, progress),
			false => {
				Scores::<T>::put(scores);
				Tally::<T>::put(state);
			}
		}
		T::WeightInfo::begin(set.len().saturated_into())
	}

	fn end(state: TallyState, progress: Progress) {
		let TallyState { window, reports, judged, .. } = state;
		Windowing::<T>::put(Progress { untallied: window.saturating_add(1), ..progress });
		Self::deposit_event(Event::Tallied { window, reports, judged });
	}

	/// Tallies the next pages, `most` of them; once there are none pays for the reports.
	pub(crate) fn go_on(mut state: TallyState, progress: Progress, most: u32) -> Weight {
		let record = Windows::<T>::get(state.window).unwrap_or_default();
		let (first, all) = (state.page, rules::pages(record.slots));
		if first >= all {
			return Self::award(state, progress, record.set);
		}
		let probers = Probers::<T>::get(record.set).len().saturated_into();
		let (reports, accused) = (BTreeMap::new(), Vec::new());
		let (present, shared) = (T::Attestations::current(), Shares::<T>::get());
		let mut ballot = Ballot { record, probers, reports, present, shared, accused };
		let mut scores = Scores::<T>::get();
		let last = first.saturating_add(most).min(all);
		for page in first..last {
			Self::tally_page(page, &mut state, &mut ballot, &mut scores);
		}
		state.page = last;
		Scores::<T>::put(scores);
		Tally::<T>::put(state);
		// All is written before anyone is accused: who is accused may change it.
		let accused: u64 = ballot.accused.len().saturated_into();
		for operator in ballot.accused {
			Self::accuse(operator, state.window);
		}
		T::WeightInfo::tally(last.saturating_sub(first))
			.saturating_add(T::Discipline::accuse_weight().saturating_mul(accused))
	}

	/// Judges everyone on a page.
	fn tally_page(page: u32, state: &mut TallyState, ballot: &mut Ballot, scores: &mut ScoresOf<T>) {
		let (members, seats) = Self::seats(page, state.window, ballot, scores);
		let Some(mut row) = Pages::<T>::get(page) else {
			return;
		};
		let (starts, reported) = (Self::starts(state.window), seats.len().saturated_into());
		let mut touched = false;
		for (offset, entry) in (0..rules::places_on(page, ballot.record.slots)).zip(row.iter_mut()) {
			let Some(watched) = entry else {
				continue;
			};
			// Whether it is judged or not: the share of the window before is known until this one's is.
			touched |= watched.settle(ballot.shared.as_ref());
			if rules::judgeable(watched, state.window, starts).is_err() {
				continue;
			}
			let marks = ballot.marks(&seats, offset);
			let mut counts = rules::Counts::default();
			marks.iter().for_each(|(_, mark)| counts.add(*mark));
			let Ok(reach) = rules::verdict(members, reported, &counts) else {
				continue;
			};
			touched = true;
			Self::rate(scores, &marks, reach);
			Self::judge(watched, reach, state, ballot);
		}
		if touched {
			Pages::<T>::insert(page, row);
		}
	}

	/// How many a page's committee has, and those of it that reported, each with the first place of the page in its report.
	fn seats(page: u32, window: u32, ballot: &mut Ballot, scores: &mut ScoresOf<T>) -> (u32, Vec<(u16, u32)>) {
		let committee = rules::committee(ballot.probers, &ballot.record.seed, window, page);
		let mut seats = Vec::new();
		for prober in &committee {
			let Some(score) = scores.get_mut(usize::from(*prober)) else {
				continue;
			};
			let place = score.pages.saturating_mul(PAGE);
			score.pages = score.pages.saturating_add(1);
			if score.reported {
				seats.push((*prober, place));
				let read = || Reports::<T>::get(window, prober).unwrap_or_default();
				ballot.reports.entry(*prober).or_insert_with(read);
			}
		}
		(committee.len().saturated_into(), seats)
	}

	/// Books how what each saw of an operator compares with what was found.
	fn rate(scores: &mut ScoresOf<T>, marks: &[(u16, Mark)], reach: Reach) {
		for (prober, mark) in marks {
			if let Some(score) = scores.get_mut(usize::from(*prober)) {
				score.judged = score.judged.saturating_add(1);
				score.looked = score.looked.saturating_add(u32::from(*mark != Mark::Skipped));
				score.agreed = score.agreed.saturating_add(u32::from(rules::agrees(*mark, reach)));
			}
		}
	}

	/// What a verdict leads to: pay for who was reached, an accusation of who is down for too long.
	fn judge(watched: &mut Watched, reach: Reach, state: &mut TallyState, ballot: &mut Ballot) {
		state.judged = state.judged.saturating_add(1);
		if reach != Reach::Down {
			watched.book(state, ballot.present);
		}
		let step = rules::apply(watched, reach, T::UptimeWindows::get());
		let (operator, window) = (watched.operator, state.window);
		if step.changed {
			Self::deposit_event(Event::ReachChanged { operator, reach, window });
		}
		if step.offence && state.accusations < T::MaxAccusations::get() {
			watched.accused = true;
			state.accusations = state.accusations.saturating_add(1);
			ballot.accused.push(operator);
		}
	}

	fn accuse(operator: OperatorId, window: u32) {
		let incident: H256 = incident(&operator, window);
		let accused: Accused = T::Discipline::accuse(&operator, Offence::Downtime, incident, None, None);
		Self::deposit_event(match accused {
			Ok(case) => Event::DowntimeReported { operator, window, case },
			Err(reason) => Event::AccusationRefused { operator, window, reason },
		});
	}

	/// Pays for the reports that saw what was found and for those who were there, and ends the tally.
	pub(crate) fn award(state: TallyState, progress: Progress, set: u32) -> Weight {
		let probers = Probers::<T>::get(set);
		let weight = T::WeightInfo::award(probers.len().saturated_into());
		for (prober, score) in probers.into_iter().zip(Scores::<T>::take()) {
			if score.reported && rules::earns(score.judged, score.looked, score.agreed) {
				T::Points::add(prober.validator, T::PointsPerReport::get());
			}
		}
		Tally::<T>::kill();
		Self::share_out(&state);
		Self::end(state, progress);
		weight.saturating_add(T::Availability::weight())
	}

	/// Forgets the oldest window once it is tallied and there is no room for another: its reports, then itself and the set of
	/// probers that no other looked with.
	pub(crate) fn forget(mut kept: KeptOf<T>, progress: Progress) -> Weight {
		let full = kept.len() >= T::KeptWindows::get().saturated_into::<usize>();
		let Some(oldest) = kept.first().copied().filter(|window| full && *window < progress.untallied) else {
			return Weight::zero();
		};
		let cleared = Reports::<T>::clear_prefix(oldest, T::MaxValidators::get(), None);
		if cleared.maybe_cursor.is_none() {
			kept.remove(0);
			let next = kept.first().and_then(Windows::<T>::get).map_or_else(CurrentSet::<T>::get, |next| next.set);
			if let Some(record) = Windows::<T>::take(oldest).filter(|record| record.set < next) {
				Probers::<T>::remove(record.set);
			}
			Kept::<T>::put(kept);
		}
		T::WeightInfo::forget(cleared.unique)
	}
}
