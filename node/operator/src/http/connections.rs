//! Connections, of which there are only so many, and none that says nothing for long: each takes a file from the store and the node.

use std::{
	future::Future,
	io,
	net::SocketAddr,
	pin::Pin,
	sync::Arc,
	task::{Context, Poll},
	time::Duration,
};

use axum::serve::Listener;
use tokio::{
	io::{AsyncRead, AsyncWrite, ReadBuf},
	net::{TcpListener, TcpStream},
	sync::{OwnedSemaphorePermit, Semaphore},
	time::{Instant, Sleep},
};

/// Connections at once.
const MOST: usize = 512;

/// How long a connection lasts on which nothing is answered: longer than an input may take.
const SILENCE: Duration = Duration::from_secs(30);

/// Where connections come in.
pub struct Connections {
	listener: TcpListener,
	places: Arc<Semaphore>,
	silence: Duration,
}

impl Connections {
	/// Those to this address.
	pub fn new(listener: TcpListener) -> Self {
		Self { listener, places: Arc::new(Semaphore::new(MOST)), silence: SILENCE }
	}
}

impl Listener for Connections {
	type Io = Connection;
	type Addr = SocketAddr;

	async fn accept(&mut self) -> (Connection, SocketAddr) {
		// Nobody closes the semaphore.
		let place = self.places.clone().acquire_owned().await.ok();
		let (stream, from) = Listener::accept(&mut self.listener).await;
		let end = Box::pin(tokio::time::sleep(self.silence));
		(Connection { stream, end, silence: self.silence, _place: place }, from)
	}

	fn local_addr(&self) -> io::Result<SocketAddr> {
		self.listener.local_addr()
	}
}

/// One of them. What it sends does not prolong it, but what it is answered: a head or a body that trickles in ends too.
pub struct Connection {
	stream: TcpStream,
	end: Pin<Box<Sleep>>,
	silence: Duration,
	_place: Option<OwnedSemaphorePermit>,
}

impl Connection {
	/// What has come of an attempt to read or write, or that it took too long.
	fn unless_ended<T>(&mut self, cx: &mut Context<'_>, done: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
		match done {
			Poll::Pending => self.end.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into())),
			done => done,
		}
	}
}

impl AsyncRead for Connection {
	fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
		let read = Pin::new(&mut self.stream).poll_read(cx, into);
		self.unless_ended(cx, read)
	}
}

impl AsyncWrite for Connection {
	fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
		let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
		if matches!(written, Poll::Ready(Ok(1..))) {
			let end = Instant::now() + self.silence;
			self.end.as_mut().reset(end);
		}
		self.unless_ended(cx, written)
	}

	fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
		Pin::new(&mut self.stream).poll_flush(cx)
	}

	fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
		Pin::new(&mut self.stream).poll_shutdown(cx)
	}
}

#[cfg(test)]
mod tests {
	use std::io::{Read, Write};

	use axum::{routing::get, Router};

	use super::*;

	/// A server that says "yes", with so many places, and where it listens.
	async fn server(places: usize, silence: Duration) -> SocketAddr {
		let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
		let address = listener.local_addr().unwrap();
		let connections =
			Connections { places: Arc::new(Semaphore::new(places)), silence, ..Connections::new(listener) };
		let router = Router::new().route("/", get(|| async { "yes" }));
		tokio::spawn(async move { axum::serve(connections, router).await });
		address
	}

	/// What the server says to this, until it closes the connection.
	async fn said(address: SocketAddr, asked: &'static str) -> String {
		let ask = move || {
			let mut stream = std::net::TcpStream::connect(address).unwrap();
			stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
			stream.write_all(asked.as_bytes()).unwrap();
			let mut said = String::new();
			stream.read_to_string(&mut said).unwrap();
			said
		};
		tokio::task::spawn_blocking(ask).await.unwrap()
	}

	const WHOLE: &str = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

	#[tokio::test]
	async fn a_request_that_is_never_finished_ends() {
		let address = server(1, Duration::from_millis(200)).await;
		for asked in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: "] {
			assert!(!said(address, asked).await.contains("yes"), "{asked}");
		}
		assert!(said(address, WHOLE).await.ends_with("yes"), "its place was free again");
	}

	#[tokio::test]
	async fn who_finds_no_place_waits_for_one() {
		let address = server(1, Duration::from_millis(200)).await;
		let silent = tokio::task::spawn_blocking(move || std::net::TcpStream::connect(address).unwrap()).await.unwrap();
		assert!(said(address, WHOLE).await.ends_with("yes"));
		drop(silent);
	}
}
