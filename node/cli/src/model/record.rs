//! What the chain has of models, for people and programs.

use serde_json::json;
use vektor_client::{models::Challenge, units, Model, Result};
use vektor_ezkl::MAX_LOGROWS;
use vektor_primitives::{
	Assurance, KeySetup, PublicSlot, Scheme, MAX_EZKL_KEY, MAX_EZKL_PROOF, MAX_OUTPUTS, MAX_PUBLICS,
};

use super::{known, parse_id};
use crate::{
	ui::{json as print, table},
	Common,
};

/// Lists all models, under what each assurance promises.
pub async fn list(common: &Common) -> Result<()> {
	let client = common.connect().await?;
	let (mut models, challenged, now) = (client.models().await?, client.challenged().await?, client.live_now().await?);
	models.sort_by_key(|model| (model.retired, model.price, model.id));
	let verified = |model: &Model| model.is_verified(now, challenged.contains(&model.id));
	if common.json {
		let rows: Vec<_> = models.iter().map(|model| json!({ "model": model, "verified": verified(model) })).collect();
		return print(&rows);
	}
	println!("{}\n", promises());
	if models.is_empty() {
		println!("No model is registered: `vektor model register` does.");
		return Ok(());
	}
	let rows: Vec<_> = models
		.iter()
		.map(|model| {
			let price = if model.retired { "retired".into() } else { units::usd(model.price) };
			let state = match (verified(model), challenged.contains(&model.id)) {
				(true, _) => "yes".into(),
				(false, true) => "challenged".into(),
				(false, false) => format!("from live slot {}", model.verified_from),
			};
			let row = [kind(&model.scheme), assurance(model.assurance), setup(model.setup)].map(str::to_string);
			[vec![units::hex_of(model.id.0)], row.to_vec(), vec![price, state]].concat()
		})
		.collect();
	println!("{}", table(&["model", "kind", "assurance", "setup", "price", "verified"], &rows));
	println!("\nLive slot {now}. `vektor model show ID` says more.");
	Ok(())
}

/// Shows one model.
pub async fn show(common: &Common, id: &str) -> Result<()> {
	let client = common.connect().await?;
	let model = known(&client, parse_id(id)?).await?;
	let (challenge, now) = (client.challenge(model.id).await?, client.live_now().await?);
	if common.json {
		let verified = model.is_verified(now, challenge.is_some());
		return print(&json!({ "model": model, "challenge": challenge, "verified": verified, "now": now }));
	}
	println!("{}", text(&model, challenge.as_ref(), now));
	Ok(())
}

/// What each assurance does and does not promise, and how large a network may be.
fn promises() -> String {
	let [key, proof] = [MAX_EZKL_KEY, MAX_EZKL_PROOF].map(|bytes| bytes / 1024);
	let groth16 = MAX_PUBLICS - 2;
	format!(
		"\
What stands behind a result:
  zk   A proof that the chain checks: these outputs are what the registered network says to the input committed to.
       It hides the input from the chain, not from the operator, and does not say that the network is any good.
  tee  A signature by a key that hardware says was made inside an allowed image: trust in who makes the hardware and
       who has it in hand, not cryptography. This alone can hide an input from the operator: one sealed to that key.
The setup says who could forge. Verified: nobody challenged the key in time; before, anybody may make it again from
network and settings and compare.
Limits of zk: {key} KiB for a key, {proof} for a proof, {MAX_OUTPUTS} outputs ({groth16} with Groth16), a circuit of 2^{MAX_LOGROWS} rows.
Networks of the size of language models (LLMs) cannot be proved in zk today."
	)
}

/// A record in words.
fn text(model: &Model, challenge: Option<&Challenge>, now: u32) -> String {
	let standing = match challenge {
		Some(open) => format!(
			"no: {} challenges the key since; governance judges before live slot {}",
			open.challenger, open.lapses
		),
		None if model.is_verified(now, false) => "yes: nobody challenged the key in time".into(),
		None => {
			format!("not yet: anybody may challenge the key before live slot {}; this is {now}", model.verified_from)
		}
	};
	let scheme = match &model.scheme {
		Scheme::Groth16 { layout } => format!("public inputs {}", layout_text(layout)),
		Scheme::Ezkl { settings } => format!("settings {}", units::hex_of(settings)),
		Scheme::Session { image } => format!("image {}", units::hex_of(image)),
	};
	let price = if model.retired { "takes no new jobs: retired".into() } else { units::usd(model.price) };
	let rows = [
		("Model", units::hex_of(model.id.0)),
		("Owner", model.owner.to_string()),
		("Network", units::hex_of(model.artefact)),
		("Scheme", format!("{}, {scheme}", kind(&model.scheme))),
		("Assurance", format!("{}: {}", assurance(model.assurance), promise(model.assurance))),
		("Setup", format!("{}: {}", setup(model.setup), forgers(model.setup))),
		("Verified", standing),
		("Outputs", format!("{}, each divided by {}", model.outputs, model.output_scale)),
		("Needs", format!("{} GB of GPU memory, {} live slots for a job", model.needs.memory_gb, model.min_deadline)),
		("Price", price),
		("Licence", model.licence.chars().filter(|c| !c.is_control()).collect()),
		("Deposit", units::vktr(model.deposit)),
	];
	rows.map(|(name, value)| format!("{name:9}  {value}")).join("\n")
}

