//! Every way in which a delivery, a job or an operator must not get through: no money moves and the reason is named.

use super::*;

/// A delivery that is refused: nothing moves, the reason is named, the job stays open.
fn refuses(job: JobId, call: RuntimeCall, why: EvidenceError) {
	let (pot, agent) = (jobs_pot(), native(&AGENT.to_account_id()));
	assert_ok!(sign(AGENT, call).expect("valid"));
	let reason = event(|event| match event {
		RuntimeEvent::Jobs(pallet_jobs::Event::ProofRefused { job: refused, reason, .. }) if *refused == job => {
			Some(*reason)
		}
		_ => None,
	});
	assert_eq!(reason, why);
	assert!(native(&AGENT.to_account_id()) < agent, "the full fee is paid");
	assert_eq!((state(job), jobs_pot()), (JobState::Open, pot));
}

/// A delivery that is malformed: an error, nothing moves, the reason is inside it.
fn malformed(job: JobId, call: RuntimeCall, why: EvidenceError) {
	let (pot, agent) = (jobs_pot(), native(&AGENT.to_account_id()));
	let said = sign(AGENT, call).expect("valid").expect_err("malformed");
	assert_eq!(said, pallet_jobs::Error::<Runtime>::BadEvidence(why).into());
	assert!(native(&AGENT.to_account_id()) < agent, "what was done is paid");
	assert_eq!((state(job), jobs_pot()), (JobState::Open, pot));
}

/// A job and its proof.
fn proved_job(operator: OperatorId, model: ModelId, n: usize) -> (JobId, digits::Proved) {
	let payload = payload(n);
	let job = job(model, operator, &payload);
	(job, prove(job, &payload))
}

#[test]
fn a_proof_under_the_key_of_another_setup_is_refused() {
	slice(|operator, _| {
		let (_, other) = digits::setup(&mut rand::rngs::OsRng).expect("the circuit is sound");
		let model = model(other, &digits::LAYOUT);
		let (job, proved) = proved_job(operator, model, 2);
		refuses(job, delivery(job, proved.outputs, proved.proof), EvidenceError::DoesNotHold);
	});
}

#[test]
fn a_point_off_the_curve_or_outside_the_subgroup_is_refused() {
	use ark_serialize::CanonicalSerialize;
	slice(|operator, model| {
		let (job, proved) = proved_job(operator, model, 2);
		let with = |at: usize, bytes: &[u8]| {
			let mut proof = proved.proof.clone();
			proof[at..at + bytes.len()].copy_from_slice(bytes);
			delivery(job, proved.outputs.clone(), proof)
		};
		// x = 4 is on no point: 4^3 + 3 = 67 is no square.
		let mut off = [0; 32];
		off[0] = 4;
		assert_eq!(ark_bn254::G1Affine::get_point_from_x_unchecked(4u64.into(), false), None);
		malformed(job, with(0, &off), EvidenceError::NotOnCurve);
		let outside = (0u64..)
			.filter_map(|x| ark_bn254::G2Affine::get_point_from_x_unchecked(x.into(), false))
			.find(|point| !point.is_in_correct_subgroup_assuming_on_curve())
			.expect("almost every one is");
		let mut bytes = Vec::new();
		outside.serialize_compressed(&mut bytes).expect("into memory");
		malformed(job, with(32, &bytes), EvidenceError::NotInSubgroup);
	});
}

#[test]
fn outputs_that_are_no_field_elements_or_too_many_or_too_few_are_refused() {
	slice(|operator, model| {
		let (job, proved) = proved_job(operator, model, 2);
		let mut large = proved.outputs.clone();
		large[4] = vektor_primitives::FIELD_ORDER;
		malformed(job, delivery(job, large, proved.proof.clone()), EvidenceError::NonCanonicalPublic);
		let fewer = proved.outputs[1..].to_vec();
		malformed(job, delivery(job, fewer, proved.proof.clone()), EvidenceError::OutputCount);
		let more = [proved.outputs.clone(), vec![[0; 32]]].concat();
		malformed(job, delivery(job, more, proved.proof.clone()), EvidenceError::OutputCount);
		for length in [0, 1, 127, 129, 255] {
			let proof = vec![0; length];
			malformed(job, delivery(job, proved.outputs.clone(), proof), EvidenceError::ProofLength);
		}
	});
}

