//! What happened, read by name from the metadata.

use std::collections::BTreeMap;

use codec::Decode;
use subxt::{
	ext::scale_decode::visitor::{decode_with_visitor, IgnoreVisitor},
	Metadata,
};
use vektor_primitives::{Asset, Balance, JobId, ModelId, OperatorId};

use crate::{Error, Result, VektorConfig};

/// One event of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
	/// The pallet, such as `Jobs`.
	pub pallet: String,
	/// The event, such as `Settled`.
	pub name: String,
	fields: BTreeMap<String, Vec<u8>>,
}

impl Event {
	/// Whether it is `pallet.name`.
	pub fn is(&self, pallet: &str, name: &str) -> bool {
		self.pallet == pallet && self.name == name
	}

	/// The field of that name.
	pub fn field<T: Decode>(&self, name: &str) -> Result<T> {
		let place = || format!("the field {name} of the event {}.{}", self.pallet, self.name);
		let bytes = self.fields.get(name).ok_or_else(|| Error::Shape(format!("{} is missing", place())))?;
		let rest = &mut bytes.as_slice();
		match T::decode(rest) {
			Ok(value) if rest.is_empty() => Ok(value),
			_ => Err(Error::Shape(format!("{} has another type", place()))),
		}
	}

	pub(crate) fn read(event: &subxt::events::Event<'_, VektorConfig>, metadata: &Metadata) -> Result<Self> {
		let unreadable =
			|| Error::Shape(format!("the event {}.{} cannot be read", event.pallet_name(), event.event_name()));
		let variant = metadata
			.pallet_by_event_index(event.pallet_index())
			.and_then(|pallet| pallet.event_variant_by_index(event.event_index()))
			.ok_or_else(unreadable)?;
		let mut rest = event.field_bytes();
		let mut fields = BTreeMap::new();
		for field in &variant.fields {
			let before = rest;
			decode_with_visitor(&mut rest, field.ty.id, metadata.types(), IgnoreVisitor::new())
				.map_err(|_| unreadable())?;
			let bytes = before.get(..before.len() - rest.len()).ok_or_else(unreadable)?;
			fields.insert(field.name.clone().unwrap_or_default(), bytes.to_vec());
		}
		Ok(Self { pallet: event.pallet_name().into(), name: event.event_name().into(), fields })
	}
}

/// `Jobs.Settled`: what was paid and where it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
	/// Which job.
	pub job: JobId,
	/// In what was paid.
	pub asset: Asset,
	/// All that left the escrow, in the asset's smallest unit.
	pub paid: Balance,
	/// What the operator got at once, in the asset paid.
	pub direct: Balance,
	/// What joined the lot, in the asset paid.
	pub queued: Balance,
	/// The lot that it joined.
	pub lot: u32,
}

impl Settled {
	/// Reads the event's fields.
	pub fn read(event: &Event) -> Result<Self> {
		Ok(Self {
			job: event.field("job")?,
			asset: event.field("asset")?,
			paid: event.field("paid")?,
			direct: event.field("direct")?,
			queued: event.field("queued")?,
			lot: event.field("lot")?,
		})
	}

	/// The settlement of `job` among `events`.
	pub fn find(events: &[Event], job: &JobId) -> Result<Option<Self>> {
		let mut settled = events.iter().filter(|event| event.is("Jobs", "Settled")).map(Self::read);
		settled.find(|read| read.as_ref().map_or(true, |settled| settled.job == *job)).transpose()
	}
}

/// The id of the job that was submitted.
pub fn job_submitted(events: &[Event]) -> Result<JobId> {
	find(events, "Jobs", "Submitted")?.field("job")
}

/// The id of the operator that was registered.
pub fn operator_registered(events: &[Event]) -> Result<OperatorId> {
	find(events, "Operators", "Registered")?.field("operator")
}

/// The id of the model that was registered.
pub fn model_registered(events: &[Event]) -> Result<ModelId> {
	find(events, "Models", "Registered")?.field("model")
}

fn find<'a>(events: &'a [Event], pallet: &str, name: &str) -> Result<&'a Event> {
	events
		.iter()
		.find(|event| event.is(pallet, name))
		.ok_or_else(|| Error::Shape(format!("the call succeeded without the event {pallet}.{name}")))
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;

	#[test]
	fn fields_are_read_by_name_and_in_full() {
		let job = JobId(vektor_primitives::hash(&1u8));
		let event =
			Event { pallet: "Jobs".into(), name: "Submitted".into(), fields: [("job".into(), job.encode())].into() };
		assert_eq!(job_submitted(std::slice::from_ref(&event)).unwrap(), job);
		assert!(event.field::<u8>("job").is_err());
		assert!(event.field::<JobId>("model").is_err());
		assert!(operator_registered(&[event]).is_err());
	}
}
