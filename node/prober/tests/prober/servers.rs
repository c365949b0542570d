//! Servers that behave well or badly, and what they saw.

use std::{
	collections::VecDeque,
	future::Future,
	net::{IpAddr, SocketAddr},
	sync::{
		atomic::{AtomicUsize, Ordering::SeqCst},
		Arc, Mutex,
	},
	time::Duration,
};

use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::{TcpListener, TcpStream},
	task::JoinHandle,
};
use vektor_prober::{Endpoint, Id, Limits, Outcome, Prober, Reason, Resolve, Rules};

/// Time enough for whatever happens at once.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// An answer as an agent gives it.
pub const GOOD: &str = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfine";

/// A listener, and how many came. It stops when it is dropped.
pub struct Server {
	pub address: SocketAddr,
	pub seen: Arc<Seen>,
	task: JoinHandle<()>,
}

/// What a server saw.
#[derive(Default)]
pub struct Seen {
	pub connections: AtomicUsize,
	pub requests: AtomicUsize,
	pub now: AtomicUsize,
	pub most: AtomicUsize,
	pub last: Mutex<String>,
}

impl Server {
	/// Gives every connection to `behaviour`.
	pub async fn start<F, T>(behaviour: F) -> Self
	where
		F: Fn(TcpStream, Arc<Seen>) -> T + Send + 'static,
		T: Future<Output = Option<()>> + Send + 'static,
	{
		Self::start_at("127.0.0.1:0".parse().unwrap(), behaviour).await
	}

	pub async fn start_at<F, T>(address: SocketAddr, behaviour: F) -> Self
	where
		F: Fn(TcpStream, Arc<Seen>) -> T + Send + 'static,
		T: Future<Output = Option<()>> + Send + 'static,
	{
		let listener = TcpListener::bind(address).await.unwrap();
		let address = listener.local_addr().unwrap();
		let seen = Arc::new(Seen::default());
		let task = tokio::spawn({
			let seen = Arc::clone(&seen);
			async move {
				while let Ok((stream, _)) = listener.accept().await {
					seen.connections.fetch_add(1, SeqCst);
					tokio::spawn(behaviour(stream, Arc::clone(&seen)));
				}
			}
		});
		Self { address, seen, task }
	}

	/// Gives the same answer to every request, whatever that does to the connection.
	pub async fn answering(answer: impl Into<Vec<u8>>) -> Self {
		Self::answering_at("127.0.0.1:0".parse().unwrap(), answer).await
	}

	pub async fn answering_at(address: SocketAddr, answer: impl Into<Vec<u8>>) -> Self {
		let answer = answer.into();
		Self::start_at(address, move |mut stream, seen| {
			let answer = answer.clone();
			async move {
				loop {
					read_request(&mut stream, &seen).await?;
					stream.write_all(&answer).await.ok()?;
				}
			}
		})
		.await
	}

	pub fn endpoint(&self) -> Endpoint {
		Endpoint::parse(format!("http://{}", self.address).as_bytes()).unwrap()
	}

	pub fn connections(&self) -> usize {
		self.seen.connections.load(SeqCst)
	}

	pub fn requests(&self) -> usize {
		self.seen.requests.load(SeqCst)
	}
}

impl Drop for Server {
	fn drop(&mut self) {
		self.task.abort();
	}
}

/// Reads one request. None: the other side is gone.
pub async fn read_request(stream: &mut TcpStream, seen: &Seen) -> Option<()> {
	let mut bytes = Vec::new();
	while !bytes.ends_with(b"\r\n\r\n") {
		bytes.push(stream.read_u8().await.ok()?);
	}
	let head = String::from_utf8(bytes).ok()?;
	let length = head.lines().find_map(|line| line.strip_prefix("content-length: "))?.parse().ok()?;
	let mut body = vec![0; length];
	stream.read_exact(&mut body).await.ok()?;
	seen.requests.fetch_add(1, SeqCst);
	*seen.last.lock().unwrap() = head + &String::from_utf8_lossy(&body);
	Some(())
}

/// Says that names have the addresses of a script, one entry for each lookup, and the last for ever.
pub struct Script(Mutex<VecDeque<Vec<IpAddr>>>);

impl Script {
	pub fn new(lookups: &[&[&str]]) -> Self {
		Self(Mutex::new(lookups.iter().map(|all| all.iter().map(|one| one.parse().unwrap()).collect()).collect()))
	}
}

impl Resolve for Script {
	async fn resolve(&self, _: &str) -> Result<Vec<IpAddr>, Reason> {
		let mut script = self.0.lock().unwrap();
		let addresses = script.pop_front().unwrap();
		if script.is_empty() {
			script.push_back(addresses.clone());
		}
		Ok(addresses)
	}
}

/// A prober of a development chain that looks up no names.
pub fn prober() -> Prober<Script> {
	prober_with(Limits::default())
}

/// The same with other limits, and as fast as it can.
pub fn prober_with(limits: Limits) -> Prober<Script> {
	Prober::new(Limits { per_second: 1_000_000, ..limits }, Rules::DEVELOPMENT, Script::new(&[&[]]))
}

pub fn id(number: u32) -> Id {
	let mut id = [0; 32];
	id[..4].copy_from_slice(&number.to_le_bytes());
	id
}

/// Asks, and accepts nothing but `fine`.
pub async fn ask<R: Resolve>(prober: &Prober<R>, number: u32, endpoint: &Endpoint) -> Outcome {
	ask_for(prober, number, endpoint, PATIENCE).await
}

pub async fn ask_for<R: Resolve>(prober: &Prober<R>, number: u32, endpoint: &Endpoint, patience: Duration) -> Outcome {
	prober.ask(id(number), endpoint, "/probe", b"{}".to_vec(), patience, |body| body == b"fine").await
}

/// Why there was no answer; `None` if there was one.
pub async fn why<R: Resolve>(prober: &Prober<R>, number: u32, endpoint: &Endpoint) -> Option<Reason> {
	match ask(prober, number, endpoint).await {
		Outcome::Answered { .. } => None,
		Outcome::NoAnswer(reason) => {
			assert!(!reason.is_own());
			Some(reason)
		}
		Outcome::NotAsked(reason) => {
			assert!(reason.is_own());
			Some(reason)
		}
	}
}
