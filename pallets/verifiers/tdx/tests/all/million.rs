//! A million mutations of quotes and collateral: none panics, none is accepted for what it is not.

use rand::{rngs::SmallRng, seq::SliceRandom, Rng};
use vektor_verifier_tdx::{
	check_collateral,
	test_pki::{self, td, Intel, Platform},
	trim, verify_with, CheckedCollateral, Collateral, Facts, Root, INTEL_ROOT,
};

use crate::{
	fixture::{authority_signature, version_4, version_5_longest, Real, NOW},
	mutation::{million, mutate, strike, Seen},
};

/// Where the embedded chain begins. Before it every byte counts.
fn chain(quote: &[u8]) -> usize {
	quote.windows(5).position(|window| window == b"-----").expect("PEM")
}

/// The chain is signed but for its line ends, of which LF and CR are as good, and the signature of its authority, which the
/// collateral has already.
fn say_the_same(one: &[u8], other: &[u8]) -> bool {
	let line_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
	let signature = authority_signature(other);
	let same = |at: usize, a: &u8, b: &u8| a == b || (line_end(a) && line_end(b)) || signature.contains(&at);
	one.len() == other.len() && one.iter().zip(other).enumerate().all(|(at, (a, b))| same(at, a, b))
}

fn quotes(times: u32, strokes: u32, rng: &mut SmallRng, seen: &mut Seen) {
	let root = Root::parse(INTEL_ROOT).unwrap();
	for (real, other) in [(version_4(), version_5_longest()), (version_5_longest(), version_4())] {
		let Real { quote, collateral, now } = real;
		let collateral = CheckedCollateral::new(collateral, &root, *now).unwrap();
		let genuine = verify_with(quote, &collateral, *now).unwrap();
		let chain = chain(quote);
		for _ in 0..times {
			let mut mutated = quote.clone();
			match rng.gen() {
				true => mutated = mutate(quote, &other.quote, strokes, rng),
				false => strike(&mut mutated[..chain], &other.quote, strokes, rng),
			}
			assert!(trim(&mutated).is_none_or(|trimmed| mutated.starts_with(trimmed)));
			match verify_with(&mutated, &collateral, *now) {
				Err(why) => seen.note("quote", why),
				Ok(facts) => {
					assert!(say_the_same(&mutated, quote) && facts == genuine);
					seen.note("quote", format_args!("the same otherwise"));
				}
			}
		}
	}
}

#[test]
fn a_line_end_of_the_embedded_chain_may_be_another() {
	let root = Root::parse(INTEL_ROOT).unwrap();
	let Real { quote, collateral, now } = version_4();
	let collateral = CheckedCollateral::new(collateral, &root, *now).unwrap();
	let mut mutated = quote.clone();
	let ends = mutated[chain(quote)..].iter_mut().filter(|byte| **byte == b'\n');
	ends.step_by(3).for_each(|byte| *byte = b'\r');
	assert!(mutated != *quote && say_the_same(&mutated, quote));
	assert_eq!(verify_with(&mutated, &collateral, *now), verify_with(quote, &collateral, *now));
}

/// `collateral` with one of its parts changed, and its lengths right.
fn with_a_part_changed(collateral: &Collateral, other: &Collateral, strokes: u32, rng: &mut SmallRng) -> Vec<u8> {
	let mut changed = *collateral;
	let mut parts = [
		(&mut changed.pck_ca, other.pck_ca),
		(&mut changed.pck_crl, other.pck_crl),
		(&mut changed.root_crl, other.root_crl),
		(&mut changed.tcb_signer, other.tcb_signer),
		(&mut changed.tcb_info, other.tcb_info),
		(&mut changed.qe_signer, other.qe_signer),
		(&mut changed.qe_identity, other.qe_identity),
	];
	let (part, other) = parts.choose_mut(rng).expect("seven");
	let bytes = mutate(part, other, strokes, rng);
	**part = &bytes;
	changed.encode().unwrap()
}

fn collaterals(times: u32, strokes: u32, rng: &mut SmallRng, seen: &mut Seen) {
	let Real { collateral, now, .. } = version_4();
	let root = Root::parse(INTEL_ROOT).unwrap();
	let other = &version_5_longest().collateral;
	let [one, another] = [collateral, other].map(|bytes| Collateral::decode(bytes).unwrap());
	for _ in 0..times {
		let (what, mutated) = match rng.gen() {
			true => ("collateral", mutate(collateral, other, strokes, rng)),
			false => ("a part of collateral", with_a_part_changed(&one, &another, strokes, rng)),
		};
		seen.note(what, check_collateral(&mutated, &root, *now).expect_err("collateral that nobody signed"));
	}
}

/// Signatures of collateral are not checked again, so what Intel said may be lost: a status, or whom it revoked. What a
/// platform signed is checked each time.
fn restored(times: u32, strokes: u32, rng: &mut SmallRng, seen: &mut Seen) {
	let (intel, platform) = (Intel::default(), Platform::default());
	let (root, collateral, quote) = (test_pki::root(), intel.collateral(&platform), platform.quote(&td(1, [2; 64])));
	let root = Root::parse(&root).unwrap();
	let checked = CheckedCollateral::new(&collateral, &root, NOW).unwrap();
	let genuine = verify_with(&quote, &checked, NOW).unwrap();
	let one = Collateral::decode(&collateral).unwrap();
	let another = Collateral::decode(&version_4().collateral).unwrap();
	for _ in 0..times {
		let mutated = match rng.gen() {
			true => mutate(&collateral, &version_4().collateral, strokes, rng),
			false => with_a_part_changed(&one, &another, strokes, rng),
		};
		let restored = match CheckedCollateral::restore(&mutated, &root) {
			Err(why) => {
				seen.note("restored", why);
				continue;
			}
			Ok(restored) => restored,
		};
		let mut tampered = quote.clone();
		tampered[rng.gen_range(0..chain(&quote))] ^= 1 << rng.gen_range(0..8);
		verify_with(&tampered, &restored, NOW).expect_err("a quote that nobody signed");
		match verify_with(&quote, &restored, NOW) {
			Err(why) => seen.note("quote under restored", why),
			Ok(facts) => {
				let Facts { tcb_status, advisories, tcb_evaluation_number, valid_until, .. } = facts;
				let said = Facts { tcb_status, advisories, tcb_evaluation_number, valid_until, ..genuine.clone() };
				assert_eq!(facts, said);
				seen.note("quote under restored", format_args!("the same TD on the same device"));
			}
		}
	}
}

#[test]
fn a_million_mutations_of_quotes_and_collateral_are_refused() {
	let half = |rng: &mut SmallRng, seen: &mut Seen| {
		quotes(400, 1, rng, seen);
		quotes(1_500, 4, rng, seen);
		quotes(179_850, 64, rng, seen);
		collaterals(1_000, 1, rng, seen);
		collaterals(8_000, 4, rng, seen);
		collaterals(20_000, 32, rng, seen);
		restored(1_000, 1, rng, seen);
		restored(8_000, 4, rng, seen);
		restored(98_500, 32, rng, seen);
	};
	let reached = [
		"quote: QuoteSignature",
		"quote: Part(Pck, Signature)",
		"collateral: Part(QeIdentity, Signature)",
		"a part of collateral: Part(TcbInfo, Signature)",
		"quote under restored: the same TD on the same device",
	];
	million(half, &reached);
}
