//! Whether the chain takes this enclave's results, and when to attest it.

use std::{
	fmt,
	sync::Mutex,
	time::{Duration, Instant},
};

use vektor_client::Session;
use vektor_primitives::SessionKeys;

/// So long before its end a session is attested again.
const MARGIN: u64 = 3_600;

/// How long a session that ends soon is left alone once it was attested: what it rests on may end then, and only be longer later.
const SETTLED: Duration = Duration::from_secs(MARGIN / 4);

/// The first and the longest pause after an attestation that failed: each may have cost a fee.
const PAUSE: (Duration, Duration) = (Duration::from_secs(6), Duration::from_secs(600));

/// Why the session is to be attested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
	/// The chain has none.
	First,
	/// The chain has one of other keys: of a process before, or of another machine.
	Another,
	/// It has ended, or something was trusted no more since.
	Void,
	/// It ends soon.
	Soon,
}

impl fmt::Display for Need {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::First => "the chain has none yet",
			Self::Another => "the chain's has other keys",
			Self::Void => "the chain's has ended, or what it rests on is trusted no more",
			Self::Soon => "the chain's ends soon",
		})
	}
}

impl Need {
	/// Why a session of these keys is to be attested, where the chain has that one, at `now` (Unix seconds).
	pub fn of(session: Option<&Session>, keys: &SessionKeys, now: u64) -> Option<Self> {
		match session {
			None => Some(Self::First),
			Some(session) if session.keys != *keys => Some(Self::Another),
			Some(session) if !session.current => Some(Self::Void),
			Some(session) if session.until < now.saturating_add(MARGIN) => Some(Self::Soon),
			Some(_) => None,
		}
	}
}

/// Where the enclave stands.
#[derive(Default)]
pub struct Standing(Mutex<State>);

#[derive(Default)]
struct State {
	/// Whether the chain takes its results, as it was last seen.
	holds: bool,
	/// Whether it is being attested.
	busy: bool,
	/// How often that has failed, and when to try again.
	failed: (u32, Option<Instant>),
	/// When it was attested.
	attested: Option<Instant>,
}

impl Standing {
	fn state(&self) -> std::sync::MutexGuard<'_, State> {
		self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
	}

	/// Whether the chain takes its results.
	pub fn holds(&self) -> bool {
		self.state().holds
	}

	/// Notes what the chain has. True where it is to be attested now: then [`Self::done`] is called when that has ended.
	pub fn begin(&self, need: Option<Need>, now: Instant) -> bool {
		let mut state = self.state();
		state.holds = matches!(need, None | Some(Need::Soon));
		let Some(need) = need else { return false };
		let settled = state.attested.is_some_and(|at| now < at + SETTLED);
		let waits = state.failed.1.is_some_and(|at| now < at);
		let begins = !(state.busy || waits || need == Need::Soon && settled);
		state.busy |= begins;
		begins
	}

	/// An attestation has ended. Says how long to wait until the next, where it failed.
	pub fn done(&self, succeeded: bool, now: Instant) -> Option<Duration> {
		let mut state = self.state();
		state.busy = false;
		if succeeded {
			state.attested = Some(now);
			state.failed = (0, None);
			return None;
		}
		let (tries, _) = state.failed;
		let pause = PAUSE.0.saturating_mul(2u32.saturating_pow(tries)).min(PAUSE.1);
		state.failed = (tries.saturating_add(1), Some(now + pause));
		Some(pause)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use vektor_client::H256;

	const NOW: u64 = 1_800_000_000;

	fn keys(of: u8) -> SessionKeys {
		SessionKeys { signing: H256([of; 32]), sealing: H256([of; 32]) }
	}

	fn session(of: u8, current: bool, until: u64) -> Session {
		Session { keys: keys(of), devices: vec![], until, current }
	}

	#[test]
	fn a_session_is_attested_when_the_chain_has_none_that_lasts() {
		let need = |session: Option<Session>| Need::of(session.as_ref(), &keys(1), NOW);
		assert_eq!(need(None), Some(Need::First));
		assert_eq!(need(Some(session(2, true, NOW + 100_000))), Some(Need::Another));
		assert_eq!(need(Some(session(1, false, NOW + 100_000))), Some(Need::Void));
		assert_eq!(need(Some(session(1, true, NOW + MARGIN - 1))), Some(Need::Soon));
		assert_eq!(need(Some(session(1, true, NOW + MARGIN))), None);
	}

	#[test]
	fn results_are_taken_under_a_session_that_ends_soon() {
		let standing = Standing::default();
		assert!(!standing.holds());
		for (need, holds) in [
			(None, true),
			(Some(Need::Another), false),
			(Some(Need::Soon), true),
			(Some(Need::Void), false),
			(Some(Need::First), false),
		] {
			standing.begin(need, Instant::now());
			assert_eq!(standing.holds(), holds, "{need:?}");
		}
	}

	#[test]
	fn one_attestation_is_made_at_a_time() {
		let (standing, now) = (Standing::default(), Instant::now());
		assert!(standing.begin(Some(Need::First), now));
		assert!(!standing.begin(Some(Need::First), now));
		assert_eq!(standing.done(true, now), None);
		assert!(!standing.begin(None, now));
		assert!(standing.begin(Some(Need::Void), now), "revoked right after");
	}

	#[test]
	fn after_a_failure_it_is_tried_again_ever_more_slowly() {
		let (standing, mut now) = (Standing::default(), Instant::now());
		let mut pauses = Vec::new();
		for _ in 0..9 {
			assert!(standing.begin(Some(Need::First), now));
			let pause = standing.done(false, now).unwrap();
			assert!(!standing.begin(Some(Need::First), now + pause - Duration::from_millis(1)));
			now += pause;
			pauses.push(pause.as_secs());
		}
		assert_eq!(pauses, [6, 12, 24, 48, 96, 192, 384, 600, 600]);
		assert!(standing.begin(Some(Need::First), now));
		standing.done(true, now);
		assert!(standing.begin(Some(Need::Void), now));
		assert_eq!(standing.done(false, now), Some(PAUSE.0), "it starts anew");
	}

	#[test]
	fn a_session_that_cannot_last_longer_is_not_attested_at_each_block() {
		let (standing, now) = (Standing::default(), Instant::now());
		assert!(standing.begin(Some(Need::Soon), now));
		standing.done(true, now);
		assert!(!standing.begin(Some(Need::Soon), now + SETTLED - Duration::from_secs(1)));
		assert!(standing.begin(Some(Need::Soon), now + SETTLED));
	}
}
