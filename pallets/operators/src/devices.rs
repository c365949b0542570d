//! What an operator's attested devices make of it: its class's weight, its capacity, its pay for being there.

use sp_runtime::SaturatedConversion;
use vektor_math::split::pro_rata;
use vektor_primitives::{
	traits::{Attestations, DeviceSink, Watch},
	Attested, Offer, OperatorId, Ppm,
};

use crate::{Classes, Config, Operator, Operators, Pallet};

impl<T: Config> Pallet<T> {
	/// What an operator offers while it can be reached: of its attested devices no more than it declared, and than its collateral
	/// stands behind at its class's present terms; nothing of a class that is closed.
	pub fn offer(record: &Operator<T::AccountId>) -> Offer {
		let Some(class) = Classes::<T>::get(&record.class).filter(|class| class.enabled) else {
			return Offer::default();
		};
		let backed = record.collateral.checked_div(class.collateral_per_gpu).unwrap_or_default();
		let most = record.gpus.min(backed.saturated_into());
		let attested = Attested { devices: record.attested.devices.min(most), ..record.attested };
		Offer { attested, weight: class.multiplier, price: class.reference_price }
	}

	/// What an operator's hardware weighs between `least`, which needs no evidence, and its class's multiplier, which all of its GPUs have
	/// to show: as much of the way as it has attested of them. At most `most`.
	pub fn hardware(operator: &OperatorId, least: Ppm, most: Ppm) -> Ppm {
		let (now, trust) = T::Attestations::current();
		let Some(record) = Operators::<T>::get(operator) else {
			return least;
		};
		let offer = Self::offer(&record);
		let above = offer.weight.0.min(most.0).saturating_sub(least.0);
		let shown = pro_rata(above.into(), offer.attested.counting(now, trust).into(), record.gpus.into());
		Ppm(least.0.saturating_add(shown.unwrap_or_default().saturated_into()))
	}
}

impl<T: Config> DeviceSink for Pallet<T> {
	fn shown(operator: &OperatorId, attested: Attested) {
		if let Some(mut record) = Operators::<T>::get(operator) {
			record.attested = attested;
			// What they earn may be claimed after it has left.
			record.served |= attested.devices > 0;
			T::Watch::offers(operator, Self::offer(&record));
			Operators::<T>::insert(operator, record);
		}
	}
}
