//! Keys and proofs.

use ark_bn254::{Bn254, Fr};
use ark_groth16::Groth16;
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use ark_snark::SNARK;
use rand::{rngs::StdRng, CryptoRng, RngCore, SeedableRng};
use sp_io::hashing::blake2_256;
use vektor_primitives::Felt;
use vektor_verifier_groth16::{verify, Key};

use super::{artefact, circuit::Circuit, felt, infer, number, Payload, PayloadError, LOGITS, PIXELS};

/// Public inputs of the circuit: commitment, binding, logits.
const PUBLICS: u32 = 12;

/// What an operator proves with. Whoever made it can forge: it comes from the randomness of the operator's own machine, is
/// never checked in, and the model's record says `SingleParty`.
pub struct ProvingKey {
	key: ark_groth16::ProvingKey<Bn254>,
	/// The verification key as the chain stores it, to check what is proved before it is sent.
	prepared: Vec<u8>,
}

/// One proof, and what it says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proved {
	/// 128 bytes: `A`, `B`, `C` compressed.
	pub proof: Vec<u8>,
	/// The ten logits as field elements.
	pub outputs: Vec<Felt>,
}

/// Why a file is no proving key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum KeyFileError {
	/// Cut short, changed, or made for other weights.
	#[error("the proving key's file is damaged or belongs to another model: make a new one")]
	Checksum,
	/// Its checksum is right and its content is not.
	#[error("the proving key's file is of another version: make a new one")]
	Content,
}

/// Why nothing is proved.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ProveError {
	/// The input is none.
	#[error(transparent)]
	Payload(#[from] PayloadError),
	/// The binding is not below the field's order.
	#[error("the binding is not below the field's order")]
	Binding,
	/// The circuit cannot be built.
	#[error("the circuit cannot be built")]
	Circuit,
	/// The proof does not hold: the key is another circuit's.
	#[error("the proof does not hold under its own key: make a new one")]
	DoesNotHold,
}

/// Makes a proving key and arkworks' compressed verification key. `rng` must be the operating system's
/// (`rand::rngs::OsRng`): whoever can repeat its bytes can forge.
pub fn setup<R: RngCore + CryptoRng>(rng: &mut R) -> Result<(ProvingKey, Vec<u8>), ProveError> {
	setup_seeded(&mut StdRng::from_rng(rng).map_err(|_| ProveError::Circuit)?)
}

/// Proves what the network says of `payload`, bound to `binding`, and checks the proof as the chain will.
pub fn prove<R: RngCore + CryptoRng>(
	key: &ProvingKey,
	payload: &Payload,
	binding: &Felt,
	rng: &mut R,
) -> Result<Proved, ProveError> {
	let mut rng = StdRng::from_rng(rng).map_err(|_| ProveError::Circuit)?;
	prove_seeded(key, payload, binding, &mut rng)
}

/// Not generic, so that it is compiled here, with this crate's optimisation, in every profile.
fn setup_seeded(rng: &mut StdRng) -> Result<(ProvingKey, Vec<u8>), ProveError> {
	let blank = Payload { pixels: [0; PIXELS], salt: [0; 32] };
	let circuit = Circuit { commitment: 0.into(), binding: 0.into(), logits: [0; LOGITS], payload: blank };
	let (key, _) = Groth16::<Bn254>::circuit_specific_setup(circuit, rng).map_err(|_| ProveError::Circuit)?;
	let key = ProvingKey::checked(key).ok_or(ProveError::Circuit)?;
	let verifying = key.verifying_key();
	Ok((key, verifying))
}

fn prove_seeded(key: &ProvingKey, payload: &Payload, binding: &Felt, rng: &mut StdRng) -> Result<Proved, ProveError> {
	payload.check()?;
	let commitment = payload.commitment();
	let logits = infer(&payload.pixels);
	let circuit = Circuit {
		commitment: number(&commitment).ok_or(ProveError::Circuit)?,
		binding: number(binding).ok_or(ProveError::Binding)?,
		logits,
		payload: payload.clone(),
	};
	let proof = Groth16::<Bn254>::prove(&key.key, circuit, rng).map_err(|_| ProveError::Circuit)?;
	let mut bytes = Vec::new();
	proof.serialize_compressed(&mut bytes).map_err(|_| ProveError::Circuit)?;

	let outputs: Vec<Felt> = logits.iter().map(|logit| felt(&Fr::from(*logit))).collect();
	let publics = [&[commitment, *binding], outputs.as_slice()].concat();
	verify(&key.prepared, &publics, &bytes).map_err(|_| ProveError::DoesNotHold)?;
	Ok(Proved { proof: bytes, outputs })
}

impl ProvingKey {
	/// The key, where its verification key is sound.
	fn checked(key: ark_groth16::ProvingKey<Bn254>) -> Option<Self> {
		let prepared = Key::parse(&compressed(&key.vk), PUBLICS).ok()?.to_prepared();
		Some(Self { key, prepared })
	}

	/// arkworks' compressed `VerifyingKey<Bn254>`, for the model's record.
	pub fn verifying_key(&self) -> Vec<u8> {
		compressed(&self.key.vk)
	}

	/// The content of a key file: a checksum over the model's artefact and the key, then the key, uncompressed.
	pub fn to_bytes(&self) -> Vec<u8> {
		let mut body = Vec::new();
		let written = self.key.serialize_uncompressed(&mut body);
		debug_assert!(written.is_ok(), "a vector takes all that is written to it");
		[checksum(&body).as_slice(), &body].concat()
	}

	/// Reads [`Self::to_bytes`]. For files of one's own only: points are not checked.
	pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyFileError> {
		let (sum, mut body) = bytes.split_at_checked(32).ok_or(KeyFileError::Checksum)?;
		if checksum(body) != sum {
			return Err(KeyFileError::Checksum);
		}
		let key = ark_groth16::ProvingKey::deserialize_uncompressed_unchecked(&mut body)
			.map_err(|_| KeyFileError::Content)?;
		if !body.is_empty() {
			return Err(KeyFileError::Content);
		}
		Self::checked(key).ok_or(KeyFileError::Content)
	}
}

fn checksum(body: &[u8]) -> [u8; 32] {
	blake2_256(&[artefact().as_slice(), body].concat())
}

fn compressed<T: CanonicalSerialize>(value: &T) -> Vec<u8> {
	let mut bytes = Vec::new();
	let written = value.serialize_compressed(&mut bytes);
	debug_assert!(written.is_ok(), "a vector takes all that is written to it");
	bytes
}
