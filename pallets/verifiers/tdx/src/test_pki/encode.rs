//! DER, written.

use core::time::Duration;
use der::{
	asn1::{GeneralizedTime, ObjectIdentifier, UtcTime},
	Encode,
};

/// An element of `parts`, one after the other.
pub fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
	let content = parts.concat();
	let length = u16::try_from(content.len()).expect("short");
	let [high, low] = length.to_be_bytes();
	let mut bytes = vec![tag];
	match length {
		0..=0x7f => bytes.push(low),
		0x80..=0xff => bytes.extend([0x81, low]),
		_ => bytes.extend([0x82, high, low]),
	}
	bytes.extend(content);
	bytes
}

pub fn sequence(parts: &[&[u8]]) -> Vec<u8> {
	element(0x30, parts)
}

/// An `INTEGER`, not negative.
pub fn integer(value: u64) -> Vec<u8> {
	value.to_der().expect("short")
}

pub fn name(dotted: &str) -> Vec<u8> {
	dotted.parse::<ObjectIdentifier>().expect("an identifier").to_der().expect("short")
}

pub fn octets(bytes: &[u8]) -> Vec<u8> {
	element(4, &[bytes])
}

/// A `BIT STRING` of whole bytes.
pub fn bits(bytes: &[u8]) -> Vec<u8> {
	element(3, &[&[0], bytes])
}

/// A `Time`, of the kind that its year asks for.
pub fn time(unix: u64) -> Vec<u8> {
	let time = Duration::from_secs(unix);
	match UtcTime::from_unix_duration(time) {
		Ok(time) => time.to_der().expect("short"),
		Err(_) => GeneralizedTime::from_unix_duration(time).expect("before 10000").to_der().expect("short"),
	}
}

/// A `Name` of one common name.
pub fn common_name(text: &str) -> Vec<u8> {
	let attribute = sequence(&[&name("2.5.4.3"), &element(0x0c, &[text.as_bytes()])]);
	sequence(&[&element(0x31, &[&attribute])])
}

/// The extensions of something, each `(name, critical, value)`.
pub fn extensions(list: &[(String, bool, Vec<u8>)]) -> Vec<u8> {
	let list: Vec<u8> = list
		.iter()
		.flat_map(|(dotted, critical, value)| {
			let critical: &[u8] = if *critical { &[1, 1, 0xff] } else { &[] };
			sequence(&[&name(dotted), critical, &octets(value)])
		})
		.collect();
	sequence(&[&list])
}
