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
		let beneficiary = Sr25519Keyring::One;
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
fn vktr_is_refused_while_the_chain_has_no_price() {
	slice(|operator, model| {
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
		assert_ok!(dispatch(OWNER, register_operator(AGENT, "H100", COLLATERAL - 1)));
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
