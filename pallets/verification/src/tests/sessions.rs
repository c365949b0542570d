use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchResult, DispatchResultWithPostInfo, GetDispatchInfo},
	weights::Weight,
	BoundedVec,
};
use sp_core::{ed25519, Pair, H256};
use sp_runtime::traits::BadOrigin;
use vektor_primitives::{
	hash,
	traits::{EvidenceVerifier, KeyStore, OperatorSink},
	Assurance, Evidence, EvidenceError, KeyRefused, KeySetup, SessionClaim, SessionKeys, Statement, Verification,
};
use vektor_verifier_nvidia::test_pki::{self as nvidia, Gpu};
use vektor_verifier_snp::{
	test_pki::{self as amd, Machine},
	Tcb,
};
use vektor_verifier_tdx::{
	test_pki::{self as intel, Intel, Platform},
	TcbStatus, Td,
};

use super::*;
use crate::{
	mock::*, Bytes, Call, CollateralOf, Config, Devices, Error, Event, Floor, GpuEvidence, Image, Intermediates,
	PckAuthority, Quote, Refusal, Root, Sessions, TdxFloor, WeightInfo,
};

const BLOCK: u64 = 15;
const UNTIL: u64 = NOW_SECONDS + 500;
const MEASUREMENT: [u8; 48] = [2; 48];
const SEALING: H256 = H256::repeat_byte(5);

const MACHINE: Machine = Machine {
	chip_id: [7; 64],
	tcb: Tcb { fmc: None, boot_loader: 4, tee: 1, snp: 22, microcode: 213 },
	valid_from: NOW_SECONDS - 500,
	valid_until: UNTIL,
};

const FLOOR: Floor = Floor::Snp { fmc: None, boot_loader: 4, tee: 1, snp: 20, microcode: 200 };

fn bytes<const N: u32>(bytes: Vec<u8>) -> Bytes<N> {
	BoundedVec::try_from(bytes).unwrap()
}

fn signer() -> ed25519::Pair {
	ed25519::Pair::from_seed(&[9; 32])
}

fn keys() -> SessionKeys {
	SessionKeys { signing: H256(signer().public().0), sealing: SEALING }
}

fn amd_root() -> Root {
	Root::Amd(bytes(amd::anchor(NOW_SECONDS - 10_000, NOW_SECONDS + 10_000)))
}

fn nvidia_root() -> Root {
	Root::Nvidia(bytes(nvidia::root(NOW_SECONDS - 10_000, NOW_SECONDS + 10_000)))
}

fn intel_root() -> Root {
	Root::Intel(bytes(intel::root()))
}

fn snp_image() -> H256 {
	hash(&Image::Snp(MEASUREMENT))
}

fn claim(agent: u64) -> SessionClaim<u64> {
	Verifier::claim(agent, operator(agent), keys(), BLOCK).unwrap_or_else(|_| panic!("a recent block"))
}

fn gpu(chip: u8) -> Gpu {
	Gpu::new(chip, NOW_SECONDS - 400, NOW_SECONDS + 400)
}

fn gpu_evidence(gpu: &Gpu, nonce: [u8; 32]) -> GpuEvidence {
	GpuEvidence {
		root: hash(&nvidia_root()),
		report: bytes(gpu.report(nonce)),
		leaf: bytes(gpu.leaf()),
		intermediates: BoundedVec::truncate_from(gpu.authorities().map(bytes).to_vec()),
	}
}

fn snp_quote(machine: &Machine, report_data: [u8; 64]) -> Quote {
	Quote::Snp {
		root: hash(&amd_root()),
		report: bytes(machine.report(report_data, MEASUREMENT)),
		vcek: bytes(machine.vcek()),
	}
}

/// Everything that an enclave of this agent's shows with these GPUs.
fn evidence(agent: u64, chips: &[u8]) -> (Quote, Vec<GpuEvidence>) {
	let claim = claim(agent);
	let gpus: Vec<_> = chips.iter().map(|chip| gpu_evidence(&gpu(*chip), claim.nonce())).collect();
	(snp_quote(&MACHINE, claim.report_data(&hashes(&gpus))), gpus)
}

fn hashes(gpus: &[GpuEvidence]) -> Vec<H256> {
	gpus.iter().map(|gpu| H256(sp_io::hashing::blake2_256(&gpu.report))).collect()
}

