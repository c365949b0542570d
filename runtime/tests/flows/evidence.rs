//! The other kinds of evidence, from a registered model to a settled job: ezkl's proofs, and sessions under roots of a test PKI.

use frame_support::{dispatch::GetDispatchInfo, weights::Weight, BoundedVec};
use pallet_verification::{Floor, GpuEvidence, Image, Quote, Root, SrsTrust};
use sp_core::{ed25519, Pair};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};
use vektor_primitives::{hash, KeyRefused, SessionKeys};
use vektor_verifier_nvidia::test_pki::{self as nvidia, Gpu};
use vektor_verifier_snp::{
	test_pki::{self as amd, Machine},
	Tcb,
};

use super::*;
use vektor_runtime::Verification as Verdicts;

fn file(vector: &str, name: &str) -> Vec<u8> {
	let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../pallets/verifiers/ezkl/vectors/");
	std::fs::read(format!("{folder}{vector}/{name}.bin")).expect("a vector")
}

fn register(verification: Verification, output_scale: u32) -> frame_support::dispatch::DispatchResultWithPostInfo {
	dispatch(
		OWNER,
		pallet_models::Call::register {
			artefact: H256::repeat_byte(4),
			verification,
			needs: Needs { memory_gb: 80 },
			min_deadline: 5,
			output_scale,
			price: Usd(PRICE),
			licence: bounded("Apache-2.0"),
		},
	)
}

fn registered() -> ModelId {
	event(|event| match event {
		RuntimeEvent::Models(pallet_models::Event::Registered { model, .. }) => Some(*model),
		_ => None,
	})
}

fn ordered(model: ModelId, operator: OperatorId, commitment: Felt) -> JobId {
	assert_ok!(dispatch(CLIENT, submit(model, operator, commitment, usdc_asset())));
	event(|event| match event {
		RuntimeEvent::Jobs(pallet_jobs::Event::Submitted { job, .. }) => Some(*job),
		_ => None,
	})
}

fn deliver(job: JobId, outputs: Vec<Felt>, evidence: Evidence) -> RuntimeCall {
	pallet_jobs::Call::deliver { job, outputs: Outputs::try_from(outputs).expect("few outputs"), evidence }.into()
}

fn settled() -> (vektor_primitives::Assurance, KeySetup) {
	event(|event| match event {
		RuntimeEvent::Jobs(pallet_jobs::Event::Settled { assurance, setup, .. }) => Some((*assurance, *setup)),
		_ => None,
	})
}

#[test]
fn an_onnx_network_proved_by_ezkl_is_verified_and_paid() {
	on("vektor-dev", || {
		let operator = operator(OWNER, AGENT);
		let words = file("ezkl_salt", "vka");
		let key = || Verification::Ezkl {
			key: words.clone().try_into().expect("a key is short enough"),
			settings: H256::repeat_byte(5),
		};
		let why = |refused| pallet_models::Error::<Runtime>::KeyRefused(refused).into();
		// Made with a string of its own, which this chain does not trust; then it does.
		assert_eq!(error(register(key(), 8_192)), why(KeyRefused::SrsNotTrusted));
		let point = words[0x280..0x300].try_into().expect("128 bytes");
		assert_ok!(Verdicts::trust_srs(RuntimeOrigin::root(), point, Some(SrsTrust::Development)));
		assert_eq!(error(register(key(), 256)), why(KeyRefused::OutputScale));
		assert_ok!(register(key(), 8_192));
		let model = registered();

		let instances: Vec<Felt> =
			file("ezkl_salt", "inst").chunks(32).map(|felt| felt.try_into().expect("32 bytes")).collect();
		let (commitment, outputs) = instances.split_first().expect("eleven instances");
		let job = ordered(model, operator, *commitment);
		let proof = file("ezkl_salt", "pf");
		let evidence = |proof: Vec<u8>| Evidence::Ezkl(proof.try_into().expect("a proof is short enough"));

		let mut wrong = outputs.to_vec();
		wrong.swap(0, 1);
		assert_ok!(sign(AGENT, deliver(job, wrong, evidence(proof.clone()))).expect("valid"));
		assert_eq!(state(job), JobState::Open);

		let before = native(&AGENT.to_account_id());
		assert_ok!(sign(AGENT, deliver(job, outputs.to_vec(), evidence(proof))).expect("valid"));
		assert_eq!(native(&AGENT.to_account_id()), before, "free, since it holds");
		assert_eq!(state(job), JobState::Settled);
		assert_eq!(settled(), (vektor_primitives::Assurance::Zk, KeySetup::SingleParty));
		assert_eq!(usdc(&Revenue::pot()), USDC_MINIMUM + PRICE);
	});
}

