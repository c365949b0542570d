//! What GPUs say.

use codec::{Decode, Encode};
use frame_support::BoundedVec;
use sp_core::H256;
use vektor_primitives::hash;
use vektor_verifier_nvidia as nvidia;

use super::{quote::of_certificate, Anchor, GpuEvidence, Image, Refusal, Shown};
use crate::{Anchors, Config, Error, Intermediates, Pallet};

impl<T: Config> Pallet<T> {
	/// Which GPU it is and what that rests on, if it has signed this nonce and runs firmware and driver that governance allows; and how many
	/// authorities had to be verified for it.
	pub(crate) fn check_gpu(gpu: &GpuEvidence, nonce: &[u8; 32], now: u64) -> Result<(H256, Shown, u32), Error<T>> {
		let (issuer, verified) = Self::gpu_issuer(gpu, now)?;
		let facts = nvidia::verify(&gpu.report, &gpu.leaf, &issuer, nonce, now).map_err(|error| match error {
			nvidia::Error::Nonce => Error::OtherNonce,
			error => Error::BadEvidence(of(error)),
		})?;
		Self::allowed(Image::GpuFirmware(H256(facts.firmware_digest)))?;
		Self::allowed(Image::GpuDriver(H256(facts.driver_digest)))?;
		Ok((H256(facts.chip), Shown { keys: facts.keys, until: facts.valid_until }, verified))
	}

	/// The authority that issued the GPU's certificate, and how many of those up to it had to be verified: each is once, then remembered. What
	/// it rests on is looked up among the revoked with the rest of the chain.
	pub(crate) fn gpu_issuer(gpu: &GpuEvidence, now: u64) -> Result<(nvidia::Issuer, u32), Error<T>> {
		let Some(Anchor::Nvidia(root)) = Anchors::<T>::get(gpu.root) else {
			return Err(Error::UnknownRoot);
		};
		let mut issuer = nvidia::Issuer::decode(&mut root.as_slice()).map_err(|_| Error::UnknownRoot)?;
		let (mut id, mut verified) = (gpu.root, 0u32);
		let refused = |error| Error::<T>::BadEvidence(of_certificate(error));
		for der in &gpu.intermediates {
			// Not believed, only read: where a row is found, whoever is above has signed a certificate that says the same.
			id = hash(&(id, nvidia::Issuer::pin(der).map_err(refused)?));
			let known = Intermediates::<T>::get(id);
			if let Some(known) = known.and_then(|known| nvidia::Issuer::decode(&mut known.as_slice()).ok()) {
				issuer = known;
				continue;
			}
			issuer = issuer.authority(der, now).map_err(refused)?;
			verified = verified.saturating_add(1);
			if let Ok(bytes) = BoundedVec::try_from(issuer.encode()) {
				Intermediates::<T>::insert(id, bytes);
			}
		}
		Ok((issuer, verified))
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