/// What the call returns, its weight included.
fn attest_and_weigh(agent: u64, quote: Quote, gpus: Vec<GpuEvidence>) -> DispatchResultWithPostInfo {
	Verifier::attest_session(RuntimeOrigin::signed(agent), keys(), BLOCK, quote, BoundedVec::truncate_from(gpus))
}

fn attest(agent: u64, quote: Quote, gpus: Vec<GpuEvidence>) -> DispatchResult {
	attest_and_weigh(agent, quote, gpus).map(drop).map_err(|refused| refused.error)
}

fn attested(agent: u64, chips: &[u8]) -> DispatchResult {
	let (quote, gpus) = evidence(agent, chips);
	attest(agent, quote, gpus)
}

/// Trusts the test PKI, its image and its GPUs.
fn trust() {
	let root = RuntimeOrigin::root;
	for anchor in [amd_root(), nvidia_root(), intel_root()] {
		assert_ok!(Verifier::trust_root(root(), anchor, true));
	}
	assert_ok!(Verifier::allow_image(root(), Image::Snp(MEASUREMENT), Some(FLOOR)));
	let gpu = gpu(3);
	let issuer = vektor_verifier_nvidia::Issuer::pin(&nvidia::root(NOW_SECONDS - 1_000, NOW_SECONDS + 1_000)).unwrap();
	let [model, chip] = gpu.authorities();
	let issuer = issuer.authorities(&[&model, &chip], NOW_SECONDS).unwrap();
	let facts =
		vektor_verifier_nvidia::verify(&gpu.report([0; 32]), &gpu.leaf(), &issuer, &[0; 32], NOW_SECONDS).unwrap();
	for image in [Image::GpuFirmware(H256(facts.firmware_digest)), Image::GpuDriver(H256(facts.driver_digest))] {
		assert_ok!(Verifier::allow_image(root(), image, Some(Floor::Gpu)));
	}
}

fn with_trust(test: impl FnOnce()) {
	execute(|| {
		trust();
		test();
	});
}

fn result(outputs: usize) -> Statement {
	Statement {
		genesis: H256::repeat_byte(1),
		job: JobId(H256::repeat_byte(2)),
		operator: operator(1),
		model: model(),
		commitment: H256::repeat_byte(3),
		outputs: BoundedVec::truncate_from(vec![[4; 32]; outputs]),
	}
}

fn signed(statement: &Statement) -> Evidence {
	Evidence::SessionSignature(signer().sign(statement.result_hash().as_bytes()).0)
}

fn why(statement: &Statement, evidence: &Evidence) -> EvidenceError {
	<Verifier as EvidenceVerifier>::verify(statement, evidence).unwrap_err().why
}

fn registered_model() {
	put(model(), &Verification::Session { image: snp_image(), outputs: 2 });
}

#[test]
fn an_enclave_attests_once_and_then_signs_each_result() {
	with_trust(|| {
		assert_ok!(attested(1, &[3, 4]));
		let session = Sessions::<Test>::get(operator(1), snp_image()).unwrap();
		assert_eq!((session.keys, session.devices.len()), (keys(), 2));
		// The GPUs' certificates are the first to expire.
		assert_eq!(session.until, NOW_SECONDS + 400);
		System::assert_last_event(
			Event::SessionAttested {
				operator: operator(1),
				image: snp_image(),
				keys: keys(),
				devices: 2,
				until: session.until,
			}
			.into(),
		);
		registered_model();
		let statement = result(2);
		let verdict = <Verifier as EvidenceVerifier>::verify(&statement, &signed(&statement)).unwrap();
		assert_eq!((verdict.assurance, verdict.setup), (Assurance::Tee, KeySetup::Hardware));
	});
}

#[test]
fn a_signature_of_another_result_operator_or_key_does_not_hold() {
	with_trust(|| {
		assert_ok!(attested(1, &[]));
		registered_model();
		let statement = result(2);
		let evidence = signed(&statement);
		let mut other = statement.clone();
		other.outputs[1] = [5; 32];
		assert_eq!(why(&other, &evidence), EvidenceError::DoesNotHold);
		let other = Statement { job: JobId::default(), ..statement.clone() };
		assert_eq!(why(&other, &evidence), EvidenceError::DoesNotHold);
		let stranger = ed25519::Pair::from_seed(&[8; 32]).sign(statement.result_hash().as_bytes()).0;
		assert_eq!(why(&statement, &Evidence::SessionSignature(stranger)), EvidenceError::DoesNotHold);
		assert_eq!(why(&result(3), &signed(&result(3))), EvidenceError::OutputCount);
		let other = Statement { operator: operator(2), ..statement };
		assert_eq!(why(&other, &signed(&other)), EvidenceError::NoSession);
	});
}

