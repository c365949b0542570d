use ark_bn254::Fr;
use ark_ff::{BigInteger, PrimeField};
use proptest::prelude::*;
use serde::Deserialize;
use vektor_ezkl::{felts, poseidon, Felt, FeltError};

use crate::vectors::{self, felt, order};

#[derive(Deserialize)]
struct List {
	felts: Vec<String>,
	hash: String,
}

#[derive(Deserialize)]
struct Powers {
	length: usize,
	hash: String,
}

#[derive(Deserialize)]
struct Vectors {
	lists: Vec<List>,
	powers_of_seven: Vec<Powers>,
}

fn powers(length: usize) -> Vec<Felt> {
	let seven = Fr::from(7u64);
	let powers = std::iter::successors(Some(seven), |power| Some(*power * seven)).take(length);
	powers.map(|power| power.into_bigint().to_bytes_be().try_into().unwrap()).collect()
}

#[test]
fn lists_have_the_hashes_that_ezkl_computes() {
	let Vectors { lists, powers_of_seven } = vectors::json("poseidon.json");
	assert!(lists.len() > 10 && powers_of_seven.len() > 45);
	for List { felts, hash } in lists {
		let list: Vec<Felt> = felts.iter().map(|each| felt(each)).collect();
		assert_eq!(poseidon(&list), Ok(felt(&hash)), "{felts:?}");
	}
	for Powers { length, hash } in powers_of_seven {
		assert_eq!(poseidon(&powers(length)), Ok(felt(&hash)), "of {length} elements");
	}
}

#[test]
fn nothing_hashes_to_zero_and_bytes_that_are_no_element_are_refused() {
	assert_eq!(poseidon(&[]), Ok([0; 32]));
	assert_eq!(poseidon(&[[0; 32], order()]), Err(FeltError::NotCanonical(1)));
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn every_element_its_place_and_the_count_matter(values in prop::collection::vec(-1000f64..1000.0, 2..12), at in any::<prop::sample::Index>()) {
		let list = felts(&values, 7).unwrap();
		let hash = poseidon(&list);
		let at = at.index(list.len());
		let mut changed = list.clone();
		changed[at][31] ^= 1;
		prop_assert_ne!(&poseidon(&changed), &hash);
		let mut longer = list.clone();
		longer.push([0; 32]);
		prop_assert_ne!(&poseidon(&longer), &hash);
		let mut turned = list.clone();
		turned.rotate_left(1);
		prop_assert_eq!(poseidon(&turned) == hash, turned == list);
	}
}
