mod errors;
mod ezkl;
mod key;
mod meter;
mod proof;
mod sessions;
mod trust;
mod try_state;

use ark_ec::short_weierstrass::{Affine, SWCurveConfig};
use ark_serialize::CanonicalSerialize;
use frame_support::BoundedVec;
use sp_core::H256;
use std::sync::OnceLock;
use vektor_circuits::digits::{self, Payload, Proved, ProvingKey};
use vektor_primitives::{
	traits::KeyStore, Evidence, JobId, KeySetup, ModelId, OperatorId, PublicSlot, Statement, Verification,
};

use crate::mock::Verifier;

pub fn model() -> ModelId {
	ModelId(H256::repeat_byte(4))
}

pub fn groth16(key: &[u8], layout: &[PublicSlot]) -> Verification {
	Verification::Groth16 {
		key: BoundedVec::truncate_from(key.to_vec()),
		layout: BoundedVec::truncate_from(layout.to_vec()),
		setup: KeySetup::SingleParty,
	}
}

/// A proving key made once for all tests, and its verification key.
pub fn keys() -> &'static (ProvingKey, Vec<u8>) {
	static KEYS: OnceLock<(ProvingKey, Vec<u8>)> = OnceLock::new();
	KEYS.get_or_init(|| digits::setup(&mut rand::rngs::OsRng).unwrap())
}

/// A point of the twist outside the subgroup of prime order, compressed. Almost every point there is such.
pub fn outside_subgroup() -> Vec<u8> {
	use ark_bn254::g2::Config;
	let outside = (1u64..)
		.filter_map(|x| Affine::<Config>::get_point_from_x_unchecked(x.into(), false))
		.find(|point| !Config::is_in_correct_subgroup_assuming_on_curve(point))
		.unwrap();
	let mut bytes = vec![];
	outside.serialize_compressed(&mut bytes).unwrap();
	bytes
}

/// Stores the key of a model.
pub fn put(model: ModelId, verification: &Verification) {
	Verifier::put(&model, Verifier::check(verification).unwrap().key);
}

pub fn register() {
	put(model(), &groth16(&keys().1, &digits::LAYOUT));
}

/// A real digit, proved for one job.
pub fn proved() -> (Statement, Evidence) {
	static PROVED: OnceLock<(Statement, Proved)> = OnceLock::new();
	let (statement, proved) = PROVED.get_or_init(|| {
		let payload = Payload { pixels: digits::held_out()[0].pixels, salt: [9; 32] };
		let mut statement = Statement {
			genesis: H256::repeat_byte(1),
			job: JobId(H256::repeat_byte(2)),
			operator: OperatorId(H256::repeat_byte(3)),
			model: model(),
			commitment: H256(payload.commitment()),
			outputs: BoundedVec::default(),
		};
		let proved = digits::prove(&keys().0, &payload, &statement.binding(), &mut rand::rngs::OsRng).unwrap();
		statement.outputs = BoundedVec::truncate_from(proved.outputs.clone());
		(statement, proved)
	});
	(statement.clone(), Evidence::Groth16(BoundedVec::truncate_from(proved.proof.clone())))
}
