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

/// The first and the longest pause after an attestation that came to nothing.
const PAUSE: (Duration, Duration) = (Duration::from_secs(6), Duration::from_secs(600));

/// The same after one that the chain refused: it took the whole fee, and will again until somebody changes something.
const REFUSED: (Duration, Duration) = (Duration::from_secs(3_600), Duration::from_secs(6 * 3_600));

/// The pause where the chain lacks something that anybody may post at any time.
const LACKING: Duration = Duration::from_secs(900);

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
	/// Whether results wait for it.
	pub fn is_urgent(self) -> bool {
		self != Self::Soon
	}

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

/// How an attestation has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
	/// The chain has the session.
	Attested,
	/// The chain refused it in a block.
	Refused,
	/// The chain refused it for want of what it rests on.
	Lacking,
	/// It did not come that far.
	Nothing,
}

/// Where the enclave stands.
#[derive(Default)]
pub struct Standing(Mutex<State>);

#[derive(Default)]
struct State {
	/// Whether the chain takes its results, as it was last seen.
	holds: bool,
	/// How often that came to nothing, and how often the chain refused it.
	failed: (u32, u32),
	/// When to try again.
	again: Option<Instant>,
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

	/// Notes what the chain has. True where it is to be attested now: then [`Self::begin`] is called.
	pub fn look(&self, need: Option<Need>, now: Instant) -> bool {
		let mut state = self.state();
		state.holds = matches!(need, None | Some(Need::Soon));
		let Some(need) = need else { return false };
		let settled = state.attested.is_some_and(|at| now < at + SETTLED);
		let waits = state.again.is_some_and(|at| now < at);
		!(waits || need == Need::Soon && settled)
	}

	/// An attestation begins. [`Self::done`] is called when it has ended, but not where the connection ends it: it may be in a block yet,
	/// so even then the next waits a little.
	pub fn begin(&self, now: Instant) {
		self.state().again = Some(now + PAUSE.0);
	}

	/// An attestation has ended. Says how long to wait until the next, where it failed.
	pub fn done(&self, end: End, now: Instant) -> Option<Duration> {
		let mut state = self.state();
		let (nothing, refused) = state.failed;
		let (tries, (first, longest)) = match end {
			End::Attested => {
				state.attested = Some(now);
				state.failed = (0, 0);
				state.again = None;
				return None;
			}
			End::Refused => {
				state.failed = (nothing, refused.saturating_add(1));
				(refused, REFUSED)
			}
			End::Lacking => (0, (LACKING, LACKING)),
			End::Nothing => {
				state.failed = (nothing.saturating_add(1), refused);
				(nothing, PAUSE)
			}
		};
		let pause = first.saturating_mul(2u32.saturating_pow(tries)).min(longest);
		state.again = Some(now + pause);
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
			standing.look(need, Instant::now());
			assert_eq!(standing.holds(), holds, "{need:?}");
		}
	}

	#[test]
	fn an_attestation_that_its_connection_ended_is_not_sent_again_at_once() {
		let (standing, now) = (Standing::default(), Instant::now());
		assert!(standing.look(Some(Need::First), now));
		standing.begin(now);
		assert!(!standing.look(Some(Need::First), now));
		assert!(standing.look(Some(Need::First), now + PAUSE.0));
	}

	#[test]
	fn a_session_that_ended_right_after_is_attested_at_once() {
		let (standing, now) = (Standing::default(), Instant::now());
		standing.begin(now);
		assert_eq!(standing.done(End::Attested, now), None);
		assert!(!standing.look(None, now));
		assert!(standing.look(Some(Need::Void), now));
	}

	/// The pauses after attestations that end like that, in seconds, each begun as soon as may be.
	fn pauses(standing: &Standing, end: End, times: u32, now: &mut Instant) -> Vec<u64> {
		let one = |_| {
			assert!(standing.look(Some(Need::First), *now));
			standing.begin(*now);
			let pause = standing.done(end, *now).unwrap();
			assert!(!standing.look(Some(Need::First), *now + pause - Duration::from_millis(1)));
			*now += pause;
			pause.as_secs()
		};
		(0..times).map(one).collect()
	}

	#[test]
	fn after_a_failure_it_is_tried_again_ever_more_slowly() {
		let (standing, mut now) = (Standing::default(), Instant::now());
		let nothing = pauses(&standing, End::Nothing, 9, &mut now);
		assert_eq!(nothing, [6, 12, 24, 48, 96, 192, 384, 600, 600]);
		standing.done(End::Attested, now);
		assert_eq!(pauses(&standing, End::Nothing, 1, &mut now), [6], "it starts anew");
	}

	#[test]
	fn what_the_chain_refused_is_not_paid_for_again_for_hours() {
		let (standing, mut now) = (Standing::default(), Instant::now());
		assert_eq!(pauses(&standing, End::Refused, 5, &mut now), [3_600, 7_200, 14_400, 21_600, 21_600]);
		assert_eq!(pauses(&standing, End::Nothing, 1, &mut now), [6], "what cost nothing is another matter");
		standing.done(End::Attested, now);
		assert_eq!(pauses(&standing, End::Refused, 1, &mut now), [3_600], "it starts anew");
	}

	#[test]
	fn what_lacks_collateral_is_tried_again_within_a_quarter_of_an_hour() {
		let (standing, mut now) = (Standing::default(), Instant::now());
		assert_eq!(pauses(&standing, End::Lacking, 3, &mut now), [900; 3]);
	}

	#[test]
	fn only_a_session_that_ends_soon_keeps_no_result_waiting() {
		let urgent = [Need::First, Need::Another, Need::Void, Need::Soon].map(Need::is_urgent);
		assert_eq!(urgent, [true, true, true, false]);
	}

	#[test]
	fn a_session_that_cannot_last_longer_is_not_attested_at_each_block() {
		let (standing, now) = (Standing::default(), Instant::now());
		assert!(standing.look(Some(Need::Soon), now));
		standing.done(End::Attested, now);
		assert!(!standing.look(Some(Need::Soon), now + SETTLED - Duration::from_secs(1)));
		assert!(standing.look(Some(Need::Soon), now + SETTLED));
	}
}