#[test]
fn what_is_larger_than_its_bound_is_no_call_at_all() {
	use codec::{Decode, Encode};
	slice(|operator, model| {
		let (job, proved) = proved_job(operator, model, 2);
		// The same bytes, with one argument of any length.
		let call = |outputs: Vec<Felt>, proof: Vec<u8>| {
			let head = delivery(job, proved.outputs.clone(), proved.proof.clone()).encode();
			(head[..2].to_vec(), job, outputs, 0u8, proof).encode()[1..].to_vec()
		};
		let decodes = |bytes: Vec<u8>| RuntimeCall::decode(&mut bytes.as_slice()).is_ok();
		assert!(decodes(call(proved.outputs.clone(), proved.proof.clone())));
		assert!(decodes(call(vec![[0; 32]; 255], vec![0; 256])));
		assert!(!decodes(call(vec![[0; 32]; 256], proved.proof.clone())));
		assert!(!decodes(call(proved.outputs.clone(), vec![0; 257])));

		let key = |length: usize| Evidence::decode(&mut (0u8, vec![0u8; length]).encode().as_slice()).is_ok();
		assert!(key(256) && !key(257));
		let verification = |length: usize| {
			let bytes = (0u8, vec![0u8; length], digits::LAYOUT.to_vec(), KeySetup::SingleParty).encode();
			Verification::decode(&mut bytes.as_slice()).is_ok()
		};
		let most = vektor_primitives::MAX_REGISTERED_KEY as usize;
		assert!(verification(most) && !verification(most + 1));
	});
}

#[test]
fn a_commitment_is_one_clients_own_and_another_client_may_have_an_equal_one() {
	slice(|operator, model| {
		let commitment = payload(2).commitment();
		assert_ok!(dispatch(CLIENT, submit(model, operator, commitment, usdc_asset())));
		let pot = jobs_pot();
		let again = dispatch(CLIENT, submit(model, operator, commitment, usdc_asset()));
		assert_eq!(error(again), pallet_jobs::Error::<Runtime>::DuplicateCommitment.into());
		assert_eq!(jobs_pot(), pot);
		assert_ok!(dispatch(Eve, submit(model, operator, commitment, usdc_asset())));
		assert_eq!(jobs_pot(), pot + PRICE);
	});
}

#[test]
fn a_deadline_below_the_models_minimum_is_refused() {
	slice(|operator, model| {
		let mut call = submit(model, operator, payload(2).commitment(), usdc_asset());
		if let RuntimeCall::Jobs(pallet_jobs::Call::submit { deadline, .. }) = &mut call {
			*deadline = 4;
		}
		let before = usdc(&CLIENT.to_account_id());
		assert_eq!(error(dispatch(CLIENT, call)), pallet_jobs::Error::<Runtime>::DeadlineTooShort.into());
		assert_eq!((usdc(&CLIENT.to_account_id()), jobs_pot()), (before, USDC_MINIMUM));
	});
}

