//! A million mutations of what a GPU sends: none panics, none is accepted.

use rand::rngs::SmallRng;
use vektor_verifier_nvidia::{verify, Issuer, DEVICE_ROOT};

use crate::{
	flow::{gpu, NONCE},
	mutation::{million, mutate, strike, Seen},
	vectors::{issuer, nonce, CHAIN, LEAF, NOW, REPORT},
};

fn reports(times: u32, strokes: u32, rng: &mut SmallRng, seen: &mut Seen) {
	let other = gpu().report(NONCE);
	for _ in 0..times {
		let report = mutate(REPORT, &other, strokes, rng);
		let why = verify(&report, LEAF, issuer(), &nonce(), NOW).expect_err("a report that nobody signed");
		seen.note("report", why);
	}
}

fn leaves(times: u32, strokes: u32, rng: &mut SmallRng, seen: &mut Seen) {
	let other = gpu().leaf();
	for _ in 0..times {
		let leaf = mutate(LEAF, &other, strokes, rng);
		let why = verify(REPORT, &leaf, issuer(), &nonce(), NOW).expect_err("a certificate that nobody signed");
		seen.note("leaf", why);
	}
}

fn authorities(times: u32, strokes: u32, rng: &mut SmallRng, seen: &mut Seen) {
	let root = Issuer::pin(DEVICE_ROOT).unwrap();
	for (link, (der, other)) in CHAIN.iter().zip(CHAIN.iter().cycle().skip(1)).enumerate() {
		let above = root.authorities(&CHAIN[..link], NOW).unwrap();
		for _ in 0..times {
			let why = above.authority(&mutate(der, other, strokes, rng), NOW).expect_err("nobody signed it");
			seen.note("authority", why);
		}
	}
}

fn nonces(times: u32, strokes: u32, rng: &mut SmallRng, seen: &mut Seen) {
	for _ in 0..times {
		let mut nonce = nonce();
		strike(&mut nonce, &NONCE, strokes, rng);
		let why = verify(REPORT, LEAF, issuer(), &nonce, NOW).expect_err("an answer to another question");
		seen.note("nonce", why);
	}
}

#[test]
fn a_million_mutations_of_report_certificates_and_nonce_are_refused() {
	let half = |rng: &mut SmallRng, seen: &mut Seen| {
		reports(4_000, 1, rng, seen);
		reports(10_000, 8, rng, seen);
		reports(270_000, 32, rng, seen);
		leaves(4_000, 1, rng, seen);
		leaves(15_000, 4, rng, seen);
		leaves(80_000, 32, rng, seen);
		authorities(1_400, 1, rng, seen);
		authorities(5_000, 4, rng, seen);
		authorities(24_000, 32, rng, seen);
		nonces(25_800, 2, rng, seen);
	};
	million(half, &["report: Signature", "report: Field", "leaf: Certificate(Signature)", "authority: Signature"]);
}
