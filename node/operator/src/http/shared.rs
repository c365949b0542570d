use std::{
	io,
	sync::Mutex,
	time::{Duration, Instant},
};

use tokio::sync::Notify;
use vektor_primitives::{ModelId, OperatorId};

use super::{door::Door, lock, MAX_TIME};
use crate::{
	ezkl,
	served::{Served, MAX_DIGITS},
	session,
	store::{Record, Store},
};

/// How long a count of the jobs is good for.
const FRESH: Duration = Duration::from_secs(1);

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
	pub(super) door: Door,
	/// Held while an input is written, since another may be of the same job.
	keeping: Mutex<()>,
	/// How many jobs there were, and when.
	counted: Mutex<Option<(Instant, usize)>>,
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
			door: Door::default(),
			keeping: Mutex::default(),
			counted: Mutex::default(),
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

	/// Keeps an accepted input, where there is none of that job; otherwise what there is.
	pub(super) fn keep(&self, accepted: &Record) -> io::Result<Option<Record>> {
		let _one_at_a_time = lock(&self.keeping);
		match self.store.get(&accepted.job)? {
			Some(known) => Ok(Some(known)),
			None => self.store.put(accepted).map(|()| None),
		}
	}

	/// How many jobs are in progress, as of a second ago at the most.
	pub(super) async fn jobs(&self) -> usize {
		let counted = *lock(&self.counted);
		if let Some((_, count)) = counted.filter(|(at, _)| at.elapsed() < FRESH) {
			return count;
		}
		let store = self.store.clone();
		let count = tokio::task::spawn_blocking(move || store.count()).await;
		let count = count.ok().and_then(Result::ok).unwrap_or_default();
		*lock(&self.counted) = Some((Instant::now(), count));
		count
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
