//! What real platforms made, and Intel said of them.

use vektor_verifier_tdx::{
	check_collateral, pcs, test_pki, trim, verify, Ca, CollateralInfo, Error, Fault, Part, Root, TcbStatus, INTEL_ROOT,
};

use crate::fixture::{
	authority_signature, sgx_collateral, stride, version_4, version_5, version_5_longest, Real, SGX_QUOTE,
};

fn intel() -> Root<'static> {
	Root::parse(INTEL_ROOT).unwrap()
}

fn seconds(time: &str) -> u64 {
	time.parse::<der::DateTime>().unwrap().unix_duration().as_secs()
}

#[test]
fn a_quote_of_version_4_holds() {
	let Real { quote, collateral, now } = version_4();
	let facts = verify(quote, collateral, &intel(), *now).unwrap();
	assert_eq!((facts.tcb_status, facts.advisories, facts.tcb_evaluation_number), (TcbStatus::UpToDate, 0, 17));
	assert_eq!(hex::encode(facts.fmspc), "b0c06f000000");
	assert_eq!(facts.valid_until, seconds("2025-07-19T10:00:35Z"), "the PCK authority's list ends first");
	assert_eq!(facts.td.tee_tcb_svn_now, None);
	assert_eq!(
		hex::encode(facts.td.mrtd),
		"91eb2b44d141d4ece09f0c75c2c53d247a3c68edd7fafe8a3520c942a604a407de03ae6dc5f87f27428b2538873118b7"
	);
	assert_eq!(hex::encode(facts.td.report_data), "9a9d48e7f6799642d3d1b34e1e5e1742d4bb02dd6ddd551862c1211d35c304f9eca3efdbb481601c163cf52493d6e44aed55d51ec39b7e518fadb92c2b523f20");
	assert_eq!(facts.td.attributes, [0, 0, 0, 0x10, 0, 0, 0, 0]);
	assert_eq!(hex::encode(facts.td.xfam), "e702060000000000");
}

#[test]
fn a_quote_of_version_5_with_the_longest_report_holds() {
	let Real { quote, collateral, now } = version_5_longest();
	let facts = verify(quote, collateral, &intel(), *now).unwrap();
	assert_eq!((facts.tcb_status, facts.tcb_evaluation_number), (TcbStatus::UpToDate, 20));
	assert!(facts.td.tee_tcb_svn_now.is_some());
	let other = version_4();
	let other = verify(&other.quote, &other.collateral, &intel(), other.now).unwrap();
	assert_ne!(facts.device, other.device);
	assert_ne!(facts.pck, other.pck);
}

#[test]
fn a_quote_of_a_platform_below_every_level_is_refused() {
	// One component of it is at 3, and the lowest of Intel's levels asks for 5.
	let Real { quote, collateral, now } = version_5();
	assert_eq!(verify(quote, collateral, &intel(), *now), Err(Error::BelowEveryLevel));
}

#[test]
fn collateral_is_checked_without_a_quote() {
	let Real { collateral, now, .. } = version_4();
	let info = CollateralInfo {
		fmspc: [0xb0, 0xc0, 0x6f, 0, 0, 0],
		ca: Ca::Platform,
		tcb_evaluation_number: 17,
		issued: ["2025-06-19T10:16:03Z", "2025-06-19T10:32:27Z", "2025-06-19T10:00:35Z", "2025-03-20T11:21:57Z"]
			.map(seconds),
		valid_until: seconds("2025-07-19T10:00:35Z"),
	};
	assert_eq!(check_collateral(collateral, &intel(), *now), Ok(info));
}

#[test]
fn collateral_holds_from_its_newest_part_to_the_first_that_ends() {
	let Real { quote, collateral, .. } = version_4();
	let at = |now| check_collateral(collateral, &intel(), now).map(|info| info.valid_until);
	let (first, last) = (seconds("2025-06-19T10:32:27Z"), seconds("2025-07-19T10:00:35Z"));
	assert_eq!(at(first - 1), Err(Error::Part(Part::QeIdentity, Fault::NotYetValid)));
	assert_eq!(at(first), Ok(last));
	assert_eq!(at(last), Ok(last));
	assert_eq!(at(last + 1), Err(Error::Part(Part::PckCrl, Fault::Expired)));
	assert_eq!(verify(quote, collateral, &intel(), last + 1), Err(Error::Part(Part::PckCrl, Fault::Expired)));
}

