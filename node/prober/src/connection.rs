//! One connection to an operator, and one request on it at a time.

use std::{
	future::{poll_fn, Future},
	io,
	net::SocketAddr,
	pin::{pin, Pin},
	sync::Arc,
	task::{Context, Poll},
	time::{Duration, Instant},
};

use http_body_util::{BodyExt, Full};
use hyper::{
	body::{Body, Bytes, Incoming},
	client::conn::http1::{Builder, Connection, SendRequest},
	Request, Response, StatusCode,
};
use hyper_util::rt::TokioIo;
use tokio::{
	io::{AsyncRead, AsyncWrite, ReadBuf},
	net::{TcpSocket, TcpStream},
};

use crate::{
	stats::{Counter, Counters},
	Reason,
};

/// The longest head of an answer, in bytes: the least that hyper's buffer holds.
const HEAD: usize = 8_192;

/// The most headers of an answer.
const HEADERS: usize = 64;

/// What an answer may cost on the wire for each byte of it: chunks of one byte take six.
const PER_BYTE: usize = 8;

/// What the system holds for a connection that nobody reads from, in bytes.
const UNREAD: u32 = 16_384;

/// A connection that stands. Nothing runs while nobody asks: it lives in its owner's hands, and is closed when it is dropped.
pub(crate) struct Line {
	sender: SendRequest<Full<Bytes>>,
	/// What moves the bytes, until the connection ends.
	driver: Option<Connection<TokioIo<Metered>, Full<Bytes>>>,
	meter: Arc<Meter>,
	address: SocketAddr,
}

impl Line {
	/// Connects to an address, for answers of so many bytes.
	pub async fn open(address: SocketAddr, longest: usize, counters: Arc<Counters>) -> Result<Self, Reason> {
		let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() };
		let socket = socket.map_err(|_| Reason::NoSocket)?;
		socket.set_recv_buffer_size(UNREAD).map_err(|_| Reason::NoSocket)?;
		counters.connections.add(1);
		let stream = socket.connect(address).await.map_err(|error| match error.kind() {
			io::ErrorKind::AddrNotAvailable => Reason::NoSocket,
			// This machine has no way to IPv6 at all, most likely: nothing of the operator's.
			io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable if address.is_ipv6() => Reason::NoSocket,
			_ => Reason::Unreachable,
		})?;
		stream.set_nodelay(true).map_err(|_| Reason::Unreachable)?;
		let most = longest.saturating_mul(PER_BYTE).saturating_add(HEAD);
		let meter =
			Arc::new(Meter { read: Counter::default(), most: u64::try_from(most).unwrap_or(u64::MAX), counters });
		let io = TokioIo::new(Metered { stream, meter: Arc::clone(&meter) });
		let mut builder = Builder::new();
		builder.max_buf_size(HEAD).max_header_size(HEAD).max_headers(HEADERS);
		let (sender, driver) = builder.handshake(io).await.map_err(|_| Reason::Closed)?;
		Ok(Self { sender, driver: Some(driver), meter, address })
	}

	/// Whom it leads to.
	pub fn address(&self) -> SocketAddr {
		self.address
	}

	/// Whether nothing came from the other side since the last request was sent.
	pub fn is_silent(&self) -> bool {
		self.meter.read.get() == 0
	}

	/// Whether another request may be sent on it, as far as is known.
	pub async fn is_ready(&mut self) -> bool {
		self.meter.read.reset();
		let Self { sender, driver, .. } = self;
		drive(driver, sender.ready()).await.is_ok() && driver.is_some()
	}

	/// Sends a request, and reads the whole answer.
	pub async fn exchange(
		&mut self,
		request: Request<Full<Bytes>>,
		longest: usize,
	) -> Result<(Vec<u8>, Duration), Reason> {
		self.meter.read.reset();
		let Self { sender, driver, meter, .. } = self;
		let began = Instant::now();
		let response = sender.send_request(request);
		let answer = drive(driver, async { read(response.await?, longest).await }).await;
		let rtt = began.elapsed();
		match answer {
			Ok(body) => Ok((body?, rtt)),
			Err(error) => Err(meter.reason(&error)),
		}
	}
}

/// Moves the connection on until `work`, which waits for it, is done.
async fn drive<D, F>(driver: &mut Option<D>, work: F) -> F::Output
where
	D: Future + Unpin,
	F: Future,
{
	let mut work = pin!(work);
	poll_fn(|context| {
		let ended = driver.as_mut().is_some_and(|driver| Pin::new(driver).poll(context).is_ready());
		// Once it is dropped, whatever waits for it hears what it ended with.
		if ended {
			*driver = None;
		}
		work.as_mut().poll(context)
	})
	.await
}

/// The body of an answer, if it is one that counts.
async fn read(response: Response<Incoming>, longest: usize) -> hyper::Result<Result<Vec<u8>, Reason>> {
	if response.status() != StatusCode::OK {
		return Ok(Err(Reason::Status(response.status().as_u16())));
	}
	let mut body = response.into_body();
	let mut bytes = Vec::new();
	if body.size_hint().lower() > u64::try_from(longest).unwrap_or(u64::MAX) {
		return Ok(Err(Reason::TooLong));
	}
	while let Some(frame) = body.frame().await.transpose()? {
		let data = frame.data_ref().map(Bytes::as_ref).unwrap_or_default();
		if data.len() > longest.saturating_sub(bytes.len()) {
			return Ok(Err(Reason::TooLong));
		}
		bytes.extend_from_slice(data);
	}
	Ok(Ok(bytes))
}

/// What one answer costs on the wire: without it, words before the answer (100 Continue) and tiny chunks cost what they like.
struct Meter {
	read: Counter,
	most: u64,
	counters: Arc<Counters>,
}

impl Meter {
	fn is_over(&self) -> bool {
		self.read.get() > self.most
	}

	/// What an error of the connection means.
	fn reason(&self, error: &hyper::Error) -> Reason {
		if self.is_over() || error.is_parse_too_large() {
			return Reason::TooLong;
		}
		// Bad chunks come as errors of the stream, and say themselves that it is not the stream.
		let source = std::error::Error::source(error).and_then(|source| source.downcast_ref::<io::Error>());
		let of_stream = source
			.is_some_and(|source| !matches!(source.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData));
		let broken = error.is_incomplete_message() || of_stream;
		if error.is_parse() || (!broken && self.read.get() > 0) {
			return Reason::NotHttp;
		}
		Reason::Closed
	}
}

/// A stream that is metered.
struct Metered {
	stream: TcpStream,
	meter: Arc<Meter>,
}

impl AsyncRead for Metered {
	fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
		let before = into.filled().len();
		let done = Pin::new(&mut self.stream).poll_read(context, into);
		let count = into.filled().len().saturating_sub(before);
		self.meter.read.add(count);
		self.meter.counters.bytes_in.add(count);
		if self.meter.is_over() {
			return Poll::Ready(Err(io::ErrorKind::FileTooLarge.into()));
		}
		done
	}
}

impl AsyncWrite for Metered {
	fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
		let done = Pin::new(&mut self.stream).poll_write(context, bytes);
		if let Poll::Ready(Ok(count)) = done {
			self.meter.counters.bytes_out.add(count);
		}
		done
	}

	fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
		Pin::new(&mut self.stream).poll_flush(context)
	}

	fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
		Pin::new(&mut self.stream).poll_shutdown(context)
	}
}
