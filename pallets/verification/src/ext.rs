//! Verdicts.

use frame_support::{ensure, pallet_prelude::Weight};
use vektor_primitives::{
	hash, traits::EvidenceVerifier, Assurance, Evidence, EvidenceError, Refused, Statement, Verdict, MAX_PUBLICS,
};
use vektor_verifier_ezkl as ezkl;
use vektor_verifier_groth16 as groth16;

use crate::{Config, EzklKey, Groth16Key, Keys, Pallet, Srs, StoredKey, WeightInfo};

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
		T::WeightInfo::verify_groth16(MAX_PUBLICS)
			.max(T::WeightInfo::verify_ezkl(ezkl::MAX_POINTS, ezkl::MAX_OPERATIONS, ezkl::MAX_INSTANCES))
			.max(T::WeightInfo::verify_session())
	}

	fn verify(statement: &Statement, evidence: &Evidence) -> Result<Verdict, Refused> {
		match (Keys::<T>::get(statement.model), evidence) {
			(Some(StoredKey::Groth16(key)), Evidence::Groth16(proof)) => Self::verify_groth16(&key, statement, proof),
			(Some(StoredKey::Ezkl(key)), Evidence::Ezkl(proof)) => Self::verify_ezkl(&key, statement, proof),
			(Some(StoredKey::Session(key)), Evidence::SessionSignature(signature)) => {
				Self::count(statement, key.outputs)?;
				Self::verify_session(&key.image, statement, signature)
			}
			(Some(_), _) => Err(Self::early(EvidenceError::WrongKind)),
			(None, _) => Err(Self::early(EvidenceError::UnknownModel)),
		}
	}
}

impl<T: Config> Pallet<T> {
	/// A refusal before any curve operation.
	pub(crate) fn early(why: EvidenceError) -> Refused {
		Refused { why, used: T::WeightInfo::refuse() }
	}

	fn count(statement: &Statement, outputs: u32) -> Result<(), Refused> {
		ensure!(u32::try_from(statement.outputs.len()) == Ok(outputs), Self::early(EvidenceError::OutputCount));
		Ok(())
	}

	fn verify_groth16(key: &Groth16Key, statement: &Statement, proof: &[u8]) -> Result<Verdict, Refused> {
		use groth16::Error as E;
		Self::count(statement, key.outputs)?;
		let used = T::WeightInfo::verify_groth16(key.outputs.saturating_add(2));
		groth16::verify(&key.prepared, &statement.publics(&key.layout), proof).map_err(|error| match error {
			E::NonCanonicalPublic { .. } => Self::early(EvidenceError::NonCanonicalPublic),
			E::ProofLength => Self::early(EvidenceError::ProofLength),
			E::Key | E::PublicCount => Self::early(EvidenceError::StoredKey),
			E::NotOnCurve => Refused { why: EvidenceError::NotOnCurve, used },
			E::NotInSubgroup => Refused { why: EvidenceError::NotInSubgroup, used },
			E::DoesNotHold => Refused { why: EvidenceError::DoesNotHold, used },
		})?;
		Ok(Verdict { assurance: Assurance::Zk, setup: key.setup, used })
	}

	fn verify_ezkl(key: &EzklKey, statement: &Statement, proof: &[u8]) -> Result<Verdict, Refused> {
		Self::count(statement, key.outputs)?;
		let trust = Srs::<T>::get(hash(&key.srs)).ok_or_else(|| Self::early(EvidenceError::SetupNotTrusted))?;
		let used = T::WeightInfo::verify_ezkl(key.points, key.operations, key.outputs.saturating_add(1));
		ezkl::verify(&key.words, &key.srs, &statement.instances(), proof).map_err(|error| {
			use ezkl::Error as E;
			let why = match error {
				E::Key(_) | E::Srs | E::InstanceCount => EvidenceError::StoredKey,
				E::NonCanonicalInstance { .. } => EvidenceError::NonCanonicalPublic,
				E::ProofLength => EvidenceError::ProofLength,
				E::NonCanonical => EvidenceError::NonCanonicalScalar,
				E::NotOnCurve => EvidenceError::NotOnCurve,
				E::ZeroDenominator => EvidenceError::ZeroDenominator,
				E::DoesNotHold => EvidenceError::DoesNotHold,
			};
			let used = if error.early() { T::WeightInfo::refuse_ezkl() } else { used };
			Refused { why, used }
		})?;
		Ok(Verdict { assurance: Assurance::Zk, setup: trust.setup(), used })
	}
}
