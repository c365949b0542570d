//! Keys, certificates and revocation lists.

use p256::ecdsa::{signature::Signer, Signature, SigningKey};
use sha2::{Digest, Sha256};

use super::{
	encode::{bits, common_name, element, extensions, integer, name, sequence, time},
	FROM, UNTIL,
};

/// A private key.
pub struct Key(SigningKey);

impl Key {
	/// The key of a name.
	pub fn new(name: &str) -> Self {
		let scalar = Sha256::new().chain_update(b"vektor test pki: ").chain_update(name).finalize();
		Self(SigningKey::from_slice(&scalar).expect("below the order"))
	}

	/// Both coordinates of the public key, big-endian.
	pub fn coordinates(&self) -> [u8; 64] {
		let point = self.0.verifying_key().to_sec1_point(false);
		point.as_bytes().get(1..).and_then(|bytes| bytes.try_into().ok()).expect("65 bytes")
	}

	/// Signs: `r`, then `s`, big-endian.
	pub fn sign(&self, message: &[u8]) -> [u8; 64] {
		let signature: Signature = self.0.sign(message);
		signature.to_bytes().into()
	}

	/// `signed`, the algorithm and the signature in an envelope.
	fn envelope(&self, signed: &[u8]) -> Vec<u8> {
		let signature: Signature = self.0.sign(signed);
		sequence(&[signed, &algorithm(), &bits(signature.to_der().as_bytes())])
	}
}

fn algorithm() -> Vec<u8> {
	sequence(&[&name("1.2.840.10045.4.3.2")])
}

/// What a certificate says of its key's use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Profile {
	/// Signs certificates and lists, with so many authorities below.
	Authority(u8),
	/// Signs other things.
	Signer,
}

/// A certificate to be issued. Change fields for one that is to be refused.
#[derive(Clone, Debug)]
pub struct Entry {
	/// The common name.
	pub subject: String,
	/// The serial number.
	pub serial: u64,
	/// The first and the last second at which it holds.
	pub period: (u64, u64),
	/// What its key may do.
	pub profile: Profile,
	/// Further extensions: name, whether critical, value.
	pub extensions: Vec<(String, bool, Vec<u8>)>,
}

impl Entry {
	/// An authority's.
	pub fn authority(subject: &str, above: u8) -> Self {
		Self { profile: Profile::Authority(above), ..Self::signer(subject, 1) }
	}

	/// A signer's.
	pub fn signer(subject: &str, serial: u64) -> Self {
		Self {
			subject: subject.into(),
			serial,
			period: (FROM, UNTIL),
			profile: Profile::Signer,
			extensions: Vec::new(),
		}
	}

	/// Issues it for `key`, in DER.
	pub fn issued_by(&self, issuer: &Key, issuer_name: &str, key: &Key) -> Vec<u8> {
		let kind = sequence(&[&name("1.2.840.10045.2.1"), &name("1.2.840.10045.3.1.7")]);
		let point = [&[4], key.coordinates().as_slice()].concat();
		let (constraints, usage) = match self.profile {
			Profile::Authority(above) => (sequence(&[&[1, 1, 0xff], &integer(above.into())]), [3, 2, 1, 0x06]),
			Profile::Signer => (sequence(&[]), [3, 2, 6, 0xc0]),
		};
		let mut list = vec![("2.5.29.19".into(), true, constraints), ("2.5.29.15".into(), true, usage.to_vec())];
		list.extend(self.extensions.iter().cloned());
		let signed = sequence(&[
			&element(0xa0, &[&integer(2)]),
			&integer(self.serial),
			&algorithm(),
			&common_name(issuer_name),
			&sequence(&[&time(self.period.0), &time(self.period.1)]),
			&common_name(&self.subject),
			&sequence(&[&kind, &bits(&point)]),
			&element(0xa3, &[&extensions(&list)]),
		]);
		issuer.envelope(&signed)
	}
}

/// A revocation list, in DER: of these serial numbers, with extensions `(name, critical, value)` of its own.
pub fn crl(
	issuer: &Key,
	issuer_name: &str,
	period: (u64, u64),
	revoked: &[u64],
	own: &[(String, bool, Vec<u8>)],
) -> Vec<u8> {
	let entries: Vec<u8> = revoked.iter().flat_map(|serial| sequence(&[&integer(*serial), &time(period.0)])).collect();
	let entries = if entries.is_empty() { entries } else { sequence(&[&entries]) };
	let mut list = vec![("2.5.29.20".into(), false, integer(1))];
	list.extend(own.iter().cloned());
	let signed = sequence(&[
		&integer(1),
		&algorithm(),
		&common_name(issuer_name),
		&time(period.0),
		&time(period.1),
		&entries,
		&element(0xa0, &[&extensions(&list)]),
	]);
	issuer.envelope(&signed)
}
