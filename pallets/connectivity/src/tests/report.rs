//! What a report must be to get into a block.

use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchClass, GetDispatchInfo, Pays},
	traits::Authorize,
};
use sp_core::Pair;
use sp_runtime::{
	traits::BadOrigin,
	transaction_validity::{InvalidTransaction, TransactionSource},
	MultiSignature,
};
use vektor_primitives::{
	connectivity::probe_message,
	traits::{LiveTime, Watch},
	OperatorId,
};

use crate::{mock::*, *};

fn up(_: OperatorId) -> Mark {
	Mark::Up
}

/// Eight operators that were watched in window 1, which has ended; and a prober that looked at them.
fn looked() -> u8 {
	(0..8).for_each(|number| {
		proved(number);
	});
	to_window(1);
	to_window(2);
	let of = |number: &u8| report_of(*number, 1, up).is_some_and(|report| report.shown.len() == 3);
	(0..VALIDATORS).find(of).expect("seven of ten look")
}

#[track_caller]
fn refused(number: u8, report: Report, why: impl Into<InvalidTransaction>) {
	assert_eq!(validate(number, report), Err(why.into().into()));
}

#[test]
fn a_report_is_taken_without_a_fee_and_stored_with_an_event() {
	ExtBuilder::build_and_execute(|| {
		let number = looked();
		let report = report_of(number, 1, up).unwrap();
		assert_eq!(report.marks.to_vec(), [0, 0]);
		let validity = validate(number, report.clone()).unwrap();
		assert_eq!(validity.provides, vec![codec::Encode::encode(&("vktr-connectivity", (1_u32, report.prober)))]);
		assert!(validity.propagate && validity.longevity == 16 && validity.requires.is_empty());
		assert!(validity.priority > u64::MAX / 4);

		let info = call(number, report.clone()).get_dispatch_info();
		assert_eq!((info.class, info.pays_fee), (DispatchClass::Operational, Pays::No));
		for source in [TransactionSource::Local, TransactionSource::InBlock, TransactionSource::External] {
			assert!(call(number, report.clone()).authorize(source).unwrap().is_ok());
		}

		System::reset_events();
		submit(number, report.clone());
		assert_eq!(Reports::<Test>::get(1, report.prober), Some(report.marks));
		assert_eq!(events(), [Event::Reported { window: 1, prober: report.prober }]);
	});
}

#[test]
fn nobody_calls_it_by_themselves() {
	ExtBuilder::build_and_execute(|| {
		let number = looked();
		let report = report_of(number, 1, up).unwrap();
		let signature = sign(number, report_message(&genesis(), &report));
		for origin in [RuntimeOrigin::signed(validator(number)), RuntimeOrigin::none(), RuntimeOrigin::root()] {
			assert_noop!(Connectivity::report(origin, report.clone(), signature.clone()), BadOrigin);
		}
	});
}

#[test]
fn a_report_comes_once() {
	ExtBuilder::build_and_execute(|| {
		let number = looked();
		let report = report_of(number, 1, up).unwrap();
		submit(number, report.clone());
		refused(number, report, InvalidTransaction::Stale);
	});
}

#[test]
fn a_report_is_on_the_window_before_the_present_one() {
	ExtBuilder::build_and_execute(|| {
		let number = looked();
		let report = report_of(number, 1, up).unwrap();
		let of = |window| Report { window, ..report.clone() };
		refused(number, of(0), InvalidTransaction::Stale);
		refused(number, of(2), InvalidTransaction::Future);
		refused(number, of(u32::MAX), InvalidTransaction::Future);
		to_window(3);
		refused(number, of(1), InvalidTransaction::Stale);
	});
}

#[test]
fn nobody_reports_on_a_window_in_which_nobody_is_judged() {
	ExtBuilder::build_and_execute(|| {
		let number = looked();
		let report = report_of(number, 1, up).unwrap();
		Windows::<Test>::mutate_extant(1, |record| record.neutral = true);
		refused(number, report.clone(), Refusal::Neutral);
		// A window that no block fell into is not there.
		at(9 * LENGTH as LiveTime);
		refused(number, Report { window: 8, ..report }, Refusal::Neutral);
	});
}

