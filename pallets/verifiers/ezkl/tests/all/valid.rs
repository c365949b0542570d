use vektor_verifier_ezkl::{verify, Error, Key, Scaled, Shape, Srs};

use crate::vector::all;

#[test]
fn every_proof_that_ezkl_made_holds_under_its_own_key_and_no_other() {
	let vectors = all();
	for key in &vectors {
		for proof in &vectors {
			let said = verify(&key.key, &key.srs(), &proof.instances, &proof.proof);
			if key.name == proof.name {
				assert_eq!(said, Ok(()), "{}", key.name);
			} else if proof.name == "ezkl_salt" && key.name == "ezkl_hash"
				|| proof.name == "ezkl_hash" && key.name == "ezkl_salt"
			{
				assert_eq!(said, Err(Error::DoesNotHold), "the same form, another model");
			} else {
				assert!(matches!(said, Err(Error::InstanceCount | Error::ProofLength)), "{} {said:?}", key.name);
			}
		}
	}
}

#[test]
fn a_key_says_what_its_proofs_look_like_and_cost() {
	let shape = |k, instances, proof_length, points, evaluations, operations, hashes, scaled: &[(u32, i16)]| Shape {
		k,
		instances,
		proof_length,
		points,
		evaluations,
		operations,
		hashes,
		scaled: scaled.iter().map(|(count, scale)| Scaled { count: *count, scale: *scale }).collect(),
	};
	let expected = [
		("ezkl_mlp", shape(15, 10, 3072, 45, 48, 455, 0, &[(10, 13)])),
		("ezkl_hash", shape(15, 11, 3840, 58, 64, 655, 1, &[(10, 13)])),
		("ezkl_salt", shape(15, 11, 3840, 58, 64, 655, 1, &[(10, 13)])),
		("ezkl_conv", shape(15, 4, 5504, 80, 92, 851, 1, &[(3, 13)])),
		("ezkl_frei", shape(14, 128, 5728, 83, 93, 1252, 0, &[(128, 7)])),
		("ezkl_public", shape(12, 7, 4768, 63, 67, 898, 0, &[(4, 4), (3, 4)])),
		("ezkl_many", shape(14, 11, 4320, 63, 71, 743, 9, &[(2, 4)])),
		("ezkl_hashed", shape(14, 3, 3168, 48, 53, 554, 3, &[])),
		("ezkl_attention", shape(15, 33, 9568, 137, 155, 2448, 1, &[(32, 13)])),
		("ezkl_no_lookup", shape(8, 8, 1632, 24, 27, 220, 0, &[(4, 0), (4, 0)])),
	];
	for (vector, (name, expected)) in all().iter().zip(expected) {
		assert_eq!(vector.name, name);
		let shape = Key::parse(&vector.key).unwrap().shape();
		assert_eq!(shape, expected, "{name}");
		assert_eq!(usize::try_from(shape.proof_length).unwrap(), vector.proof.len());
		assert_eq!(usize::try_from(shape.instances).unwrap(), vector.instances.len());
	}
}

#[test]
fn a_key_is_for_the_srs_that_it_contains() {
	for vector in all() {
		let key = Key::parse(&vector.key).unwrap();
		assert_eq!(key.srs(), &vector.srs());
		assert_eq!(Srs::parse(key.srs()).unwrap().bytes(), key.srs());
	}
}