#[test]
fn while_a_string_is_not_trusted_its_models_take_no_jobs_and_nobody_is_to_blame() {
	on("vektor-dev", || {
		let operator = operator(OWNER, AGENT);
		let words = file("ezkl_salt", "vka");
		let point = words[0x280..0x300].try_into().expect("128 bytes");
		let trust = |trust| {
			assert_ok!(Verdicts::trust_srs(RuntimeOrigin::root(), point, trust));
		};
		trust(Some(SrsTrust::Development));
		let key = words.clone().try_into().expect("a key is short enough");
		assert_ok!(register(Verification::Ezkl { key, settings: H256::repeat_byte(5) }, 8_192));
		let model = registered();
		let before = usdc(&CLIENT.to_account_id());
		let job = ordered(model, operator, [3; 32]);

		trust(None);
		let another = dispatch(CLIENT, submit(model, operator, [4; 32], usdc_asset()));
		assert_eq!(error(another), pallet_jobs::Error::<Runtime>::UnknownModel.into());
		let evidence = Evidence::Ezkl(file("ezkl_salt", "pf").try_into().expect("a proof is short enough"));
		let refused = sign(AGENT, deliver(job, vec![[0; 32]; 10], evidence)).expect("valid");
		assert_eq!(refused, Err(pallet_jobs::Error::<Runtime>::Unprovable.into()));
		pass(DEADLINE + 5);
		assert_eq!((usdc(&CLIENT.to_account_id()), state(job)), (before, JobState::Refunded));
		assert_eq!(pallet_operators::Records::<Runtime>::get(operator).missed, 0);

		trust(Some(SrsTrust::Development));
		ordered(model, operator, [4; 32]);
	});
}

#[test]
fn a_network_whose_input_is_private_is_no_model() {
	on("vektor-dev", || {
		let words = file("ezkl_mlp", "vka");
		let point = words[0x280..0x300].try_into().expect("128 bytes");
		assert_ok!(Verdicts::trust_srs(RuntimeOrigin::root(), point, Some(SrsTrust::Development)));
		let key = words.try_into().expect("a key is short enough");
		let refused = register(Verification::Ezkl { key, settings: H256::zero() }, 8_192);
		let why = pallet_models::Error::<Runtime>::KeyRefused(KeyRefused::InputNotHashed);
		assert_eq!(error(refused), why.into());
	});
}

const MEASUREMENT: [u8; 48] = [2; 48];

/// Unix time in seconds.
fn seconds() -> u64 {
	pallet_timestamp::Now::<Runtime>::get() / 1_000
}

/// Roots of a test PKI: of AMD's kind, of NVIDIA's kind. Trusted, with the image and the firmware that tests run.
fn roots() -> [Root; 2] {
	let (from, until) = (0, 4_000_000_000);
	let roots = [Root::Amd(bytes(amd::anchor(from, until))), Root::Nvidia(bytes(nvidia::root(from, until)))];
	for root in &roots {
		assert_ok!(Verdicts::trust_root(RuntimeOrigin::root(), root.clone(), true));
	}
	let floor = Floor::Snp { fmc: None, boot_loader: 4, tee: 1, snp: 22, microcode: 200 };
	assert_ok!(Verdicts::allow_image(RuntimeOrigin::root(), Image::Snp(MEASUREMENT), Some(floor)));
	let (gpu, now) = (Gpu::new(3, from, until), seconds());
	let issuer = vektor_verifier_nvidia::Issuer::pin(&nvidia::root(from, until)).expect("a root");
	let [model, chip] = gpu.authorities();
	let issuer = issuer.authorities(&[&model, &chip], now).expect("its authorities");
	let facts = vektor_verifier_nvidia::verify(&gpu.report([0; 32]), &gpu.leaf(), &issuer, &[0; 32], now);
	let facts = facts.expect("a report");
	for image in [Image::GpuFirmware(H256(facts.firmware_digest)), Image::GpuDriver(H256(facts.driver_digest))] {
		assert_ok!(Verdicts::allow_image(RuntimeOrigin::root(), image, Some(Floor::Gpu)));
	}
	roots
}

