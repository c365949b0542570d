//! The trait that other pallets see.

use vektor_primitives::{traits::ModelRegistry, ModelId, ModelTerms};

use crate::{Config, Models, Pallet};

impl<T: Config> ModelRegistry for Pallet<T> {
	fn terms(id: &ModelId) -> Option<ModelTerms> {
		let record = Models::<T>::get(id).filter(|record| record.removable.is_none() && !Self::is_condemned(record))?;
		Some(ModelTerms {
			price: record.price,
			outputs: record.outputs,
			min_deadline: record.min_deadline,
			needs: record.needs,
			assurance: record.assurance,
			setup: record.setup,
			verified: Self::is_verified(id, &record),
		})
	}

	fn exists(id: &ModelId) -> bool {
		Models::<T>::contains_key(id)
	}
}
