//! How an ask ended, and why.

use std::time::Duration;

use thiserror::Error;

/// How an ask ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
	/// The operator answered, and the answer was accepted.
	Answered {
		/// What it said.
		body: Vec<u8>,
		/// From the sending of the request, on a connection that stood, to the last byte of the answer.
		rtt: Duration,
	},
	/// No answer that counts, and that is the operator's doing.
	NoAnswer(Reason),
	/// Nothing was asked, and that is the prober's own doing: it says nothing about the operator.
	NotAsked(Reason),
}

/// Why there is no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum Reason {
	/// The endpoint, or an address of its name, is one that nobody is sent to.
	#[error("refused: {0}")]
	Refused(#[from] Refused),
	/// Its name has no address.
	#[error("its name has no address")]
	NoAddress,
	/// Nobody takes the connection.
	#[error("nobody takes the connection")]
	Unreachable,
	/// The connection was closed before the answer was whole.
	#[error("the connection was closed before the answer was whole")]
	Closed,
	/// The answer was not whole in time.
	#[error("the answer was not whole in time")]
	TimedOut,
	/// A status other than 200. Redirects are among them.
	#[error("status {0}")]
	Status(u16),
	/// An answer longer than any that counts.
	#[error("the answer is too long")]
	TooLong,
	/// What came is not HTTP/1.
	#[error("what came is not HTTP/1")]
	NotHttp,
	/// An answer that was not accepted: it is not the operator's own.
	#[error("the answer is not the operator's own")]
	Unsigned,
	/// Left alone for some asks, after answers that were not its own.
	#[error("left alone after answers that were not its own")]
	BackingOff,
	/// As many operators as may be were asked at its address in this window.
	#[error("enough operators were asked at its address in this window")]
	AddressFull,
	/// The prober had too much to do.
	#[error("the prober had too much to do")]
	Busy,
	/// The prober's machine gave it no socket: it has too many, or none of that kind of address.
	#[error("the prober's machine gave it no socket")]
	NoSocket,
	/// The path that was to be asked is none.
	#[error("the path that was to be asked is none")]
	Path,
}

impl Reason {
	/// Whether it is the prober's own doing.
	pub fn is_own(&self) -> bool {
		matches!(self, Self::AddressFull | Self::Busy | Self::NoSocket | Self::Path)
	}

	/// Whether somebody answered who may not be the operator at all, and should not be asked as often.
	pub(crate) fn is_strange(&self) -> bool {
		matches!(self, Self::Status(_) | Self::TooLong | Self::NotHttp | Self::Unsigned)
	}
}

impl From<Reason> for Outcome {
	fn from(reason: Reason) -> Self {
		if reason.is_own() {
			Self::NotAsked(reason)
		} else {
			Self::NoAnswer(reason)
		}
	}
}

/// Why nobody is sent to an endpoint.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum Refused {
	/// Longer than the chain takes.
	#[error("the endpoint is longer than 128 bytes")]
	TooLong,
	/// Something other than printable ASCII.
	#[error("the endpoint is not printable ASCII")]
	NotAscii,
	/// It does not begin with `http://`.
	#[error("the endpoint does not begin with http://")]
	Scheme,
	/// `https://`: answers are signed, so endpoints are asked without TLS.
	#[error("endpoints are asked without TLS: http://")]
	Tls,
	/// A user's name or password before the host.
	#[error("the endpoint names a user")]
	UserInfo,
	/// A query.
	#[error("the endpoint has a query")]
	Query,
	/// A fragment.
	#[error("the endpoint has a fragment")]
	Fragment,
	/// No host, or one that is neither a name nor an address.
	#[error("the endpoint's host is neither a name nor an address")]
	Host,
	/// A number that some resolvers take for an address, such as `127.1` or `0x7f000001`.
	#[error("the endpoint's host is a number, and no dotted quad")]
	Number,
	/// A port that is none, or 0.
	#[error("the endpoint's port is none")]
	Port,
	/// A path with something other than letters, digits, `-`, `.`, `_` and `~` between its slashes.
	#[error("the endpoint's path has something odd in it")]
	Path,
	/// A port that nobody is sent to.
	#[error("port {0} is not asked")]
	PortNotAllowed(u16),
	/// 0.0.0.0/8 or `::`: this machine, or none.
	#[error("an unspecified address")]
	Unspecified,
	/// 127.0.0.0/8 or `::1`: this machine.
	#[error("a loopback address")]
	Loopback,
	/// 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.
	#[error("a private address")]
	Private,
	/// 100.64.0.0/10: behind a carrier's translator.
	#[error("a carrier's shared address")]
	Shared,
	/// 169.254.0.0/16, where clouds keep their metadata, or fe80::/10.
	#[error("a link-local address")]
	LinkLocal,
	/// fc00::/7.
	#[error("a unique local address")]
	UniqueLocal,
	/// fec0::/10.
	#[error("a site-local address")]
	SiteLocal,
	/// 224.0.0.0/4 or ff00::/8.
	#[error("a multicast address")]
	Multicast,
	/// 255.255.255.255.
	#[error("the broadcast address")]
	Broadcast,
	/// 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24, 2001:db8::/32 or 3fff::/20.
	#[error("an address for documentation")]
	Documentation,
	/// 198.18.0.0/15 or 2001:2::/48.
	#[error("an address for benchmarks")]
	Benchmarking,
	/// 192.0.0.0/24, or the rest of 2001::/23.
	#[error("an address for protocols")]
	Protocol,
	/// ::ffff:0:0/96: an IPv4 address in disguise.
	#[error("an IPv4-mapped address")]
	Mapped,
	/// ::/96: an IPv4 address in disguise.
	#[error("an IPv4-compatible address")]
	Compatible,
	/// 64:ff9b::/96 or 64:ff9b:1::/48: an IPv4 address in disguise.
	#[error("a translated address (NAT64)")]
	Nat64,
	/// 2002::/16, an IPv4 address in disguise, or 192.88.99.0/24, its relays.
	#[error("a 6to4 address")]
	SixToFour,
	/// 2001::/32: an IPv4 address in disguise.
	#[error("a Teredo address")]
	Teredo,
	/// 100::/64: a black hole.
	#[error("a discarded address")]
	Discard,
	/// 240.0.0.0/4, or an IPv6 address that is not in 2000::/3.
	#[error("a reserved address")]
	Reserved,
}
