//! The statement of a proof that snarkjs made.

use std::sync::LazyLock;

use vektor_verifier_groth16::snarkjs;

/// A key, its public inputs and a proof that holds.
pub struct Vector {
	/// The prepared key.
	pub prepared: Vec<u8>,
	/// The public inputs, big-endian.
	pub publics: Vec<[u8; 32]>,
	/// The proof, compressed.
	pub proof: Vec<u8>,
}

macro_rules! file {
	($name:literal) => {
		include_bytes!(concat!("../../pallets/verifiers/groth16/vectors/snarkjs_mlp/", $name))
	};
}

/// Of the verifier's test vectors.
pub static VECTOR: LazyLock<Vector> = LazyLock::new(|| Vector {
	prepared: snarkjs::key(file!("vk.json")).expect("a sound key").to_prepared(),
	publics: snarkjs::publics(file!("public.json")).expect("twelve numbers"),
	proof: snarkjs::proof(file!("proof.json")).expect("a sound proof"),
});
