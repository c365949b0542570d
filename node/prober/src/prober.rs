//! The prober.

use std::{
	collections::HashMap,
	net::{IpAddr, SocketAddr},
	sync::{Arc, Mutex, MutexGuard, PoisonError},
	time::{Duration, Instant},
};

use http_body_util::Full;
use hyper::{
	body::Bytes,
	header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT as AGENT},
	http::uri::PathAndQuery,
	Request,
};
use tokio::{
	sync::{Semaphore, SemaphorePermit},
	time::{sleep, timeout},
};

use crate::{
	address::site,
	connection::Line,
	limits::{Pace, Pauses, Places},
	stats::Counters,
	Endpoint, Host, Limits, Outcome, Reason, Resolve, Rules, Stats, System,
};

/// What an operator is known by.
pub type Id = [u8; 32];

/// What a prober calls itself.
pub const USER_AGENT: &str = concat!("vektor-prober/", env!("CARGO_PKG_VERSION"));

/// Asks operators. It is shared by all who ask, and asks on whatever Tokio runtime it is called from.
pub struct Prober<R = System> {
	limits: Limits,
	rules: Rules,
	resolver: R,
	turns: Semaphore,
	state: Mutex<State>,
	counters: Arc<Counters>,
}

struct State {
	places: Places,
	pauses: Pauses,
	pace: Pace,
	kept: HashMap<Id, Kept>,
	/// How often a connection was kept so far: tells which was used last.
	uses: u64,
}

/// A connection that waits for the next ask.
struct Kept {
	line: Line,
	endpoint: Endpoint,
	used: u64,
}

impl<R: Resolve> Prober<R> {
	/// A prober that has asked nobody yet.
	pub fn new(limits: Limits, rules: Rules, resolver: R) -> Self {
		let state = State {
			places: Places::new(limits.per_address),
			pauses: Pauses::default(),
			pace: Pace::new(limits.per_second),
			kept: HashMap::new(),
			uses: 0,
		};
		let turns = Semaphore::new(limits.at_once.min(Semaphore::MAX_PERMITS));
		Self { limits, rules, resolver, turns, state: Mutex::new(state), counters: Arc::default() }
	}

	/// Posts `body`, which is JSON, to `path` below an operator's endpoint, and waits for an answer that `accept` takes for the
	/// operator's own.
	///
	/// There are two clocks of `patience` each: one for the prober's own queues, and then one for the operator, from the lookup of
	/// its name to the last byte of its answer. So nobody is blamed for what the prober was busy with.
	///
	/// An operator whose answer is not its own, whatever else it is, is left alone for the next 1, 2 and then 4 asks, until
	/// one is accepted. One that is not reached, or is too slow, is not.
	///
	/// A connection is kept for the next ask after an answer that was accepted. If it turns out to be closed by then, the request
	/// is sent once more on a new one.
	pub async fn ask(
		&self,
		id: Id,
		endpoint: &Endpoint,
		path: &str,
		body: Vec<u8>,
		patience: Duration,
		accept: impl FnOnce(&[u8]) -> bool,
	) -> Outcome {
		self.counters.asked.add(1);
		let outcome = match self.attempt(id, endpoint, path, body, patience, accept).await {
			Ok((body, rtt)) => Outcome::Answered { body, rtt },
			Err(reason) => reason.into(),
		};
		match outcome {
			Outcome::Answered { .. } => self.counters.answered.add(1),
			Outcome::NotAsked(_) => self.counters.not_asked.add(1),
			Outcome::NoAnswer(_) => {}
		}
		outcome
	}

	/// Begins a window: other operators may be asked at each address. Those who answered there in the last one, or are still
	/// connected, keep their place before all others.
	pub fn begin_window(&self) {
		let State { places, kept, .. } = &mut *self.state();
		places.begin_window(|id, place| kept.get(id).is_some_and(|kept| site(kept.line.address().ip()) == place));
	}

	/// Forgets an operator who is gone: its connection is closed.
	pub fn forget(&self, id: &Id) {
		let mut state = self.state();
		state.kept.remove(id);
		state.pauses.end(id);
	}

	/// What it has done so far.
	pub fn stats(&self) -> Stats {
		self.counters.read()
	}

	async fn attempt(
		&self,
		id: Id,
		endpoint: &Endpoint,
		path: &str,
		body: Vec<u8>,
		patience: Duration,
		accept: impl FnOnce(&[u8]) -> bool,
	) -> Result<(Vec<u8>, Duration), Reason> {
		self.state().pauses.pass(&id)?;
		self.rules.endpoint(endpoint)?;
		let request = request(endpoint, path, body)?;
		let _turn = self.turn(&id, endpoint, patience).await?;
		let talk = timeout(patience, self.talk(&id, endpoint, request)).await;
		let (line, answer) = match talk.unwrap_or(Err(Reason::TimedOut)) {
			Ok((line, body, rtt)) if accept(&body) => (line, (body, rtt)),
			other => {
				let reason = other.err().unwrap_or(Reason::Unsigned);
				if reason.is_strange() {
					self.state().pauses.lengthen(&id);
				}
				return Err(reason);
			}
		};
		let mut state = self.state();
		state.pauses.end(&id);
		state.places.prove(&id, line.address().ip());
		state.keep(id, line, endpoint.clone(), self.limits.kept);
		Ok(answer)
	}