#[test]
fn a_paused_chain_takes_no_job_and_no_delivery_and_keeps_every_unit() {
	slice(|operator, model| {
		let (job, proved) = proved_job(operator, model, 2);
		let before = (usdc(&CLIENT.to_account_id()), jobs_pot());
		let filtered = frame_system::Error::<Runtime>::CallFiltered.into();
		let calls = || {
			[
				(CLIENT, submit(model, operator, payload(3).commitment(), usdc_asset())),
				(AGENT, delivery(job, proved.outputs.clone(), proved.proof.clone())),
				(Alice, pallet_jobs::Call::expire { job }.into()),
			]
		};
		assert_ok!(root(pallet_safe_mode::Call::force_enter {}));
		for (who, call) in calls() {
			assert_eq!(sign(who, call).expect("valid"), Err(filtered));
		}
		assert_ok!(root(pallet_safe_mode::Call::force_exit {}));
		for name in ["submit", "deliver", "expire"] {
			assert_ok!(root(pallet_tx_pause::Call::pause { full_name: (bounded("Jobs"), bounded(name)) }));
		}
		for (who, call) in calls() {
			assert_eq!(sign(who, call).expect("valid"), Err(filtered));
		}
		assert_eq!((usdc(&CLIENT.to_account_id()), jobs_pot(), state(job)), (before.0, before.1, JobState::Open));
		for name in ["submit", "deliver", "expire"] {
			assert_ok!(root(pallet_tx_pause::Call::unpause { ident: (bounded("Jobs"), bounded(name)) }));
		}
		assert_ok!(sign(AGENT, delivery(job, proved.outputs, proved.proof)).expect("valid"));
		assert_eq!(state(job), JobState::Settled);
	});
}

#[test]
fn two_hundred_failing_proofs_cost_two_hundred_fees_of_their_full_weight() {
	use codec::Encode;
	use frame_support::dispatch::GetDispatchInfo;
	slice(|operator, model| {
		let (job, mut proved) = proved_job(operator, model, 2);
		proved.outputs[0] = [0; 32];
		let before = native(&AGENT.to_account_id());
		let (mut fees, mut refused) = (0, 0);
		while refused < 200 {
			let xt = signed(AGENT, delivery(job, proved.outputs.clone(), proved.proof.clone()), 0, None);
			let info = xt.get_dispatch_info();
			let fee = TransactionPayment::compute_fee(xt.encoded_size() as u32, &info, 0);
			match send(xt) {
				Ok(said) => {
					assert_ok!(said);
					(fees, refused) = (fees + fee, refused + 1);
				}
				// The block is full: they pay for that, too.
				Err(_) => pass(1),
			}
			if state(job) != JobState::Open {
				panic!("the deadline is too near");
			}
		}
		assert_eq!(before - native(&AGENT.to_account_id()), fees);
		assert_eq!(pallet_operators::Records::<Runtime>::get(operator).proofs_refused, 200);
		assert_eq!(jobs_pot(), USDC_MINIMUM + PRICE);
	});
}

#[test]
fn a_tampered_output_is_refused() {
	slice(|operator, model| {
		let payload = payload(2);
		let job = job(model, operator, &payload);
		let proved = prove(job, &payload);
		let mut outputs = proved.outputs.clone();
		outputs[3][31] ^= 1;
		refuses(job, delivery(job, outputs, proved.proof.clone()), EvidenceError::DoesNotHold);
		// The true one still settles.
		assert_ok!(sign(AGENT, delivery(job, proved.outputs, proved.proof)).expect("valid"));
		assert_eq!(state(job), JobState::Settled);
	});
}

#[test]
fn a_tampered_proof_is_refused_whichever_bit_it_is() {
	slice(|operator, model| {
		let payload = payload(2);
		let job = job(model, operator, &payload);
		let proved = prove(job, &payload);
		for bit in [0, 1, 255, 300, 511, 512, 700, 1_000, 1_023] {
			let mut proof = proved.proof.clone();
			proof[bit / 8] ^= 1 << (bit % 8);
			match dispatch(AGENT, delivery(job, proved.outputs.clone(), proof)) {
				Ok(_) => assert_eq!(state(job), JobState::Open, "bit {bit}"),
				Err(refused) => {
					let name: &'static str = refused.error.into();
					assert_eq!(name, "BadEvidence", "bit {bit}");
				}
			}
			assert_eq!(jobs_pot(), USDC_MINIMUM + PRICE, "bit {bit}");
		}
	});
}

