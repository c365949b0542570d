use serde_json::{json, Value};
use vektor_verifier_ezkl::{
	files::{proof, words, FileError, Why, MAX_JSON},
	MAX_PROOF,
};

use crate::vector::no_lookup;

const KEY: &[u8] = include_bytes!("../../vectors/ezkl_no_lookup/vka");
const PROOF: &[u8] = include_bytes!("../../vectors/ezkl_no_lookup/proof.json");

fn changed(change: impl FnOnce(&mut Value)) -> Vec<u8> {
	let mut json = serde_json::from_slice(PROOF).unwrap();
	change(&mut json);
	serde_json::to_vec(&json).unwrap()
}

fn refusal(path: &str, why: Why) -> FileError {
	FileError::Field { path: path.into(), why }
}

#[test]
fn the_files_of_ezkl_are_the_bytes_of_the_vector() {
	let vector = no_lookup();
	assert_eq!(words(KEY), Ok(&vector.key[..]));
	assert_eq!(words(&vector.key), Ok(&vector.key[..]));
	assert_eq!(proof(PROOF), Ok((vector.proof, vector.instances)));
}

#[test]
fn a_key_whose_count_is_wrong_is_refused() {
	let mut more = KEY.to_vec();
	more[0] += 1;
	for file in [&more[..], &KEY[..KEY.len() - 32], &KEY[..KEY.len() - 1], &[0; 7], &[0xff; 8], &[1; 33]] {
		assert_eq!(words(file), Err(FileError::NotWords));
	}
	assert_eq!(words(&[0; 8]), Ok(&[][..]));
}

#[test]
fn either_form_of_the_proof_is_enough() {
	let vector = no_lookup();
	for name in ["proof", "hex_proof"] {
		for change in [
			changed(|json| json[name] = Value::Null),
			changed(|json| {
				json.as_object_mut().unwrap().remove(name);
			}),
		] {
			assert_eq!(proof(&change).unwrap().0, vector.proof);
		}
	}
	let neither = changed(|json| (json["proof"], json["hex_proof"]) = (Value::Null, Value::Null));
	assert_eq!(proof(&neither), Err(refusal("hex_proof", Why::Missing)));
}

#[test]
fn two_proofs_in_one_file_are_refused() {
	let other = changed(|json| json["proof"][0] = json!((json["proof"][0].as_u64().unwrap() + 1) % 256));
	assert_eq!(proof(&other), Err(refusal("proof", Why::Disagrees)));
}

#[test]
fn what_is_no_proof_is_refused() {
	for value in [json!("00"), json!("0x0"), json!("0xzz"), json!(7), json!([0])] {
		assert_eq!(proof(&changed(|json| json["hex_proof"] = value)), Err(refusal("hex_proof", Why::NotHex)));
	}
	for value in [json!([256]), json!([-1]), json!("0x00"), json!([1.5])] {
		let change = changed(|json| (json["hex_proof"], json["proof"]) = (Value::Null, value));
		assert_eq!(proof(&change), Err(refusal("proof", Why::NotBytes)));
	}
}

#[test]
fn instances_are_one_column_of_numbers_below_the_order() {
	let order = "010000f093f5e1439170b97948e833285d588181b64550b829a031e1724e6430";
	for (value, path, why) in [
		(Value::Null, "instances", Why::Missing),
		(json!("00"), "instances", Why::NotOneColumn),
		(json!([[], []]), "instances", Why::NotOneColumn),
		(json!([7]), "instances", Why::NotOneColumn),
		(json!([[7]]), "instances[0][0]", Why::NotAnInstance),
		(json!([["00".repeat(32), "00".repeat(31)]]), "instances[0][1]", Why::NotAnInstance),
		(json!([["zz".repeat(32)]]), "instances[0][0]", Why::NotAnInstance),
		(json!([[order]]), "instances[0][0]", Why::TooLarge),
	] {
		assert_eq!(proof(&changed(|json| json["instances"] = value)), Err(refusal(path, why)));
	}
	for none in [json!([]), json!([[]])] {
		assert_eq!(proof(&changed(|json| json["instances"] = none)).unwrap().1, Vec::<[u8; 32]>::new());
	}
}

#[test]
fn what_is_not_json_or_too_long_is_refused() {
	assert!(matches!(proof(b"{"), Err(FileError::Syntax(_))));
	assert_eq!(proof(b"[]"), Err(refusal("hex_proof", Why::Missing)));
	assert_eq!(proof(&vec![b' '; MAX_JSON + 1]), Err(FileError::TooLong));
}

#[test]
fn the_longest_proof_fits_a_file() {
	let bytes = vec![255u8; MAX_PROOF];
	let hex = format!("0x{}", "ff".repeat(MAX_PROOF));
	let column = vec!["00".repeat(32); 256];
	let file = serde_json::to_vec(&json!({ "instances": [column], "proof": bytes, "hex_proof": hex }));
	assert_eq!(proof(&file.unwrap()).unwrap().0, bytes);
}