#[test]
fn another_root_is_refused() {
	let Real { quote, collateral, now } = version_4();
	let other = test_pki::root();
	let other = Root::parse(&other).unwrap();
	let refused = Err(Error::Part(Part::RootCrl, Fault::Issuer));
	assert_eq!(verify(quote, collateral, &other, *now), refused);
}

#[test]
fn collateral_of_another_time_and_platform_is_refused() {
	let (quote, other) = (&version_4().quote, version_5());
	assert_eq!(verify(quote, &other.collateral, &intel(), other.now), Err(Error::OtherPlatform));
}

#[test]
fn sgx_quotes_and_their_collateral_are_refused() {
	let Real { quote, collateral, now } = version_4();
	assert_eq!(verify(SGX_QUOTE, collateral, &intel(), *now), Err(Error::QuoteVersion(3)));
	let mut fourth = SGX_QUOTE.to_vec();
	fourth[0] = 4;
	assert_eq!(verify(&fourth, collateral, &intel(), *now), Err(Error::NotTdx));
	let refused = Error::Part(Part::TcbInfo, Fault::Kind);
	assert_eq!(verify(quote, &sgx_collateral(), &intel(), *now), Err(refused));
	assert_eq!(check_collateral(&sgx_collateral(), &intel(), *now), Err(refused));
}

#[test]
fn a_buffer_is_trimmed_to_its_quote() {
	let buffer = include_bytes!("../../vectors/tdx_quote");
	let Real { quote, collateral, now } = version_4();
	assert_eq!((buffer.len(), quote.len()), (5006, 4936));
	assert_eq!(verify(buffer, collateral, &intel(), *now), Err(Error::QuoteLength));
	assert_eq!(trim(quote), Some(quote.as_slice()));
	assert_eq!(trim(&quote[..quote.len() - 1]), None);
	assert_eq!(trim(SGX_QUOTE), None);
}

#[test]
fn a_quote_says_which_collateral_it_needs() {
	for real in [version_4(), version_5(), version_5_longest()] {
		let info = check_collateral(&real.collateral, &intel(), real.now).unwrap();
		assert_eq!(pcs::needs(&real.quote), Ok((info.fmspc, info.ca)));
	}
	assert_eq!(pcs::needs(SGX_QUOTE), Err(Error::QuoteVersion(3)));
}

#[test]
fn no_quote_with_a_byte_changed_holds() {
	let Real { quote, collateral, now } = version_4();
	let signature = authority_signature(quote);
	for at in (0..quote.len()).step_by(stride(37)).filter(|at| !signature.contains(at)) {
		let mut changed = quote.clone();
		changed[at] ^= 1;
		assert!(verify(&changed, collateral, &intel(), *now).is_err(), "byte {at}");
	}
}

#[test]
fn no_collateral_with_a_byte_changed_holds() {
	let Real { collateral, now, .. } = version_4();
	for at in (0..collateral.len()).step_by(stride(41)) {
		let mut changed = collateral.clone();
		changed[at] ^= 1;
		assert!(check_collateral(&changed, &intel(), *now).is_err(), "byte {at}");
	}
}

#[test]
fn nothing_cut_short_or_continued_holds() {
	let Real { quote, collateral, now } = version_4();
	for length in (0..quote.len()).step_by(stride(7)) {
		assert_eq!(verify(&quote[..length], collateral, &intel(), *now), Err(Error::QuoteLength), "{length} bytes");
	}
	for length in (0..collateral.len()).step_by(stride(7)) {
		let cut = check_collateral(&collateral[..length], &intel(), *now);
		assert_eq!(cut, Err(Error::CollateralLength), "{length} bytes");
	}
	let longer = |bytes: &[u8]| [bytes, &[0]].concat();
	assert_eq!(verify(&longer(quote), collateral, &intel(), *now), Err(Error::QuoteLength));
	assert_eq!(verify(quote, &longer(collateral), &intel(), *now), Err(Error::CollateralLength));
}