#[test]
fn a_window_without_randomness_cannot_be_reported_on() {
	ExtBuilder::build_and_execute(|| {
		proved(1);
		to_window(1);
		BlockSeed::set(None);
		to_window(2);
		let record = Windows::<Test>::get(1).unwrap();
		assert!(record.neutral && record.sample_seed.is_none());
		let (number, marks) = (0, vec![0].try_into().unwrap());
		refused(number, Report { window: 1, prober: 0, marks, shown: Default::default() }, Refusal::Neutral);
		assert_eq!(Connectivity::due(&prober(0)), None);
	});
}

#[test]
fn only_a_prober_of_the_set_reports_and_only_its_own() {
	ExtBuilder::build_and_execute(|| {
		let number = looked();
		let report = report_of(number, 1, up).unwrap();
		let nobody = Report { prober: VALIDATORS.into(), ..report.clone() };
		refused(number, nobody, InvalidTransaction::BadSigner);
		// Another's signature, and another's place under one's own.
		refused(number + 1, report.clone(), InvalidTransaction::BadProof);
		let other = (0..VALIDATORS)
			.find(|other| *other != number && report_of(*other, 1, up).is_some_and(|r| !r.marks.is_empty()));
		let stolen = Report { prober: other.unwrap().into(), ..report };
		refused(number, stolen, InvalidTransaction::BadProof);
	});
}

#[test]
fn the_signature_is_of_the_whole_report_and_of_this_chain() {
	ExtBuilder::build_and_execute(|| {
		let number = looked();
		let report = report_of(number, 1, up).unwrap();
		let signed = |signature| {
			let call = Call::<Test>::report { report: report.clone(), signature };
			call.authorize(TransactionSource::External).unwrap().is_ok()
		};
		assert!(signed(sign(number, report_message(&genesis(), &report))));
		assert!(!signed(sign(number, report_message(&sp_core::H256::zero(), &report))));
		let other = Report { marks: vec![0, 3].try_into().unwrap(), ..report.clone() };
		assert!(!signed(sign(number, report_message(&genesis(), &other))));
	});
}

#[test]
fn marks_have_the_length_of_the_probers_own_pages() {
	ExtBuilder::build_and_execute(|| {
		let number = looked();
		let report = report_of(number, 1, up).unwrap();
		for marks in [vec![], vec![0], vec![0; 3], vec![0; MAX_MARKS as usize]] {
			let report = Report { marks: marks.try_into().unwrap(), ..report.clone() };
			refused(number, report, InvalidTransaction::Call);
		}
		// One who is on no committee has nothing to report.
		let idle = (0..VALIDATORS).find(|other| report_of(*other, 1, up).unwrap().marks.is_empty()).unwrap();
		refused(idle, report_of(idle, 1, up).unwrap(), InvalidTransaction::Call);
		assert_eq!(Connectivity::due(&prober(idle)), None);
	});
}

#[test]
fn nothing_is_written_after_the_last_mark() {
	ExtBuilder::build_and_execute(|| {
		(0..7).for_each(|number| {
			proved(number);
		});
		to_window(1);
		to_window(2);
		let number = (0..VALIDATORS).find(|number| !report_of(*number, 1, up).unwrap().marks.is_empty()).unwrap();
		let report = report_of(number, 1, up).unwrap();
		let marks = vec![0, 0b1100_0000].try_into().unwrap();
		refused(number, Report { marks, ..report }, InvalidTransaction::Call);
	});
}

#[test]
fn all_up_without_looking_is_refused() {
	ExtBuilder::build_and_execute(|| {
		let number = looked();
		let report = report_of(number, 1, up).unwrap();
		let lazy = Report { shown: Default::default(), ..report.clone() };
		refused(number, lazy, Refusal::WrongSamples);
		// What two answered does not do, nor in another order, nor one twice, nor others' answers.
		let mut few = report.clone();
		few.shown.pop();
		refused(number, few, Refusal::WrongSamples);
		let mut turned = report.clone();
		turned.shown.as_mut().reverse();
		refused(number, turned, Refusal::WrongSamples);
		let mut twice = report.clone();
		twice.shown[1] = twice.shown[0].clone();
		refused(number, twice, Refusal::WrongSamples);
		let mut swapped = report;
		let signature = swapped.shown[0].signature.clone();
		swapped.shown[1].signature = signature;
		refused(number, swapped, Refusal::BadAnswer);
	});
}

