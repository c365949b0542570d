//! What names lead to, and what they cannot lead to.

use std::time::Duration;

use tokio::{io::AsyncWriteExt, time::sleep};
use vektor_prober::{Endpoint, Limits, Outcome, Prober, Reason, Refused, Resolve, Rules, System};

use crate::servers::*;

fn named(port: u16) -> Endpoint {
	Endpoint::parse(format!("http://gpu.example:{port}").as_bytes()).unwrap()
}

fn development<R: Resolve>(resolver: R) -> Prober<R> {
	Prober::new(Limits::default(), Rules::DEVELOPMENT, resolver)
}

#[tokio::test]
async fn a_name_is_asked_at_its_address_and_told_who_is_meant() {
	let server = Server::answering(GOOD).await;
	let prober = development(Script::new(&[&["127.0.0.1"]]));
	assert_eq!(why(&prober, 1, &named(server.address.port())).await, None);
	assert!(server.seen.last.lock().unwrap().contains(&format!("host: gpu.example:{}\r\n", server.address.port())));
}

/// The operator's own server listens on 127.0.0.2, and the victim on the same port of 127.0.0.1. All of `second` would lead there if
/// anybody connected to it, and is refused on a development chain too.
async fn rebind(second: &str, why_not: Refused) {
	let victim = Server::answering(GOOD).await;
	let port = victim.address.port();
	let own = Server::start_at(format!("127.0.0.2:{port}").parse().unwrap(), |mut stream, seen| async move {
		for _ in 0..3 {
			read_request(&mut stream, &seen).await?;
			stream.write_all(GOOD.as_bytes()).await.ok()?;
		}
		None
	})
	.await;
	let prober = development(Script::new(&[&["127.0.0.2"], &[second]]));
	for _ in 0..3 {
		assert_eq!(why(&prober, 1, &named(port)).await, None);
	}
	assert_eq!((own.connections(), own.requests()), (1, 3));
	for _ in 0..3 {
		assert_eq!(why(&prober, 1, &named(port)).await, Some(Reason::Refused(why_not)));
	}
	assert_eq!(own.connections(), 1);
	sleep(Duration::from_millis(50)).await;
	assert_eq!(victim.connections(), 0);
	// It would have got there.
	assert!(tokio::net::TcpStream::connect((second, port)).await.is_ok());
	sleep(Duration::from_millis(50)).await;
	assert_eq!(victim.connections(), 1);
}

#[tokio::test]
async fn a_name_that_changes_to_this_machine_keeps_its_connection_and_gets_no_other() {
	rebind("0.0.0.0", Refused::Unspecified).await;
}

#[tokio::test]
async fn a_name_that_changes_to_this_machine_in_disguise_gets_no_other_connection() {
	rebind("::ffff:127.0.0.1", Refused::Mapped).await;
}

#[tokio::test]
async fn on_a_public_chain_a_name_of_this_machine_is_refused_and_nobody_connects() {
	let victim = Server::answering(GOOD).await;
	let rules = Rules { private: false, ..Rules::DEVELOPMENT };
	for addresses in [&["127.0.0.1"][..], &["8.8.8.8", "127.0.0.1"], &["127.0.0.1", "8.8.8.8"]] {
		let prober = Prober::new(Limits::default(), rules, Script::new(&[addresses]));
		let reason = why(&prober, 1, &named(victim.address.port())).await;
		assert_eq!(reason, Some(Reason::Refused(Refused::Loopback)));
		assert_eq!(prober.stats().connections, 0);
	}
	let literal = Prober::new(Limits::default(), rules, Script::new(&[&[]]));
	assert_eq!(why(&literal, 1, &victim.endpoint()).await, Some(Reason::Refused(Refused::Loopback)));
	sleep(Duration::from_millis(50)).await;
	assert_eq!(victim.connections(), 0);
}

#[tokio::test]
async fn one_forbidden_address_among_good_ones_refuses_a_name() {
	let rules = Rules::default();
	for (addresses, reason) in [
		(&["8.8.8.8", "10.0.0.1"][..], Refused::Private),
		(&["2606:4700::1111", "fd00::1"], Refused::UniqueLocal),
		(&["8.8.8.8", "2606:4700::1111", "169.254.169.254"], Refused::LinkLocal),
	] {
		let prober = Prober::new(Limits::default(), rules, Script::new(&[addresses]));
		assert_eq!(why(&prober, 1, &named(9_955)).await, Some(Reason::Refused(reason)));
		assert_eq!(prober.stats().connections, 0);
	}
}

#[tokio::test]
async fn a_forbidden_port_is_refused_before_its_name_is_looked_up() {
	let prober = Prober::new(Limits::default(), Rules::default(), NoLookups);
	assert_eq!(why(&prober, 1, &named(6_379)).await, Some(Reason::Refused(Refused::PortNotAllowed(6_379))));
}

/// Nobody should look anything up.
struct NoLookups;

impl Resolve for NoLookups {
	async fn resolve(&self, name: &str) -> Result<Vec<std::net::IpAddr>, Reason> {
		panic!("{name} was looked up")
	}
}

/// Takes longer than anybody waits.
struct Slow;

impl Resolve for Slow {
	async fn resolve(&self, _: &str) -> Result<Vec<std::net::IpAddr>, Reason> {
		std::future::pending().await
	}
}

/// Has no time.
struct Occupied;

impl Resolve for Occupied {
	async fn resolve(&self, _: &str) -> Result<Vec<std::net::IpAddr>, Reason> {
		Err(Reason::Busy)
	}
}

#[tokio::test]
async fn a_name_without_an_address_or_too_slow_is_no_answer_and_a_busy_resolver_is_our_own_doing() {
	let patience = Duration::from_millis(100);
	let none = ask_for(&development(Script::new(&[&[]])), 1, &named(80), patience).await;
	assert_eq!(none, Outcome::NoAnswer(Reason::NoAddress));
	assert_eq!(ask_for(&development(Slow), 1, &named(80), patience).await, Outcome::NoAnswer(Reason::TimedOut));
	assert_eq!(ask_for(&development(Occupied), 1, &named(80), patience).await, Outcome::NotAsked(Reason::Busy));
}

#[tokio::test]
async fn the_system_knows_this_machines_name_and_no_invented_one() {
	let server = Server::answering(GOOD).await;
	let local = Endpoint::parse(format!("http://localhost:{}", server.address.port()).as_bytes()).unwrap();
	let addresses = System::default().resolve("localhost").await.unwrap();
	assert!(!addresses.is_empty() && addresses.iter().all(|address| address.is_loopback()), "{addresses:?}");
	let public = Prober::new(Limits::default(), Rules { private: false, ..Rules::DEVELOPMENT }, System::default());
	assert_eq!(why(&public, 1, &local).await, Some(Reason::Refused(Refused::Loopback)));
	assert_eq!(System::default().resolve("nobody.invalid").await, Err(Reason::NoAddress));
}
