//! What probers, agents and pallets tell each other about who can be reached.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::{crypto::KeyTypeId, H256};

use crate::{hash, OperatorId, Ppm};

/// The session key of a validator's prober.
pub mod prober {
	mod app {
		use sp_application_crypto::{app_crypto, sr25519};
		app_crypto!(sr25519, super::super::KEY_TYPE);
	}

	/// Public.
	pub type ProberId = app::Public;
	/// What it signs with.
	pub type ProberSignature = app::Signature;
}

pub use prober::{ProberId, ProberSignature};

/// What keystores know a prober's session key by.
pub const KEY_TYPE: KeyTypeId = KeyTypeId(*b"conn");

/// Probes in a window. Source: protocol.md, "Proof of Connectivity".
pub const ROUNDS: u8 = 5;

/// The slowest answer that is in time, in milliseconds. Source: ledger V13.
pub const LATE_MS: u64 = 150;

/// How long an answer is waited for, in milliseconds. Source: protocol.md, "Proof of Connectivity".
pub const DOWN_MS: u64 = 5_000;

/// A prober's key from its bytes.
pub fn prober_key(bytes: [u8; 32]) -> sp_core::sr25519::Public {
	sp_core::sr25519::Public::from_raw(bytes)
}

/// A number that no agent could know before it was asked.
pub type Nonce = [u8; 16];

/// How an operator was found to be when it was last judged.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Default,
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
pub enum Reach {
	/// Not known: its endpoint has not been shown to be its own, or it was not judged since, or since it came again, declared
	/// maintenance or changed its key.
	#[default]
	#[codec(index = 0)]
	Unproved,
	/// In time.
	#[codec(index = 1)]
	Up,
	/// Reached, and late.
	#[codec(index = 2)]
	Late,
	/// Not reached.
	#[codec(index = 3)]
	Down,
}

/// What is known of an operator's connection.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Presence {
	/// In the last window in which it was judged.
	pub reach: Reach,
	/// How much of the judged time it was up, weighted over 90 days, in parts per million.
	pub uptime: Ppm,
}

/// What an agent signs to answer a probe. It names who asked, so that no prober can use what another was told.
pub fn probe_message(
	genesis: &H256,
	prober: &ProberId,
	operator: &OperatorId,
	window: u32,
	round: u8,
	nonce: &Nonce,
) -> H256 {
	hash(&(b"vktr-probe", genesis, prober, operator, window, round, nonce))
}

/// What a prober signs and sends to an operator's endpoint, once: the agent that can show it receives what is sent there.
pub fn activation_message(genesis: &H256, operator: &OperatorId, endpoint: &[u8], window: u32) -> H256 {
	hash(&(b"vktr-activation", genesis, operator, endpoint, window))
}
