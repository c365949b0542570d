//! Each invariant, broken: the check says its number.

use vektor_primitives::{traits::OperatorRegistry, OperatorId, OperatorStatus, Usd};

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
	let leave = |record: &mut Operator<AccountId>| {
		record.status = OperatorStatus::Draining;
		record.unbonding = Some(0);
	};
	// With work open.
	broken(5, |operator| set(operator, leave));
	broken(5, |operator| {
		Registry::free_exposure(&operator, work(1));
		set(operator, leave);
		Registry::do_try_state().unwrap();
		set_status(operator, OperatorStatus::Active);
	});
	broken(5, |operator| set(operator, |record| record.collateral = 0));
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
fn a_tally_of_nobody_and_one_that_is_gone_and_still_there() {
	broken(8, |_| Tallies::<Test>::insert(OperatorId::default(), Tally::default()));
	broken(8, |operator| Former::<Test>::insert(operator, OWNER));
	broken(8, |_| FormerOf::<Test>::insert(OWNER, OperatorId::default(), ()));
}
