//! The product, end to end: an operator registers, a model too, a client pays, a digit is proved on the spot, the chain
//! verifies it and settles. And every way in which that must not work.

mod coalition;
mod deadlines;
mod devices;
mod evidence;
mod faults;
mod histories;
mod probes;
mod property;
mod refusals;
mod revenue;
mod standing;
mod work;

use std::sync::OnceLock;

use crate::common::*;
use frame_support::{assert_noop, assert_ok, dispatch::DispatchErrorWithPostInfo, BoundedVec};
use pallet_jobs::{Assign, JobState};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::DispatchError;
use vektor_circuits::digits;
use vektor_primitives::{
	Evidence, EvidenceError, Felt, Ineligible, JobId, KeySetup, ModelId, Needs, OperatorId, OperatorStatus, Outputs,
	Ppm, PublicSlot, Statement, Usd, Verification, ONE_USDC, USDC, VKTR,
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
		assert_eq!(pallet_operators::Records::<Runtime>::get(operator).settled, 1);

		let (paid, queued, setup) = event(|event| match event {
			RuntimeEvent::Jobs(pallet_jobs::Event::Settled { paid, queued, setup, .. }) => {
				Some((*paid, *queued, *setup))
			}
			_ => None,
		});
		assert_eq!((paid, queued, setup), (PRICE, PRICE, KeySetup::SingleParty));

		// The APIs say the same.
		let info = adapters::reads::job(job).expect("kept");
		assert_eq!(info.state, vektor_runtime_api::JobState::Settled);
		let owed = adapters::held::money(OWNER.to_account_id());
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
		let account = |pot: frame_support::PalletId| presets::economy::account(pot);
		assert_eq!(usdc(&account(inference::OperationsPot::get())), USDC_MINIMUM + PRICE * 12 / 100);
		assert_eq!(usdc(&account(inference::ReservePot::get())), USDC_MINIMUM + PRICE * 6 / 100);
		assert_eq!(usdc(&Revenue::pot()), USDC_MINIMUM + PRICE * 12 / 100);
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