#[test]
fn a_session_ends_with_the_first_of_what_it_rests_on() {
	with_trust(|| {
		assert_ok!(attested(1, &[]));
		registered_model();
		let statement = result(2);
		set_time(UNTIL);
		assert!(<Verifier as EvidenceVerifier>::verify(&statement, &signed(&statement)).is_ok());
		set_time(UNTIL + 1);
		assert_eq!(why(&statement, &signed(&statement)), EvidenceError::SessionExpired);
	});
	with_trust(|| {
		let machine = Machine { valid_until: NOW_SECONDS + 10 * MAX_SESSION, ..MACHINE };
		assert_ok!(attest(1, snp_quote(&machine, claim(1).report_data(&[])), vec![]));
		assert_eq!(Sessions::<Test>::get(operator(1), snp_image()).unwrap().until, NOW_SECONDS + MAX_SESSION);
	});
}

#[test]
fn once_something_is_trusted_no_more_every_session_is_attested_anew() {
	let root = RuntimeOrigin::root;
	let ways: [fn() -> DispatchResult; 4] = [
		|| Verifier::allow_image(RuntimeOrigin::root(), Image::Snp(MEASUREMENT), None),
		|| Verifier::allow_image(RuntimeOrigin::root(), Image::Snp(MEASUREMENT), Some(FLOOR)),
		|| Verifier::revoke_certificate(RuntimeOrigin::root(), H256::repeat_byte(1), true),
		|| Verifier::trust_root(RuntimeOrigin::root(), nvidia_root(), false),
	];
	for way in ways {
		with_trust(|| {
			registered_model();
			assert_ok!(attested(1, &[]));
			assert_ok!(way());
			let statement = result(2);
			assert_eq!(why(&statement, &signed(&statement)), EvidenceError::SessionExpired);
			assert_ok!(Verifier::allow_image(root(), Image::Snp(MEASUREMENT), Some(FLOOR)));
			assert_ok!(attested(1, &[]));
			assert!(<Verifier as EvidenceVerifier>::verify(&statement, &signed(&statement)).is_ok());
		});
	}
}

#[test]
fn evidence_for_another_agent_key_block_or_gpu_is_refused() {
	with_trust(|| {
		let (quote, gpus) = evidence(1, &[3]);
		assert_noop!(attest(3, quote.clone(), gpus.clone()), Error::<Test>::NotAnAgent);
		assert_noop!(attest(2, quote.clone(), vec![]), Error::<Test>::OtherClaim);
		assert_noop!(attest(2, quote.clone(), gpus.clone()), Error::<Test>::OtherNonce);
		assert_noop!(attest(1, quote.clone(), vec![]), Error::<Test>::OtherClaim);
		let with = |keys, block| {
			Verifier::attest_session(RuntimeOrigin::signed(1), keys, block, quote.clone(), BoundedVec::default())
		};
		assert_noop!(with(SessionKeys { sealing: H256::zero(), ..keys() }, BLOCK), Error::<Test>::OtherClaim);
		assert_noop!(with(keys(), BLOCK - 1), Error::<Test>::OtherClaim);
		for block in [20, 21, 20 - RECENT - 1] {
			assert_noop!(with(keys(), block), Error::<Test>::NotRecent);
		}
		assert_noop!(
			Verifier::attest_session(RuntimeOrigin::none(), keys(), BLOCK, quote.clone(), BoundedVec::default()),
			BadOrigin
		);
		// A report of the same GPU for another nonce, under a quote that commits to it.
		let stale = gpu_evidence(&gpu(3), [1; 32]);
		let quote = snp_quote(&MACHINE, claim(1).report_data(&hashes(std::slice::from_ref(&stale))));
		assert_noop!(attest(1, quote, vec![stale]), Error::<Test>::OtherNonce);
	});
}

