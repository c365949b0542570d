//! The product, end to end: an operator registers, a model too, a client pays, a digit is proved on the spot, the chain
//! verifies it and settles. And every way in which that must not work.

use std::sync::OnceLock;

use crate::common::*;
use frame_support::{assert_noop, assert_ok, dispatch::DispatchErrorWithPostInfo, BoundedVec};
use pallet_jobs::{Assign, JobState};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::DispatchError;
use vektor_circuits::digits;
use vektor_primitives::{
	Evidence, EvidenceError, Felt, Ineligible, JobId, KeySetup, ModelId, Needs, OperatorId, OperatorStatus, Outputs, Ppm,
	PublicSlot, Statement, Usd, Verification, ONE_USDC, USDC, VKTR,
};
use vektor_runtime::{
	configs::inference,
	params::{EXISTENTIAL_DEPOSIT, USDC_MINIMUM},
	*,
};

/// The operator's owner, its agent, and who pays.
const OWNER: Sr25519Keyring = Bob;
const AGENT: Sr25519Keyring = Charlie;
const CLIENT: Sr25519Keyring = Dave;

/// Five cents an inference.
const PRICE: Balance = ONE_USDC / 20;
/// What one H100 asks on a development chain.
const COLLATERAL: Balance = 50 * VKTR;
const DEADLINE: u32 = 20;

fn usdc_asset() -> Asset {
	Asset::WithId(USDC)
}

/// One setup serves all tests.
fn keys() -> &'static (digits::ProvingKey, Vec<u8>) {
	static KEYS: OnceLock<(digits::ProvingKey, Vec<u8>)> = OnceLock::new();
	KEYS.get_or_init(|| digits::setup(&mut rand::rngs::OsRng).expect("the circuit is sound"))
}

fn bounded<const N: u32>(text: &str) -> BoundedVec<u8, frame_support::traits::ConstU32<N>> {
	text.as_bytes().to_vec().try_into().expect("short enough")
}

fn register_operator(agent: Sr25519Keyring, class: &str, collateral: Balance) -> RuntimeCall {
	pallet_operators::Call::register {
		agent: agent.to_account_id(),
		class: bounded(class),
		gpus: 1,
		region: bounded("eu-west"),
		uplink_gbps: 10,
		endpoint: bounded("http://127.0.0.1:9955"),
		collateral,
	}
	.into()
}

/// An active operator of `owner`'s.
fn operator(owner: Sr25519Keyring, agent: Sr25519Keyring) -> OperatorId {
	assert_ok!(dispatch(owner, register_operator(agent, "H100", COLLATERAL)));
	let id = pallet_operators::AgentOf::<Runtime>::get(agent.to_account_id()).expect("registered");
	assert_ok!(dispatch(agent, pallet_operators::Call::activate { operator: id }));
	id
}

/// A model of Bob's with `key`.
fn model(key: Vec<u8>, layout: &[PublicSlot]) -> ModelId {
	let verification = Verification::Groth16 {
		key: key.try_into().expect("a key is short enough"),
		layout: layout.to_vec().try_into().expect("three slots"),
		setup: KeySetup::SingleParty,
	};
	assert_ok!(dispatch(
		OWNER,
		pallet_models::Call::register {
			artefact: H256(digits::artefact()),
			verification,
			needs: Needs { memory_gb: 80 },
			min_deadline: 5,
			output_scale: digits::output_scale(),
			price: Usd(PRICE),
			licence: bounded("Apache-2.0"),
		}
	));
	event(|event| match event {
		RuntimeEvent::Models(pallet_models::Event::Registered { model, .. }) => Some(*model),
		_ => None,
	})
}

fn digits_model() -> ModelId {
	model(keys().1.clone(), &digits::LAYOUT)
}

/// The last event that `pick` picks.
fn event<T>(pick: impl Fn(&RuntimeEvent) -> Option<T>) -> T {
	System::events().iter().rev().find_map(|record| pick(&record.event)).expect("the event was emitted")
}

fn payload(n: usize) -> digits::Payload {
	digits::Payload { pixels: digits::held_out()[n].pixels, salt: [7; 32] }
}

fn submit(model: ModelId, operator: OperatorId, commitment: Felt, asset: Asset) -> RuntimeCall {
	pallet_jobs::Call::submit {
		model,
		commitment: H256(commitment),
		payload: H256::repeat_byte(9),
		max_price: PRICE,
		asset,
		deadline: DEADLINE,
		assign: Assign::Operator(operator),
	}
	.into()
}

