//! Which endpoints are read, and how.

use vektor_prober::{Endpoint, Host, PortRule, Refused, Rules, HARMFUL};

fn parse(text: &str) -> Result<Endpoint, Refused> {
	Endpoint::parse(text.as_bytes())
}

fn refused(why: Refused, texts: &[&str]) {
	for text in texts {
		assert_eq!(parse(text), Err(why), "{text}");
	}
}

#[test]
fn names_addresses_ports_and_paths_are_read() {
	for (text, host, port, path) in [
		("http://Gpu-1.Example.com", "gpu-1.example.com", 80, ""),
		("http://gpu.example.com:9955/", "gpu.example.com", 9955, ""),
		("http://operator_1:9955/agent/v1/", "operator_1", 9955, "/agent/v1"),
		("http://8.8.8.8:65535/a.b~c", "8.8.8.8", 65535, "/a.b~c"),
		("http://[2a01:4f8::1]", "[2a01:4f8::1]", 80, ""),
		("http://[2A01:4F8::1]:443/x", "[2a01:4f8::1]", 443, "/x"),
		("http://1.2.3.example", "1.2.3.example", 80, ""),
	] {
		let endpoint = parse(text).unwrap_or_else(|why| panic!("{text}: {why}"));
		assert_eq!(
			(endpoint.host().to_string().as_str(), endpoint.port(), endpoint.path()),
			(host, port, path),
			"{text}"
		);
		assert_eq!(parse(&endpoint.to_string()).as_ref(), Ok(&endpoint), "{text}");
	}
	assert_eq!(parse("http://8.8.8.8").unwrap().host(), &Host::Address("8.8.8.8".parse().unwrap()));
}

#[test]
fn https_is_refused_by_name() {
	refused(Refused::Tls, &["https://gpu.example.com", "https://8.8.8.8:443/"]);
}

#[test]
fn other_schemes_are_refused() {
	refused(
		Refused::Scheme,
		&["", "http:", "http:/a", "HTTP://a", "ftp://a", "file:///etc/passwd", "gopher://a", "//a", "a:80"],
	);
}

#[test]
fn users_are_refused() {
	refused(
		Refused::UserInfo,
		&["http://user@host", "http://user:word@host:80/", "http://8.8.8.8@127.0.0.1", "http://@a"],
	);
}

#[test]
fn queries_and_fragments_are_refused() {
	refused(Refused::Query, &["http://a?b", "http://a/?b=c", "http://?"]);
	refused(Refused::Fragment, &["http://a#b", "http://a/b#", "http://8.8.8.8#@a?b"]);
}

#[test]
fn hosts_that_are_none_are_refused() {
	let long = format!("http://{}.com", "a".repeat(64));
	refused(
		Refused::Host,
		&[
			"http://",
			"http:///",
			"http://:80",
			"http://.",
			"http://a.",
			"http://.a",
			"http://a..b",
			"http://-a",
			"http://a-",
			"http://a%2eb",
			"http://a\\b",
			"http://a,b",
			"http://[",
			"http://[]",
			"http://[::1",
			"http://[::1]x",
			"http://[::g]",
			"http://[fe80::1%25eth0]",
			"http://[8.8.8.8]",
			"http://::1",
			"http://*",
			&long,
		],
	);
}

#[test]
fn numbers_that_resolvers_take_for_addresses_are_refused() {
	refused(
		Refused::Number,
		&[
			"http://2130706433",
			"http://127.1",
			"http://127.0.1",
			"http://0x7f.1",
			"http://0x7f000001",
			"http://0X7F.0.0.0x1",
			"http://0177.0.0.1",
			"http://127.0.0.01",
			"http://017700000001",
			"http://127.0.0.0x1",
			"http://127.0.0.1.1",
			"http://256.0.0.1",
			"http://0",
			"http://0x",
			"http://example.1",
			"http://a.0x7f",
			"http://00.0.0.0",
		],
	);
}

#[test]
fn ports_that_are_none_are_refused() {
	refused(
		Refused::Port,
		&[
			"http://a:",
			"http://a:0",
			"http://a:00",
			"http://a:080",
			"http://a:65536",
			"http://a:+80",
			"http://a:-1",
			"http://a:x",
			"http://a:80:80",
			"http://a:99999999999999999999",
			"http://[::1]:",
			"http://[::1]:0",
		],
	);
}

