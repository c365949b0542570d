//! What is trusted of hardware, what an operator shows of its own, and what is kept of that.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec, PalletError};
use scale_info::TypeInfo;
use sp_core::H256;
use vektor_primitives::{Attested, OperatorId, SessionKeys};

/// The longest certificate, DER.
pub const MAX_CERTIFICATE: u32 = 4 * 1024;

/// The longest quote of TDX.
pub const MAX_QUOTE: u32 = 8 * 1024;

/// The longest collateral of a quote.
pub const MAX_COLLATERAL: u32 = 32 * 1024;

/// The longest report of a GPU, its request included.
pub const MAX_GPU_REPORT: u32 = 8 * 1024;

/// The most GPUs of one session.
pub const MAX_GPUS: u32 = 8;

/// The most certificates between a GPU's and the root's.
pub const MAX_INTERMEDIATES: u32 = 4;

/// The longest encoding of an issuer.
pub const MAX_ISSUER: u32 = 1_024;

/// SHA-256 of a public key as certificates encode it: what is revoked.
pub type KeyId = H256;

/// Bytes of at most so many.
pub type Bytes<const N: u32> = BoundedVec<u8, ConstU32<N>>;

/// Whose word is believed about hardware.
#[derive(
	Clone,
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
#[serde(rename_all = "camelCase")]
#[scale_info(capture_docs = "always")]
pub enum Root {
	/// The certificate of AMD's that issues those of chips of one generation (ASK), DER.
	#[codec(index = 0)]
	Amd(#[serde(with = "hex")] Bytes<MAX_CERTIFICATE>),
	/// Intel's root certificate, DER.
	#[codec(index = 1)]
	Intel(#[serde(with = "hex")] Bytes<MAX_CERTIFICATE>),
	/// NVIDIA's root certificate of devices, DER.
	#[codec(index = 2)]
	Nvidia(#[serde(with = "hex")] Bytes<MAX_CERTIFICATE>),
}

/// Bounded bytes as hexadecimal digits, for genesis.
mod hex {
	use alloc::vec::Vec;
	use frame_support::{traits::ConstU32, BoundedVec};
	use serde::{de::Error, Deserializer, Serializer};

	pub fn serialize<S: Serializer, const N: u32>(
		bytes: &BoundedVec<u8, ConstU32<N>>,
		s: S,
	) -> Result<S::Ok, S::Error> {
		sp_core::bytes::serialize(bytes, s)
	}

	pub fn deserialize<'de, D: Deserializer<'de>, const N: u32>(d: D) -> Result<BoundedVec<u8, ConstU32<N>>, D::Error> {
		let bytes: Vec<u8> = sp_core::bytes::deserialize(d)?;
		BoundedVec::try_from(bytes).map_err(|_| D::Error::custom("too many bytes"))
	}
}

/// A root as it is stored: what has been read and checked of its certificate.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Anchor {
	/// An issuer of AMD's, as `vektor-verifier-x509` encodes it.
	#[codec(index = 0)]
	Amd(Bytes<MAX_ISSUER>),
	/// Intel's root certificate, DER.
	#[codec(index = 1)]
	Intel(Bytes<MAX_CERTIFICATE>),
	/// NVIDIA's root, as `vektor-verifier-x509` encodes it.
	#[codec(index = 2)]
	Nvidia(Bytes<MAX_ISSUER>),
}

/// Why evidence about hardware is refused. `vektor verify` says it in more words.
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
	PalletError,
	serde::Serialize,
	serde::Deserialize,
)]
#[scale_info(capture_docs = "always")]
pub enum Refusal {
	/// It cannot be read, or is of a version that is not.
	Malformed,
	/// A certificate is none for this, or names another issuer.
	Certificate,
	/// A signature does not hold: of a certificate, a report, a document.
	Signature,
	/// Something is not valid yet.
	NotYetValid,
	/// Something has expired.
	Expired,
	/// Its issuer has revoked it.
	Revoked,
	/// Its host may look inside: the guest may be debugged or moved.
	Open,
	/// Report, certificate and collateral are not of the same platform, or not of one that the issuer knows.
	OtherPlatform,
}

/// What an enclave runs, as its hardware measured it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Image {
	/// A guest of AMD SEV-SNP: its launch measurement.
	#[codec(index = 0)]
	Snp([u8; 48]),
	/// A trust domain of Intel TDX: the digest of its measurements, as `vektor verify --kind tdx` prints it.
	#[codec(index = 1)]
	Tdx(H256),
	/// The firmware of an NVIDIA GPU: the digest of its measurements, as `vektor verify --kind nvidia` prints it.
	#[codec(index = 2)]
	GpuFirmware(H256),
	/// The driver of an NVIDIA GPU: the digest of its measurements, as `vektor verify --kind nvidia` prints it.
	#[codec(index = 3)]
	GpuDriver(H256),
}

