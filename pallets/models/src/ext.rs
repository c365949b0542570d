//! The trait that other pallets see.

use frame_support::pallet_prelude::Weight;
use vektor_primitives::{
	traits::{KeyStore, ModelRegistry},
	ModelId, ModelTerms,
};

use crate::{Config, Models, Pallet, WeightInfo};

impl<T: Config> ModelRegistry for Pallet<T> {
	fn terms(id: &ModelId) -> Option<ModelTerms> {
		let record = Models::<T>::get(id).filter(|record| record.removable.is_none())?;
		Some(ModelTerms {
			price: record.price,
			outputs: T::Keys::outputs(id)?,
			min_deadline: record.min_deadline,
			needs: record.needs,
			setup: record.setup,
		})
	}

	fn weight() -> Weight {
		T::WeightInfo::terms().saturating_add(T::Keys::weight())
	}
}
