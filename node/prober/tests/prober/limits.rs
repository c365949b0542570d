//! How much is asked, of whom, and how fast.

use std::{
	sync::{atomic::Ordering::SeqCst, Arc},
	time::{Duration, Instant},
};

use tokio::{io::AsyncWriteExt, task::JoinSet, time::sleep};
use vektor_prober::{Endpoint, Limits, Outcome, Prober, Reason, Resolve, Rules};

use crate::servers::*;

const STRANGER: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nno";

/// Answers late, and counts how many wait at once.
async fn slow(wait: Duration) -> Server {
	Server::start(move |mut stream, seen| async move {
		loop {
			read_request(&mut stream, &seen).await?;
			let now = seen.now.fetch_add(1, SeqCst) + 1;
			seen.most.fetch_max(now, SeqCst);
			sleep(wait).await;
			seen.now.fetch_sub(1, SeqCst);
			stream.write_all(GOOD.as_bytes()).await.ok()?;
		}
	})
	.await
}

/// Asks operators all at once, each at its own endpoint.
async fn ask_all<R: Resolve + 'static>(
	prober: &Arc<Prober<R>>,
	count: u32,
	endpoint: impl Fn(u32) -> Endpoint,
) -> Vec<Outcome> {
	let mut asks = JoinSet::new();
	for number in 0..count {
		let (prober, endpoint) = (Arc::clone(prober), endpoint(number));
		asks.spawn(async move { ask(&prober, number, &endpoint).await });
	}
	asks.join_all().await
}

fn count(outcomes: &[Outcome], expected: &Outcome) -> usize {
	outcomes.iter().filter(|outcome| *outcome == expected).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_operators_who_name_one_victim_send_it_four_asks_a_window() {
	let victim = Server::answering(STRANGER).await;
	let prober = Arc::new(prober());
	let outcomes = ask_all(&prober, 10_000, |_| victim.endpoint()).await;
	assert_eq!(count(&outcomes, &Outcome::NoAnswer(Reason::Unsigned)), 4);
	assert_eq!(count(&outcomes, &Outcome::NotAsked(Reason::AddressFull)), 9_996);
	assert_eq!((victim.requests(), victim.connections()), (4, 4));
	// Another round in the same window: those four are left alone, and nobody takes their places.
	ask_all(&prober, 10_000, |_| victim.endpoint()).await;
	assert_eq!(victim.requests(), 4);
	prober.begin_window();
	ask_all(&prober, 10_000, |_| victim.endpoint()).await;
	assert_eq!(victim.requests(), 8);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_names_of_one_victim_send_it_four_asks_a_window() {
	let victim = Server::answering(STRANGER).await;
	let limits = Limits { per_second: 1_000_000, ..Limits::default() };
	let prober = Arc::new(Prober::new(limits, Rules::DEVELOPMENT, Script::new(&[&["127.0.0.1"]])));
	let port = victim.address.port();
	let name = |number| Endpoint::parse(format!("http://n{number}.example:{port}").as_bytes()).unwrap();
	let outcomes = ask_all(&prober, 10_000, name).await;
	assert_eq!(count(&outcomes, &Outcome::NotAsked(Reason::AddressFull)), 9_996);
	assert_eq!((victim.requests(), victim.connections()), (4, 4));
}

#[tokio::test]
async fn an_operator_at_its_place_may_be_asked_in_every_round() {
	let (server, prober) = (Server::answering(GOOD).await, prober());
	for _ in 0..3 {
		for number in 0..6 {
			let full = (number >= 4).then_some(Reason::AddressFull);
			assert_eq!(why(&prober, number, &server.endpoint()).await, full);
		}
	}
	assert_eq!((server.requests(), server.connections()), (12, 4));
}

#[tokio::test]
async fn who_answered_keeps_its_place_in_the_next_window_and_who_did_not_loses_it() {
	let (own, stranger) = (Server::answering(GOOD).await, Server::answering(STRANGER).await);
	for kept in [8, 0] {
		let prober = prober_with(Limits { per_address: 2, kept, ..Limits::default() });
		assert_eq!(why(&prober, 1, &own.endpoint()).await, None);
		assert_eq!(why(&prober, 2, &stranger.endpoint()).await, Some(Reason::Unsigned));
		assert_eq!(why(&prober, 3, &own.endpoint()).await, Some(Reason::AddressFull));
		prober.begin_window();
		assert_eq!(why(&prober, 3, &own.endpoint()).await, None);
		assert_eq!(why(&prober, 4, &own.endpoint()).await, Some(Reason::AddressFull));
		assert_eq!(why(&prober, 1, &own.endpoint()).await, None);
	}
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_more_are_asked_at_once_than_may_be() {
	let server = slow(Duration::from_millis(20)).await;
	let prober = Arc::new(prober_with(Limits { at_once: 5, per_address: 64, ..Limits::default() }));
	for round in 1..=2 {
		let outcomes = ask_all(&prober, 64, |_| server.endpoint()).await;
		assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::Answered { .. })));
		assert_eq!((server.requests(), server.seen.most.load(SeqCst)), (64 * round, 5));
	}
	assert_eq!(server.connections(), 64);
}

