//! How much of a block evidence may take: without a limit, proofs that do not hold could keep everything else out.

use frame_support::{dispatch::DispatchClass, pallet_prelude::Weight, traits::Get};

use crate::{Config, EvidenceInBlock, Pallet};

impl<T: Config> Pallet<T> {
	/// The most that evidence may take of a block, in picoseconds of reference time.
	pub fn evidence_limit() -> u64 {
		let limits = T::BlockWeights::get();
		let normal = limits.get(DispatchClass::Normal).max_total.unwrap_or(limits.max_block);
		T::EvidenceShare::get().mul_floor(normal.ref_time())
	}

	/// What evidence has taken of this block.
	fn taken() -> u64 {
		let now = frame_system::Pallet::<T>::block_number();
		EvidenceInBlock::<T>::get().filter(|(block, _)| *block == now).map_or(0, |(_, taken)| taken)
	}

	fn put_taken(taken: u64) {
		EvidenceInBlock::<T>::put((frame_system::Pallet::<T>::block_number(), taken));
	}

	/// Sets so much of this block aside for evidence. False, and nothing is, where there is no room: then it waits for another block.
	pub fn reserve(weight: Weight) -> bool {
		let taken = Self::taken().saturating_add(weight.ref_time());
		let fits = taken <= Self::evidence_limit();
		if fits {
			Self::put_taken(taken);
		}
		fits
	}

	/// Gives back what was set aside and not used.
	pub fn release(weight: Weight) {
		Self::put_taken(Self::taken().saturating_sub(weight.ref_time()));
	}
}