#[test]
fn a_proof_of_another_job_is_refused() {
	slice(|operator, model| {
		let payload = payload(3);
		let first = job(model, operator, &payload);
		let other = digits::Payload { salt: [8; 32], ..payload.clone() };
		let second = job(model, operator, &other);
		let proved = prove(first, &payload);
		refuses(second, delivery(second, proved.outputs, proved.proof), EvidenceError::DoesNotHold);
	});
}

#[test]
fn a_foreign_proof_that_holds_is_refused_since_it_binds_another_job() {
	use vektor_verifier_groth16::snarkjs;
	const VECTOR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../pallets/verifiers/groth16/vectors/snarkjs_mlp");
	let read = |name: &str| std::fs::read(format!("{VECTOR}/{name}")).expect("the vector is checked in");
	let key = snarkjs::key(&read("vk.json")).expect("a sound key");
	let proof = snarkjs::proof(&read("proof.json")).expect("a sound proof");
	let publics = snarkjs::publics(&read("public.json")).expect("twelve numbers");
	assert_eq!(vektor_verifier_groth16::verify(&key.to_prepared(), &publics, &proof), Ok(()));

	on("vektor-dev", || {
		let operator = operator(OWNER, AGENT);
		let model = model(key.to_bytes(), &[PublicSlot::Binding, PublicSlot::Commitment, PublicSlot::Outputs(10)]);
		assert_ok!(dispatch(CLIENT, submit(model, operator, publics[1], usdc_asset())));
		let job = event(|event| match event {
			RuntimeEvent::Jobs(pallet_jobs::Event::Submitted { job, .. }) => Some(*job),
			_ => None,
		});
		refuses(job, delivery(job, publics[2..].to_vec(), proof), EvidenceError::DoesNotHold);
	});
}

#[test]
fn a_second_delivery_is_refused() {
	slice(|operator, model| {
		let payload = payload(4);
		let job = job(model, operator, &payload);
		let proved = prove(job, &payload);
		let call = delivery(job, proved.outputs, proved.proof);
		assert_ok!(dispatch(AGENT, call.clone()));
		let revenue = usdc(&Revenue::pot());
		assert_eq!(error(dispatch(AGENT, call)), pallet_jobs::Error::<Runtime>::NotOpen.into());
		assert_eq!((jobs_pot(), usdc(&Revenue::pot())), (USDC_MINIMUM, revenue));
	});
}

#[test]
fn another_operator_cannot_deliver() {
	slice(|first, model| {
		let second = operator(Eve, Ferdie);
		assert_ne!(first, second);
		let payload = payload(5);
		let job = job(model, first, &payload);
		let proved = prove(job, &payload);
		let call = delivery(job, proved.outputs, proved.proof);
		for stranger in [Ferdie, Eve, OWNER, CLIENT] {
			assert_eq!(error(dispatch(stranger, call.clone())), pallet_jobs::Error::<Runtime>::NotYourJob.into());
		}
		assert_eq!(state(job), JobState::Open);
	});
}

#[test]
fn tokens_under_a_vesting_lock_are_no_collateral() {
	on("vektor-dev", || {
		let beneficiary = Sr25519Keyring::CharlieStash;
		let schedule = pallet_vesting::VestingInfo::new(100_000 * VKTR, VKTR, 1_000);
		assert_ok!(root(pallet_vesting::Call::force_vested_transfer {
			source: Alice.to_account_id().into(),
			target: beneficiary.to_account_id().into(),
			schedule,
		}));
		let refused = error(dispatch(beneficiary, register_operator(AGENT, "H100", COLLATERAL)));
		assert_eq!(refused, DispatchError::Token(sp_runtime::TokenError::Frozen));
		assert_eq!(native(&Operators::pot()), EXISTENTIAL_DEPOSIT);
	});
}

#[test]
fn an_unknown_model_takes_no_money() {
	slice(|operator, _| {
		let before = usdc(&CLIENT.to_account_id());
		let call = submit(ModelId(H256::repeat_byte(1)), operator, payload(0).commitment(), usdc_asset());
		assert_eq!(error(dispatch(CLIENT, call)), pallet_jobs::Error::<Runtime>::UnknownModel.into());
		assert_eq!(usdc(&CLIENT.to_account_id()), before);
	});
}

