//! What comes of every kind of answer.

use std::time::{Duration, Instant};

use tokio::{
	io::AsyncWriteExt,
	time::{sleep, timeout},
};
use vektor_prober::{Endpoint, Outcome, Prober, Reason, Stats, USER_AGENT};

use crate::servers::*;

/// Asks a server that gives one answer to everything.
async fn answered(answer: impl Into<Vec<u8>>) -> Option<Reason> {
	let server = Server::answering(answer).await;
	why(&prober(), 1, &server.endpoint()).await
}

#[tokio::test]
async fn an_answer_has_its_body_and_its_round_trip_without_the_connecting() {
	let slow = Duration::from_millis(50);
	let server = Server::start(move |mut stream, seen| async move {
		loop {
			read_request(&mut stream, &seen).await?;
			sleep(slow).await;
			stream.write_all(GOOD.as_bytes()).await.ok()?;
		}
	})
	.await;
	let Outcome::Answered { body, rtt } = ask(&prober(), 1, &server.endpoint()).await else { panic!("no answer") };
	assert_eq!(body, b"fine");
	assert!(rtt >= slow && rtt < slow * 10, "{rtt:?}");
}

#[tokio::test]
async fn the_request_is_what_an_agent_expects() {
	let server = Server::answering(GOOD).await;
	let endpoint = Endpoint::parse(format!("http://{}/agent/", server.address).as_bytes()).unwrap();
	assert_eq!(why(&prober(), 1, &endpoint).await, None);
	let mut lines: Vec<String> = server.seen.last.lock().unwrap().lines().map(str::to_string).collect();
	lines[1..5].sort();
	let expected = [
		"POST /agent/probe HTTP/1.1".to_string(),
		"content-length: 2".to_string(),
		"content-type: application/json".to_string(),
		format!("host: {}", server.address),
		format!("user-agent: {USER_AGENT}"),
		String::new(),
		"{}".to_string(),
	];
	assert_eq!(lines, expected);
	assert!(USER_AGENT.starts_with("vektor-prober/0."));
}

#[tokio::test]
async fn a_connection_is_used_again() {
	let (server, prober) = (Server::answering(GOOD).await, prober());
	for _ in 0..10 {
		assert_eq!(why(&prober, 1, &server.endpoint()).await, None);
	}
	assert_eq!((server.connections(), server.requests()), (1, 10));
}

