//! Where an operator says that it listens, and who is sent there.

use std::{
	fmt,
	net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use crate::{is_public, Refused};

/// The longest endpoint that the chain takes, in bytes.
const LONGEST: usize = 128;

/// The longest name, and the longest part of one, that can be looked up.
const NAME: (usize, usize) = (253, 63);

/// The port of an endpoint that names none.
const PORT: u16 = 80;

/// Ports above 1023 where an unasked request could do harm or looks like an attack: databases, queues, caches, remote desktops and
/// shells, printers, container and cluster managers, proxies, chat and telephony, and what a node of ours listens on itself.
pub const HARMFUL: [u16; 62] = [
	1080, 1099, 1433, 1434, 1521, 1723, 1883, 2049, 2181, 2375, 2376, 2377, 2379, 2380, 3128, 3260, 3306, 3389, 4369,
	4646, 5060, 5061, 5222, 5269, 5432, 5555, 5672, 5900, 5901, 5984, 5985, 5986, 6000, 6379, 6443, 6660, 6667, 6697,
	7001, 8086, 8200, 8332, 8333, 8500, 8545, 8546, 9042, 9092, 9100, 9200, 9300, 9418, 9615, 9933, 9944, 10250, 10255,
	11211, 15672, 27017, 27018, 30333,
];

/// An operator's endpoint: a plain HTTP host, its port, and perhaps a path that what is asked comes below.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Endpoint {
	host: Host,
	port: u16,
	path: String,
}

/// Who listens.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Host {
	/// A name to look up, in lower case.
	Name(String),
	/// An address.
	Address(IpAddr),
}

impl Endpoint {
	/// Reads an endpoint as it is written on chain. It is strict: what two programs could read in two ways is refused.
	pub fn parse(bytes: &[u8]) -> Result<Self, Refused> {
		if bytes.len() > LONGEST {
			return Err(Refused::TooLong);
		}
		let text = std::str::from_utf8(bytes).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_graphic()));
		let text = text.ok_or(Refused::NotAscii)?;
		if text.starts_with("https://") {
			return Err(Refused::Tls);
		}
		let rest = text.strip_prefix("http://").ok_or(Refused::Scheme)?;
		if rest.contains('#') {
			return Err(Refused::Fragment);
		}
		if rest.contains('?') {
			return Err(Refused::Query);
		}
		let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
		if authority.contains('@') {
			return Err(Refused::UserInfo);
		}
		let (host, port) = split(authority)?;
		Ok(Self { host, port: port.map_or(Ok(PORT), read_port)?, path: read_path(path)? })
	}

	/// Who listens.
	pub fn host(&self) -> &Host {
		&self.host
	}

	/// On which port.
	pub fn port(&self) -> u16 {
		self.port
	}

	/// What comes before every path that is asked: empty, or it begins with a slash and ends without.
	pub fn path(&self) -> &str {
		&self.path
	}

	/// The host and the port, as a request names them.
	pub(crate) fn authority(&self) -> String {
		if self.port == PORT {
			self.host.to_string()
		} else {
			format!("{}:{}", self.host, self.port)
		}
	}
}

impl fmt::Display for Endpoint {
	fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(formatter, "http://{}{}", self.authority(), self.path)
	}
}

impl fmt::Display for Host {
	fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Name(name) => formatter.write_str(name),
			Self::Address(IpAddr::V4(four)) => four.fmt(formatter),
			Self::Address(IpAddr::V6(six)) => write!(formatter, "[{six}]"),
		}
	}
}

/// The host, and the text of the port if there is one.
fn split(authority: &str) -> Result<(Host, Option<&str>), Refused> {
	if let Some(bracketed) = authority.strip_prefix('[') {
		let (six, after) = bracketed.split_once(']').ok_or(Refused::Host)?;
		let six: Ipv6Addr = six.parse().map_err(|_| Refused::Host)?;
		let port = match after {
			"" => None,
			after => Some(after.strip_prefix(':').ok_or(Refused::Host)?),
		};
		return Ok((Host::Address(six.into()), port));
	}
	match authority.split_once(':') {
		Some((host, port)) => Ok((read_host(host)?, Some(port))),
		None => Ok((read_host(authority)?, None)),
	}
}

fn read_host(host: &str) -> Result<Host, Refused> {
	let good = |label: &str| {
		!label.is_empty()
			&& label.len() <= NAME.1
			&& label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
			&& !label.starts_with('-')
			&& !label.ends_with('-')
	};
	if host.len() > NAME.0 || !host.split('.').all(good) {
		return Err(Refused::Host);
	}
	// Resolvers read `127.1`, `2130706433` and `0x7f.1` as addresses: such a host is one in full, or none.
	if host.rsplit('.').next().is_some_and(is_number) {
		return host.parse::<Ipv4Addr>().map(|four| Host::Address(four.into())).map_err(|_| Refused::Number);
	}
	Ok(Host::Name(host.to_ascii_lowercase()))
}

/// Whether resolvers may read a part of a name as a number: decimal, octal, or hexadecimal.
fn is_number(label: &str) -> bool {
	match label.strip_prefix("0x").or_else(|| label.strip_prefix("0X")) {
		Some(digits) => digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
		None => label.bytes().all(|byte| byte.is_ascii_digit()),
	}
}

fn read_port(text: &str) -> Result<u16, Refused> {
	if text.starts_with('0') || !text.bytes().all(|byte| byte.is_ascii_digit()) {
		return Err(Refused::Port);
	}
	text.parse().map_err(|_| Refused::Port)
}

fn read_path(path: &str) -> Result<String, Refused> {
	let path = path.strip_suffix('/').unwrap_or(path);
	let good = |segment: &str| {
		!matches!(segment, "" | "." | "..")
			&& segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~'))
	};
	if path.split('/').skip(1).all(good) {
		Ok(path.to_string())
	} else {
		Err(Refused::Path)
	}
}

/// Who is sent where.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Rules {
	/// Whether loopback and private networks may be asked: on development chains only. All else that is not public stays refused.
	pub private: bool,
	/// Which ports may be asked.
	pub ports: PortRule,
}

/// Which ports may be asked.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum PortRule {
	/// 80, 443, and those above 1023 that are not [`HARMFUL`].
	#[default]
	Harmless,
	/// Any: on development chains only.
	Any,
}

impl Rules {
	/// The rules of a development chain: its operators listen on this machine, or next to it.
	pub const DEVELOPMENT: Self = Self { private: true, ports: PortRule::Any };

	/// Whether anybody is sent to an endpoint, as far as its text tells: a name's addresses are checked when it is looked up.
	pub fn endpoint(&self, endpoint: &Endpoint) -> Result<(), Refused> {
		self.port(endpoint.port)?;
		match endpoint.host {
			Host::Address(address) => self.address(address),
			Host::Name(_) => Ok(()),
		}
	}

	/// Whether anybody is sent to an address.
	pub fn address(&self, address: IpAddr) -> Result<(), Refused> {
		match is_public(address) {
			Err(Refused::Loopback | Refused::Private | Refused::UniqueLocal) if self.private => Ok(()),
			other => other,
		}
	}

	/// Whether anybody is sent to a port.
	pub fn port(&self, port: u16) -> Result<(), Refused> {
		let allowed = match self.ports {
			PortRule::Any => port != 0,
			PortRule::Harmless => matches!(port, 80 | 443 | 1024..) && !HARMFUL.contains(&port),
		};
		if allowed {
			Ok(())
		} else {
			Err(Refused::PortNotAllowed(port))
		}
	}
}
