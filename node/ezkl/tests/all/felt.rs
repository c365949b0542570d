use proptest::prelude::*;
use serde::Deserialize;
use vektor_ezkl::{felts, outputs, FeltError};

use crate::vectors::{self, order};

#[derive(Deserialize)]
struct Vector {
	value: f64,
	scale: i32,
	felt: String,
	back: f64,
}

#[test]
fn numbers_become_the_elements_that_ezkl_makes_of_them() {
	let vectors: Vec<Vector> = vectors::json("felts.json");
	assert!(vectors.len() > 150, "{}", vectors.len());
	for Vector { value, scale, felt, back } in vectors {
		let expected = vectors::felt(&felt);
		assert_eq!(felts(&[value], scale), Ok(vec![expected]), "{value} at {scale}");
		assert_eq!(outputs(&[expected], scale), Ok(vec![back]), "{felt} at {scale}");
	}
}

#[test]
fn what_is_no_number_of_the_field_is_refused_by_its_place() {
	assert_eq!(felts(&[0.0, f64::INFINITY], 7), Err(FeltError::NotFinite(1, f64::INFINITY)));
	assert!(matches!(felts(&[f64::NAN], 7), Err(FeltError::NotFinite(0, value)) if value.is_nan()));
	assert_eq!(felts(&[1.0, 1.0, 1e300], 7), Err(FeltError::TooLarge(2)));
	assert_eq!(felts(&[127f64.exp2()], 0), Err(FeltError::TooLarge(0)));
	assert_eq!(felts(&[1.0], 65), Err(FeltError::Scale(65)));
	assert_eq!(outputs(&[[0; 32]], i32::MIN + 1), Err(FeltError::Scale(i32::MIN + 1)));
}

#[test]
fn elements_that_stand_for_no_number_are_refused_by_their_place() {
	assert_eq!(outputs(&[[0; 32], order()], 7), Err(FeltError::NotCanonical(1)));
	assert_eq!(outputs(&[[255; 32]], 7), Err(FeltError::NotCanonical(0)));
	let mut middle = [0; 32];
	middle[0] = 0x18;
	assert_eq!(outputs(&[middle], 7), Err(FeltError::TooLarge(0)));
	let mut limit = [0; 32];
	limit[16] = 0x80;
	assert_eq!(outputs(&[limit], 0), Err(FeltError::TooLarge(0)));
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(512))]

	#[test]
	fn numbers_at_their_scale_come_back_as_they_were(integers in prop::collection::vec(-(1i64 << 52)..1 << 52, 0..20), scale in 0..30) {
		let values: Vec<f64> = integers.iter().map(|integer| *integer as f64 / f64::from(scale).exp2()).collect();
		prop_assert_eq!(outputs(&felts(&values, scale).unwrap(), scale), Ok(values));
	}

	#[test]
	fn rounding_moves_a_number_by_half_a_step_at_most(value in -1e6..1e6, scale in 0..20) {
		let back = outputs(&felts(&[value], scale).unwrap(), scale).unwrap()[0];
		prop_assert!((back - value).abs() <= f64::from(-scale - 1).exp2());
	}

	#[test]
	fn no_bytes_panic(bytes: [u8; 32], scale: i32) {
		let _ = outputs(&[bytes], scale);
	}
}