fn bytes<const N: u32>(bytes: Vec<u8>) -> pallet_verification::Bytes<N> {
	BoundedVec::try_from(bytes).expect("short enough")
}

fn enclave() -> ed25519::Pair {
	ed25519::Pair::from_seed(&[9; 32])
}

/// The operator's agent attests a session with these GPUs.
pub(super) fn attest(operator: OperatorId, agent: Sr25519Keyring, chips: &[u8]) {
	let roots = roots();
	let machine = Machine {
		chip_id: [7; 64],
		tcb: Tcb { fmc: None, boot_loader: 4, tee: 1, snp: 22, microcode: 213 },
		valid_from: 0,
		valid_until: 4_000_000_000,
	};
	let keys = SessionKeys { signing: H256(enclave().public().0), sealing: H256::repeat_byte(1) };
	let block = System::block_number() - 1;
	let claim = Verdicts::claim(agent.to_account_id(), operator, keys, block);
	let claim = claim.unwrap_or_else(|_| panic!("a recent block"));
	let gpu = |chip: &u8| {
		let gpu = Gpu::new(*chip, 0, 4_000_000_000);
		GpuEvidence {
			root: hash(&roots[1]),
			report: bytes(gpu.report(claim.nonce())),
			leaf: bytes(gpu.leaf()),
			intermediates: BoundedVec::truncate_from(gpu.authorities().map(bytes).to_vec()),
		}
	};
	let gpus: Vec<_> = chips.iter().map(gpu).collect();
	let reports: Vec<_> = gpus.iter().map(|gpu| H256(sp_io::hashing::blake2_256(&gpu.report))).collect();
	let quote = Quote::Snp {
		root: hash(&roots[0]),
		report: bytes(machine.report(claim.report_data(&reports), MEASUREMENT)),
		vcek: bytes(machine.vcek()),
	};
	let gpus = BoundedVec::truncate_from(gpus);
	assert_ok!(dispatch(agent, pallet_verification::Call::attest_session { keys, block, quote, gpus }));
}

#[test]
fn an_enclave_attests_a_session_and_its_results_are_paid() {
	on("vektor-dev", || {
		let operator = operator(OWNER, AGENT);
		roots();
		let image = hash(&Image::Snp(MEASUREMENT));
		assert_ok!(register(Verification::Session { image, outputs: 1 }, 1));
		let model = registered();
		let job = ordered(model, operator, [3; 32]);
		attest(operator, AGENT, &[]);

		let (record, _) = Jobs::info(&job).expect("kept");
		let outputs = vec![[6; 32]];
		let statement = Jobs::statement(&job, &record, Outputs::try_from(outputs.clone()).expect("one"));
		let signature = Evidence::SessionSignature(enclave().sign(statement.result_hash().as_bytes()).0);
		assert_ok!(sign(AGENT, deliver(job, outputs, signature)).expect("valid"));
		assert_eq!(state(job), JobState::Settled);
		assert_eq!(settled(), (vektor_primitives::Assurance::Tee, KeySetup::Hardware));
	});
}

