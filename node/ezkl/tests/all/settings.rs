use proptest::prelude::*;
use serde_json::{json, Value};
use vektor_ezkl::{Refusal, Settings, SettingsError, Visibility};

use crate::vectors::{bytes, json as read, settings};

/// The settings of the salted model with one field, named by its pointer, changed.
fn changed(pointer: &str, value: Value) -> Settings {
	let mut file: Value = read("ezkl_salt.settings.json");
	*file.pointer_mut(pointer).unwrap() = value;
	Settings::parse(file.to_string().as_bytes()).unwrap()
}

#[test]
fn real_settings_are_read() {
	let salt = settings("ezkl_salt");
	assert_eq!((salt.version.as_str(), salt.logrows, salt.outputs(), salt.lookups), ("23.0.5", 15, 10, 0));
	assert_eq!(
		(&salt.input, &salt.params, &salt.output),
		(&Visibility::Hashed, &Visibility::Fixed, &Visibility::Public)
	);
	assert_eq!((&salt.input_scales[..], &salt.output_scales[..]), (&[13][..], &[13][..]));
	assert_eq!(salt.input_types, ["F32"]);
	assert_eq!((salt.features, settings("ezkl_hash").features), (Some(64 + 16), Some(64)));
	assert_eq!(changed("/required_lookups", json!([{ "Sigmoid": { "scale": 2048.0 } }])).lookups, 1);
}

#[test]
fn a_hashed_model_with_fixed_weights_and_public_outputs_is_not_refused() {
	assert_eq!(settings("ezkl_salt").refusals(), []);
	assert_eq!(settings("ezkl_hash").refusals(), []);
}

#[test]
fn a_model_whose_input_is_private_is_refused() {
	let mlp = settings("ezkl_mlp");
	assert_eq!(mlp.refusals(), [Refusal::InputNotHashed(Visibility::Private)]);
	assert_eq!(mlp.features, None);
}

#[test]
fn every_other_setting_that_the_chain_refuses_is_named() {
	let hashed = |public: bool, outlets: Value| json!({ "Hashed": { "hash_is_public": public, "outlets": outlets } });
	for (pointer, value, expected) in [
		("/version", json!("22.2.1"), Refusal::Version("22.2.1".into())),
		("/run_args/input_visibility", json!("Public"), Refusal::InputNotHashed(Visibility::Public)),
		("/run_args/input_visibility", hashed(false, json!([])), Refusal::InputNotHashed(Visibility::HashedWithin)),
		("/run_args/input_visibility", hashed(true, json!([0])), Refusal::InputNotHashed(Visibility::HashedWithin)),
		("/run_args/input_visibility", json!("KZGCommit"), {
			Refusal::InputNotHashed(Visibility::Other("\"KZGCommit\"".into()))
		}),
		("/run_args/input_visibility", json!({ "Encrypted": {} }), {
			Refusal::InputNotHashed(Visibility::Other("Encrypted".into()))
		}),
		("/run_args/param_visibility", json!("Private"), Refusal::ParamsNotFixed(Visibility::Private)),
		("/run_args/output_visibility", json!("Fixed"), Refusal::OutputsNotPublic(Visibility::Fixed)),
		("/model_input_scales", json!([13, 13]), Refusal::InputTensors(2)),
		("/model_input_scales", json!([]), Refusal::InputTensors(0)),
		("/model_output_scales", json!([13, 12]), Refusal::OutputScales(2)),
		("/model_output_scales", json!([]), Refusal::NoOutputs),
		("/model_instance_shapes", json!([]), Refusal::NoOutputs),
		("/model_instance_shapes", json!([[1, 128], [128]]), Refusal::Instances(257)),
		("/model_instance_shapes", json!([[usize::MAX, usize::MAX], [1]]), Refusal::Instances(usize::MAX)),
		("/run_args/logrows", json!(25), Refusal::Rows(25)),
	] {
		assert_eq!(changed(pointer, value).refusals(), [expected], "{pointer}");
	}
	assert_eq!(changed("/model_instance_shapes", json!([[1, 255]])).refusals(), []);
	assert_eq!(changed("/model_output_scales", json!([13, 13])).refusals(), []);
	assert_eq!(changed("/run_args/logrows", json!(24)).refusals(), []);
}

#[test]
fn refusals_say_what_to_do() {
	let said = settings("ezkl_mlp").refusals()[0].to_string();
	assert!(said.contains("its input is private") && said.contains("--input-visibility hashed"), "{said}");
}

#[test]
fn a_hash_of_another_size_tells_no_number_of_features() {
	assert_eq!(changed("/module_sizes/poseidon", json!([3283, [1]])).features, None);
	assert_eq!(changed("/module_sizes/poseidon", json!([1, [1]])).features, None);
	assert_eq!(changed("/module_sizes/poseidon", json!([3282, [2]])).features, None);
}

#[test]
fn what_ezkl_does_not_write_is_no_settings() {
	assert!(matches!(Settings::parse(b"{}"), Err(SettingsError::Json(_))));
	assert!(
		matches!(Settings::parse(&vec![b' '; (1 << 20) + 1]), Err(SettingsError::TooLong(length)) if length == (1 << 20) + 1)
	);
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn no_change_of_bytes_panics(at in any::<prop::sample::Index>(), byte: u8) {
		let mut file = bytes("ezkl_salt.settings.json");
		let at = at.index(file.len());
		file[at] = byte;
		if let Ok(settings) = Settings::parse(&file) {
			let _ = settings.refusals();
		}
	}
}