#[test]
fn what_the_hardware_says_is_refused_for_its_reason() {
	with_trust(|| {
		let data = claim(1).report_data(&[]);
		let refused = |quote: Quote, refusal| {
			assert_noop!(attest(1, quote, vec![]), Error::<Test>::BadEvidence(refusal));
		};
		let changed = |change: fn(&mut Vec<u8>, &mut Vec<u8>)| {
			let (mut report, mut vcek) = (MACHINE.report(data, MEASUREMENT), MACHINE.vcek());
			change(&mut report, &mut vcek);
			Quote::Snp { root: hash(&amd_root()), report: bytes(report), vcek: bytes(vcek) }
		};
		refused(changed(|report, _| report.truncate(report.len() - 1)), Refusal::Malformed);
		refused(changed(|report, _| report[0x50] ^= 1), Refusal::Signature);
		refused(changed(|_, vcek| vcek.truncate(100)), Refusal::Certificate);
		refused(changed(|_, vcek| *vcek.last_mut().unwrap() ^= 1), Refusal::Signature);
		refused(
			changed(|report, _| {
				report[8 + 2] |= 1 << 3;
				amd::sign(report);
			}),
			Refusal::Open,
		);
		let other = Machine { chip_id: [8; 64], ..MACHINE };
		let quote = Quote::Snp {
			root: hash(&amd_root()),
			report: bytes(MACHINE.report(data, MEASUREMENT)),
			vcek: bytes(other.vcek()),
		};
		refused(quote, Refusal::OtherPlatform);
		let (quote, _) = evidence(1, &[]);
		set_time(UNTIL + 1);
		refused(quote.clone(), Refusal::Expired);
		set_time(NOW_SECONDS - 501);
		refused(quote, Refusal::NotYetValid);
	});
}

#[test]
fn only_known_roots_allowed_images_and_good_platforms_attest() {
	with_trust(|| {
		let data = claim(1).report_data(&[]);
		let Quote::Snp { report, vcek, .. } = snp_quote(&MACHINE, data) else { panic!() };
		for root in [H256::zero(), hash(&intel_root())] {
			let quote = Quote::Snp { root, report: report.clone(), vcek: vcek.clone() };
			assert_noop!(attest(1, quote, vec![]), Error::<Test>::UnknownRoot);
		}
		let unknown = Quote::Snp { root: hash(&amd_root()), report: bytes(MACHINE.report(data, [3; 48])), vcek };
		assert_noop!(attest(1, unknown, vec![]), Error::<Test>::UnknownImage);
		let old = Machine { tcb: Tcb { snp: 19, ..MACHINE.tcb }, ..MACHINE };
		assert_noop!(attest(1, snp_quote(&old, data), vec![]), Error::<Test>::PlatformOutdated);
		let mut inner = MACHINE.report(data, MEASUREMENT);
		inner[0x30] = 1;
		amd::sign(&mut inner);
		let inner = Quote::Snp { root: hash(&amd_root()), report: bytes(inner), vcek: bytes(MACHINE.vcek()) };
		assert_noop!(attest(1, inner, vec![]), Error::<Test>::NotPrivileged);
	});
}

#[test]
fn a_revoked_certificate_attests_nothing_until_that_is_taken_back() {
	with_trust(|| {
		let keys = [amd::vcek_key().public().id(), amd::anchor_key().public().id()];
		for key in keys.map(H256) {
			let revoke = |revoked| Verifier::revoke_certificate(RuntimeOrigin::root(), key, revoked);
			assert_ok!(revoke(true));
			assert_noop!(attested(1, &[]), Error::<Test>::RevokedCertificate);
			assert_ok!(revoke(false));
			assert_ok!(attested(1, &[]));
		}
		let chip = H256(gpu(3).chip_key().public().id());
		assert_ok!(Verifier::revoke_certificate(RuntimeOrigin::root(), chip, true));
		assert_noop!(attested(1, &[3]), Error::<Test>::RevokedCertificate);
		assert_ok!(attested(1, &[4]));
	});
}

