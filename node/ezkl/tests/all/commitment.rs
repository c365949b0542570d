use proptest::prelude::*;
use rand::{rngs::StdRng, SeedableRng};
use serde::Deserialize;
use vektor_ezkl::{felts, poseidon, Commitment, CommitmentError, FeltError, Salt, Settings, Visibility, MIN_SALT_BITS};

use crate::vectors::{felt, json, settings};

/// An image that ezkl hashed: the model's scale is 13, its pixels are divided by 16.
#[derive(Deserialize)]
struct Hashed {
	pixels: Vec<u8>,
	instances: Vec<String>,
}

fn rng() -> StdRng {
	StdRng::seed_from_u64(7)
}

fn image() -> (Vec<f64>, Hashed) {
	let hashed: Hashed = json("ezkl_hash.json");
	(hashed.pixels.iter().map(|pixel| f64::from(*pixel) / 16.0).collect(), hashed)
}

fn refused(features: &[f64], settings: &Settings) -> CommitmentError {
	Commitment::new(features, &Salt::none(), settings).unwrap_err()
}

#[test]
fn a_commitment_is_instance_0_of_the_proof_that_ezkl_made() {
	let (features, hashed) = image();
	let commitment = Commitment::new(&features, &Salt::none(), &settings("ezkl_hash")).unwrap();
	assert_eq!(commitment.hash, felt(&hashed.instances[0]));
	assert_eq!(commitment.felts, felts(&features, 13).unwrap());
}

#[test]
fn the_operator_computes_the_same_from_the_input_file() {
	let (features, _) = image();
	let settings = settings("ezkl_salt");
	let salt = Salt::random(&mut rng(), features.len(), &settings).unwrap();
	let made = Commitment::new(&features, &salt, &settings).unwrap();
	assert_eq!(made.felts.len(), 80);
	assert_eq!(made.hash, poseidon(&made.felts).unwrap());
	assert_eq!(Commitment::open(made.input_json.as_bytes(), &settings).unwrap(), made);
	assert!(made.input_json.starts_with(r#"{"input_data":[[0.0,"#), "{}", made.input_json);
}

#[test]
fn salt_fills_the_features_that_are_left_and_differs_each_time() {
	let settings = settings("ezkl_salt");
	let mut rng = rng();
	let [one, other] = [(); 2].map(|()| Salt::random(&mut rng, 64, &settings).unwrap());
	assert_eq!((one.len(), one.is_empty()), (16, false));
	assert_ne!(one, other);
	let (features, _) = image();
	let hash = |salt| Commitment::new(&features, &salt, &settings).unwrap().hash;
	assert_ne!(hash(one), hash(other));
	assert_eq!((Salt::none().len(), Salt::none().is_empty()), (0, true));
}

#[test]
fn salt_that_could_be_guessed_is_refused() {
	let mut settings = settings("ezkl_salt");
	let weak = |features, settings: &Settings| match Salt::random(&mut rng(), features, settings) {
		Err(CommitmentError::WeakSalt { features, scale, bits }) => (features, scale, bits),
		other => panic!("{other:?}"),
	};
	assert_eq!(weak(73, &settings), (7, 13, 91));
	assert_eq!(weak(80, &settings), (0, 13, 0));
	settings.input_scales = vec![6];
	assert_eq!(weak(64, &settings), (16, 6, 96));
	settings.input_scales = vec![-3];
	assert_eq!(weak(64, &settings), (16, -3, 0));
	settings.input_scales = vec![60];
	assert_eq!(weak(76, &settings), (4, 60, 96));
	settings.input_scales = vec![7];
	assert!(16 * 7 >= MIN_SALT_BITS && Salt::random(&mut rng(), 64, &settings).is_ok());
	assert!(matches!(Salt::random(&mut rng(), 81, &settings), Err(CommitmentError::Count { got: 81, wanted: 80 })));
	settings.features = None;
	assert!(matches!(Salt::random(&mut rng(), 64, &settings), Err(CommitmentError::UnknownCount)));
}

#[test]
fn another_number_of_features_is_refused() {
	let settings = settings("ezkl_salt");
	assert!(matches!(refused(&[0.0; 64], &settings), CommitmentError::Count { got: 64, wanted: 80 }));
	assert!(matches!(refused(&[0.0; 81], &settings), CommitmentError::Count { got: 81, wanted: 80 }));
}

#[test]
fn a_model_that_hashes_no_single_input_has_no_commitments() {
	assert!(matches!(refused(&[0.0; 64], &settings("ezkl_mlp")), CommitmentError::InputNotHashed(Visibility::Private)));
	let mut two = settings("ezkl_hash");
	two.input_scales.push(13);
	assert!(matches!(refused(&[0.0; 64], &two), CommitmentError::InputTensors(2)));
	assert!(matches!(Salt::random(&mut rng(), 64, &two), Err(CommitmentError::InputTensors(2))));
}

#[test]
fn a_number_that_the_models_type_would_change_is_refused() {
	let mut settings = settings("ezkl_hash");
	let mut features = [0.0; 64];
	// At scale 13, 2^24 + 1 steps: one bit more than a 32-bit float has.
	features[5] = 2048.0 + 1.0 / 8192.0;
	let inexact = |features: &[f64], settings: &Settings| match refused(features, settings) {
		CommitmentError::Inexact { index, kind, .. } => (index, kind),
		other => panic!("{other:?}"),
	};
	assert_eq!(inexact(&features, &settings), (5, "F32".into()));
	settings.input_types = vec!["F64".into()];
	assert!(Commitment::new(&features, &Salt::none(), &settings).is_ok());
	settings.input_types = vec!["Int".into()];
	assert_eq!(inexact(&features, &settings), (5, "Int".into()));
	features[5] = 2.0;
	assert!(Commitment::new(&features, &Salt::none(), &settings).is_ok());
	settings.input_types = vec!["Bool".into()];
	assert_eq!(inexact(&features, &settings), (5, "Bool".into()));
	settings.input_types = vec!["F16".into()];
	assert_eq!(inexact(&features, &settings), (0, "F16".into()));
}

#[test]
fn features_that_are_no_numbers_are_refused() {
	let mut features = [0.0; 64];
	features[9] = f64::NAN;
	assert!(matches!(
		refused(&features, &settings("ezkl_hash")),
		CommitmentError::Felt(FeltError::NotFinite(9, value)) if value.is_nan()
	));
}

#[test]
fn an_input_file_of_another_form_is_refused() {
	let settings = settings("ezkl_hash");
	let open = |json: &str| Commitment::open(json.as_bytes(), &settings).unwrap_err();
	for json in ["", "[]", r#"{"input_data":[["00"]]}"#, r#"{"input_data":[[0]],"output_data":[[1]]}"#] {
		assert!(matches!(open(json), CommitmentError::Json(_)), "{json}");
	}
	assert!(matches!(open(r#"{"input_data":[]}"#), CommitmentError::Lists(0)));
	assert!(matches!(open(r#"{"input_data":[[1],[2]]}"#), CommitmentError::Lists(2)));
	assert!(matches!(open(r#"{"input_data":[[1]]}"#), CommitmentError::Count { got: 1, wanted: 64 }));
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn what_is_committed_is_what_is_sent_whatever_the_features(features in prop::collection::vec(-500f64..500.0, 64)) {
		let settings = settings("ezkl_hash");
		let made = Commitment::new(&features, &Salt::none(), &settings).unwrap();
		let opened = Commitment::open(made.input_json.as_bytes(), &settings).unwrap();
		prop_assert_eq!(opened, made);
	}
}
