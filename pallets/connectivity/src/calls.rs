//! What the calls do: read, check, compute, write, event.

use alloc::vec::Vec;
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Get};
use sp_core::{crypto::AccountId32, H256};
use sp_runtime::{
	traits::{Verify, Zero},
	transaction_validity::{InvalidTransaction, TransactionPriority, TransactionValidityWithRefund, ValidTransaction},
	RuntimeAppPublic, SaturatedConversion,
};
use vektor_primitives::{
	connectivity::{activation_message, probe_message, ROUNDS},
	traits::{Contacts, LiveClock, LiveTime},
	OperatorId, ProberSignature,
};

use crate::{
	report_message, rules, Config, Error, Event, Mark, Pallet, Prober, Probers, Refusal, Report, Reports, Shown,
	SlotOf, Watched, WindowRecord, Windows, PAGE, SHOWN,
};

/// For how many blocks a report that waits in a pool is taken to be good.
const LONGEVITY: u64 = 16;

/// One prober's part in a window.
pub(crate) struct Seat {
	pub prober: Prober,
	/// The pages that it looks at, ascending.
	pub pages: Vec<u32>,
	/// How many places these have.
	pub places: u32,
}

impl<T: Config> Pallet<T> {
	/// The window that is on.
	pub(crate) fn window() -> u32 {
		rules::window_at(T::Clock::now(), T::WindowLength::get())
	}

	/// The live time at which a window begins.
	pub(crate) fn starts(window: u32) -> LiveTime {
		window.saturating_mul(T::WindowLength::get())
	}

	pub(crate) fn genesis() -> H256 {
		frame_system::Pallet::<T>::block_hash(frame_system::pallet_prelude::BlockNumberFor::<T>::zero())
	}

	/// The length of a report's marks, in bytes.
	pub(crate) fn length(report: &Report) -> u32 {
		report.marks.len().saturated_into()
	}

	/// The part of the prober of this number in a window. Draws the committees of all pages.
	pub(crate) fn seat(window: u32, record: &WindowRecord, prober: u16) -> Option<Seat> {
		Self::seat_among(&Probers::<T>::get(record.set), window, record, prober)
	}

	fn seat_among(set: &[Prober], window: u32, record: &WindowRecord, prober: u16) -> Option<Seat> {
		let found = set.get(usize::from(prober))?.clone();
		let pages = rules::pages_of(prober, set.len().saturated_into(), &record.seed, window, record.slots);
		let places = rules::places(&pages, record.slots);
		Some(Seat { prober: found, pages, places })
	}

	/// What is in a slot.
	pub(crate) fn in_slot(slot: u32) -> Option<Watched> {
		let place = slot.checked_rem(PAGE)?.saturated_into::<usize>();
		crate::Pages::<T>::get(slot.checked_div(PAGE)?)?.get(place)?.clone()
	}

	/// The places whose answers a report with these marks must show now, and who is there. At most [`crate::DRAWS`] reads.
	pub(crate) fn required(window: u32, seed: &H256, seat: &Seat, marks: &[u8]) -> Vec<(u32, OperatorId)> {
		let starts = Self::starts(window);
		let mut found = Vec::<(u32, OperatorId)>::new();
		for place in rules::draws(seed, window, &seat.prober.key, seat.places) {
			let enough = found.len() >= SHOWN.saturated_into::<usize>();
			if enough || found.iter().any(|(known, _)| *known == place) {
				continue;
			}
			if !matches!(rules::mark(marks, place), Some(Mark::Up | Mark::Late)) {
				continue;
			}
			let there = rules::slot_of(&seat.pages, place).and_then(Self::in_slot);
			let there = there.filter(|watched| rules::judgeable(watched, window, starts).is_ok());
			found.extend(there.map(|watched| (place, watched.operator)));
		}
		found
	}

	fn is_answer(window: u32, prober: &Prober, operator: &OperatorId, shown: &Shown) -> bool {
		let Some(contact) = T::Contacts::contact(operator).filter(|_| shown.round < ROUNDS) else {
			return false;
		};
		let message = probe_message(&Self::genesis(), &prober.key, operator, window, shown.round, &shown.nonce);
		shown.signature.verify(message.as_bytes(), &contact.agent)
	}

