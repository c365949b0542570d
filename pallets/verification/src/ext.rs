//! The traits that other pallets see.

use frame_support::{ensure, pallet_prelude::Weight, BoundedVec};
use sp_core::H256;
use vektor_primitives::{
	hash, layout_counts,
	traits::{EvidenceVerifier, KeyStore},
	Assurance, Evidence, EvidenceError, KeyRefused, KeySetup, ModelId, PublicSlot, Refused, Statement, Verdict,
	Verification, MAX_PUBLICS,
};
use vektor_verifier_groth16::{Error, Key, KeyError};

use crate::{Config, Keys, Pallet, StoredKey, WeightInfo};

impl<T: Config> Pallet<T> {
	/// What `deliver` would say of `evidence` for `statement`, for runtime APIs.
	pub fn dry_run(statement: &Statement, evidence: &Evidence) -> Result<(), EvidenceError> {
		match Self::verify(statement, evidence) {
			Ok(_) => Ok(()),
			Err(refused) => Err(refused.why),
		}
	}
}

impl<T: Config> EvidenceVerifier for Pallet<T> {
	fn worst() -> Weight {
		T::WeightInfo::verify_proof(MAX_PUBLICS)
	}

	fn verify(statement: &Statement, evidence: &Evidence) -> Result<Verdict, Refused> {
		let early = |why| Refused { why, used: T::WeightInfo::refuse() };
		let key = Keys::<T>::get(statement.model).ok_or_else(|| early(EvidenceError::UnknownModel))?;
		let Evidence::Groth16(proof) = evidence;
		ensure!(u32::try_from(statement.outputs.len()) == Ok(key.outputs), early(EvidenceError::OutputCount));

		let publics = statement.publics(&key.layout);
		let used = T::WeightInfo::verify_proof(key.outputs.saturating_add(2));
		match vektor_verifier_groth16::verify(&key.prepared, &publics, proof) {
			Ok(()) => Ok(Verdict { assurance: Assurance::Zk, setup: key.setup, used }),
			Err(Error::NonCanonicalPublic { .. }) => Err(early(EvidenceError::NonCanonicalPublic)),
			Err(Error::ProofLength) => Err(early(EvidenceError::ProofLength)),
			Err(Error::Key | Error::PublicCount) => Err(early(EvidenceError::StoredKey)),
			Err(Error::NotOnCurve) => Err(Refused { why: EvidenceError::NotOnCurve, used }),
			Err(Error::NotInSubgroup) => Err(Refused { why: EvidenceError::NotInSubgroup, used }),
			Err(Error::DoesNotHold) => Err(Refused { why: EvidenceError::DoesNotHold, used }),
		}
	}
}

impl<T: Config> KeyStore for Pallet<T> {
	type Checked = StoredKey;

	fn check(verification: &Verification) -> Result<(H256, KeySetup, StoredKey), KeyRefused> {
		let Verification::Groth16 { key, layout, setup } = verification;
		let (publics, outputs) = layout_counts(layout).map_err(|_| KeyRefused::Layout)?;
		let key = Key::parse(key, publics).map_err(refused)?;
		let digest = hash(&(b"groth16-bn254", key.to_bytes(), layout, setup));
		let prepared = BoundedVec::try_from(key.to_prepared()).map_err(|_| KeyRefused::Length)?;
		Ok((digest, *setup, StoredKey { layout: layout.clone(), outputs, setup: *setup, prepared }))
	}

	fn put(model: &ModelId, key: StoredKey) {
		Keys::<T>::insert(model, key);
	}

	fn remove(model: &ModelId) {
		Keys::<T>::remove(model);
	}

	fn contains(model: &ModelId) -> bool {
		Keys::<T>::contains_key(model)
	}

	fn count() -> usize {
		Keys::<T>::iter_keys().count()
	}

	fn put_weight(layout: &[PublicSlot]) -> Weight {
		T::WeightInfo::store_key(layout_counts(layout).map_or(0, |(publics, _)| publics))
	}
}

fn refused(error: KeyError) -> KeyRefused {
	match error {
		KeyError::Length => KeyRefused::Length,
		KeyError::TooManyPublics | KeyError::PublicCount { .. } => KeyRefused::PublicCount,
		KeyError::NotOnCurve(_) => KeyRefused::NotOnCurve,
		KeyError::NotInSubgroup(_) => KeyRefused::NotInSubgroup,
		KeyError::Infinity(_) => KeyRefused::Infinity,
		KeyError::Degenerate(..) => KeyRefused::Degenerate,
	}
}
