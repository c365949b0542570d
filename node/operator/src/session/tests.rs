use vektor_client::AccountId;
use vektor_primitives::{Assurance, Evidence, KeySetup, Needs, Outputs, Scheme, Statement, Usd};
use vektor_session::{seal, Context, Input};

use super::*;
use crate::{
	init,
	served::{Served, Unfit},
};
use std::time::Duration;

pub const MODEL: ModelId = ModelId(H256([0xcd; 32]));
pub const OPERATOR: OperatorId = OperatorId(H256([3; 32]));
const LIMIT: Duration = Duration::from_secs(60);

/// Adds the numbers that it is given, and says the sum and its negative.
pub const SUM: &str = "sum=0; for n in $(cat); do sum=$((sum + n)); done; echo $sum; echo $((-sum))";

/// A model that a shell's script is, and the keys that inputs are sealed to.
pub struct Fixture {
	pub model: Arc<Model>,
	keys: Arc<Keys>,
}

pub fn fixture(script: &str) -> Fixture {
	let keys = Arc::new(Keys::generate());
	let command = Command::new("/bin/sh", ["-c".into(), script.into()]);
	let model = Model::new(MODEL, command, keys.clone(), H256::zero(), OPERATOR, Some(LIMIT));
	Fixture { model: Arc::new(model), keys }
}

impl Fixture {
	/// An input as a client sends it, and what it commits to.
	pub fn sealed(&self, bytes: &[u8]) -> (Vec<u8>, H256) {
		let input = Input::new(bytes.to_vec());
		let commitment = input.commitment();
		let context = Context { genesis: [0; 32], operator: OPERATOR.0 .0, model: MODEL.0 .0, commitment };
		(seal(&self.keys.public().1, &context, &input).unwrap(), H256(commitment))
	}

	fn answer(&self, wanted: u32, limit: Duration) -> std::result::Result<Vec<[u8; 32]>, Failure> {
		let (sealed, commitment) = self.sealed(b"40 2");
		self.model.answer(&sealed, &commitment, wanted, limit)
	}
}

fn config(more: &str) -> Config {
	let text = format!(
		"{}\n[session]\nplatform = \"emulated\"\n{more}\n[[session.model]]\nmodel = \"{}\"\ncommand = [\"serve\"]\n",
		init::config_text(&init::Options::default()),
		units::hex_of(MODEL.0)
	);
	let dir = tempfile::tempdir().unwrap();
	let path = dir.path().join("config.toml");
	std::fs::write(&path, text).unwrap();
	Config::load(&path).unwrap()
}

fn enclave(operator: OperatorId) -> Enclave {
	load(&config("gpus = [7]"), H256::zero(), operator).unwrap().unwrap().0
}

fn claim(enclave: &Enclave) -> Claim {
	Claim {
		genesis: H256::zero(),
		operator: OPERATOR,
		agent: [4; 32],
		keys: enclave.keys(),
		block: 7,
		block_hash: H256([5; 32]),
	}
}

#[test]
fn a_configuration_without_a_session_has_no_enclave() {
	let plain = Config { session: None, ..config("") };
	assert!(load(&plain, H256::zero(), OPERATOR).unwrap().is_none());
}

#[test]
fn all_models_of_an_enclave_have_its_keys() {
	let (enclave, models) = load(&config(""), H256::zero(), OPERATOR).unwrap().unwrap();
	assert_eq!(models.keys().collect::<Vec<_>>(), [&MODEL]);
	let sealing = enclave.keys().sealing.0;
	let fixture = Fixture { model: models[&MODEL].clone(), keys: enclave.keys.clone() };
	assert_eq!(fixture.keys.public().1, sealing);
	let (sealed, commitment) = fixture.sealed(b"1");
	assert_eq!(models[&MODEL].open(&sealed, &commitment).unwrap().bytes, b"1");
	assert_eq!((enclave.image(), enclave.standing.holds()), (None, false));
}

#[test]
fn gpus_that_cannot_be_emulated_are_refused_at_start() {
	let error = load(&config("gpus = [2]"), H256::zero(), OPERATOR).err().unwrap().to_string();
	assert!(error.contains("session.gpus: ") && error.contains("3 to 127"), "{error}");
}

#[test]
fn evidence_commits_to_the_claim_and_to_every_gpu() {
	let enclave = enclave(OPERATOR);
	let claim = claim(&enclave);
	let (quote, gpus) = enclave.gather(&claim).unwrap();
	let [gpu] = &gpus[..] else { panic!("one GPU") };
	assert_eq!(gpu.report[4..36], claim.nonce());
	let data = claim.report_data(&[H256(units::blake2_256(&gpu.report))]);
	let calls::Quote::Snp { report, .. } = quote else { panic!("not SNP") };
	assert_eq!(report[0x50..0x90], data);
}

#[test]
fn operators_have_machines_of_their_own() {
	let machine = |operator| enclave(operator).quote(&[0; 64]).unwrap().quote;
	assert_eq!(machine(OPERATOR), machine(OPERATOR));
	assert_ne!(machine(OPERATOR), machine(OperatorId(H256([4; 32]))));
}