#[tokio::test]
async fn a_chunked_answer_is_an_answer_and_its_connection_is_used_again() {
	let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nf\r\n3\r\nine\r\n0\r\n\r\n";
	let (server, prober) = (Server::answering(chunked).await, prober());
	assert_eq!(why(&prober, 1, &server.endpoint()).await, None);
	assert_eq!(why(&prober, 1, &server.endpoint()).await, None);
	assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn who_closes_after_each_answer_is_connected_to_again() {
	for answer in [GOOD, "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nfine", "HTTP/1.0 200 OK\r\n\r\nfine"] {
		let server = Server::start(move |mut stream, seen| async move {
			read_request(&mut stream, &seen).await?;
			stream.write_all(answer.as_bytes()).await.ok()
		})
		.await;
		let prober = prober();
		for round in 1..=5 {
			assert_eq!(why(&prober, 1, &server.endpoint()).await, None, "{answer}");
			assert_eq!((server.connections(), server.requests()), (round, round));
		}
	}
}

#[tokio::test]
async fn who_closes_on_the_second_request_is_asked_once_more_on_a_new_connection() {
	let server = Server::start(|mut stream, seen| async move {
		read_request(&mut stream, &seen).await?;
		stream.write_all(GOOD.as_bytes()).await.ok()?;
		read_request(&mut stream, &seen).await
	})
	.await;
	let prober = prober();
	assert_eq!(why(&prober, 1, &server.endpoint()).await, None);
	assert_eq!(why(&prober, 1, &server.endpoint()).await, None);
	assert_eq!((server.connections(), server.requests()), (2, 3));
}

#[tokio::test]
async fn who_talks_between_two_asks_is_connected_to_again() {
	let timed_out = "HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n";
	let server = Server::start(move |mut stream, seen| async move {
		read_request(&mut stream, &seen).await?;
		stream.write_all(GOOD.as_bytes()).await.ok()?;
		sleep(Duration::from_millis(50)).await;
		stream.write_all(timed_out.as_bytes()).await.ok()
	})
	.await;
	let prober = prober();
	assert_eq!(why(&prober, 1, &server.endpoint()).await, None);
	sleep(Duration::from_millis(150)).await;
	assert_eq!(why(&prober, 1, &server.endpoint()).await, None);
	assert_eq!((server.connections(), server.requests()), (2, 2));
}

#[tokio::test]
async fn who_moves_is_asked_where_it_says_that_it_is_now() {
	let (first, second, prober) = (Server::answering(GOOD).await, Server::answering(GOOD).await, prober());
	assert_eq!(why(&prober, 1, &first.endpoint()).await, None);
	assert_eq!(why(&prober, 1, &second.endpoint()).await, None);
	assert_eq!((first.requests(), second.requests()), (1, 1));
}

#[tokio::test]
async fn redirects_are_not_followed() {
	let victim = Server::answering(GOOD).await;
	for status in [301, 302, 303, 307, 308] {
		let there =
			format!("HTTP/1.1 {status} There\r\nlocation: http://{}/\r\ncontent-length: 0\r\n\r\n", victim.address);
		assert_eq!(answered(there).await, Some(Reason::Status(status)));
	}
	sleep(Duration::from_millis(50)).await;
	assert_eq!(victim.connections(), 0);
}

#[tokio::test]
async fn a_status_other_than_200_is_no_answer() {
	for status in [101, 201, 204, 400, 404, 500, 503] {
		let answer = format!("HTTP/1.1 {status} Other\r\ncontent-length: 0\r\n\r\n");
		assert_eq!(answered(answer).await, Some(Reason::Status(status)));
	}
}

#[tokio::test]
async fn an_answer_of_the_longest_length_is_read_and_one_byte_more_is_not() {
	let prober = prober();
	for (length, fits) in [(4_096, true), (4_097, false), (usize::MAX / 2, false)] {
		let mut answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n").into_bytes();
		answer.resize(answer.len() + length.min(4_097), b'a');
		let server = Server::answering(answer).await;
		let answer =
			prober.ask([9; 32], &server.endpoint(), "/", Vec::new(), PATIENCE, |body| body.len() == length).await;
		match fits {
			true => assert!(matches!(answer, Outcome::Answered { .. }), "{answer:?}"),
			false => assert_eq!(answer, Outcome::NoAnswer(Reason::TooLong)),
		}
		prober.forget(&[9; 32]);
	}
}

#[tokio::test]
async fn a_long_answer_that_does_not_say_its_length_is_left_in_the_middle() {
	for length in [4_097, 100_000] {
		let body = "a".repeat(length);
		assert_eq!(answered(format!("HTTP/1.1 200 OK\r\n\r\n{body}")).await, Some(Reason::TooLong));
	}
	let chunk = format!("1000\r\n{}\r\n", "a".repeat(4_096));
	let chunks = format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{}", chunk.repeat(100));
	assert_eq!(answered(chunks).await, Some(Reason::TooLong));
}

#[tokio::test]
async fn words_before_the_answer_cannot_go_on_for_ever() {
	let server = Server::start(|mut stream, seen| async move {
		read_request(&mut stream, &seen).await?;
		while stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await.is_ok() {}
		None
	})
	.await;
	let prober = prober();
	assert_eq!(why(&prober, 1, &server.endpoint()).await, Some(Reason::TooLong));
	assert!(prober.stats().bytes_in < 100_000, "{:?}", prober.stats());
}

#[tokio::test]
async fn tiny_chunks_with_long_extensions_cannot_go_on_for_ever() {
	let chunks = format!("1;{}\r\na\r\n", "x".repeat(100)).repeat(2_000);
	let answer = format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunks}");
	let (server, prober) = (Server::answering(answer).await, prober());
	assert_eq!(why(&prober, 1, &server.endpoint()).await, Some(Reason::NotHttp));
	assert!(prober.stats().bytes_in < 100_000, "{:?}", prober.stats());
}

#[tokio::test]
async fn huge_headers_are_no_answer() {
	let long = format!("HTTP/1.1 200 OK\r\nx: {}\r\ncontent-length: 4\r\n\r\nfine", "a".repeat(100_000));
	assert_eq!(answered(long).await, Some(Reason::TooLong));
	let many = format!("HTTP/1.1 200 OK\r\n{}content-length: 4\r\n\r\nfine", "x: y\r\n".repeat(64));
	assert_eq!(answered(many).await, Some(Reason::TooLong));
	let endless = format!("HTTP/1.1 200 OK\r\n{}", "x: y\r\n".repeat(100_000));
	assert_eq!(answered(endless).await, Some(Reason::TooLong));
}