	/// Whether a report is right: all checks, so that storing it cannot fail. What is cheap comes first; the committees of all
	/// pages, which are dearer than a signature, and the agents' signatures come after the prober's own.
	pub(crate) fn check(report: &Report, signature: &ProberSignature) -> TransactionValidityWithRefund {
		let window = report.window;
		match window.checked_add(1) {
			Some(next) if next == Self::window() => (),
			Some(next) if next < Self::window() => return Err(InvalidTransaction::Stale.into()),
			_ => return Err(InvalidTransaction::Future.into()),
		}
		let record = Windows::<T>::get(window).ok_or(InvalidTransaction::from(Refusal::Neutral))?;
		let seed = record.sample_seed.filter(|_| !record.neutral).ok_or(InvalidTransaction::from(Refusal::Neutral))?;
		ensure!(!Reports::<T>::contains_key(window, report.prober), InvalidTransaction::Stale);
		let set = Probers::<T>::get(record.set);
		let prober = set.get(usize::from(report.prober)).ok_or(InvalidTransaction::BadSigner)?;
		let message = report_message(&Self::genesis(), report);
		ensure!(prober.key.verify(&message, signature), InvalidTransaction::BadProof);
		let seat = Self::seat_among(&set, window, &record, report.prober).ok_or(InvalidTransaction::BadSigner)?;
		let marks = &report.marks;
		ensure!(!marks.is_empty() && rules::is_packed(marks, seat.places), InvalidTransaction::Call);
		let required = Self::required(window, &seed, &seat, marks);
		ensure!(
			required.iter().map(|(place, _)| place).eq(report.shown.iter().map(|shown| &shown.place)),
			InvalidTransaction::from(Refusal::WrongSamples)
		);
		let mut answers = required.iter().zip(&report.shown);
		ensure!(
			answers.all(|((_, operator), shown)| Self::is_answer(window, &seat.prober, operator, shown)),
			InvalidTransaction::from(Refusal::BadAnswer)
		);
		let validity = ValidTransaction::with_tag_prefix("vktr-connectivity")
			.priority(TransactionPriority::MAX / 2)
			.and_provides((window, report.prober))
			.longevity(LONGEVITY)
			.propagate(true)
			.build()?;
		Ok((validity, Default::default()))
	}

	pub(crate) fn do_report(report: Report) {
		let Report { window, prober, marks, .. } = report;
		Reports::<T>::insert(window, prober, marks);
		Self::deposit_event(Event::Reported { window, prober });
	}

	pub(crate) fn do_answer_activation(
		agent: AccountId32,
		operator: OperatorId,
		window: u32,
		prober: u16,
		signature: ProberSignature,
	) -> DispatchResult {
		let contact = T::Contacts::contact(&operator).ok_or(Error::<T>::UnknownOperator)?;
		ensure!(contact.agent == agent, Error::<T>::NotAgent);
		let slot = SlotOf::<T>::get(operator).ok_or(Error::<T>::NotWatched)?;
		let watched = Self::in_slot(slot).ok_or(Error::<T>::NotWatched)?;
		ensure!(!watched.proved, Error::<T>::AlreadyProved);
		let current = Self::window();
		let recent = window == current || window.checked_add(1) == Some(current);
		let record = Windows::<T>::get(window).filter(|_| recent).ok_or(Error::<T>::UnknownWindow)?;
		let set = Probers::<T>::get(record.set);
		let asking = set.get(usize::from(prober)).ok_or(Error::<T>::UnknownProber)?;
		let page = slot.checked_div(PAGE).unwrap_or(0);
		let committee = rules::committee(set.len().saturated_into(), &record.seed, window, page);
		ensure!(committee.first() == Some(&prober), Error::<T>::NotLeading);
		let message = activation_message(&Self::genesis(), &operator, &contact.endpoint, window);
		ensure!(asking.key.verify(&message, &signature), Error::<T>::BadSignature);

		Self::change(&operator, |watched| {
			watched.proved = true;
			watched.since = current.saturating_add(1);
		});
		Self::deposit_event(Event::EndpointProved { operator, validator: asking.validator.clone(), window });
		Ok(())
	}
}
