//! Who is active, without a gap.

use frame_support::assert_ok;
use vektor_primitives::{Offence, OperatorId};

use crate::{mock::*, *};

/// So many operators that serve, of owners 1 to 4.
fn fleet(size: u64) -> Vec<OperatorId> {
	let join = |owner: u64| {
		let operator = id(owner, Registrations::<Test>::get());
		assert_ok!(try_register(owner, 10 + owner, PER_GPU));
		assert_ok!(Registry::activate(signed(owner), operator));
		operator
	};
	(1..=size).map(join).collect()
}

fn roster() -> Vec<OperatorId> {
	let all: Vec<_> = (0..RosterSize::<Test>::get()).map(|place| Roster::<Test>::get(place).unwrap()).collect();
	assert_eq!(Roster::<Test>::iter().count(), all.len());
	all.iter().enumerate().for_each(|(place, operator)| assert_eq!(get(*operator).place, Some(place as u32)));
	all
}

#[test]
fn whoever_starts_stands_at_the_end_and_whoever_stops_is_replaced_by_the_last() {
	ExtBuilder::build_and_execute(|| {
		let all = fleet(4);
		assert_eq!(roster(), all);
		assert_ok!(Registry::drain(signed(2), all[1]));
		assert_eq!(roster(), [all[0], all[3], all[2]]);
		assert_eq!(get(all[1]).place, None);
		assert_ok!(Registry::drain(signed(3), all[2]));
		assert_eq!(roster(), [all[0], all[3]]);
		assert_ok!(Registry::activate(signed(2), all[1]));
		assert_eq!(roster(), [all[0], all[3], all[1]]);
		assert_ok!(Registry::drain(signed(1), all[0]));
		assert_eq!(roster(), [all[1], all[3]]);
		assert_ok!(Registry::drain(signed(4), all[3]));
		assert_ok!(Registry::drain(signed(2), all[1]));
		assert_eq!(roster(), []);
	});
}

#[test]
fn a_bar_takes_an_operator_out_once() {
	ExtBuilder::build_and_execute(|| {
		let all = fleet(3);
		accuse(all[0], Offence::NetworkAttack, 1);
		assert_eq!(roster(), [all[2], all[1]]);
		assert_ok!(Registry::blacklist(RuntimeOrigin::root(), all[0]));
		assert_eq!(roster(), [all[2], all[1]]);
		// One that is not active leaves nobody's place.
		assert_ok!(Registry::drain(signed(2), all[1]));
		assert_ok!(Registry::blacklist(RuntimeOrigin::root(), all[1]));
		assert_eq!(roster(), [all[2]]);
		// A pardon brings nobody back by itself.
		assert_ok!(Registry::pardon(RuntimeOrigin::root(), 1, Some(all[0])));
		assert_eq!(roster(), [all[2]]);
		assert_ok!(Registry::activate(signed(1), all[0]));
		assert_eq!(roster(), [all[2], all[0]]);
	});
}

#[test]
fn an_accusation_without_a_ban_takes_nobody_out() {
	ExtBuilder::build_and_execute(|| {
		let all = fleet(2);
		accuse(all[0], Offence::Downtime, 1);
		pass_to(APPEAL + 1);
		assert_eq!(roster(), all);
	});
}
