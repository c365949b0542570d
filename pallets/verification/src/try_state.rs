//! The invariants of the README, by their numbers.

use alloc::collections::BTreeMap;
use frame_support::{ensure, traits::Get};
use sp_runtime::TryRuntimeError;
use vektor_primitives::{layout_counts, traits::OperatorRegistry, Ineligible, Needs, OperatorId};
use vektor_verifier_ezkl as ezkl;
use vektor_verifier_groth16::{verify, Error, COMPRESSED_PROOF};

use crate::{Config, Devices, EzklKey, Groth16Key, Keys, Pallet, Sessions, StoredKey};

impl<T: Config> Pallet<T> {
	/// Checks every invariant. Reads every key: for tests and `try-runtime` only.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		for key in Keys::<T>::iter_values() {
			match key {
				StoredKey::Groth16(key) => Self::try_groth16(&key)?,
				StoredKey::Ezkl(key) => Self::try_ezkl(&key)?,
				StoredKey::Session(key) => {
					ensure!(key.outputs > 0, "verification: invariant 4, a model of sessions has no outputs");
				}
			}
		}
		for (id, device) in Devices::<T>::iter() {
			let session = Sessions::<T>::get(device.operator, device.image);
			ensure!(
				session.is_some_and(|session| session.devices.contains(&id)),
				"verification: invariant 5, a device is not in the session that it names"
			);
		}
		let mut sessions = BTreeMap::<OperatorId, u32>::new();
		Sessions::<T>::iter_keys().for_each(|(operator, _)| {
			let count = sessions.entry(operator).or_default();
			*count = count.saturating_add(1);
		});
		ensure!(
			sessions.values().all(|count| *count <= T::MaxSessions::get()),
			"verification: invariant 6, an operator has too many sessions"
		);
		let is_there = |who: &OperatorId| T::Operators::check(who, &Needs::default()) != Err(Ineligible::Unknown);
		ensure!(sessions.keys().all(is_there), "verification: invariant 7, a session is of an operator that is gone");
		Ok(())
	}

	fn try_groth16(key: &Groth16Key) -> Result<(), TryRuntimeError> {
		let counts = layout_counts(&key.layout).map_err(|_| "verification: invariant 1, a layout is not valid")?;
		let (publics, outputs) = counts;
		ensure!(outputs == key.outputs, "verification: invariant 1, the outputs are not the layout's");
		// Zeros are public inputs but no proof: a key that can be read, with as many points, gets so far.
		let zeros = alloc::vec![[0; 32]; usize::try_from(publics).unwrap_or_default()];
		let read = verify(&key.prepared, &zeros, &[0; COMPRESSED_PROOF]);
		ensure!(
			!matches!(read, Err(Error::Key | Error::PublicCount)),
			"verification: invariant 2, a key cannot be read or has another number of points"
		);
		Ok(())
	}

	fn try_ezkl(stored: &EzklKey) -> Result<(), TryRuntimeError> {
		let key = ezkl::Key::parse(&stored.words).map_err(|_| "verification: invariant 3, an ezkl key is not sound")?;
		let shape = key.shape();
		ensure!(
			*key.srs() == stored.srs
				&& shape.points == stored.points
				&& shape.operations == stored.operations
				&& Some(shape.instances) == stored.outputs.checked_add(1)
				&& shape.hashes == 1,
			"verification: invariant 3, what is stored of an ezkl key is not what it says"
		);
		Ok(())
	}
}
