//! The table of hardware classes.

use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;
use vektor_primitives::{Balance, Ineligible, Ppm};

use crate::{mock::*, *};

fn set_class(class: HardwareClass) -> sp_runtime::DispatchResult {
	Registry::set_class(RuntimeOrigin::root(), class)
}

#[test]
fn a_class_is_added_and_operators_of_it_join() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(set_class(class("H200")));
		assert_eq!(last_event(), Event::ClassSet { class: class("H200") }.into());
		assert_eq!(Classes::<Test>::get(name("H200")), Some(class("H200")));
		assert_eq!(Classes::<Test>::count(), 4);
	});
}

#[test]
fn dearer_or_closed_hardware_stops_new_work_and_takes_nothing() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_ok!(set_class(HardwareClass { collateral_per_gpu: 5 * PER_GPU, ..class("H100") }));
		assert_eq!(Registry::ineligible(&operator), Some(Ineligible::CollateralTooLow));
		assert_eq!(Registry::required(&get(operator)), 5 * PER_GPU);
		assert_ok!(set_class(HardwareClass { enabled: false, ..class("H100") }));
		assert_eq!(Registry::ineligible(&operator), Some(Ineligible::HardwareTooSmall));
		assert_eq!(get(operator).collateral, PER_GPU);
		assert_ok!(set_class(class("H100")));
		assert_eq!(Registry::ineligible(&operator), None);
	});
}

#[test]
fn a_collateral_that_does_not_fit_is_asked_as_more_than_anyone_has() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		set(operator, |record| record.gpus = 2);
		assert_ok!(set_class(HardwareClass { collateral_per_gpu: Balance::MAX, ..class("H100") }));
		assert_eq!(Registry::required(&get(operator)), Balance::MAX);
	});
}

#[test]
fn only_the_admin_sets_classes() {
	ExtBuilder::build_and_execute(|| {
		assert_noop!(Registry::set_class(signed(OWNER), class("RTX-4090")), BadOrigin);
	});
}

#[test]
fn terms_that_make_no_sense_are_refused() {
	ExtBuilder::build_and_execute(|| {
		let fine = class("H100");
		for bad in [
			HardwareClass { name: name(""), ..fine.clone() },
			HardwareClass { name: name("H 100"), ..fine.clone() },
			HardwareClass { memory_gb: 0, ..fine.clone() },
			HardwareClass { multiplier: Ppm(0), ..fine.clone() },
			HardwareClass { collateral_per_gpu: 0, ..fine },
		] {
			assert_noop!(set_class(bad), Error::<Test>::InvalidClass);
		}
	});
}

#[test]
fn a_full_table_takes_changes_and_no_more_classes() {
	ExtBuilder::build_and_execute(|| {
		for number in Classes::<Test>::count()..MAX_CLASSES {
			assert_ok!(set_class(class(&format!("X{number}"))));
		}
		assert_noop!(set_class(class("one-more")), Error::<Test>::TooManyClasses);
		assert_ok!(set_class(HardwareClass { memory_gb: 94, ..class("H100") }));
	});
}