/// A job of Dave's for `payload`.
fn job(model: ModelId, operator: OperatorId, payload: &digits::Payload) -> JobId {
	assert_ok!(dispatch(CLIENT, submit(model, operator, payload.commitment(), usdc_asset())));
	event(|event| match event {
		RuntimeEvent::Jobs(pallet_jobs::Event::Submitted { job, .. }) => Some(*job),
		_ => None,
	})
}

fn binding(job: JobId) -> Felt {
	let (record, _) = Jobs::info(&job).expect("the job is kept");
	vektor_primitives::binding(&Jobs::genesis(), &job, &record.operator, &record.model)
}

/// Proves `payload` for `job`.
fn prove(job: JobId, payload: &digits::Payload) -> digits::Proved {
	digits::prove(&keys().0, payload, &binding(job), &mut rand::rngs::OsRng).expect("the input is sound")
}

fn delivery(job: JobId, outputs: Vec<Felt>, proof: Vec<u8>) -> RuntimeCall {
	pallet_jobs::Call::deliver {
		job,
		outputs: Outputs::try_from(outputs).expect("few outputs"),
		evidence: Evidence::Groth16(proof.try_into().expect("a proof is short enough")),
	}
	.into()
}

fn state(job: JobId) -> JobState {
	Jobs::info(&job).expect("the job is kept").0.state
}

fn jobs_pot() -> Balance {
	usdc(&Jobs::pot())
}

/// A chain with an operator and the digits model.
fn slice(test: impl FnOnce(OperatorId, ModelId)) {
	on("vektor-dev", || {
		let operator = operator(OWNER, AGENT);
		let model = digits_model();
		test(operator, model);
	});
}

fn error(result: frame_support::dispatch::DispatchResultWithPostInfo) -> DispatchError {
	let DispatchErrorWithPostInfo { error, .. } = result.expect_err("refused");
	error
}

#[test]
fn a_digit_proved_on_the_spot_is_verified_paid_and_booked() {
	slice(|operator, model| {
		let payload = payload(0);
		let client = CLIENT.to_account_id();
		let (before, agent) = (usdc(&client), native(&AGENT.to_account_id()));
		let job = job(model, operator, &payload);
		assert_eq!(usdc(&client), before - PRICE);
		assert_eq!(jobs_pot(), USDC_MINIMUM + PRICE);

		let proved = prove(job, &payload);
		assert_ok!(sign(AGENT, delivery(job, proved.outputs.clone(), proved.proof)).expect("valid"));

		// Everyday calls of operators cost nothing when they succeed.
		assert_eq!(native(&AGENT.to_account_id()), agent);
		assert_eq!(state(job), JobState::Settled);
		let (_, outputs) = Jobs::info(&job).expect("kept");
		let logits = digits::logits(&outputs).expect("ten logits");
		assert_eq!(logits, digits::held_out()[0].logits);

		// Lot 0 has the client's USDC; the operator's accrual and the leak are booked.
		assert_eq!(jobs_pot(), USDC_MINIMUM);
		assert_eq!(usdc(&Revenue::pot()), USDC_MINIMUM + PRICE);
		let lots = Revenue::lots(10);
		let (number, asset, lot) = lots.first().expect("a lot");
		assert_eq!((*number, asset, lot.asset_in), (0, &usdc_asset(), PRICE));
		assert_eq!((lot.operators, lot.stakers, lot.burn), (PRICE * 7 / 10, PRICE * 3 / 10, 0));
		let accruals = Revenue::accruals(&operator);
		assert_eq!(accruals[0].1.amount, PRICE * 7 / 10);
		let book = pallet_revenue::RoundBooks::<Runtime>::get(0);
		assert_eq!((book.settled, book.leak), (Usd(PRICE), Usd(PRICE * 3 / 10)));
		assert_eq!(pallet_operators::Tallies::<Runtime>::get(operator).settled, 1);

		let (paid, queued, setup) = event(|event| match event {
			RuntimeEvent::Jobs(pallet_jobs::Event::Settled { paid, queued, setup, .. }) => Some((*paid, *queued, *setup)),
			_ => None,
		});
		assert_eq!((paid, queued, setup), (PRICE, PRICE, KeySetup::SingleParty));

		// The APIs say the same.
		let info = adapters::reads::job(job).expect("kept");
		assert_eq!(info.state, vektor_runtime_api::JobState::Settled);
		let owed = adapters::reads::money(OWNER.to_account_id());
		assert!(owed.iter().any(|row| row.what == "accrual" && row.amount == PRICE * 7 / 10));
		assert!(owed.iter().any(|row| row.what == "collateral" && row.amount == COLLATERAL));
		assert_eq!(adapters::reads::lots(1)[0].asset_in, PRICE);
	});
}