fn layout_text(layout: &[PublicSlot]) -> String {
	let slot = |slot: &PublicSlot| match slot {
		PublicSlot::Commitment => "commitment".into(),
		PublicSlot::Binding => "binding".into(),
		PublicSlot::Outputs(n) => format!("outputs:{n}"),
	};
	layout.iter().map(slot).collect::<Vec<_>>().join(",")
}

fn kind(scheme: &Scheme) -> &'static str {
	match scheme {
		Scheme::Groth16 { .. } => "groth16",
		Scheme::Ezkl { .. } => "ezkl",
		Scheme::Session { .. } => "session",
	}
}

fn assurance(assurance: Assurance) -> &'static str {
	match assurance {
		Assurance::Zk => "zk",
		Assurance::Tee => "tee",
	}
}

/// How a model's results are assured, and who could forge, in a few words.
pub fn assured(model: &Model) -> String {
	format!("{} ({})", assurance(model.assurance), setup(model.setup))
}

fn promise(assurance: Assurance) -> &'static str {
	match assurance {
		Assurance::Zk => "a proof with each result, which the chain checks; the operator sees the input",
		Assurance::Tee => {
			"a signature with each result, by a key inside attested hardware; no cryptographic proof; the input is sealed to it"
		}
	}
}

fn setup(setup: KeySetup) -> &'static str {
	match setup {
		KeySetup::SingleParty => "single party",
		KeySetup::PublicSrs => "public",
		KeySetup::Ceremony => "ceremony",
		KeySetup::Hardware => "hardware",
	}
}

/// Who could forge evidence.
pub fn forgers(setup: KeySetup) -> &'static str {
	match setup {
		KeySetup::SingleParty => "one party ran the setup and could forge; on a development chain that may be anybody",
		KeySetup::PublicSrs => "only all participants of a public setup together could forge",
		KeySetup::Ceremony => "only all parties of a ceremony that governance approved together could forge",
		KeySetup::Hardware => "who makes the hardware, or breaks it open, could forge",
	}
}

#[cfg(test)]
pub mod tests {
	use super::*;
	use vektor_client::H256;
	use vektor_primitives::{ModelId, Needs, Usd};

	/// A model of ezkl's.
	pub fn model() -> Model {
		Model {
			id: ModelId(H256([1; 32])),
			owner: [2; 32].into(),
			artefact: H256([3; 32]),
			assurance: Assurance::Zk,
			setup: KeySetup::PublicSrs,
			scheme: Scheme::Ezkl { settings: H256([4; 32]) },
			outputs: 10,
			needs: Needs { memory_gb: 80 },
			min_deadline: 20,
			output_scale: 8192,
			price: Usd(50_000),
			licence: "MIT\u{1b}[2J".into(),
			deposit: 10_000_000_000_000,
			registered: 5,
			verified_from: 105,
			retired: false,
		}
	}

	#[test]
	fn a_record_says_who_could_forge_and_until_when_it_may_be_challenged() {
		let shown = text(&model(), None, 104);
		assert!(shown.contains("only all participants of a public setup"), "{shown}");
		assert!(shown.contains("before live slot 105; this is 104"), "{shown}");
		assert!(shown.contains(&format!("ezkl, settings 0x{}", "04".repeat(32))), "{shown}");
		assert!(shown.contains("0.05 USD") && shown.contains("each divided by 8192"), "{shown}");
		assert!(text(&model(), None, 105).contains("yes: nobody challenged"));
	}

	#[test]
	fn an_enclaves_model_names_its_image_and_promises_no_proof() {
		let (assurance, setup) = (Assurance::Tee, KeySetup::Hardware);
		let enclave = Model { assurance, setup, scheme: Scheme::Session { image: H256([7; 32]) }, ..model() };
		let shown = text(&enclave, None, 0);
		assert!(shown.contains(&format!("session, image 0x{}", "07".repeat(32))), "{shown}");
		assert!(shown.contains("tee: a signature") && shown.contains("hardware: who makes the hardware"), "{shown}");
		assert_eq!((assured(&enclave), assured(&model())), ("tee (hardware)".into(), "zk (public)".into()));
	}

	#[test]
	fn an_open_challenge_keeps_a_key_from_counting_as_verified() {
		let open = Challenge { challenger: [5; 32].into(), bond: 1, reasons: H256([6; 32]), lapses: 300 };
		let shown = text(&model(), Some(&open), 200);
		assert!(shown.contains("no: ") && shown.contains("before live slot 300"), "{shown}");
	}

	#[test]
	fn a_licence_cannot_move_the_cursor() {
		assert!(!text(&model(), None, 0).contains('\u{1b}'));
	}

	#[test]
	fn a_retired_model_has_no_price() {
		let shown = text(&Model { retired: true, ..model() }, None, 0);
		assert!(shown.contains("retired") && !shown.contains("USD"), "{shown}");
	}

	#[test]
	fn the_first_screen_says_what_is_not_promised_and_the_limits() {
		let words = promises();
		for said in [
			"not from the operator",
			"not cryptography",
			"32 KiB for a key, 16 for a proof",
			"255 outputs (126 with Groth16)",
			"2^24",
			"LLM",
		] {
			assert!(words.contains(said), "{said}");
		}
		assert!(words.lines().all(|line| line.chars().count() <= 120));
	}
}
