//! What a proof says. The pallet builds the statement, never the submitter: a proof of another job, another operator or
//! another model does not fit it.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_core::H256;

use crate::{hash, JobId, ModelId, OperatorId};

/// A field element of BN254's scalar field, 32 bytes big-endian. Canonical: below the field's order.
pub type Felt = [u8; 32];

/// The order of BN254's scalar field, big-endian.
pub const FIELD_ORDER: Felt = [
	0x30, 0x64, 0x4e, 0x72, 0xe1, 0x31, 0xa0, 0x29, 0xb8, 0x50, 0x45, 0xb6, 0x81, 0x81, 0x58, 0x5d, 0x28, 0x33, 0xe8,
	0x48, 0x79, 0xb9, 0x70, 0x91, 0x43, 0xe1, 0xf5, 0x93, 0xf0, 0x00, 0x00, 0x01,
];

/// Whether an element is canonical: below [`FIELD_ORDER`]. Big-endian bytes compare as the numbers do.
pub fn is_canonical(felt: &Felt) -> bool {
	*felt < FIELD_ORDER
}

/// The most public inputs a Groth16 statement may have (protocol.md: proof 256 B, key 8 KiB, 128 publics).
pub const MAX_PUBLICS: u32 = 128;

/// The most outputs that one inference may have: an ezkl proof has 256 instances at most, the first of them the commitment.
pub const MAX_OUTPUTS: u32 = 255;

/// The outputs of one inference, in the order of the model's layout.
pub type Outputs = BoundedVec<Felt, ConstU32<MAX_OUTPUTS>>;

/// One place in the list of public inputs of a circuit.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	serde::Serialize,
	serde::Deserialize,
)]
#[scale_info(capture_docs = "always")]
pub enum PublicSlot {
	/// The commitment to the input: one field element.
	#[codec(index = 0)]
	Commitment,
	/// The binding to chain, job, operator and model: one field element.
	#[codec(index = 1)]
	Binding,
	/// This many outputs, one field element each.
	#[codec(index = 2)]
	Outputs(u8),
}

/// The order in which a circuit lists its public inputs. Valid layouts name the commitment once, the binding once and
/// outputs once.
pub type PublicsLayout = BoundedVec<PublicSlot, ConstU32<8>>;

/// What is wrong with a layout.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LayoutError {
	/// Each of commitment, binding and outputs must be there exactly once.
	NotExactlyOnce,
	/// At least one output, and no more publics than [`MAX_PUBLICS`].
	Outputs,
}

/// The number of publics and of outputs that a valid layout stands for.
pub fn layout_counts(layout: &[PublicSlot]) -> Result<(u32, u32), LayoutError> {
	let (mut commitments, mut bindings, mut outputs) = (0u32, 0u32, Vec::new());
	for slot in layout {
		match slot {
			PublicSlot::Commitment => commitments = commitments.saturating_add(1),
			PublicSlot::Binding => bindings = bindings.saturating_add(1),
			PublicSlot::Outputs(n) => outputs.push(u32::from(*n)),
		}
	}
	let [n] = outputs.as_slice() else {
		return Err(LayoutError::NotExactlyOnce);
	};
	if commitments != 1 || bindings != 1 {
		return Err(LayoutError::NotExactlyOnce);
	}
	let publics = n.saturating_add(2);
	if *n == 0 || publics > MAX_PUBLICS {
		return Err(LayoutError::Outputs);
	}
	Ok((publics, *n))
}

/// What is to be proved: that `model`, given the input behind `commitment`, yields `outputs`, said by `operator` for `job`
/// on the chain of `genesis`.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Statement {
	/// The chain's genesis hash.
	pub genesis: H256,
	/// The job that is delivered.
	pub job: JobId,
	/// The operator who delivers it.
	pub operator: OperatorId,
	/// The model that the job named.
	pub model: ModelId,
	/// The client's commitment to its input: a field element, big-endian.
	pub commitment: H256,
	/// The outputs claimed.
	pub outputs: Outputs,
}

impl Statement {
	/// `blake2_256(("vktr-binding", genesis, job, operator, model))` with its top byte set to zero, so that it is below
	/// the order of every curve in use.
	pub fn binding(&self) -> Felt {
		binding(&self.genesis, &self.job, &self.operator, &self.model)
	}

	/// What an enclave signs: `blake2_256(("vktr-result", statement))`.
	pub fn result_hash(&self) -> H256 {
		hash(&(b"vktr-result", self))
	}

	/// The instances of an ezkl proof: the commitment, then the outputs. Nothing binds them to the job but the commitment, which no
	/// other open job of this client and model has.
	pub fn instances(&self) -> Vec<Felt> {
		let mut instances = Vec::from([self.commitment.0]);
		instances.extend(self.outputs.iter().copied());
		instances
	}

	/// The public inputs in the order of `layout`.
	pub fn publics(&self, layout: &[PublicSlot]) -> Vec<Felt> {
		let mut publics = Vec::new();
		for slot in layout {
			match slot {
				PublicSlot::Commitment => publics.push(self.commitment.0),
				PublicSlot::Binding => publics.push(self.binding()),
				PublicSlot::Outputs(_) => publics.extend(self.outputs.iter().copied()),
			}
		}
		publics
	}
}

/// The binding of [`Statement::binding`], for provers that have no outputs yet.
pub fn binding(genesis: &H256, job: &JobId, operator: &OperatorId, model: &ModelId) -> Felt {
	let mut bytes = hash(&(b"vktr-binding", genesis, job, operator, model)).0;
	if let Some(top) = bytes.first_mut() {
		*top = 0;
	}
	bytes
}