/// What an image asks of the platform that runs it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Floor {
	/// Of AMD SEV-SNP: the lowest security version numbers, each of which must be reached.
	#[codec(index = 0)]
	Snp {
		/// Of the FMC; nothing before Turin.
		fmc: Option<u8>,
		/// Of the secure processor's boot loader.
		boot_loader: u8,
		/// Of the secure processor's system.
		tee: u8,
		/// Of the SNP firmware.
		snp: u8,
		/// Of the cores' microcode.
		microcode: u8,
	},
	/// Of Intel TDX: the least status of the platform's trusted computing base.
	#[codec(index = 1)]
	Tdx(TdxFloor),
	/// Of a GPU nothing: its firmware is what is measured.
	#[codec(index = 2)]
	Gpu,
}

/// The least status of a TDX platform that is good enough, in Intel's words.
#[derive(
	Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[scale_info(capture_docs = "always")]
pub enum TdxFloor {
	/// Out of date: there are updates against known weaknesses. For tests of what such a platform may still do.
	#[codec(index = 0)]
	OutOfDate,
	/// The platform's owner must change its configuration, and software may have to mitigate.
	#[codec(index = 1)]
	ConfigurationNeeded,
	/// Software in the image mitigates what the advisories describe.
	#[codec(index = 2)]
	SwHardeningNeeded,
	/// Nothing is known against it.
	#[codec(index = 3)]
	UpToDate,
}

/// Which authority of Intel's issued the certificate of a platform.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum PckAuthority {
	/// That of platforms with one processor.
	#[codec(index = 0)]
	Processor,
	/// That of platforms with several.
	#[codec(index = 1)]
	Platform,
}

/// What collateral is about: the root's id, the family of platforms (FMSPC), and who issues their certificates.
pub type Family = (H256, [u8; 6], PckAuthority);

/// The quote of a CPU.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Quote {
	/// AMD SEV-SNP.
	#[codec(index = 0)]
	Snp {
		/// The root that issued the chip's certificate: its id.
		root: H256,
		/// The report: 1,184 bytes.
		report: Bytes<1_184>,
		/// The certificate of the chip's key (VCEK), DER.
		vcek: Bytes<MAX_CERTIFICATE>,
	},
	/// Intel TDX.
	#[codec(index = 1)]
	Tdx {
		/// Which collateral it goes with.
		family: Family,
		/// The quote.
		quote: Bytes<MAX_QUOTE>,
	},
}

/// The report of a GPU, and the certificates of the key that signed it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct GpuEvidence {
	/// The root: its id.
	pub root: H256,
	/// Request and response of GET_MEASUREMENTS (SPDM 1.1).
	pub report: Bytes<MAX_GPU_REPORT>,
	/// The GPU's certificate, DER.
	pub leaf: Bytes<MAX_CERTIFICATE>,
	/// Those between it and the root, DER, the root's first.
	pub intermediates: BoundedVec<Bytes<MAX_CERTIFICATE>, ConstU32<MAX_INTERMEDIATES>>,
}

/// An operator's attested session.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Session {
	/// The enclave's keys.
	pub keys: SessionKeys,
	/// The GPUs inside.
	pub devices: BoundedVec<H256, ConstU32<MAX_GPUS>>,
	/// Until when it holds, Unix time in seconds: until the first of what it rests on expires.
	pub until: u64,
	/// What was trusted when it was attested: once something is trusted no more, every session is attested anew.
	pub trust: u32,
}

impl Session {
	/// Whether it holds, at a time in Unix seconds and under a version of what is trusted.
	pub fn holds(&self, now: u64, trust: u32) -> bool {
		now <= self.until && trust == self.trust
	}

	/// Its devices.
	pub fn attested(&self) -> Attested {
		let devices = u32::try_from(self.devices.len()).unwrap_or(MAX_GPUS);
		Attested { devices, until: self.until, trust: self.trust }
	}
}

/// Whose a GPU is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Device {
	/// The one operator that has shown it.
	pub operator: OperatorId,
	/// The image of the session in which it was shown last.
	pub image: H256,
	/// Until when, Unix time in seconds: after that another operator may show it.
	pub until: u64,
	/// The version of trust that it was shown under: under another one, too.
	pub trust: u32,
}

/// The collateral of TDX quotes: what their issuer says of a family of platforms.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct Collateral {
	/// The issuer's number of the rules: newer ones are never replaced by older ones.
	pub evaluation: u32,
	/// When its four documents were issued, Unix time in seconds.
	pub issued: [u64; 4],
	/// Until when it holds, Unix time in seconds.
	pub until: u64,
	/// The parts, as `vektor-verifier-tdx` documents them.
	pub parts: Bytes<MAX_COLLATERAL>,
}