#[test]
fn with_the_split_of_nexus_seventy_percent_arrive_directly() {
	slice(|operator, model| {
		let split = pallet_revenue::RevenueSplit::NEXUS;
		assert_ok!(root(pallet_revenue::Call::set_split { split }));
		let (owner, payload) = (usdc(&OWNER.to_account_id()), payload(1));
		let job = job(model, operator, &payload);
		let proved = prove(job, &payload);
		assert_ok!(sign(AGENT, delivery(job, proved.outputs, proved.proof)).expect("valid"));
		assert_eq!(split.direct, Ppm(700_000));
		assert_eq!(usdc(&OWNER.to_account_id()), owner + PRICE * 7 / 10);
		let account = |pot: frame_support::PalletId| presets::vektor::account(pot);
		assert_eq!(usdc(&account(inference::OperationsPot::get())), USDC_MINIMUM + PRICE * 12 / 100);
		assert_eq!(usdc(&account(inference::ReservePot::get())), USDC_MINIMUM + PRICE * 6 / 100);
		assert_eq!(usdc(&Revenue::pot()), USDC_MINIMUM + PRICE * 12 / 100);
	});
}

/// A delivery that is refused: nothing moves, the reason is named, the job stays open.
fn refuses(job: JobId, call: RuntimeCall, why: EvidenceError) {
	let (pot, agent) = (jobs_pot(), native(&AGENT.to_account_id()));
	assert_ok!(sign(AGENT, call).expect("valid"));
	let reason = event(|event| match event {
		RuntimeEvent::Jobs(pallet_jobs::Event::ProofRefused { job: refused, reason, .. }) if *refused == job => Some(*reason),
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
				},
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

#[test]
fn after_the_deadline_nothing_is_paid_and_everything_returns() {
	slice(|operator, model| {
		let payload = payload(6);
		let before = usdc(&CLIENT.to_account_id());
		// The chain judges from its first window on.
		pass(3);
		let job = job(model, operator, &payload);
		let proved = prove(job, &payload);
		let call = delivery(job, proved.outputs, proved.proof);
		let now = Jobs::now();
		assert_eq!(
			error(dispatch(Alice, pallet_jobs::Call::expire { job })),
			pallet_jobs::Error::<Runtime>::NotExpired.into()
		);
		while Jobs::now() <= now + DEADLINE {
			assert_eq!(state(job), JobState::Open);
			pass(1);
		}
		assert_eq!(error(dispatch(AGENT, call)), pallet_jobs::Error::<Runtime>::DeadlinePassed.into());
		assert_ok!(dispatch(Alice, pallet_jobs::Call::expire { job }));
		assert_eq!(state(job), JobState::Refunded);
		assert_eq!(usdc(&CLIENT.to_account_id()), before, "the refund is exact");
		assert_eq!((jobs_pot(), usdc(&Revenue::pot())), (USDC_MINIMUM, USDC_MINIMUM));
		assert_eq!(pallet_operators::Tallies::<Runtime>::get(operator).missed, 1);
	});
}

#[test]
fn the_chain_refunds_by_itself() {
	slice(|operator, model| {
		let before = usdc(&CLIENT.to_account_id());
		let job = job(model, operator, &payload(6));
		pass(DEADLINE + 5);
		assert_eq!(state(job), JobState::Refunded);
		assert_eq!(usdc(&CLIENT.to_account_id()), before);
	});
}

#[test]
fn no_deadline_passes_while_the_chain_is_held() {
	slice(|operator, model| {
		let payload = payload(7);
		let job = job(model, operator, &payload);
		pass(1);
		assert_ok!(root(pallet_safe_mode::Call::force_enter {}));
		let now = Jobs::now();
		pass(DEADLINE + 5);
		assert_eq!(Jobs::now(), now);
		assert_ok!(root(pallet_safe_mode::Call::force_exit {}));
		let name = (bounded("Jobs"), bounded("deliver"));
		assert_ok!(root(pallet_tx_pause::Call::pause { full_name: name.clone() }));
		pass(DEADLINE + 5);
		assert_eq!(Jobs::now(), now);
		assert_ok!(root(pallet_tx_pause::Call::unpause { ident: name }));
		// A stall adds nothing either.
		let slot = *pallet_babe::CurrentSlot::<Runtime>::get();
		end();
		begin_at(slot + 3_600);
		assert_eq!(Jobs::now(), now);
		assert_eq!(state(job), JobState::Open);
		let proved = prove(job, &payload);
		assert_ok!(dispatch(AGENT, delivery(job, proved.outputs, proved.proof)));
		assert_eq!(state(job), JobState::Settled);
	});
}

#[test]
fn a_statement_can_be_verified_before_it_is_delivered() {
	slice(|operator, model| {
		let payload = payload(8);
		let job = job(model, operator, &payload);
		let proved = prove(job, &payload);
		let statement = Statement {
			genesis: Jobs::genesis(),
			job,
			operator,
			model,
			commitment: H256(payload.commitment()),
			outputs: Outputs::try_from(proved.outputs).expect("ten"),
		};
		let evidence = Evidence::Groth16(proved.proof.try_into().expect("short"));
		assert_eq!(adapters::reads::verify(statement.clone(), evidence.clone()), Ok(()));
		let other = Statement { job: JobId(H256::zero()), ..statement };
		assert_eq!(adapters::reads::verify(other, evidence), Err(EvidenceError::DoesNotHold));
	});
}

#[test]
fn collateral_leaves_whole_and_only_after_its_time() {
	slice(|operator, _| {
		let owner = OWNER.to_account_id();
		let before = native(&owner);
		assert_ok!(dispatch(OWNER, pallet_operators::Call::drain { operator }));
		assert_ok!(dispatch(OWNER, pallet_operators::Call::unbond { operator }));
		let early = dispatch(OWNER, pallet_operators::Call::withdraw_unbonded { operator });
		assert_eq!(error(early), pallet_operators::Error::<Runtime>::StillBonded.into());
		pass(timing::hours(24 * 7) + 1);
		assert_ok!(dispatch(OWNER, pallet_operators::Call::withdraw_unbonded { operator }));
		assert_eq!(native(&owner), before + COLLATERAL);
		assert_eq!(native(&Operators::pot()), EXISTENTIAL_DEPOSIT);
	});
}

mod property {
	use super::*;
	use proptest::prelude::*;

	/// What happens to each job.
	#[derive(Clone, Copy, Debug)]
	enum Fate {
		Delivered,
		Tampered,
		Forgotten,
	}

	fn fate() -> impl Strategy<Value = Fate> {
		prop_oneof![Just(Fate::Delivered), Just(Fate::Tampered), Just(Fate::Forgotten)]
	}

	proptest! {
		#![proptest_config(ProptestConfig::with_cases(8))]

		#[test]
		fn what_enters_escrow_is_settled_or_refunded(fates in proptest::collection::vec((fate(), 0u32..4), 1..6)) {
			slice(|operator, model| {
				let before = usdc(&CLIENT.to_account_id());
				for (n, (fate, wait)) in fates.iter().enumerate() {
					let payload = payload(n);
					let job = job(model, operator, &payload);
					pass(*wait);
					let mut proved = match fate {
						Fate::Forgotten => continue,
						_ => prove(job, &payload),
					};
					if let Fate::Tampered = fate {
						proved.outputs[0] = [0; 32];
					}
					assert_ok!(dispatch(AGENT, delivery(job, proved.outputs, proved.proof)));
				}
				pass(DEADLINE + 5);
				let settled = fates.iter().filter(|(fate, _)| matches!(fate, Fate::Delivered)).count() as Balance * PRICE;
				let refunded = fates.len() as Balance * PRICE - settled;
				let book = pallet_jobs::Books::<Runtime>::get(usdc_asset());
				assert_eq!((book.taken, book.settled, book.refunded), (settled + refunded, settled, refunded));
				assert_eq!(usdc(&CLIENT.to_account_id()), before - settled);
				assert_eq!((jobs_pot(), usdc(&Revenue::pot())), (USDC_MINIMUM, USDC_MINIMUM + settled));
			});
		}
	}
}
