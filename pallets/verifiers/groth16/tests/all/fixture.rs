//! A key and a proof that arkworks makes: `x^3 + x + 5 = y`, with `y` and two numbers more public.

use std::sync::OnceLock;

use ark_bn254::{Bn254, Fr};
use ark_ff::{BigInteger, PrimeField};
use ark_groth16::{Groth16, Proof, VerifyingKey};
use ark_relations::{
	gr1cs::{ConstraintSynthesizer, ConstraintSystemRef, SynthesisError, Variable},
	lc,
};
use ark_serialize::CanonicalSerialize;
use ark_snark::SNARK;
use rand::{rngs::StdRng, SeedableRng};
use vektor_verifier_groth16::Key;

pub const PUBLICS: u32 = 3;

struct Cubic {
	x: Fr,
	publics: [Fr; 3],
}

impl ConstraintSynthesizer<Fr> for Cubic {
	fn generate_constraints(self, cs: ConstraintSystemRef<Fr>) -> Result<(), SynthesisError> {
		let [y, _, _] = self.publics.map(|public| cs.new_input_variable(|| Ok(public)).expect("assigned"));
		let x = cs.new_witness_variable(|| Ok(self.x))?;
		let square = cs.new_witness_variable(|| Ok(self.x * self.x))?;
		cs.enforce_r1cs_constraint(|| lc!() + x, || lc!() + x, || lc!() + square)?;
		let rest = lc!() + y - x - (Fr::from(5u8), Variable::One);
		cs.enforce_r1cs_constraint(|| lc!() + square, || lc!() + x, || rest)
	}
}

pub struct Fixture {
	pub raw_key: VerifyingKey<Bn254>,
	pub raw_proof: Proof<Bn254>,
	pub prepared: Vec<u8>,
	pub publics: Vec<[u8; 32]>,
	pub compressed: Vec<u8>,
	pub uncompressed: Vec<u8>,
}

pub fn fixture() -> &'static Fixture {
	static FIXTURE: OnceLock<Fixture> = OnceLock::new();
	FIXTURE.get_or_init(|| {
		let mut rng = StdRng::seed_from_u64(3);
		let circuit =
			|| Cubic { x: Fr::from(3u8), publics: [Fr::from(35u8), -Fr::from(7u8), Fr::from(1u8) / Fr::from(3u8)] };
		let (proving, raw_key) = Groth16::<Bn254>::circuit_specific_setup(circuit(), &mut rng).unwrap();
		let raw_proof = Groth16::<Bn254>::prove(&proving, circuit(), &mut rng).unwrap();
		let key = Key::parse(&compressed(&raw_key), PUBLICS).unwrap();
		Fixture {
			prepared: key.to_prepared(),
			publics: circuit().publics.iter().map(big_endian).collect(),
			compressed: compressed(&raw_proof),
			uncompressed: uncompressed(&raw_proof),
			raw_key,
			raw_proof,
		}
	})
}

pub fn big_endian(number: &Fr) -> [u8; 32] {
	number.into_bigint().to_bytes_be().try_into().unwrap()
}

pub fn compressed<T: CanonicalSerialize>(value: &T) -> Vec<u8> {
	let mut bytes = Vec::new();
	value.serialize_compressed(&mut bytes).unwrap();
	bytes
}

pub fn uncompressed<T: CanonicalSerialize>(value: &T) -> Vec<u8> {
	let mut bytes = Vec::new();
	value.serialize_uncompressed(&mut bytes).unwrap();
	bytes
}

/// The proof with `A` and `B` negated, compressed: it holds too.
pub fn negated() -> &'static [u8] {
	static NEGATED: OnceLock<Vec<u8>> = OnceLock::new();
	NEGATED.get_or_init(|| {
		let Proof { a, b, c } = fixture().raw_proof.clone();
		compressed(&Proof::<Bn254> { a: -a, b: -b, c })
	})
}

/// A point of the twist outside the subgroup of prime order: almost every one is.
pub fn outside_the_subgroup() -> ark_bn254::G2Affine {
	(0u64..)
		.filter_map(|x| ark_bn254::G2Affine::get_point_from_x_unchecked(x.into(), false))
		.find(|point| !point.is_in_correct_subgroup_assuming_on_curve())
		.unwrap()
}

/// Each copy of `bytes` with one bit flipped.
pub fn flips(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
	(0..bytes.len() * 8).map(|bit| {
		let mut flipped = bytes.to_vec();
		flipped[bit / 8] ^= 1 << (bit % 8);
		flipped
	})
}