#[test]
fn a_gpu_has_one_operator_at_a_time() {
	with_trust(|| {
		assert_noop!(attested(1, &[3, 3]), Error::<Test>::DeviceTwice);
		assert_ok!(attested(1, &[3, 4]));
		assert_noop!(attested(2, &[3]), Error::<Test>::DeviceInUse);
		// Given up, it is free.
		assert_ok!(attested(1, &[4]));
		assert_ok!(attested(2, &[3]));
		assert_eq!(Devices::<Test>::iter().count(), 2);
		// Expired, it is free as well: but by then the GPU's certificate here has expired, too.
		Devices::<Test>::mutate(H256(gpu(4).chip_key().public().id()), |device| device.as_mut().unwrap().until = 1);
		assert_ok!(attested(2, &[3, 4]));
		assert_ok!(attested(1, &[]));
		assert_eq!(Devices::<Test>::iter().count(), 2);
		// A session that ends since something is trusted no more gives up its devices, too.
		assert_noop!(attested(1, &[3]), Error::<Test>::DeviceInUse);
		assert_ok!(Verifier::revoke_certificate(RuntimeOrigin::root(), H256::zero(), true));
		assert_ok!(attested(1, &[3]));
		assert_noop!(attested(2, &[3]), Error::<Test>::DeviceInUse);
		assert_ok!(attested(2, &[4]));
	});
}

/// Allows other images.
fn allow(measurements: &[u8]) {
	for measurement in measurements {
		assert_ok!(Verifier::do_allow_image(Image::Snp([*measurement; 48]), Some(FLOOR)));
	}
}

/// A session with such an image and these GPUs.
fn attested_with(measurement: [u8; 48], chips: &[u8]) -> DispatchResult {
	let claim = claim(1);
	let gpus: Vec<_> = chips.iter().map(|chip| gpu_evidence(&gpu(*chip), claim.nonce())).collect();
	let report = MACHINE.report(claim.report_data(&hashes(&gpus)), measurement);
	let quote = Quote::Snp { root: hash(&amd_root()), report: bytes(report), vcek: bytes(MACHINE.vcek()) };
	attest(1, quote, gpus)
}

#[test]
fn devices_count_once_in_the_session_that_showed_them_last_and_as_long_as_it_holds() {
	with_trust(|| {
		allow(&[8]);
		assert_ok!(attested(1, &[3, 4]));
		assert_eq!(counting(1), 2);
		assert_ok!(attested_with([8; 48], &[4, 5]));
		let first = Sessions::<Test>::get(operator(1), snp_image()).unwrap();
		assert_eq!((first.devices.len(), counting(1)), (1, 3));
		assert_ok!(attested(1, &[]));
		assert_eq!(counting(1), 2);
		set_time(NOW_SECONDS + 401);
		assert_eq!(counting(1), 0, "the GPUs' certificates have expired");
		set_time(NOW_SECONDS);
		assert_eq!(counting(1), 2);
		assert_ok!(Verifier::revoke_certificate(RuntimeOrigin::root(), H256::zero(), true));
		assert_eq!(counting(1), 0, "everything is attested anew");
	});
}

#[test]
fn an_operator_has_so_many_sessions_and_one_more_once_one_has_ended() {
	with_trust(|| {
		allow(&[8, 9]);
		assert_ok!(attested_with([8; 48], &[3]));
		assert_ok!(attested(1, &[]));
		assert_eq!(counting(1), 1, "a session without devices takes none from others");
		assert_noop!(attested_with([9; 48], &[]), Error::<Test>::TooManySessions);
		assert_ok!(attested(1, &[]));
		let image = hash(&Image::Snp([8; 48]));
		Sessions::<Test>::mutate(operator(1), image, |session| session.as_mut().unwrap().until = 1);
		assert_ok!(attested_with([9; 48], &[]));
		assert!(!Sessions::<Test>::contains_key(operator(1), image), "what has ended goes");
		assert_eq!((Devices::<Test>::iter().count(), counting(1)), (0, 0));
	});
}

#[test]
fn an_operator_that_is_gone_leaves_no_session_and_holds_no_device() {
	with_trust(|| {
		allow(&[8]);
		assert_ok!(attested(1, &[3]));
		assert_ok!(attested_with([8; 48], &[4, 5]));
		// Another has shown it since.
		Devices::<Test>::mutate(H256(gpu(5).chip_key().public().id()), |device| device.as_mut().unwrap().until = 1);
		assert_ok!(attested(2, &[5]));
		assert_noop!(attested(2, &[3, 5]), Error::<Test>::DeviceInUse);

		Verifier::gone(&operator(1));
		assert_eq!(Sessions::<Test>::iter_prefix(operator(1)).count(), 0);
		let holders: Vec<_> = Devices::<Test>::iter_values().map(|device| device.operator).collect();
		assert_eq!(holders, [operator(2)]);
		assert_ok!(attested(2, &[3, 4, 5]));
	});
}

