//! The trait that other pallets see.

use vektor_primitives::{layout_counts, traits::ModelRegistry, ModelId, ModelTerms};

use crate::{Config, Models, Pallet};

impl<T: Config> ModelRegistry for Pallet<T> {
	fn terms(id: &ModelId) -> Option<ModelTerms> {
		let record = Models::<T>::get(id).filter(|record| record.removable.is_none())?;
		let (_, outputs) = layout_counts(&record.layout).ok()?;
		Some(ModelTerms {
			price: record.price,
			outputs,
			min_deadline: record.min_deadline,
			needs: record.needs,
			setup: record.setup,
		})
	}
}