#[test]
fn a_machine_measures_what_the_configuration_says() {
	let image = |more: &str| {
		load(&config(more), H256::zero(), OPERATOR).unwrap().unwrap().0.quote(&[0; 64]).unwrap().image.id()
	};
	assert_eq!(image(""), image(&format!("measurement = \"0x{}\"", "02".repeat(48))));
	assert_ne!(image(""), image(&format!("measurement = \"0x{}\"", "03".repeat(48))));
}

#[test]
fn a_program_answers_and_the_answer_is_signed_as_the_chain_checks_it() {
	let fixture = fixture(SUM);
	let outputs = fixture.answer(2, LIMIT).unwrap();
	assert_eq!(outputs, vektor_ezkl::felts(&[42.0, -42.0], 0).unwrap());
	let statement = statement(outputs);
	let signature = fixture.model.sign(&statement);
	let evidence = Served::Session(fixture.model.clone()).evidence(signature.to_vec()).unwrap();
	assert_eq!(evidence, Evidence::SessionSignature(signature));
	assert!(fixture.model.signed(&statement, &signature));
	let other = Statement { job: vektor_primitives::JobId(H256([1; 32])), ..statement.clone() };
	assert!(!fixture.model.signed(&other, &signature));
	assert!(!fixture.model.signed(&statement, &signature[..63]));
	assert!(!self::fixture(SUM).model.signed(&statement, &signature), "another process's keys");
}

fn statement(outputs: Vec<[u8; 32]>) -> Statement {
	Statement {
		genesis: H256::zero(),
		job: Default::default(),
		operator: OPERATOR,
		model: MODEL,
		commitment: H256::zero(),
		outputs: Outputs::try_from(outputs).unwrap(),
	}
}

#[test]
fn a_program_that_fails_may_be_tried_again_and_a_wrong_answer_not() {
	let failure = fixture("echo no weights >&2; exit 1").answer(2, LIMIT).unwrap_err();
	assert!(matches!(&failure, Failure::Program(said) if said.to_string().ends_with("no weights")), "{failure:?}");
	let failure = fixture("exec sleep 60").answer(2, Duration::from_millis(100)).unwrap_err();
	assert!(matches!(&failure, Failure::Program(said) if said.to_string().contains("was ended after")), "{failure:?}");
	for (script, wanted, says) in [(SUM, 3, "wrote 2 outputs"), ("echo yes", 1, "wrote \"yes\"")] {
		let failure = fixture(script).answer(wanted, LIMIT).unwrap_err();
		assert!(matches!(&failure, Failure::Answer(why) if why.contains(says)), "{failure:?}");
	}
}

#[test]
fn an_input_of_an_earlier_process_is_given_up_with_a_reason() {
	let (sealed, commitment) = fixture(SUM).sealed(b"1");
	let failure = fixture(SUM).model.answer(&sealed, &commitment, 2, LIMIT).unwrap_err();
	assert!(matches!(&failure, Failure::Answer(why) if why.contains("earlier process")), "{failure:?}");
}

#[test]
fn only_what_opens_here_is_an_input() {
	let fixture = fixture(SUM);
	let (sealed, commitment) = fixture.sealed(b"1");
	let served = Served::Session(fixture.model.clone());
	assert_eq!(served.check(&sealed, &commitment), Ok(()));
	assert_eq!(served.check(&sealed, &H256::zero()), Err(Unfit::Sealed));
	assert_eq!(served.check(&sealed[1..], &commitment), Err(Unfit::Sealed));
	assert_eq!(served.check(b"1", &commitment), Err(Unfit::Sealed));
	assert_eq!(served.longest(), 1 << 20);
	assert!(served.evidence(vec![0; 63]).is_err());
}

#[test]
fn the_chains_record_must_name_the_machines_image() {
	let record = |scheme| vektor_client::Model {
		id: MODEL,
		owner: AccountId::from([1; 32]),
		artefact: H256::zero(),
		assurance: Assurance::Tee,
		setup: KeySetup::Hardware,
		scheme,
		outputs: 2,
		needs: Needs::default(),
		min_deadline: 10,
		output_scale: 1,
		price: Usd(1),
		licence: String::new(),
		deposit: 0,
		registered: 0,
		verified_from: 0,
		retired: false,
	};
	let (model, image) = (fixture(SUM).model, H256([6; 32]));
	model.fits(Some(&record(Scheme::Session { image })), &image).unwrap();
	for (chain, says) in [
		(None, "knows no such model"),
		(Some(record(Scheme::Session { image: H256::zero() })), "another image"),
		(Some(record(Scheme::Ezkl { settings: H256::zero() })), "in another way"),
	] {
		let error = model.fits(chain.as_ref(), &image).unwrap_err().to_string();
		assert!(error.contains(says) && error.contains(&units::hex_of(MODEL.0)), "{error}");
	}
}
