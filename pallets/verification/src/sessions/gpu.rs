//! What GPUs say.

use alloc::vec::Vec;
use codec::{Decode, Encode};
use frame_support::BoundedVec;
use sp_core::H256;
use vektor_primitives::hash;
use vektor_verifier_nvidia as nvidia;

use super::{quote::of_certificate, Anchor, GpuEvidence, Image, Refusal, Shown};
use crate::{Anchors, Config, Error, Intermediates, Pallet};

impl<T: Config> Pallet<T> {
	/// Which GPU it is and what that rests on, if it has signed this nonce and runs firmware and driver that governance allows.
	pub(crate) fn check_gpu(gpu: &GpuEvidence, nonce: &[u8; 32], now: u64) -> Result<(H256, Shown), Error<T>> {
		let issuer = Self::gpu_issuer(gpu, now)?;
		let facts = nvidia::verify(&gpu.report, &gpu.leaf, &issuer, nonce, now).map_err(|error| match error {
			nvidia::Error::Nonce => Error::OtherNonce,
			error => Error::BadEvidence(of(error)),
		})?;
		Self::allowed(Image::GpuFirmware(H256(facts.firmware_digest)))?;
		Self::allowed(Image::GpuDriver(H256(facts.driver_digest)))?;
		Ok((H256(facts.chip), Shown { keys: facts.keys, until: facts.valid_until }))
	}

	/// The authority that issued the GPU's certificate: verified once, then remembered. What it rests on is looked up among the revoked
	/// with the rest of the chain.
	pub(crate) fn gpu_issuer(gpu: &GpuEvidence, now: u64) -> Result<nvidia::Issuer, Error<T>> {
		let Some(Anchor::Nvidia(root)) = Anchors::<T>::get(gpu.root) else {
			return Err(Error::UnknownRoot);
		};
		let id = hash(&(gpu.root, &gpu.intermediates));
		if let Some(known) = Intermediates::<T>::get(id) {
			return nvidia::Issuer::decode(&mut known.as_slice()).map_err(|_| Error::UnknownRoot);
		}
		let root = nvidia::Issuer::decode(&mut root.as_slice()).map_err(|_| Error::UnknownRoot)?;
		let chain: Vec<&[u8]> = gpu.intermediates.iter().map(|der| der.as_slice()).collect();
		let issuer = root.authorities(&chain, now).map_err(|error| Error::BadEvidence(of_certificate(error)))?;
		if let Ok(bytes) = BoundedVec::try_from(issuer.encode()) {
			Intermediates::<T>::insert(id, bytes);
		}
		Ok(issuer)
	}
}

fn of(error: nvidia::Error) -> Refusal {
	use nvidia::Error as E;
	match error {
		E::Certificate(error) => of_certificate(error),
		E::Dice => Refusal::Certificate,
		E::Firmware => Refusal::OtherPlatform,
		E::Signature => Refusal::Signature,
		_ => Refusal::Malformed,
	}
}
