//! What an enclave attests to: keys that never leave it, for one operator on one chain, not long ago.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;

use crate::{hash, OperatorId};

/// The keys that an enclave made for itself.
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
pub struct SessionKeys {
	/// Ed25519: signs results.
	pub signing: H256,
	/// X25519: clients seal their inputs to it (HPKE, RFC 9180).
	pub sealing: H256,
}

/// What a session's evidence must commit to. The chain builds it, never the submitter.
#[derive(Clone, PartialEq, Eq, Debug, Encode)]
pub struct SessionClaim<A> {
	/// The chain's genesis hash.
	pub genesis: H256,
	/// Who serves.
	pub operator: OperatorId,
	/// The operator's agent.
	pub agent: A,
	/// The keys.
	pub keys: SessionKeys,
	/// The number of a recent block.
	pub block: u32,
	/// Its hash, which nobody knew before it was made.
	pub block_hash: H256,
}

impl<A: Encode> SessionClaim<A> {
	/// The nonce that every GPU signs: `blake2_256(("vktr-session", claim))`.
	pub fn nonce(&self) -> [u8; 32] {
		hash(&(b"vktr-session", self)).0
	}

	/// The report data of the CPU's quote: `blake2_256(("vktr-quote", nonce, blake2_256 of each GPU's report))`, then 32 zeros. A GPU's
	/// report says nothing of the program that asked for it: here the measured image vouches for it.
	pub fn report_data(&self, gpus: &[H256]) -> [u8; 64] {
		let commitment = hash(&(b"vktr-quote", self.nonce(), Vec::from(gpus))).0;
		let mut data = [0; 64];
		data.iter_mut().zip(commitment).for_each(|(byte, of)| *byte = of);
		data
	}
}
