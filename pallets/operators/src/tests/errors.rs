//! The list of errors that no test raises is empty.

use scale_info::{TypeDef, TypeInfo};

use crate::{mock::Test, Error};

#[test]
fn every_error_is_raised_by_a_test() {
	let tests = [
		include_str!("activate.rs"),
		include_str!("bond_extra.rs"),
		include_str!("classes.rs"),
		include_str!("discipline.rs"),
		include_str!("drain.rs"),
		include_str!("earn.rs"),
		include_str!("exposure.rs"),
		include_str!("leave.rs"),
		include_str!("maintenance.rs"),
		include_str!("register.rs"),
		include_str!("roster.rs"),
		include_str!("standing.rs"),
		include_str!("update.rs"),
	]
	.concat();
	let raised: Vec<_> = tests
		.split("Error::<Test>::")
		.skip(1)
		.filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next())
		.collect();
	let TypeDef::Variant(errors) = Error::<Test>::type_info().type_def else { panic!("errors are variants") };
	let silent: Vec<_> = errors.variants.iter().map(|error| error.name).filter(|name| !raised.contains(name)).collect();
	assert!(silent.is_empty(), "no test raises {silent:?}");
}
