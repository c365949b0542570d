//! Each invariant, broken: the check says its number.

use vektor_primitives::{traits::OperatorRegistry, Offence, OperatorId, OperatorStatus, Ppm, Usd};

use crate::{mock::*, *};

fn broken(number: u8, corrupt: impl FnOnce(OperatorId)) {
	new_test_ext().execute_with(|| {
		let operator = activated();
		Registry::take_exposure(&operator, work(1), Usd(5)).unwrap();
		Registry::do_try_state().unwrap();
		corrupt(operator);
		let error = format!("{:?}", Registry::do_try_state().unwrap_err());
		assert!(error.contains(&format!("operators: invariant {number},")), "{error}");
	});
}

#[test]
fn a_pot_that_holds_too_little() {
	broken(1, |operator| set(operator, |record| record.collateral += 1));
	broken(1, |_| Balances::force_set_balance(RuntimeOrigin::root(), Registry::pot(), PER_GPU).unwrap());
	broken(1, |operator| set(operator, |record| record.collateral = u128::MAX));
}

#[test]
fn agents_that_are_not_those_of_the_records() {
	broken(2, |_| AgentOf::<Test>::remove(AGENT));
	broken(2, |operator| AgentOf::<Test>::insert(12, operator));
	broken(2, |_| AgentOf::<Test>::insert(AGENT, OperatorId::default()));
}

#[test]
fn owners_lists_that_are_not_those_of_the_records() {
	broken(3, |operator| OwnedBy::<Test>::remove(OWNER, operator));
	broken(3, |operator| OwnedBy::<Test>::insert(2, operator, ()));
	broken(3, |_| OwnedCount::<Test>::insert(OWNER, 2));
	broken(3, |_| OwnedCount::<Test>::insert(2, 0));
}

#[test]
fn open_work_that_is_not_what_is_booked() {
	broken(4, |operator| set(operator, |record| record.open_work = 2));
	broken(4, |operator| set(operator, |record| record.exposure = Usd(4)));
	broken(4, |operator| Exposures::<Test>::remove(operator, work(1)));
	broken(4, |_| Exposures::<Test>::insert(OperatorId::default(), work(2), Usd(0)));
	broken(4, |operator| {
		(2..6).for_each(|number| Exposures::<Test>::insert(operator, work(number), Usd(0)));
		set(operator, |record| record.open_work = 5);
	});
}

#[test]
fn status_and_collateral_that_do_not_fit() {
	// With work open.
	broken(5, |operator| {
		Registry::drain(signed(AGENT), operator).unwrap();
		Registry::do_try_state().unwrap();
		set(operator, |record| record.unbonding = Some(0));
	});
	// While it serves.
	broken(5, |operator| {
		Registry::free_exposure(&operator, work(1));
		set(operator, |record| record.unbonding = Some(0));
	});
}

#[test]
fn a_table_that_does_not_say_what_it_is() {
	broken(6, |_| Classes::<Test>::insert(name("H100"), class("H200")));
	broken(6, |_| Classes::<Test>::insert(name("L4"), HardwareClass { memory_gb: 0, ..class("L4") }));
	broken(6, |_| Classes::<Test>::remove(name("H100")));
	broken(6, |_| {
		for number in 0..MAX_CLASSES {
			let class = class(&format!("X{number}"));
			Classes::<Test>::insert(class.name.clone(), class);
		}
	});
}

#[test]
fn a_record_that_nobody_could_register() {
	broken(7, |operator| set(operator, |record| record.gpus = 0));
	broken(7, |operator| set(operator, |record| record.gpus = MAX_GPUS + 1));
	broken(7, |operator| set(operator, |record| record.uplink_gbps = 9));
	broken(7, |operator| set(operator, |record| record.region = region("")));
	broken(7, |operator| set(operator, |record| record.endpoint = endpoint("")));
}

#[test]
fn a_record_of_nobody_and_one_that_is_gone_and_still_there() {
	broken(8, |_| Records::<Test>::insert(OperatorId::default(), Record::default()));
	broken(8, |_| LastCase::<Test>::insert(OperatorId::default(), Offence::Downtime, 0));
	broken(8, |operator| Former::<Test>::insert(operator, OWNER));
	broken(8, |_| FormerOf::<Test>::insert(OWNER, OperatorId::default(), ()));
}

#[test]
fn a_status_that_its_bar_does_not_explain() {
	let bar = |until| {
		let mut bars = Bars::default();
		bars.add(Bar { case: None, until }, 0);
		bars
	};
	let rest = |operator| {
		Registry::drain(signed(AGENT), operator).unwrap();
		Registry::do_try_state().unwrap();
	};
	broken(5, |operator| set(operator, |record| record.bars = bar(5)));
	broken(5, |operator| {
		rest(operator);
		set_status(operator, OperatorStatus::Suspended);
	});
	broken(5, |operator| {
		rest(operator);
		set(operator, |record| (record.status, record.bars) = (OperatorStatus::Suspended, bar(Bar::FOREVER)));
	});
	broken(5, |operator| {
		rest(operator);
		set(operator, |record| (record.status, record.bars) = (OperatorStatus::Blacklisted, bar(5)));
	});
}