	/// Waits until the operator may be asked.
	async fn turn(&self, id: &Id, endpoint: &Endpoint, patience: Duration) -> Result<SemaphorePermit<'_>, Reason> {
		let began = Instant::now();
		// Before anything is used up: thousands who name one address must not take the others' turns.
		self.state().take_known_place(id, endpoint)?;
		let turn =
			timeout(patience, self.turns.acquire()).await.map_err(|_| Reason::Busy)?.map_err(|_| Reason::Busy)?;
		let left = patience.saturating_sub(began.elapsed());
		let wait = self.state().pace.turn(Instant::now(), left).ok_or(Reason::Busy)?;
		if !wait.is_zero() {
			sleep(wait).await;
		}
		Ok(turn)
	}

	/// Sends the request on the connection that was kept, or on a new one.
	async fn talk(
		&self,
		id: &Id,
		endpoint: &Endpoint,
		request: Request<Full<Bytes>>,
	) -> Result<(Line, Vec<u8>, Duration), Reason> {
		// A statement of its own: the lock must be free again when the other side is waited for.
		let kept = self.state().take_kept(id, endpoint)?;
		if let Some(mut line) = kept {
			if line.is_ready().await {
				match line.exchange(request.clone(), self.limits.answer).await {
					Ok((body, rtt)) => return Ok((line, body, rtt)),
					Err(Reason::Closed) if line.is_silent() => {}
					Err(reason) => return Err(reason),
				}
			}
		}
		let mut line = self.connect(id, endpoint).await?;
		let (body, rtt) = line.exchange(request, self.limits.answer).await?;
		Ok((line, body, rtt))
	}

	/// Connects to the address that was checked, and to no other.
	async fn connect(&self, id: &Id, endpoint: &Endpoint) -> Result<Line, Reason> {
		let address = match endpoint.host() {
			Host::Address(address) => self.checked(&[*address])?,
			Host::Name(name) => self.checked(&self.resolver.resolve(name).await?)?,
		};
		self.state().places.take(id, address)?;
		Line::open(SocketAddr::new(address, endpoint.port()), self.limits.answer, Arc::clone(&self.counters)).await
	}

	/// The best address, if none is forbidden.
	fn checked(&self, addresses: &[IpAddr]) -> Result<IpAddr, Reason> {
		for address in addresses {
			self.rules.address(*address)?;
		}
		addresses.first().copied().ok_or(Reason::NoAddress)
	}

	/// What all asks share. No one who holds it can leave it half changed.
	fn state(&self) -> MutexGuard<'_, State> {
		self.state.lock().unwrap_or_else(PoisonError::into_inner)
	}
}

impl State {
	/// A place at the operator's address, if that is known before its name is looked up.
	fn take_known_place(&mut self, id: &Id, endpoint: &Endpoint) -> Result<(), Reason> {
		match endpoint.host() {
			Host::Address(address) => self.places.take(id, *address),
			Host::Name(_) => Ok(()),
		}
	}

	/// The connection that was kept, if it leads to where the operator says that it is.
	fn take_kept(&mut self, id: &Id, endpoint: &Endpoint) -> Result<Option<Line>, Reason> {
		let kept = self.kept.remove(id).filter(|kept| kept.endpoint == *endpoint);
		if let Some(kept) = &kept {
			self.places.take(id, kept.line.address().ip())?;
		}
		Ok(kept.map(|kept| kept.line))
	}

	/// Keeps a connection, in place of the one that was used longest ago.
	fn keep(&mut self, id: Id, line: Line, endpoint: Endpoint, most: usize) {
		self.uses = self.uses.saturating_add(1);
		self.kept.insert(id, Kept { line, endpoint, used: self.uses });
		if self.kept.len() > most {
			let oldest = self.kept.iter().min_by_key(|(_, kept)| kept.used).map(|(id, _)| *id);
			oldest.and_then(|oldest| self.kept.remove(&oldest));
		}
	}
}

fn request(endpoint: &Endpoint, path: &str, body: Vec<u8>) -> Result<Request<Full<Bytes>>, Reason> {
	if !path.starts_with('/') {
		return Err(Reason::Path);
	}
	let path: PathAndQuery = format!("{}{path}", endpoint.path()).parse().map_err(|_| Reason::Path)?;
	Request::post(path)
		.header(HOST, endpoint.authority())
		.header(AGENT, USER_AGENT)
		.header(CONTENT_TYPE, "application/json")
		// Hyper leaves it out of an empty one.
		.header(CONTENT_LENGTH, body.len())
		.body(Full::new(Bytes::from(body)))
		.map_err(|_| Reason::Path)
}
