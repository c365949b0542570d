//! A million mutations of what a guest sends and of what is pinned: none panics, none is accepted for what it is not.

use rand::rngs::SmallRng;
use vektor_verifier_snp::{
	anchors::{ASK_MILAN, ASK_TURIN},
	Anchor, Vcek,
};

use crate::{
	flow::MILAN,
	mutation::{million, mutate, Seen},
	vectors::{milan, NOW, REPORT, TURIN, VCEK},
};

fn reports(times: u32, strokes: u32, rng: &mut SmallRng, seen: &mut Seen) {
	let vcek = Vcek::verify(VCEK, &milan(), NOW).unwrap();
	let other = MILAN.report([1; 64], [2; 48]);
	for _ in 0..times {
		let report = mutate(REPORT, &other, strokes, rng);
		let why = vcek.report(&report, NOW).expect_err("a report that nobody signed");
		seen.note("report", why);
	}
}

fn certificates(times: u32, strokes: u32, rng: &mut SmallRng, seen: &mut Seen) {
	let anchor = milan();
	for _ in 0..times {
		let vcek = mutate(VCEK, TURIN, strokes, rng);
		let why = Vcek::verify(&vcek, &anchor, NOW).expect_err("a certificate that nobody signed");
		seen.note("VCEK", why);
	}
}

/// Whoever pins an anchor vouches for it: its own signature is not looked at, nor its serial number and the like.
fn anchors(times: u32, strokes: u32, rng: &mut SmallRng, seen: &mut Seen) {
	let genuine = Vcek::verify(VCEK, &milan(), NOW).unwrap();
	for _ in 0..times {
		match Anchor::pin(&mutate(ASK_MILAN, ASK_TURIN, strokes, rng)) {
			Err(why) => seen.note("anchor", why),
			Ok(anchor) => match Vcek::verify(VCEK, &anchor, NOW) {
				Err(why) => seen.note("pinned", why),
				Ok(vcek) => {
					assert_eq!((&vcek.keys, vcek.chip_id, vcek.tcb), (&genuine.keys, genuine.chip_id, genuine.tcb));
					seen.note("pinned", format_args!("the same key"));
				}
			},
		}
	}
}

#[test]
fn a_million_mutations_of_report_certificate_and_anchor_are_refused() {
	let half = |rng: &mut SmallRng, seen: &mut Seen| {
		reports(12_000, 1, rng, seen);
		reports(20_000, 8, rng, seen);
		reports(280_000, 32, rng, seen);
		certificates(5_000, 1, rng, seen);
		certificates(20_000, 4, rng, seen);
		certificates(130_000, 32, rng, seen);
		anchors(2_000, 1, rng, seen);
		anchors(31_000, 16, rng, seen);
	};
	million(half, &["report: Signature", "report: Tcb", "VCEK: Certificate(Signature)", "pinned: the same key"]);
}
