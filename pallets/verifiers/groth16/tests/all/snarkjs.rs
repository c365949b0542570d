use serde_json::{json, Value};
use vektor_verifier_groth16::{
	snarkjs::{is_json, key, proof, publics, JsonError, Why, MAX_JSON},
	verify, Key, KeyError, Part,
};

use crate::fixture::flips;

const KEY: &[u8] = include_bytes!("../../vectors/snarkjs_mlp/vk.json");
const PROOF: &[u8] = include_bytes!("../../vectors/snarkjs_mlp/proof.json");
const PUBLICS: &[u8] = include_bytes!("../../vectors/snarkjs_mlp/public.json");

/// `json` with what `pointer` names replaced; nothing takes it away.
fn with(json: &[u8], pointer: &str, value: impl Into<Option<Value>>) -> Vec<u8> {
	let mut root: Value = serde_json::from_slice(json).unwrap();
	match value.into() {
		Some(value) => *root.pointer_mut(pointer).unwrap() = value,
		None => drop(root.as_object_mut().unwrap().remove(&pointer[1..]).unwrap()),
	}
	root.to_string().into_bytes()
}

fn field<T>(path: &str, why: Why) -> Result<T, JsonError> {
	Err(JsonError::Field { path: path.into(), why })
}

#[test]
fn the_vectors_hold() {
	let prepared = key(KEY).unwrap().to_prepared();
	assert_eq!(verify(&prepared, &publics(PUBLICS).unwrap(), &proof(PROOF).unwrap()), Ok(()));
}

#[test]
fn the_key_is_arkworks_own() {
	let key = key(KEY).unwrap();
	assert_eq!(Key::parse(&key.to_bytes(), 12), Ok(key.clone()));
	assert_eq!(key.to_bytes().len(), 232 + 32 * 13);
	assert_eq!(key.to_prepared().len(), 704 + 64 * 12);
}

#[test]
fn every_flipped_bit_of_the_bytes_is_refused() {
	let prepared = key(KEY).unwrap().to_prepared();
	let (publics, proof) = (publics(PUBLICS).unwrap(), proof(PROOF).unwrap());
	for flipped in flips(&proof) {
		assert!(verify(&prepared, &publics, &flipped).is_err());
	}
	for flipped in flips(&publics.concat()) {
		let publics: Vec<[u8; 32]> = flipped.chunks(32).map(|chunk| chunk.try_into().unwrap()).collect();
		assert!(verify(&prepared, &publics, &proof).is_err());
	}
}

#[test]
fn every_flipped_bit_of_the_json_is_refused() {
	let prepared = key(KEY).unwrap().to_prepared();
	let (good_publics, good_proof) = (publics(PUBLICS).unwrap(), proof(PROOF).unwrap());
	for flipped in flips(PROOF) {
		let holds = proof(&flipped).is_ok_and(|proof| verify(&prepared, &good_publics, &proof).is_ok());
		assert!(!holds, "{}", String::from_utf8_lossy(&flipped));
	}
	for flipped in flips(PUBLICS) {
		let holds = publics(&flipped).is_ok_and(|publics| verify(&prepared, &publics, &good_proof).is_ok());
		assert!(!holds, "{}", String::from_utf8_lossy(&flipped));
	}
}

#[test]
fn json_is_told_from_binary() {
	assert!([KEY, PROOF, PUBLICS, b" \n[]", b"{"].iter().all(|json| is_json(json)));
	let bytes = proof(PROOF).unwrap();
	assert!([&bytes[..], b"", b"\x7b\xff", b"12"].iter().all(|binary| !is_json(binary)));
}

#[test]
fn another_protocol_or_curve_is_refused() {
	assert_eq!(proof(&with(PROOF, "/protocol", json!("plonk"))), field("protocol", Why::Not("groth16")));
	assert_eq!(proof(&with(PROOF, "/curve", json!("bls12381"))), field("curve", Why::Not("bn128")));
	assert_eq!(key(&with(KEY, "/protocol", json!(1))), field("protocol", Why::Not("groth16")));
	assert_eq!(key(&with(KEY, "/curve", None)), field("curve", Why::Missing));
}

#[test]
fn the_count_of_publics_must_be_that_of_the_points() {
	for wrong in [json!(11), json!(13), json!(-1), json!("12"), json!(12.5), json!(null)] {
		assert_eq!(key(&with(KEY, "/nPublic", wrong)), field("nPublic", Why::NotTheCountOfIc));
	}
	assert_eq!(key(&with(KEY, "/IC", json!([]))), field("nPublic", Why::NotTheCountOfIc));
	assert_eq!(key(&with(KEY, "/IC", json!(vec![0; 130]))), field("IC", Why::NotAnArray));
	assert_eq!(key(&with(KEY, "/IC", json!("x"))), field("IC", Why::NotAnArray));
}

