//! The list of errors that no test raises is empty.

use scale_info::{TypeDef, TypeInfo};

use crate::{mock::Test, Error, Refusal};

fn raised_by(tests: &str, prefix: &str) -> Vec<String> {
	let name = |rest: &str| rest.split(|c: char| !c.is_alphanumeric()).next().map(String::from);
	tests.split(prefix).skip(1).filter_map(name).collect()
}

fn silent<E: TypeInfo + 'static>(prefix: &str) -> Vec<&'static str> {
	let tests = [include_str!("sessions.rs"), include_str!("trust.rs")].concat().replace("Error::<Test>::", "Error::");
	let raised = raised_by(&tests, prefix);
	let TypeDef::Variant(errors) = E::type_info().type_def else { panic!("errors are variants") };
	errors.variants.iter().map(|error| error.name).filter(|name| !raised.iter().any(|raised| raised == name)).collect()
}

#[test]
fn every_error_and_every_refusal_is_raised_by_a_test() {
	assert_eq!(silent::<Error<Test>>("Error::"), Vec::<&str>::new());
	assert_eq!(silent::<Refusal>("Refusal::"), Vec::<&str>::new());
}