#[test]
fn an_authority_that_is_known_is_not_paid_for_again() {
	with_trust(|| {
		let authority = <Test as Config>::WeightInfo::check_authority();
		let given_back = |chips: &[u8]| {
			let (quote, gpus) = evidence(1, chips);
			let call: Call<Test> = Call::attest_session {
				keys: keys(),
				block: BLOCK,
				quote: quote.clone(),
				gpus: BoundedVec::truncate_from(gpus.clone()),
			};
			let used = attest_and_weigh(1, quote, gpus).unwrap().actual_weight.unwrap();
			call.get_dispatch_info().call_weight - used
		};
		// The model's and the GPU's own.
		assert_eq!(given_back(&[3]), Weight::zero());
		assert_eq!(given_back(&[3]), authority.saturating_mul(2));
		assert_eq!(given_back(&[4]), authority);
		assert_eq!(given_back(&[3, 4, 5]), authority.saturating_mul(5));
		assert_eq!(given_back(&[]), Weight::zero());
		let (quote, gpus) = evidence(2, &[3]);
		assert_eq!(attest_and_weigh(1, quote, gpus).unwrap_err().post_info.actual_weight, None, "what fails is paid");
	});
}

#[test]
fn an_authority_is_one_however_its_signature_is_written() {
	with_trust(|| {
		assert_ok!(attested(1, &[3]));
		let claim = claim(1);
		let mut gpu = gpu_evidence(&gpu(3), claim.nonce());
		for authority in gpu.intermediates.iter_mut() {
			*authority.last_mut().unwrap() ^= 1;
		}
		let quote = snp_quote(&MACHINE, claim.report_data(&hashes(std::slice::from_ref(&gpu))));
		assert_ok!(attest(1, quote, vec![gpu]));
		assert_eq!(Intermediates::<Test>::iter().count(), 2);
	});
}

#[test]
fn an_authority_that_says_the_same_under_another_is_not_known() {
	with_trust(|| {
		assert_ok!(attested(1, &[3]));
		let claim = claim(1);
		let mut gpu = gpu_evidence(&gpu(3), claim.nonce());
		gpu.intermediates.remove(0);
		let quote = snp_quote(&MACHINE, claim.report_data(&hashes(std::slice::from_ref(&gpu))));
		assert_noop!(attest(1, quote, vec![gpu]), Error::<Test>::BadEvidence(Refusal::Certificate));
	});
}

#[test]
fn an_authority_of_gpus_is_verified_once() {
	with_trust(|| {
		assert_ok!(attested(1, &[3]));
		// The model's and the GPU's own.
		assert_eq!(Intermediates::<Test>::iter().count(), 2);
		assert_ok!(attested(1, &[3]));
		assert_eq!(Intermediates::<Test>::iter().count(), 2);
		assert_ok!(attested(1, &[4]));
		assert_eq!(Intermediates::<Test>::iter().count(), 3);
		let claim = claim(1);
		let mut gpu = gpu_evidence(&gpu(5), claim.nonce());
		let last = gpu.intermediates[1].len() - 1;
		gpu.intermediates[1][last] ^= 1;
		let quote = snp_quote(&MACHINE, claim.report_data(&hashes(std::slice::from_ref(&gpu))));
		assert_noop!(attest(1, quote, vec![gpu]), Error::<Test>::BadEvidence(Refusal::Signature));
	});
}

#[test]
fn a_gpu_with_other_firmware_or_driver_is_refused() {
	with_trust(|| {
		let claim = claim(1);
		let mut other = gpu(3);
		other.measurements[1] = [0xee; 48];
		other.measurements[40] = [0xee; 48];
		let shown = gpu_evidence(&other, claim.nonce());
		let quote = snp_quote(&MACHINE, claim.report_data(&hashes(std::slice::from_ref(&shown))));
		assert_noop!(attest(1, quote, vec![shown]), Error::<Test>::UnknownImage);
	});
}