#[test]
fn numbers_must_be_decimal_and_below_the_order() {
	let order = "21888242871839275222246405745257275088696311157297823662689037894645226208583";
	let scalars = "21888242871839275222246405745257275088548364400416034343698204186575808495617";
	for wrong in [json!(""), json!("-1"), json!("+1"), json!("0x1"), json!("1_0"), json!("01"), json!(1), json!(null)] {
		assert_eq!(proof(&with(PROOF, "/pi_a/0", wrong.clone())), field("pi_a[0]", Why::NotDecimal));
		assert_eq!(publics(&with(PUBLICS, "/3", wrong)), field("[3]", Why::NotDecimal));
	}
	assert_eq!(proof(&with(PROOF, "/pi_b/1/0", json!(order))), field("pi_b[1][0]", Why::TooLarge));
	assert_eq!(publics(&with(PUBLICS, "/11", json!(scalars))), field("[11]", Why::TooLarge));
	assert_eq!(key(&with(KEY, "/IC/4/1", json!("9".repeat(10_000)))), field("IC[4][1]", Why::TooLarge));
}

#[test]
fn points_must_be_affine_and_on_their_curve() {
	assert_eq!(proof(&with(PROOF, "/pi_a/2", json!("0"))), field("pi_a[2]", Why::NotAffine));
	assert_eq!(proof(&with(PROOF, "/pi_b/2/1", json!("1"))), field("pi_b[2]", Why::NotAffine));
	assert_eq!(proof(&with(PROOF, "/pi_c/0", json!("1"))), field("pi_c", Why::NotOnCurve));
	assert_eq!(key(&with(KEY, "/IC/12/0", json!("1"))), field("IC[12]", Why::NotOnCurve));
	assert_eq!(key(&with(KEY, "/vk_beta_2/0/0", json!("1"))), field("vk_beta_2", Why::NotOnCurve));
	assert_eq!(proof(&with(PROOF, "/pi_a", json!(["1", "2"]))), field("pi_a", Why::NotAnArrayOf(3)));
	assert_eq!(proof(&with(PROOF, "/pi_b/0", json!(["1"]))), field("pi_b[0]", Why::NotAnArrayOf(2)));
	assert_eq!(proof(&with(PROOF, "/pi_a", json!(["0", "0", "1"]))), field("pi_a", Why::NotOnCurve));
}

#[test]
fn points_must_be_in_their_subgroup() {
	let point = crate::fixture::outside_the_subgroup();
	let pair = |element: ark_bn254::Fq2| json!([element.c0.to_string(), element.c1.to_string()]);
	let outside = json!([pair(point.x), pair(point.y), ["1", "0"]]);
	assert_eq!(proof(&with(PROOF, "/pi_b", outside)), field("pi_b", Why::NotInSubgroup));
}

#[test]
fn the_swapped_coefficients_of_ethereum_are_refused() {
	let root: Value = serde_json::from_slice(PROOF).unwrap();
	let swapped = |n: usize| json!([root["pi_b"][n][1], root["pi_b"][n][0]]);
	let json = with(PROOF, "/pi_b", json!([swapped(0), swapped(1), ["1", "0"]]));
	assert_eq!(proof(&json), field("pi_b", Why::NotOnCurve));
}

#[test]
fn a_key_of_a_skipped_second_phase_is_refused() {
	let root: Value = serde_json::from_slice(KEY).unwrap();
	let json = with(KEY, "/vk_delta_2", root["vk_gamma_2"].clone());
	assert_eq!(key(&json), Err(JsonError::Key(KeyError::Degenerate(Part::Gamma, Part::Delta))));
}

#[test]
fn what_is_no_json_or_too_long_is_refused() {
	assert!(matches!(proof(b"{"), Err(JsonError::Syntax(_))));
	assert!(matches!(publics(&[b'['; 1000]), Err(JsonError::Syntax(_))));
	assert_eq!(key(&vec![b' '; MAX_JSON + 1]), Err(JsonError::TooLong));
	assert_eq!(proof(b"[]"), field("protocol", Why::Missing));
	assert_eq!(publics(b"{}"), field("the file", Why::NotAnArray));
	assert_eq!(publics(&with(b"[]", "", json!(vec!["1"; 130]))), field("the file", Why::NotAnArray));
}

#[test]
fn errors_name_their_field() {
	let error = proof(&with(PROOF, "/pi_b/1/0", json!("x"))).unwrap_err();
	assert_eq!(error.to_string(), "pi_b[1][0] is not a string of decimal digits");
}