#[test]
fn one_who_says_that_all_are_down_has_nothing_to_show() {
	ExtBuilder::build_and_execute(|| {
		let number = looked();
		for mark in [Mark::Down, Mark::Skipped] {
			let report = report_of(number, 1, |_| mark).unwrap();
			assert!(report.shown.is_empty());
			assert_ok!(validate(number, report));
		}
		let late = report_of(number, 1, |_| Mark::Late).unwrap();
		assert_eq!(late.shown.len(), 3);
		assert_ok!(validate(number, late));
	});
}

#[test]
fn an_answer_is_the_agents_to_this_prober_in_this_window_and_round() {
	ExtBuilder::build_and_execute(|| {
		let number = looked();
		let report = report_of(number, 1, up).unwrap();
		let place = report.shown[0].place;
		let record = Windows::<Test>::get(1).unwrap();
		let seat = Connectivity::seat(1, &record, report.prober).unwrap();
		let slot = rules::slot_of(&seat.pages, place).unwrap();
		let of = Connectivity::in_slot(slot).unwrap().operator;
		let who = (0..8).find(|number| operator(*number) == of).unwrap();
		let with = |shown: Shown| {
			let mut report = report.clone();
			report.shown[0] = shown;
			report
		};
		let signed = |agent: u32, asker: u8, window, round, nonce| {
			let message = probe_message(&genesis(), &prober(asker), &of, window, round, &nonce);
			let signature = MultiSignature::Sr25519(pair("agent", agent).sign(message.as_bytes()));
			with(Shown { place, round, nonce, signature })
		};
		assert_ok!(validate(number, signed(who, number, 1, 0, [7; 16])));
		assert_ok!(validate(number, signed(who, number, 1, 4, [7; 16])));
		// No such round, another window, told to another prober, another agent's.
		refused(number, signed(who, number, 1, 5, [7; 16]), Refusal::BadAnswer);
		refused(number, signed(who, number, 0, 0, [7; 16]), Refusal::BadAnswer);
		refused(number, signed(who, number + 1, 1, 0, [7; 16]), Refusal::BadAnswer);
		refused(number, signed(who + 1, number, 1, 0, [7; 16]), Refusal::BadAnswer);
		// Another nonce or round than was signed.
		let mut other = signed(who, number, 1, 0, [7; 16]);
		other.shown[0].nonce = [8; 16];
		refused(number, other, Refusal::BadAnswer);
		let mut other = signed(who, number, 1, 0, [7; 16]);
		other.shown[0].round = 1;
		refused(number, other, Refusal::BadAnswer);
	});
}

#[test]
fn one_who_left_rests_is_away_or_has_another_key_need_not_be_shown() {
	let hide: [fn(&OperatorId); 4] = [
		|operator| Connectivity::leave(operator),
		|operator| Connectivity::rest(operator),
		|operator| Connectivity::excuse(operator, 100),
		|operator| Connectivity::changed(operator, false),
	];
	for hide in hide {
		ExtBuilder::build_and_execute(|| {
			let number = looked();
			let report = report_of(number, 1, up).unwrap();
			let record = Windows::<Test>::get(1).unwrap();
			let seat = Connectivity::seat(1, &record, report.prober).unwrap();
			let slot = rules::slot_of(&seat.pages, report.shown[0].place).unwrap();
			hide(&Connectivity::in_slot(slot).unwrap().operator);
			// The report waits no more: others must be shown instead.
			refused(number, report.clone(), Refusal::WrongSamples);
			let again = report_of(number, 1, up).unwrap();
			assert_eq!(again.shown[..2].iter().map(|one| one.place).collect::<Vec<_>>(), {
				report.shown[1..].iter().map(|one| one.place).collect::<Vec<_>>()
			});
		});
	}
}

#[test]
fn one_whose_place_is_taken_by_another_is_not_shown() {
	ExtBuilder::build_and_execute(|| {
		let number = looked();
		let report = report_of(number, 1, up).unwrap();
		let record = Windows::<Test>::get(1).unwrap();
		let seat = Connectivity::seat(1, &record, report.prober).unwrap();
		let slot = rules::slot_of(&seat.pages, report.shown[0].place).unwrap();
		Connectivity::leave(&Connectivity::in_slot(slot).unwrap().operator);
		let newcomer = proved(99);
		assert_eq!(SlotOf::<Test>::get(newcomer), Some(slot));
		assert!(!report_of(number, 1, up).unwrap().shown.iter().any(|shown| shown.place == report.shown[0].place));
	});
}