#[tokio::test]
async fn who_cannot_be_asked_in_time_for_all_the_others_is_not_asked_and_not_blamed() {
	let server = slow(Duration::from_millis(200)).await;
	let prober = prober_with(Limits { at_once: 1, ..Limits::default() });
	let endpoint = server.endpoint();
	let patience = |milliseconds| Duration::from_millis(milliseconds);
	let (first, impatient, patient) = tokio::join!(
		ask_for(&prober, 1, &endpoint, patience(1_000)),
		ask_for(&prober, 2, &endpoint, patience(50)),
		// It waits for most of its patience, and the operator has all of it still.
		ask_for(&prober, 3, &endpoint, patience(300)),
	);
	assert!(matches!(first, Outcome::Answered { .. }));
	assert_eq!(impatient, Outcome::NotAsked(Reason::Busy));
	assert!(matches!(patient, Outcome::Answered { .. }));
}

#[tokio::test]
async fn requests_go_out_at_an_even_pace() {
	let server = Server::answering(GOOD).await;
	let prober = Prober::new(Limits { per_second: 50, ..Limits::default() }, Rules::DEVELOPMENT, Script::new(&[&[]]));
	let began = Instant::now();
	for _ in 0..10 {
		assert_eq!(why(&prober, 1, &server.endpoint()).await, None);
	}
	assert!(began.elapsed() >= Duration::from_millis(180), "{:?}", began.elapsed());
	let prober = Prober::new(Limits { per_second: 1, ..Limits::default() }, Rules::DEVELOPMENT, Script::new(&[&[]]));
	assert!(matches!(
		ask_for(&prober, 1, &server.endpoint(), Duration::from_millis(300)).await,
		Outcome::Answered { .. }
	));
	let second = ask_for(&prober, 1, &server.endpoint(), Duration::from_millis(300)).await;
	assert_eq!(second, Outcome::NotAsked(Reason::Busy));
}

#[tokio::test]
async fn those_who_crowd_one_address_take_no_turns_from_others() {
	let (victim, server) = (Server::answering(STRANGER).await, Server::answering(GOOD).await);
	let limits = Limits { per_second: 10, per_address: 1, ..Limits::default() };
	let prober = Prober::new(limits, Rules::DEVELOPMENT, Script::new(&[&[]]));
	assert_eq!(why(&prober, 0, &victim.endpoint()).await, Some(Reason::Unsigned));
	let began = Instant::now();
	for number in 1..1_000 {
		assert_eq!(why(&prober, number, &victim.endpoint()).await, Some(Reason::AddressFull));
	}
	let other = format!("http://127.0.0.2:{}", server.address.port());
	let outcome = ask(&prober, 1_000, &Endpoint::parse(other.as_bytes()).unwrap()).await;
	assert_eq!(outcome, Outcome::NoAnswer(Reason::Unreachable));
	assert!(began.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn a_prober_that_may_do_nothing_does_nothing() {
	let server = Server::answering(GOOD).await;
	for (limits, reason) in [
		(Limits { per_address: 0, ..Limits::default() }, Reason::AddressFull),
		(Limits { at_once: 0, ..Limits::default() }, Reason::Busy),
		(Limits { per_second: 0, ..Limits::default() }, Reason::Busy),
	] {
		let prober = Prober::new(limits, Rules::DEVELOPMENT, Script::new(&[&[]]));
		let outcome = ask_for(&prober, 1, &server.endpoint(), Duration::from_millis(50)).await;
		assert_eq!(outcome, Outcome::NotAsked(reason));
	}
	assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn of_the_kept_connections_the_one_used_longest_ago_is_closed() {
	let server = Server::answering(GOOD).await;
	let prober = prober_with(Limits { kept: 2, ..Limits::default() });
	for (number, connections) in [(1, 1), (2, 2), (1, 2), (3, 3), (1, 3), (3, 3), (2, 4), (3, 4), (1, 5)] {
		assert_eq!(why(&prober, number, &server.endpoint()).await, None);
		assert_eq!(server.connections(), connections, "{number}");
	}
	prober.forget(&id(1));
	assert_eq!(why(&prober, 1, &server.endpoint()).await, None);
	assert_eq!(server.connections(), 6);
}