#[test]
fn odd_paths_are_refused() {
	refused(
		Refused::Path,
		&[
			"http://a//b",
			"http://a/b//",
			"http://a/.",
			"http://a/../b",
			"http://a/%2e%2e/b",
			"http://a/b;c",
			"http://a/b\\c",
			"http://a/<b>",
			"http://a/b@c",
			"http://a/b:c",
		],
	);
}

#[test]
fn what_is_not_printable_or_too_long_is_refused() {
	for bytes in
		[&b"http://a b"[..], b"http://a\r\nHost: b", b"http://a\0", "http://bücher.example".as_bytes(), b"http://\xff"]
	{
		assert_eq!(Endpoint::parse(bytes), Err(Refused::NotAscii));
	}
	let path = "a".repeat(128 - "http://a/".len());
	assert!(parse(&format!("http://a/{path}")).is_ok());
	refused(Refused::TooLong, &[&format!("http://a/{path}a")]);
}

#[test]
fn no_bytes_make_it_panic_and_what_it_reads_it_reads_again() {
	const PIECES: [&[u8]; 24] = [
		b"http://",
		b"https://",
		b"[",
		b"]",
		b":",
		b"::",
		b"/",
		b"//",
		b"..",
		b".",
		b"@",
		b"?",
		b"#",
		b"0x",
		b"127",
		b"80",
		b"0",
		b"a",
		b"-",
		b"%25",
		b"\\",
		b"\xff",
		b"\xc3\xbc",
		b" ",
	];
	let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
	let mut next = move || {
		seed ^= seed << 13;
		seed ^= seed >> 7;
		seed ^= seed << 17;
		seed.to_le_bytes()
	};
	let mut read = 0;
	for round in 0..200_000 {
		let mut bytes = if round % 4 == 0 { Vec::new() } else { b"http://".to_vec() };
		for _ in 0..next()[0] % 12 {
			let [choice, piece, byte, ..] = next();
			match choice % 4 {
				0 => bytes.push(byte),
				_ => bytes.extend_from_slice(PIECES[usize::from(piece) % PIECES.len()]),
			}
		}
		if let Ok(endpoint) = Endpoint::parse(&bytes) {
			read += 1;
			assert_eq!(parse(&endpoint.to_string()), Ok(endpoint));
		}
	}
	assert!(read > 1_000, "{read}");
}

#[test]
fn web_ports_and_high_ports_are_asked_but_not_those_where_it_could_do_harm() {
	let rules = Rules::default();
	for port in [80, 443, 1024, 8000, 8080, 9955, 65535] {
		assert_eq!(rules.port(port), Ok(()), "{port}");
	}
	let brief = [1433, 2049, 2375, 2376, 3306, 3389, 5432, 5900, 6379, 6443, 9200, 11211, 27017, 9944, 30333, 9615];
	for port in [0, 1, 22, 25, 53, 79, 81, 442, 444, 1023].into_iter().chain(brief).chain(HARMFUL) {
		assert_eq!(rules.port(port), Err(Refused::PortNotAllowed(port)), "{port}");
	}
	assert!(HARMFUL.windows(2).all(|pair| pair[0] < pair[1]));
}

#[test]
fn a_development_chain_asks_any_port_but_none() {
	assert_eq!(Rules::DEVELOPMENT.ports, PortRule::Any);
	assert_eq!(Rules::DEVELOPMENT.port(22), Ok(()));
	assert_eq!(Rules::DEVELOPMENT.port(0), Err(Refused::PortNotAllowed(0)));
}

#[test]
fn the_rules_of_a_public_chain_are_the_default() {
	let endpoint = |text| Rules::default().endpoint(&parse(text).unwrap());
	assert_eq!(endpoint("http://127.0.0.1:9955"), Err(Refused::Loopback));
	assert_eq!(endpoint("http://169.254.169.254"), Err(Refused::LinkLocal));
	assert_eq!(endpoint("http://[::ffff:127.0.0.1]"), Err(Refused::Mapped));
	assert_eq!(endpoint("http://8.8.8.8:22"), Err(Refused::PortNotAllowed(22)));
	assert_eq!(endpoint("http://8.8.8.8:9955"), Ok(()));
	assert_eq!(endpoint("http://gpu.example.com:9955"), Ok(()));
}