#[test]
fn evidence_waits_where_it_would_take_more_than_its_share_of_a_block() {
	on("vektor-dev", || {
		// Of no root that is known: it fails, and takes its weight all the same.
		let evidence = || {
			RuntimeCall::from(pallet_verification::Call::post_collateral { root: H256::zero(), parts: bytes(vec![]) })
		};
		let weight = evidence().get_dispatch_info().call_weight.ref_time();
		let fits = Verdicts::evidence_limit() / weight;
		let full = TransactionValidityError::from(InvalidTransaction::ExhaustsResources);
		for _ in 0..fits {
			let failed = sign(OWNER, evidence()).expect("there is room");
			assert_eq!(failed, Err(pallet_verification::Error::<Runtime>::UnknownRoot.into()));
		}
		assert_eq!(refused(sign(OWNER, evidence())), full);
		let calls = vec![evidence()];
		assert_eq!(refused(sign(OWNER, pallet_utility::Call::force_batch { calls })), full);
		let remark = || RuntimeCall::from(frame_system::Call::remark { remark: vec![] });
		assert_ok!(sign(OWNER, remark()).expect("all else has room"));
		pass(1);
		let calls = vec![evidence(); fits as usize + 1];
		assert_eq!(refused(sign(OWNER, pallet_utility::Call::batch { calls })), full);
	});
}

#[test]
fn what_evidence_does_not_use_of_its_share_is_given_back_and_nothing_else() {
	on("vektor-dev", || {
		let evidence = || {
			RuntimeCall::from(pallet_verification::Call::post_collateral { root: H256::zero(), parts: bytes(vec![]) })
		};
		let weight = evidence().get_dispatch_info().call_weight.ref_time();
		let fits = Verdicts::evidence_limit() / weight;
		let taken = || pallet_verification::EvidenceInBlock::<Runtime>::get().map_or(0, |(_, taken)| taken);
		let batch = |calls| RuntimeCall::from(pallet_utility::Call::batch { calls });

		// The first fails, and the others never run.
		assert_ok!(sign(OWNER, batch(vec![evidence(); fits as usize])).expect("there is room"));
		assert!((weight..weight * 2).contains(&taken()), "{} {weight}", taken());
		pass(1);

		// What others in a batch declare and do not use is not evidence's.
		let kill = || RuntimeCall::from(frame_system::Call::kill_storage { keys: vec![vec![0]; 2_000] });
		let idle = batch(vec![kill(), kill()]);
		assert!(idle.get_dispatch_info().call_weight.ref_time() > weight);
		let calls = vec![idle, evidence()];
		assert_ok!(sign(OWNER, pallet_utility::Call::force_batch { calls }).expect("there is room"));
		assert!((weight..weight * 2).contains(&taken()), "{} {weight}", taken());
		pass(1);

		// Who declares no weight sets none aside: it is not theirs to run.
		let call = Box::new(batch(vec![evidence(); fits as usize]));
		let free = pallet_utility::Call::with_weight { call: call.clone(), weight: Weight::zero() };
		assert!(sign(OWNER, free).expect("valid").is_err());
		let (threshold, other_signatories, max_weight) = (2, vec![CLIENT.to_account_id()], Weight::zero());
		let free =
			pallet_multisig::Call::as_multi { threshold, other_signatories, maybe_timepoint: None, call, max_weight };
		assert_ok!(sign(OWNER, free).expect("valid"));
		assert!(taken() < weight / 2, "{} {weight}", taken());
	});
}

#[test]
fn a_key_that_is_condemned_sends_the_escrow_back_and_blames_nobody() {
	slice(|operator, model| {
		let payload = payload(0);
		let client = CLIENT.to_account_id();
		let before = usdc(&client);
		let job = job(model, operator, &payload);
		let proved = prove(job, &payload);
		assert_ok!(dispatch(CLIENT, pallet_models::Call::challenge { model, reasons: H256::zero() }));
		assert_ok!(Models::judge_challenge(RuntimeOrigin::root(), model, true));
		let refused = sign(AGENT, delivery(job, proved.outputs, proved.proof)).expect("valid");
		assert_eq!(refused, Err(pallet_jobs::Error::<Runtime>::Unprovable.into()));
		pass(DEADLINE + 1);
		assert_ok!(dispatch(CLIENT, pallet_jobs::Call::expire { job }));
		assert_eq!((usdc(&client), state(job)), (before, JobState::Refunded));
		let record = pallet_operators::Records::<Runtime>::get(operator);
		assert_eq!((record.settled, record.missed), (0, 0));
	});
}
