//! Keys: checked in full, once, before they are stored.

use frame_support::{ensure, pallet_prelude::Weight, traits::ConstU32, BoundedVec};
use sp_core::H256;
use sp_io::hashing::blake2_256;
use vektor_primitives::{
	hash, layout_counts,
	traits::{CheckedKey, KeyStore},
	Assurance, KeyRefused, KeySetup, ModelId, PublicsLayout, Scheme, Verification, MAX_EZKL_KEY, MAX_OUTPUTS,
};
use vektor_verifier_ezkl as ezkl;
use vektor_verifier_groth16 as groth16;

use crate::{
	Ceremonies, Config, EzklKey, Floor, Groth16Key, Images, Keys, Pallet, SessionKey, Srs, StoredKey, WeightInfo,
};

type Checked = Result<CheckedKey<StoredKey>, KeyRefused>;

impl<T: Config> KeyStore for Pallet<T> {
	type Key = StoredKey;

	fn check(verification: &Verification) -> Checked {
		match verification {
			Verification::Groth16 { key, layout, setup } => Self::check_groth16(key, layout, *setup),
			Verification::Ezkl { key, settings } => Self::check_ezkl(key, *settings),
			Verification::Session { image, outputs } => Self::check_session(*image, u32::from(*outputs)),
		}
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

	fn usable(model: &ModelId) -> bool {
		Keys::<T>::get(model).is_some_and(|key| match key {
			// Models keep the setup that they were registered with.
			StoredKey::Groth16(_) => true,
			StoredKey::Ezkl(key) => Srs::<T>::contains_key(hash(&key.srs)),
			StoredKey::Session(key) => Images::<T>::contains_key(key.image),
		})
	}

	fn count() -> usize {
		Keys::<T>::iter_keys().count()
	}

	fn put_weight(verification: &Verification) -> Weight {
		match verification {
			Verification::Groth16 { layout, .. } => {
				T::WeightInfo::store_groth16(layout_counts(layout).map_or(0, |(publics, _)| publics))
			}
			Verification::Ezkl { .. } => T::WeightInfo::store_ezkl(),
			Verification::Session { .. } => T::WeightInfo::store_session_key(),
		}
	}
}

impl<T: Config> Pallet<T> {
	fn check_groth16(key: &[u8], layout: &PublicsLayout, setup: KeySetup) -> Checked {
		let (publics, outputs) = layout_counts(layout).map_err(|_| KeyRefused::Layout)?;
		let key = groth16::Key::parse(key, publics).map_err(no_groth16)?;
		let bytes = key.to_bytes();
		match setup {
			KeySetup::SingleParty => {}
			KeySetup::Ceremony => {
				ensure!(Ceremonies::<T>::contains_key(H256(blake2_256(&bytes))), KeyRefused::NoCeremony)
			}
			KeySetup::PublicSrs | KeySetup::Hardware => return Err(KeyRefused::WrongSetup),
		}
		let prepared = BoundedVec::try_from(key.to_prepared()).map_err(|_| KeyRefused::Length)?;
		Ok(CheckedKey {
			digest: hash(&(b"groth16-bn254", bytes, layout, setup)),
			assurance: Assurance::Zk,
			setup,
			scheme: Scheme::Groth16 { layout: layout.clone() },
			outputs,
			scale: None,
			key: StoredKey::Groth16(Groth16Key { layout: layout.clone(), outputs, setup, prepared }),
		})
	}

	fn check_ezkl(words: &BoundedVec<u8, ConstU32<MAX_EZKL_KEY>>, settings: H256) -> Checked {
		let key = ezkl::Key::parse(words).map_err(no_ezkl)?;
		let trust = Srs::<T>::get(hash(key.srs())).ok_or(KeyRefused::SrsNotTrusted)?;
		let shape = key.shape();
		// The hashes come first among the instances: one is the input's, more would be parameters' or outputs'.
		ensure!(shape.hashes == 1, KeyRefused::InputNotHashed);
		let outputs = shape.instances.saturating_sub(1);
		ensure!((1..=MAX_OUTPUTS).contains(&outputs), KeyRefused::Outputs);
		Ok(CheckedKey {
			digest: hash(&(b"ezkl-23", words, settings)),
			assurance: Assurance::Zk,
			setup: trust.setup(),
			scheme: Scheme::Ezkl { settings },
			outputs,
			scale: Some(scale(&shape, outputs).ok_or(KeyRefused::OutputScale)?),
			key: StoredKey::Ezkl(EzklKey {
				srs: *key.srs(),
				outputs,
				points: shape.points,
				operations: shape.operations,
				words: words.clone(),
			}),
		})
	}
}

impl<T: Config> Pallet<T> {
	fn check_session(image: H256, outputs: u32) -> Checked {
		// The firmware of a GPU runs no model.
		ensure!(Images::<T>::get(image).is_some_and(|floor| floor != Floor::Gpu), KeyRefused::UnknownImage);
		ensure!((1..=MAX_OUTPUTS).contains(&outputs), KeyRefused::Outputs);
		Ok(CheckedKey {
			digest: hash(&(b"session", image, outputs)),
			assurance: Assurance::Tee,
			setup: KeySetup::Hardware,
			scheme: Scheme::Session { image },
			outputs,
			scale: None,
			key: StoredKey::Session(SessionKey { image, outputs }),
		})
	}
}

fn no_groth16(error: groth16::KeyError) -> KeyRefused {
	use groth16::KeyError as E;
	match error {
		E::Length => KeyRefused::Length,
		E::TooManyPublics | E::PublicCount { .. } => KeyRefused::PublicCount,
		E::NotOnCurve(_) => KeyRefused::NotOnCurve,
		E::NotInSubgroup(_) => KeyRefused::NotInSubgroup,
		E::Infinity(_) => KeyRefused::Infinity,
		E::Degenerate(..) => KeyRefused::Degenerate,
	}
}

fn no_ezkl(error: ezkl::KeyError) -> KeyRefused {
	use ezkl::KeyError as E;
	match error {
		E::Length => KeyRefused::Length,
		E::Unsupported(_) | E::Limit(_) => KeyRefused::Unsupported,
		E::Generators | E::Domain | E::Malformed(_) => KeyRefused::Format,
		E::NonCanonical(_) | E::NotOnCurve { .. } => KeyRefused::NotOnCurve,
	}
}

/// What outputs are divided by, where it is the same for all: a power of two.
fn scale(shape: &ezkl::Shape, outputs: u32) -> Option<u32> {
	let counted = shape.scaled.iter().fold(0u32, |sum, group| sum.saturating_add(group.count));
	let mut scales = shape.scaled.iter().map(|group| group.scale);
	let first = scales.next()?;
	let same = counted == outputs && scales.all(|scale| scale == first);
	same.then(|| 1u32.checked_shl(u32::try_from(first).ok()?)).flatten()
}