#[tokio::test]
async fn an_endless_drip_ends_with_patience() {
	let server = Server::start(|mut stream, seen| async move {
		read_request(&mut stream, &seen).await?;
		stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n").await.ok()?;
		loop {
			stream.write_all(b"a").await.ok()?;
			sleep(Duration::from_millis(10)).await;
		}
	})
	.await;
	let began = Instant::now();
	let outcome = ask_for(&prober(), 1, &server.endpoint(), Duration::from_millis(200)).await;
	assert_eq!(outcome, Outcome::NoAnswer(Reason::TimedOut));
	assert!(began.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn who_never_answers_is_waited_for_with_patience_and_then_left() {
	let server = Server::start(|mut stream, seen| async move {
		read_request(&mut stream, &seen).await?;
		// The prober closes its end.
		read_request(&mut stream, &seen).await;
		seen.now.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
		None
	})
	.await;
	let outcome = ask_for(&prober(), 1, &server.endpoint(), Duration::from_millis(100)).await;
	assert_eq!(outcome, Outcome::NoAnswer(Reason::TimedOut));
	sleep(Duration::from_millis(50)).await;
	assert_eq!(server.seen.now.load(std::sync::atomic::Ordering::SeqCst), 1);
}

#[tokio::test]
async fn garbage_is_no_answer() {
	assert_eq!(answered("hello\r\n\r\n").await, Some(Reason::NotHttp));
	assert_eq!(answered(vec![0; 1_000]).await, Some(Reason::NotHttp));
	assert_eq!(answered(vec![0xff; 100_000]).await, Some(Reason::NotHttp));
	assert_eq!(answered("HTTP/2.0 200 OK\r\n\r\n").await, Some(Reason::NotHttp));
	assert_eq!(answered("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n").await, Some(Reason::NotHttp));
	assert_eq!(answered("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n").await, Some(Reason::NotHttp));
}

#[tokio::test]
async fn who_speaks_first_is_no_agent() {
	let server = Server::start(|mut stream, _| async move {
		stream.write_all(b"SSH-2.0-OpenSSH_9.9\r\n").await.ok()?;
		sleep(PATIENCE).await;
		None
	})
	.await;
	assert_eq!(why(&prober(), 1, &server.endpoint()).await, Some(Reason::NotHttp));
}

#[tokio::test]
async fn no_garbage_makes_it_panic() {
	let prober = prober();
	let mut seed = 0x2545_f491_4f6c_dd1d_u64;
	for round in 0..300_u32 {
		let mut answer = GOOD.as_bytes().to_vec();
		for _ in 0..=round % 5 {
			seed ^= seed << 13;
			seed ^= seed >> 7;
			seed ^= seed << 17;
			let [at, byte, ..] = seed.to_le_bytes();
			let at = usize::from(at) % answer.len();
			answer[at] = byte;
		}
		let server = Server::start(move |mut stream, seen| {
			let answer = answer.clone();
			async move {
				read_request(&mut stream, &seen).await?;
				stream.write_all(&answer).await.ok()
			}
		})
		.await;
		let outcome = ask_for(&prober, round, &server.endpoint(), Duration::from_secs(1)).await;
		assert!(!matches!(outcome, Outcome::NotAsked(Reason::Busy)), "{outcome:?}");
		prober.begin_window();
	}
}

#[tokio::test]
async fn who_closes_before_or_within_the_answer_has_not_answered() {
	for part in ["", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfin"] {
		let server = Server::start(move |mut stream, seen| async move {
			read_request(&mut stream, &seen).await?;
			stream.write_all(part.as_bytes()).await.ok()
		})
		.await;
		assert_eq!(why(&prober(), 1, &server.endpoint()).await, Some(Reason::Closed), "{part}");
		assert_eq!(server.connections(), 1);
	}
}

#[tokio::test]
async fn a_refused_connection_is_no_answer() {
	let server = Server::answering(GOOD).await;
	let endpoint = server.endpoint();
	drop(server);
	sleep(Duration::from_millis(50)).await;
	assert_eq!(why(&prober(), 1, &endpoint).await, Some(Reason::Unreachable));
}

#[tokio::test]
async fn answers_that_are_not_its_own_leave_an_operator_alone_for_1_2_4_asks_until_one_is() {
	let (stranger, own, prober) = (
		Server::answering("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nlies").await,
		Server::answering(GOOD).await,
		prober(),
	);
	for left_out in [1, 2, 4, 4] {
		assert_eq!(why(&prober, 1, &stranger.endpoint()).await, Some(Reason::Unsigned));
		for _ in 0..left_out {
			assert_eq!(why(&prober, 1, &stranger.endpoint()).await, Some(Reason::BackingOff));
		}
	}
	assert_eq!((stranger.requests(), stranger.connections()), (4, 4));
	assert_eq!(why(&prober, 1, &own.endpoint()).await, None);
	assert_eq!(why(&prober, 1, &stranger.endpoint()).await, Some(Reason::Unsigned));
	assert_eq!(why(&prober, 1, &own.endpoint()).await, Some(Reason::BackingOff));
	assert_eq!(why(&prober, 1, &own.endpoint()).await, None);
}

#[tokio::test]
async fn any_strange_answer_leaves_an_operator_alone_and_no_answer_does_not() {
	let prober = prober();
	for (number, answer) in ["HTTP/1.1 404 No\r\ncontent-length: 0\r\n\r\n", "hello\r\n\r\n", &"a: b\r\n".repeat(9_999)]
		.into_iter()
		.enumerate()
	{
		let (number, server) = (u32::try_from(number).unwrap(), Server::answering(answer).await);
		assert!(why(&prober, number, &server.endpoint()).await.is_some());
		assert_eq!(why(&prober, number, &server.endpoint()).await, Some(Reason::BackingOff));
		prober.begin_window();
	}
	let server = Server::start(|stream, _| async move {
		drop(stream);
		None
	})
	.await;
	for _ in 0..3 {
		assert_eq!(why(&prober, 9, &server.endpoint()).await, Some(Reason::Closed));
	}
}

#[tokio::test]
async fn an_ask_that_is_given_up_closes_its_connection_and_the_next_one_works() {
	let (server, prober) = (Server::answering(GOOD).await, prober());
	let silent = Server::start(|mut stream, seen| async move {
		read_request(&mut stream, &seen).await?;
		sleep(PATIENCE).await;
		None
	})
	.await;
	assert!(timeout(Duration::from_millis(50), ask(&prober, 1, &silent.endpoint())).await.is_err());
	assert_eq!(why(&prober, 1, &server.endpoint()).await, None);
}

#[tokio::test]
async fn a_path_that_is_none_is_the_probers_own_doing() {
	let (server, prober) = (Server::answering(GOOD).await, prober());
	for path in ["", "probe", "/a b", "/a\r\nb: c", "http://127.0.0.1/"] {
		let outcome = prober.ask(id(1), &server.endpoint(), path, Vec::new(), PATIENCE, |_| true).await;
		assert_eq!(outcome, Outcome::NotAsked(Reason::Path), "{path}");
	}
	assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn patience_without_end_or_without_time_is_no_harm() {
	let (server, prober) = (Server::answering(GOOD).await, prober());
	assert!(matches!(ask_for(&prober, 1, &server.endpoint(), Duration::MAX).await, Outcome::Answered { .. }));
	ask_for(&prober, 1, &server.endpoint(), Duration::ZERO).await;
}

#[tokio::test]
async fn what_was_done_is_counted() {
	let (server, prober) = (Server::answering(GOOD).await, prober());
	assert_eq!(prober.stats(), Stats::default());
	for number in 0..5 {
		why(&prober, number, &server.endpoint()).await;
	}
	why(&prober, 0, &server.endpoint()).await;
	why(&prober, 6, &Endpoint::parse(b"http://0.0.0.0:80").unwrap()).await;
	let Stats { asked, answered, not_asked, bytes_out, bytes_in, connections } = prober.stats();
	assert_eq!((asked, answered, not_asked, connections), (7, 5, 1, 4));
	assert_eq!(bytes_in, 5 * u64::try_from(GOOD.len()).unwrap());
	assert_eq!(bytes_out, 5 * u64::try_from(server.seen.last.lock().unwrap().len()).unwrap());
}

#[test]
fn a_prober_can_be_shared_and_its_asks_spawned() {
	fn shared<T: Send + Sync>() {}
	fn sent<T: Send>(_: T) {}
	shared::<Prober>();
	let (prober, endpoint) = (prober(), Endpoint::parse(b"http://8.8.8.8").unwrap());
	sent(ask(&prober, 1, &endpoint));
}