#[test]
fn a_model_of_sessions_names_an_image_that_is_allowed_and_runs_models() {
	with_trust(|| {
		let refused = |image, outputs| Verifier::check(&Verification::Session { image, outputs }).unwrap_err();
		assert_eq!(refused(H256::zero(), 1), KeyRefused::UnknownImage);
		assert_eq!(refused(snp_image(), 0), KeyRefused::Outputs);
		let checked = Verifier::check(&Verification::Session { image: snp_image(), outputs: 3 }).unwrap();
		assert_eq!((checked.assurance, checked.setup, checked.outputs), (Assurance::Tee, KeySetup::Hardware, 3));
	});
}

fn td(report_data: [u8; 64]) -> Td {
	intel::td(7, report_data)
}

fn family(platform: &Platform) -> (H256, [u8; 6], PckAuthority) {
	(hash(&intel_root()), platform.fmspc, PckAuthority::Platform)
}

fn tdx_quote(platform: &Platform) -> Quote {
	Quote::Tdx { family: family(platform), quote: bytes(platform.quote(&td(claim(1).report_data(&[])))) }
}

fn post(intel: &Intel) -> DispatchResult {
	let parts = bytes(intel.collateral(&Platform::default()));
	Verifier::post_collateral(RuntimeOrigin::signed(7), hash(&intel_root()), parts)
}

fn allow_td(least: TdxFloor) -> H256 {
	let image = Image::Tdx(H256(td([0; 64]).measurement()));
	assert_ok!(Verifier::allow_image(RuntimeOrigin::root(), image, Some(Floor::Tdx(least))));
	hash(&image)
}

#[test]
fn a_trust_domain_attests_with_collateral_that_anybody_posted() {
	with_trust(|| {
		let (platform, image) = (Platform::default(), allow_td(TdxFloor::UpToDate));
		assert_noop!(attest(1, tdx_quote(&platform), vec![]), Error::<Test>::NoCollateral);
		let intel = Intel::default();
		assert_ok!(post(&intel));
		let posted = CollateralOf::<Test>::get(family(&platform)).unwrap();
		System::assert_last_event(
			Event::CollateralPosted { family: family(&platform), evaluation: posted.evaluation, until: posted.until }
				.into(),
		);
		assert_ok!(attest(1, tdx_quote(&platform), vec![]));
		assert_eq!(Sessions::<Test>::get(operator(1), image).unwrap().until, NOW_SECONDS + MAX_SESSION);
	});
}

#[test]
fn collateral_is_replaced_by_newer_one_alone_and_must_be_its_issuers() {
	with_trust(|| {
		let intel = Intel::default();
		assert_ok!(post(&intel));
		assert_noop!(post(&intel), Error::<Test>::CollateralNotNewer);
		let newer = Intel { evaluation: intel.evaluation + 1, ..Intel::default() };
		assert_ok!(post(&newer));
		assert_noop!(post(&intel), Error::<Test>::CollateralNotNewer);
		let mut parts = intel.collateral(&Platform::default());
		let last = parts.len() - 1;
		parts[last] ^= 1;
		let post = |root, parts: Vec<u8>| Verifier::post_collateral(RuntimeOrigin::signed(7), root, bytes(parts));
		assert_noop!(post(hash(&intel_root()), parts), Error::<Test>::BadEvidence(Refusal::Signature));
		assert_noop!(post(H256::zero(), vec![]), Error::<Test>::UnknownRoot);
	});
}

#[test]
fn a_platform_that_is_outdated_or_revoked_attests_no_better_than_the_image_asks() {
	with_trust(|| {
		let platform = Platform::default();
		allow_td(TdxFloor::UpToDate);
		let status = |evaluation, status| Intel { evaluation, status, ..Intel::default() };
		let first = Intel::default().evaluation;
		assert_ok!(post(&status(first, TcbStatus::OutOfDate)));
		assert_noop!(attest(1, tdx_quote(&platform), vec![]), Error::<Test>::PlatformOutdated);
		allow_td(TdxFloor::OutOfDate);
		assert_ok!(attest(1, tdx_quote(&platform), vec![]));
		assert_ok!(post(&Intel { revoked: vec![platform.serial], ..status(first + 1, TcbStatus::UpToDate) }));
		assert_noop!(attest(1, tdx_quote(&platform), vec![]), Error::<Test>::BadEvidence(Refusal::Revoked));
	});
}
