//! What probers and onlookers ask.

use vektor_primitives::{traits::Watch, Reach};

use crate::{mock::*, *};

#[test]
fn a_plan_says_whom_to_probe_and_whom_to_challenge() {
	ExtBuilder::build_and_execute(|| {
		let (first, second, third) = (proved(1), enter(2), proved(3));
		let resting = proved(4);
		Connectivity::rest(&resting);
		to_window(1);
		let mut with_part = 0;
		for number in 0..VALIDATORS {
			let plan = Connectivity::plan(&prober(number)).unwrap();
			assert_eq!((plan.window, plan.starts, plan.length, plan.prober), (1, LENGTH, LENGTH, number.into()));
			if plan.places == 0 {
				assert!(plan.targets.is_empty());
				continue;
			}
			with_part += 1;
			assert_eq!(plan.places, 4);
			let asked: Vec<_> = plan.targets.iter().map(|one| (one.place, one.operator, one.task)).collect();
			let leads = plan.prober == u16::from(leader(1));
			let expected = [(0, first, Task::Probe), (1, second, Task::Challenge), (2, third, Task::Probe)];
			assert_eq!(asked, expected.into_iter().filter(|one| leads || one.2 == Task::Probe).collect::<Vec<_>>());
			let target = &plan.targets[0];
			assert_eq!((&target.agent, &target.endpoint), (&agent(1), &endpoint(1)));
			assert_eq!(target.region, b"eu-west");
		}
		assert_eq!(with_part, 7);
		assert_eq!(Connectivity::plan(&prober(77)), None);
	});
}

#[test]
fn those_who_came_after_a_window_began_are_not_in_its_plan() {
	ExtBuilder::build_and_execute(|| {
		proved(1);
		to_window(1);
		proved(2);
		let most =
			(0..VALIDATORS).filter_map(|number| Connectivity::plan(&prober(number))).map(|plan| plan.places).max();
		assert_eq!(most, Some(1));
	});
}

#[test]
fn places_count_over_all_pages_of_a_prober() {
	ExtBuilder::build_and_execute(|| {
		(0..200).for_each(|number| {
			proved(number);
		});
		to_window(1);
		let record = Windows::<Test>::get(1).unwrap();
		let mut seats = vec![0; 200];
		for number in 0..VALIDATORS {
			let plan = Connectivity::plan(&prober(number)).unwrap();
			let seat = Connectivity::seat(1, &record, plan.prober).unwrap();
			assert_eq!(plan.targets.len(), plan.places as usize);
			for target in plan.targets {
				let slot = SlotOf::<Test>::get(target.operator).unwrap();
				assert_eq!(rules::slot_of(&seat.pages, target.place), Some(slot));
				seats[slot as usize] += 1;
			}
		}
		assert!(seats.iter().all(|seats| *seats == 7));
	});
}

#[test]
fn an_unproved_operator_is_challenged_ever_more_rarely() {
	ExtBuilder::build_and_execute(|| {
		enter(1);
		let challenged = |window: u32| {
			at(window * LENGTH);
			let plans = (0..VALIDATORS).filter_map(|number| Connectivity::plan(&prober(number)));
			plans.map(|plan| plan.targets.len()).sum::<usize>()
		};
		let windows: Vec<_> = (1..35).filter(|window| challenged(*window) == 1).collect();
		assert_eq!(windows, [1, 2, 3, 4, 5, 6, 7, 8, 16, 32]);
	});
}

#[test]
fn a_report_is_due_until_it_is_there() {
	ExtBuilder::build_and_execute(|| {
		proved(1);
		to_window(1);
		to_window(2);
		let due: Vec<_> =
			(0..VALIDATORS).filter(|number| Connectivity::due(&prober(*number)) == Some((1, 1))).collect();
		assert_eq!(due.len(), 7);
		let number = due[0];
		let report = report_of(number, 1, |_| Mark::Up).unwrap();
		assert_eq!(Connectivity::samples(&prober(number), 1, &report.marks), Some(vec![0]));
		assert_eq!(Connectivity::samples(&prober(number), 1, &[2]), Some(vec![]));
		assert_eq!(Connectivity::samples(&prober(number), 2, &report.marks), None);
		assert_eq!(Connectivity::samples(&prober(77), 1, &report.marks), None);
		submit(number, report);
		assert_eq!(Connectivity::due(&prober(number)), None);
		assert_eq!(Connectivity::due(&prober(77)), None);
	});
}

#[test]
fn everyone_can_see_who_saw_what_and_what_came_of_it() {
	ExtBuilder::build_and_execute(|| {
		(0..70).for_each(|number| {
			proved(number);
		});
		let operator = operator(68);
		to_window(1);
		live_through(|number, _| if number < 2 { Mark::Down } else { Mark::Up });
		live_through(|_, _| Mark::Down);
		let history = Connectivity::history(&operator);
		let judged: Vec<_> = history.iter().map(|one| (one.window, one.starts, one.judged)).collect();
		assert_eq!(judged, [(1, 10, Ok(Reach::Up)), (2, 20, Err(Neutral::Pending)), (3, 30, Err(Neutral::Pending))],);
		for one in &history[0].seen {
			let liar = one.validator == validator(0) || one.validator == validator(1);
			assert_eq!(one.mark, Some(if liar { Mark::Down } else { Mark::Up }));
		}
		assert_eq!(history[0].seen.len(), 7);
		assert!(history[2].seen.iter().all(|one| one.mark.is_none()));
		assert_eq!(watched(operator).reach, Reach::Up);

		Connectivity::excuse(&operator, 10);
		assert_eq!(Connectivity::history(&operator)[0].judged, Err(Neutral::Excused));
		Connectivity::changed(&operator, true);
		assert_eq!(Connectivity::history(&operator)[0].judged, Err(Neutral::TooNew));
	});
}

#[test]
fn a_history_says_what_the_tally_did() {
	ExtBuilder::build_and_execute(|| {
		let operator = proved(1);
		to_window(1);
		Judging::set(false);
		to_window(2);
		Judging::set(true);
		to_window(3);
		live_through(|_, _| Mark::Late);
		to_window(5);
		let judged: Vec<_> = Connectivity::history(&operator).into_iter().map(|one| (one.window, one.judged)).collect();
		assert_eq!(
			judged,
			[(2, Err(Neutral::Window)), (3, Ok(Reach::Late)), (4, Err(Neutral::Pending)), (5, Err(Neutral::Pending))]
		);
	});
}
