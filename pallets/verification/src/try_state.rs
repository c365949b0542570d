//! The invariants of the README, by their numbers.

use frame_support::ensure;
use sp_runtime::TryRuntimeError;
use vektor_primitives::layout_counts;
use vektor_verifier_groth16::{verify, Error, COMPRESSED_PROOF};

use crate::{Config, Keys, Pallet};

impl<T: Config> Pallet<T> {
	/// Checks every invariant. Reads every key: for tests and `try-runtime` only.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		for key in Keys::<T>::iter_values() {
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
		}
		Ok(())
	}
}
