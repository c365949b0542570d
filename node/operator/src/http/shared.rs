use std::time::Duration;

use tokio::sync::{Notify, Semaphore};
use vektor_primitives::{ModelId, OperatorId};

use super::{MAX_AT_ONCE, MAX_TIME};
use crate::{
	ezkl,
	served::{Served, MAX_DIGITS},
	session,
	store::Store,
};

/// What the endpoint needs.
pub struct Shared<C> {
	pub chain: C,
	pub store: Store,
	pub operator: OperatorId,
	/// The digits.
	pub model: ModelId,
	/// What ezkl proves, beside them.
	pub ezkl: ezkl::Models,
	/// What runs in this machine's enclave, beside them.
	pub session: session::Models,
	/// Tells the agent that there is something to do.
	pub wake: Notify,
	pub(super) gate: Semaphore,
	pub(super) patience: Duration,
}

impl<C> Shared<C> {
	/// With nothing received yet.
	pub fn new(chain: C, store: Store, operator: OperatorId, model: ModelId) -> Self {
		Self {
			chain,
			store,
			operator,
			model,
			ezkl: ezkl::Models::new(),
			session: session::Models::new(),
			wake: Notify::new(),
			gate: Semaphore::new(MAX_AT_ONCE),
			patience: MAX_TIME,
		}
	}

	/// Serves these too.
	pub fn beside(self, ezkl: ezkl::Models, session: session::Models) -> Self {
		Self { ezkl, session, ..self }
	}

	/// A model, if it is served here.
	pub fn served(&self, model: &ModelId) -> Option<Served> {
		match *model == self.model {
			true => Some(Served::Digits),
			false => {
				let ezkl = || self.ezkl.get(model).cloned().map(Served::Ezkl);
				self.session.get(model).cloned().map(Served::Session).or_else(ezkl)
			}
		}
	}

	/// All that are served here, the digits first.
	pub(super) fn models(&self) -> impl Iterator<Item = &ModelId> {
		[&self.model].into_iter().chain(self.ezkl.keys()).chain(self.session.keys())
	}

	/// The longest input of any model.
	pub(super) fn longest(&self) -> usize {
		self.models().filter_map(|model| self.served(model)).map(|served| served.longest()).fold(MAX_DIGITS, usize::max)
	}
}
