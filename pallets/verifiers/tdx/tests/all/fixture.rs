//! Intel's samples, and a platform under a root of our own.

use std::{ops::Range, sync::OnceLock};

use serde_json::Value;
use vektor_verifier_tdx::{pcs::Answers, test_pki, trim, verify, Error, Facts, Root};

/// The time at which the made-up platform is looked at.
pub const NOW: u64 = test_pki::ISSUED + 1000;

/// A quote that a real platform made, and what Intel answered for it.
pub struct Real {
	pub quote: Vec<u8>,
	pub collateral: Vec<u8>,
	pub now: u64,
}

fn answered(json: &str) -> Vec<u8> {
	let json: Value = serde_json::from_str(json).unwrap();
	let text = |name: &str| json[name].as_str().unwrap().to_string();
	let bytes = |name: &str| hex::decode(text(name)).unwrap();
	Answers {
		pck_crl: &bytes("pck_crl"),
		pck_crl_chain: &text("pck_crl_issuer_chain"),
		root_crl: &bytes("root_ca_crl"),
		tcb_info: &format!(r#"{{"tcbInfo":{},"signature":"{}"}}"#, text("tcb_info"), text("tcb_info_signature")),
		tcb_info_chain: &text("tcb_info_issuer_chain"),
		qe_identity: &format!(
			r#"{{"enclaveIdentity":{},"signature":"{}"}}"#,
			text("qe_identity"),
			text("qe_identity_signature")
		),
		qe_identity_chain: &text("qe_identity_issuer_chain"),
	}
	.collateral()
	.unwrap()
}

macro_rules! real {
	($name:ident, $file:literal, $now:literal) => {
		pub fn $name() -> &'static Real {
			static REAL: OnceLock<Real> = OnceLock::new();
			REAL.get_or_init(|| Real {
				quote: trim(include_bytes!(concat!("../../vectors/", $file))).unwrap().to_vec(),
				collateral: answered(include_str!(concat!("../../vectors/", $file, "_collateral.json"))),
				now: $now,
			})
		}
	};
}

// 2025-06-19 10:56, 2026-02-19 11:20, 2026-10-08 00:43 UTC.
real!(version_4, "tdx_quote", 1_750_330_571);
real!(version_5, "tdx_quote_outdated", 1_771_500_000);
real!(version_5_longest, "tdx_quote_td15ex", 1_791_420_186);

/// The collateral of an SGX platform.
pub fn sgx_collateral() -> Vec<u8> {
	answered(include_str!("../../vectors/sgx_quote_collateral.json"))
}

pub const SGX_QUOTE: &[u8] = include_bytes!("../../vectors/sgx_quote");

/// Verifies under the root of our own.
pub fn verify_at(quote: &[u8], collateral: &[u8], now: u64) -> Result<Facts, Error> {
	verify(quote, collateral, &Root::parse(&test_pki::root()).unwrap(), now)
}

/// Verifies it now.
pub fn verify_now(quote: &[u8], collateral: &[u8]) -> Result<Facts, Error> {
	verify_at(quote, collateral, NOW)
}

/// How far apart the places are that a test tries: all of them if `VEKTOR_LONG` is set.
pub fn stride(short: usize) -> usize {
	if std::env::var_os("VEKTOR_LONG").is_some() {
		1
	} else {
		short
	}
}

/// Where the signature of the embedded chain's authority lies, and a little more: the two last lines of the second
/// certificate. It may be written otherwise, since the collateral has it already.
pub fn authority_signature(quote: &[u8]) -> Range<usize> {
	let mut ends = (0..quote.len()).filter(|at| quote[*at..].starts_with(b"-----END"));
	let end = ends.nth(1).expect("three certificates");
	end - 132..end
}
