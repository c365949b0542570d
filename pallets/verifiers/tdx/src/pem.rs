//! The chain of a PCK certificate, as quotes embed it: PEM, one certificate after the other.

use alloc::vec::Vec;

const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";
const END: &[u8] = b"-----END CERTIFICATE-----";

/// The next certificate in DER, and what follows it. Between certificates only line ends may stand.
pub(crate) fn next(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
	if !text.starts_with(BEGIN) {
		return None;
	}
	let end = text.windows(END.len()).position(|window| window == END)?;
	let (certificate, rest) = text.split_at_checked(end.checked_add(END.len())?)?;
	let (_, der) = der::pem::decode_vec(certificate).ok()?;
	let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
	Some((der, rest.strip_prefix(b"\n").unwrap_or(rest)))
}

/// Exactly `N` certificates. The quoting library ends the text with a zero byte, sometimes.
pub(crate) fn chain<const N: usize>(mut text: &[u8]) -> Option<[Vec<u8>; N]> {
	let mut certificates = [const { Vec::new() }; N];
	for certificate in &mut certificates {
		(*certificate, text) = next(text)?;
	}
	matches!(text, [] | [0]).then_some(certificates)
}