#[test]
fn a_delivery_settles_while_there_is_no_price() {
	slice(|operator, model| {
		pass(15);
		let payload = payload(0);
		let mut call = submit(model, operator, payload.commitment(), Asset::Native);
		if let RuntimeCall::Jobs(pallet_jobs::Call::submit { max_price, .. }) = &mut call {
			*max_price = Balance::MAX;
		}
		assert_ok!(dispatch(CLIENT, call));
		let job = event(|event| match event {
			RuntimeEvent::Jobs(pallet_jobs::Event::Submitted { job, .. }) => Some(*job),
			_ => None,
		});
		let proved = prove(job, &payload);
		let slot = *pallet_babe::CurrentSlot::<Runtime>::get();
		end();
		begin_at(slot + 15);
		assert_eq!(adapters::reads::quote(model, Asset::Native), Err("NoPrice".into()));
		assert_ok!(sign(AGENT, delivery(job, proved.outputs, proved.proof)).expect("valid"));
		assert_eq!(state(job), JobState::Settled);
		assert_eq!(pallet_operators::Records::<Runtime>::get(operator).settled, 1);
	});
}

#[test]
fn vktr_is_refused_while_the_chain_has_no_fresh_price() {
	slice(|operator, model| {
		// Since the averages are too young: after the first blocks, and after a stall.
		pass(15);
		let slot = *pallet_babe::CurrentSlot::<Runtime>::get();
		end();
		begin_at(slot + 20);
		let before = native(&CLIENT.to_account_id());
		let call = submit(model, operator, payload(0).commitment(), Asset::Native);
		assert_eq!(error(dispatch(CLIENT, call)), pallet_jobs::Error::<Runtime>::NoPrice.into());
		assert_eq!(native(&CLIENT.to_account_id()), before);
		assert_eq!(adapters::reads::quote(model, Asset::Native), Err("NoPrice".into()));
		assert_eq!(adapters::reads::quote(model, usdc_asset()).map(|quote| quote.amount), Ok(PRICE));
	});
}

#[test]
fn consumer_cards_and_classes_that_are_not_open_are_refused() {
	on("vektor-dev", || {
		let before = native(&OWNER.to_account_id());
		for (class, why) in [
			("RTX4090", pallet_operators::Error::<Runtime>::UnknownClass),
			("B200", pallet_operators::Error::<Runtime>::ClassDisabled),
		] {
			assert_noop!(dispatch(OWNER, register_operator(AGENT, class, COLLATERAL)), why);
		}
		assert_eq!(native(&OWNER.to_account_id()), before);
	});
}

#[test]
fn with_too_little_collateral_nobody_serves() {
	on("vektor-dev", || {
		let model = digits_model();
		assert_ok!(dispatch(OWNER, register_operator(AGENT, "H100", COLLATERAL / 4 - 1)));
		let id = pallet_operators::AgentOf::<Runtime>::get(AGENT.to_account_id()).expect("registered");
		assert_eq!(
			error(dispatch(AGENT, pallet_operators::Call::activate { operator: id })),
			pallet_operators::Error::<Runtime>::CollateralTooLow.into()
		);
		let call = submit(model, id, payload(0).commitment(), usdc_asset());
		assert_eq!(
			error(dispatch(CLIENT, call)),
			pallet_jobs::Error::<Runtime>::Ineligible(Ineligible::NotActive).into()
		);
		assert_ok!(dispatch(OWNER, pallet_operators::Call::bond_extra { operator: id, amount: 1 }));
		assert_ok!(dispatch(AGENT, pallet_operators::Call::activate { operator: id }));
		assert_eq!(adapters::reads::operator(id).map(|info| info.status), Some(OperatorStatus::Active));
	});
}
