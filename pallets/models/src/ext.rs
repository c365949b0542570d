//! The trait that other pallets see.

use vektor_primitives::{
	traits::{KeyStore, ModelRegistry},
	ModelId, ModelTerms,
};

use crate::{Config, Model, Models, Pallet};

impl<T: Config> ModelRegistry for Pallet<T> {
	fn terms(id: &ModelId) -> Option<ModelTerms> {
		let record =
			Models::<T>::get(id).filter(|record| record.removable.is_none() && Self::is_provable(id, record))?;
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

	fn provable(id: &ModelId) -> bool {
		Models::<T>::get(id).is_some_and(|record| Self::is_provable(id, &record))
	}
}

impl<T: Config> Pallet<T> {
	fn is_provable(id: &ModelId, record: &Model<T::AccountId>) -> bool {
		!Self::is_condemned(record) && T::Keys::usable(id)
	}
}
