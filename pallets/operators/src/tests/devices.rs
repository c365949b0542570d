//! Devices that an operator's enclaves have shown.

use frame_support::assert_ok;
use proptest::prelude::*;
use vektor_primitives::{
	traits::{DeviceSink, OperatorRegistry},
	Attested, Offence, Offer, OperatorId, Ppm, Usd,
};

use crate::{mock::*, *};

const LEAST: Ppm = Ppm(1_000_000);
const MOST: Ppm = Ppm(1_500_000);

/// So many devices, that count at the time of the tests and under what they trust.
fn attested(devices: u32) -> Attested {
	let (now, trust) = Trusted::get();
	Attested { devices, until: now + 10, trust }
}

/// An operator with so many GPUs and collateral for so many that serves.
fn fleet(gpus: u32, backed: u32) -> OperatorId {
	let (class, at) = (name("H100"), endpoint("http://127.0.0.1:9955"));
	let collateral = PER_GPU * u128::from(backed);
	assert_ok!(Registry::register(signed(OWNER), AGENT, class, gpus, region("eu-west"), 10, at, collateral));
	let operator = id(OWNER, 0);
	assert_ok!(Registry::activate(signed(AGENT), operator));
	operator
}

fn shown(operator: OperatorId, devices: u32) {
	<Registry as DeviceSink>::shown(&operator, attested(devices));
}

fn offered(operator: OperatorId) -> u32 {
	Offers::get()[&operator].attested.devices
}

fn hardware(operator: OperatorId) -> Ppm {
	Registry::hardware(&operator, LEAST, MOST)
}

#[test]
fn what_an_operator_shows_is_kept_and_offered_on_its_classs_terms() {
	ExtBuilder::build_and_execute(|| {
		let operator = fleet(4, 4);
		shown(operator, 2);
		assert_eq!(get(operator).attested, attested(2));
		let offer = Offer { attested: attested(2), weight: Ppm(1_500_000), price: Usd(2_500_000) };
		assert_eq!(Offers::get()[&operator], offer);
		shown(OperatorId::default(), 2);
		assert_eq!(Offers::get().len(), 1, "nobody shows nothing");
		let class = Classes::<Test>::get(name("H100")).unwrap();
		assert_ok!(Registry::set_class(RuntimeOrigin::root(), HardwareClass { enabled: false, ..class }));
		assert_eq!(hardware(operator), LEAST, "a closed class weighs nothing more");
		shown(operator, 2);
		assert_eq!(Offers::get()[&operator], Offer::default());
	});
}

#[test]
fn no_more_devices_are_offered_than_declared_and_than_the_collateral_stands_behind() {
	ExtBuilder::build_and_execute(|| {
		let operator = fleet(4, 1);
		shown(operator, 8);
		assert_eq!(offered(operator), 1);
		assert_ok!(Registry::bond_extra(signed(OWNER), operator, 2 * PER_GPU - 1));
		assert_eq!(offered(operator), 2);
		assert_ok!(Registry::bond_extra(signed(OWNER), operator, 1));
		assert_eq!(offered(operator), 3);
		assert_ok!(Registry::withhold(&operator, &STRANGER, PER_GPU));
		assert_eq!(offered(operator), 3, "what is earned in counts when it is shown again, or all there");
		shown(operator, 8);
		assert_eq!((offered(operator), get(operator).collateral / PER_GPU), (3, 3));
		assert_ok!(Registry::withhold(&operator, &STRANGER, PER_GPU));
		assert_eq!(offered(operator), 4);
	});
}

#[test]
fn who_comes_back_offers_what_it_has_shown() {
	ExtBuilder::build_and_execute(|| {
		let operator = fleet(2, 2);
		shown(operator, 2);
		assert_ok!(Registry::drain(signed(AGENT), operator));
		Offers::take();
		assert_ok!(Registry::activate(signed(AGENT), operator));
		assert_eq!(offered(operator), 2);
	});
}

#[test]
fn whoever_showed_devices_and_is_gone_is_still_paid_what_they_earned() {
	ExtBuilder::build_and_execute(|| {
		let operator = fleet(1, 1);
		shown(operator, 1);
		assert_ok!(Registry::drain(signed(AGENT), operator));
		assert_ok!(Registry::unbond(signed(OWNER), operator));
		pass_to(Now::get() + PERIOD);
		assert_ok!(Registry::withdraw_unbonded(signed(OWNER), operator));
		assert_eq!((Registry::payee(&operator), Operators::<Test>::get(operator)), (Some(OWNER), None));
	});
}

#[test]
fn a_slash_leaves_fewer_devices_backed() {
	ExtBuilder::build_and_execute(|| {
		let operator = fleet(2, 2);
		shown(operator, 2);
		let case = accuse(operator, Offence::Downtime, 1);
		pass_to(Cases::<Test>::get(case).unwrap().due + 1);
		assert_eq!(offered(operator), 1);
	});
}

#[test]
fn hardware_weighs_as_much_as_it_is_shown() {
	ExtBuilder::build_and_execute(|| {
		let operator = fleet(4, 4);
		assert_eq!(hardware(operator), LEAST);
		shown(operator, 1);
		assert_eq!(hardware(operator), Ppm(1_125_000));
		shown(operator, 9);
		assert_eq!(hardware(operator), MOST);
		assert_eq!(Registry::hardware(&operator, LEAST, Ppm(1_200_000)), Ppm(1_200_000), "at most the most");
		let (now, trust) = Trusted::get();
		Trusted::set((now + 11, trust));
		assert_eq!(hardware(operator), LEAST, "expired");
		Trusted::set((now, trust + 1));
		assert_eq!(hardware(operator), LEAST, "to be attested anew");
		assert_eq!(hardware(OperatorId::default()), LEAST, "nobody");
	});
}

proptest! {
	#[test]
	fn hardware_never_weighs_less_than_the_least_nor_more_than_the_most(
		gpus in 1..=MAX_GPUS, devices in 0..20u32, least in 1..4_000_000u32, above in 0..4_000_000u32,
	) {
		ExtBuilder::build_and_execute(|| {
			let operator = fleet(gpus, gpus);
			shown(operator, devices);
			let weighs = Registry::hardware(&operator, Ppm(least), Ppm(least + above));
			assert!((least..=least + above).contains(&weighs.0));
			assert!(offered(operator) <= gpus.min(devices));
		});
	}
}
