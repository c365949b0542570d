//! The list of errors that no test raises is empty.

use scale_info::{TypeDef, TypeInfo};

use crate::{mock::Test, Error};

#[test]
fn every_error_is_raised_by_a_test() {
	let tests = [
		include_str!("challenge.rs"),
		include_str!("register.rs"),
		include_str!("retire.rs"),
		include_str!("set_price.rs"),
	]
	.concat()
	.replace("Error::<Test>::", "Error::");
	let raised: Vec<_> =
		tests.split("Error::").skip(1).filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next()).collect();
	let TypeDef::Variant(errors) = Error::<Test>::type_info().type_def else { panic!("errors are variants") };
	let names = errors.variants.iter().map(|error| error.name);
	let silent: Vec<_> = names.filter(|name| !raised.contains(name)).collect();
	assert!(silent.is_empty(), "no test raises {silent:?}");
}