#[test]
fn a_roster_that_is_not_the_active_ones() {
	broken(9, |_| RosterSize::<Test>::put(2));
	broken(9, |_| Roster::<Test>::remove(0));
	broken(9, |_| Roster::<Test>::insert(0, OperatorId::default()));
	broken(9, |operator| {
		Roster::<Test>::swap(0, 1);
		set(operator, |record| record.place = Some(1));
	});
	broken(9, |operator| set(operator, |record| record.place = None));
	broken(9, |operator| set_status(operator, OperatorStatus::Pending));
	broken(9, |operator| {
		Roster::<Test>::remove(0);
		RosterSize::<Test>::put(0);
		set(operator, |record| record.place = None);
	});
}

/// With an open case of a tenth, number 0.
fn broken_case(number: u8, corrupt: impl FnOnce(OperatorId)) {
	broken(number, |operator| {
		accuse(operator, Offence::SlowResponses, 1);
		Registry::do_try_state().unwrap();
		corrupt(operator);
	});
}

fn set_case(change: impl FnOnce(&mut Case<AccountId>)) {
	Cases::<Test>::mutate_extant(0, change);
}

#[test]
fn a_case_that_is_not_where_it_is_looked_for() {
	broken_case(10, |_| NextCase::<Test>::put(0));
	broken_case(10, |_| CaseQueue::<Test>::remove(APPEAL, 0));
	broken_case(10, |_| set_case(|case| case.due += 1));
	broken_case(10, |_| CaseCursor::<Test>::put(APPEAL + 1));
	broken_case(10, |operator| Incidents::<Test>::remove(operator, incident(1)));
	broken_case(10, |operator| CasesOf::<Test>::remove(operator, 0));
	broken_case(10, |operator| CasesOf::<Test>::insert(operator, 1, ()));
	broken_case(10, |_| CaseQueue::<Test>::insert(APPEAL, 1, ()));
	let slashed = |left| CaseState::Slashed { taken: 5, value: Usd(0), left };
	broken_case(10, |_| set_case(|case| case.state = slashed(5)));
	broken_case(10, |operator| {
		CasesOf::<Test>::remove(operator, 0);
		set_case(|case| case.state = slashed(6));
	});
}

#[test]
fn what_is_set_aside_is_not_what_the_open_cases_take() {
	broken_case(11, |operator| set(operator, |record| record.frozen -= 1));
	broken_case(11, |operator| set(operator, |record| record.open_cases = 0));
	broken_case(11, |operator| set(operator, |record| record.forfeitures = 1));
	broken_case(11, |_| set_case(|case| case.taking = Taking::All));
	broken_case(11, |operator| {
		// More than anybody could open, each where it is looked for.
		for id in 1..5 {
			let case = Case { incident: incident(1 + u64::from(id)), ..Cases::<Test>::get(0).unwrap() };
			Incidents::<Test>::insert(operator, case.incident, id);
			CasesOf::<Test>::insert(operator, id, ());
			CaseQueue::<Test>::insert(case.due, id, ());
			Cases::<Test>::insert(id, case);
		}
		NextCase::<Test>::put(5);
		set(operator, |record| (record.open_cases, record.frozen) = (5, 5 * record.frozen));
	});
	broken_case(11, |operator| {
		// An open case of nobody.
		let nobody = OperatorId::default();
		set_case(|case| case.operator = nobody);
		Incidents::<Test>::insert(nobody, incident(1), 0);
		CasesOf::<Test>::remove(operator, 0);
		CasesOf::<Test>::insert(nobody, 0, ());
		set(operator, |record| (record.open_cases, record.frozen) = (0, 0));
	});
}

#[test]
fn an_offence_or_a_tier_that_nobody_could_set() {
	let too_dear = OffenceTerms { fraction: Ppm(MAX_JUDGED.0 + 1), ban: Ban::None, appeal: 1, pause: 0 };
	broken(12, |_| Offences::<Test>::insert(Offence::Downtime, too_dear));
	let tiers = |rows: &[(&str, u128)]| {
		let rows = rows.iter().map(|(name, stake)| tier(name, *stake, 200_000)).collect::<Vec<_>>();
		move |_| Tiers::<Test>::put(StakeTiers::truncate_from(rows))
	};
	broken(12, tiers(&[("", 1)]));
	broken(12, tiers(&[("Silver", 2), ("Gold", 1)]));
	broken(12, tiers(&[("Silver", 1), ("Gold", 1)]));
	broken(12, tiers(&[("Gold", 1), ("Gold", 2)]));
}
