use clap::Args;
use serde_json::json;
use vektor_circuits::digits;
use vektor_client::{
	api::{JobInfo, JobState},
	events::Settled,
	units, Client, Error, Model, Result, H256,
};
use vektor_primitives::{Assurance, JobId, Scheme};

use crate::{
	endpoint,
	integers::integer,
	jobfile::JobFiles,
	model::{assured, forgers},
	ui::Ui,
	wait::{self, Done},
	Common,
};

/// Which job, and what to do for it.
#[derive(Args)]
pub struct Options {
	/// The job's id, as submit printed it.
	id: String,
	/// Send its input to the operator again, from the file that submit kept.
	#[arg(long)]
	resend: bool,
	/// Wait until it is settled or refunded.
	#[arg(long)]
	wait: bool,
	/// Where to send the input [default: the endpoint that the chain has for the operator].
	#[arg(long, value_name = "URL")]
	endpoint: Option<String>,
}

/// Shows a job, after what was asked for it; whether that was done.
pub async fn execute(common: &Common, options: Options) -> Result<bool> {
	let id = JobId(H256(units::parse_hash(&options.id)?));
	let mut client = common.connect().await?;
	let job = known(&client, id).await?;
	let files = JobFiles::open()?;
	let mut taken = true;
	if options.resend {
		let payload = files.payload(&job.commitment.0)?.ok_or_else(|| {
			Error::Missing(
				"this machine has no input of that job: only where it was submitted can it be sent again".into(),
			)
		})?;
		let endpoint = match options.endpoint {
			Some(endpoint) => endpoint,
			None => {
				let operator = client.operator(job.operator).await?;
				operator.ok_or_else(|| Error::Missing("the job's operator has left".into()))?.endpoint
			}
		};
		let mut ui = Ui::new();
		taken = endpoint::send(&mut client, &endpoint, id, &payload, &mut ui).await?;
	}
	if options.wait {
		let mut ui = Ui::new();
		let model = client.model(job.model).await?;
		let done = wait::until_done(client, id, &mut ui).await?;
		files.forget(&job.commitment.0);
		drop(ui);
		return Ok(Report::of(done, model).print(common.json));
	}
	show(common, &client, id).await?;
	Ok(taken)
}

async fn known(client: &Client, id: JobId) -> Result<JobInfo> {
	let job = client.job(id, None).await?;
	job.ok_or_else(|| {
		Error::Missing("the chain knows no such job: it never was in a block, or was forgotten since".into())
	})
}

/// Prints a job as it stands.
pub async fn show(common: &Common, client: &Client, id: JobId) -> Result<()> {
	let job = known(client, id).await?;
	let model = client.model(job.model).await?;
	Report { job, model, settled: None, input: None }.write(common.json);
	Ok(())
}

/// A job, for people or programs.
pub struct Report {
	job: JobInfo,
	/// Nothing where the chain has forgotten it.
	model: Option<Model>,
	settled: Option<Settled>,
	input: Option<String>,
}

impl Report {
	/// Of a job that is done.
	pub fn of(done: Done, model: Option<Model>) -> Self {
		Self { job: done.job, model, settled: done.settled, input: None }
	}

	/// With the name of its input.
	pub fn with_input(self, name: String) -> Self {
		Self { input: Some(name), ..self }
	}

	/// Prints it, and says whether it was settled.
	pub fn print(self, as_json: bool) -> bool {
		self.write(as_json);
		let settled = self.job.state == JobState::Settled;
		if !settled {
			let price = units::amount(&self.job.asset, self.job.price);
			eprintln!("The operator did not deliver in time; {price} came back.");
		}
		settled
	}

	/// The digit that the chain's outputs stand for, where they are those of the digits model.
	fn prediction(&self) -> Option<(u8, [i64; digits::LOGITS])> {
		self.model.as_ref().filter(|model| model.artefact == H256(digits::artefact()))?;
		let logits = digits::logits(&self.job.outputs).ok()?;
		Some((digits::argmax(&logits), logits))
	}

	/// The network's own numbers: the outputs, divided by the record's scale.
	fn numbers(&self) -> Option<Vec<f64>> {
		let scale = f64::from(self.model.as_ref()?.output_scale);
		let integers = vektor_ezkl::outputs(&self.job.outputs, 0).ok().filter(|integers| !integers.is_empty())?;
		Some(integers.into_iter().map(|integer| integer / scale).collect())
	}

	fn is_in_enclave(&self) -> bool {
		self.model.as_ref().is_some_and(|model| matches!(model.scheme, Scheme::Session { .. }))
	}

	/// The outputs as the chain has them, and the integer that each stands for.
	fn words(&self) -> impl Iterator<Item = String> + '_ {
		self.job.outputs.iter().map(|output| match integer(output) {
			Some(integer) => format!("Output     {}  {integer}", units::hex_of(output)),
			None => format!("Output     {}", units::hex_of(output)),
		})
	}

	/// What stands behind the outputs, and who could forge it.
	fn assurance(&self) -> Vec<String> {
		let Some(model) = &self.model else {
			return vec!["Proved     as its model asked; the chain has forgotten who could forge".into()];
		};
		let how = match model.assurance {
			Assurance::Zk => {
				"Proved     by a zero-knowledge proof that the chain checked: the model says this to the input committed to;"
			}
			Assurance::Tee => {
				"Signed     by a key that hardware says is inside an allowed image, which is no proof by cryptography;"
			}
		};
		vec![how.into(), format!("           {}", forgers(model.setup)), format!("Assurance  {}", assured(model))]
	}

	fn write(&self, as_json: bool) {
		match as_json {
			true => println!("{:#}", self.json()),
			false => println!("{}", self.text()),
		}
	}

	fn json(&self) -> serde_json::Value {
		let prediction = self.prediction();
		json!({
			"job": self.job,
			"image": self.input,
			"predicted": prediction.map(|(digit, _)| digit),
			"logits": prediction.map(|(_, logits)| logits),
			"numbers": self.numbers(),
			"integers": self.job.outputs.iter().map(|output| integer(output).map(|n| n.to_string())).collect::<Vec<_>>(),
			"assurance": self.model.as_ref().map(|model| model.assurance),
			"setup": self.model.as_ref().map(|model| model.setup),
			"paid": self.settled.as_ref().map(|settled| json!({
				"asset": settled.asset,
				"amount": settled.paid.to_string(),
				"direct": settled.direct.to_string(),
				"queued": settled.queued.to_string(),
				"lot": settled.lot,
			})),
		})
	}

	fn text(&self) -> String {
		let job = &self.job;
		let price = units::amount(&job.asset, job.price);
		let mut lines = vec![format!("Job        {}", units::hex_of(job.id.0))];
		if let Some(input) = &self.input {
			lines.push(format!("Input      {input}"));
		}
		match job.state {
			JobState::Settled => {
				match (self.prediction(), self.numbers()) {
					(Some((digit, logits)), _) => lines.push(format!("Predicted  {digit}   logits {logits:?}")),
					(None, Some(numbers)) if !self.is_in_enclave() => lines.push(format!("Outputs    {numbers:?}")),
					// What a program says need not be a number of a network's.
					(None, _) => lines.extend(self.words()),
				}
				lines.extend(self.assurance());
				lines.push(match &self.settled {
					Some(s) => {
						let shown = |value| units::amount(&s.asset, value);
						let at_once = match s.direct {
							0 => String::new(),
							direct => format!("{} to the operator at once, ", shown(direct)),
						};
						format!(
							"Paid       {}: {at_once}{} joined lot {}; the operator's share of it is payable once the lot is bought",
							shown(s.paid),
							shown(s.queued),
							s.lot
						)
					}
					None => format!("Paid       {price}"),
				});
			}
			JobState::Open if job.now <= job.deadline => {
				lines.push(format!(
					"Open       {price} in escrow, {} live slots until the deadline",
					job.deadline - job.now
				));
				lines.push("Waits for  the operator's proof; `vektor job ID --resend` sends the input again".into());
			}
			JobState::Open => lines
				.push(format!("Late       the deadline has passed; {price} comes back by jobs.expire or by itself")),
			JobState::RefundDue => {
				lines.push(format!("Late       {price} waits until the account can take it; then jobs.expire"))
			}
			JobState::Refunded => lines.push(format!("Refunded   {price}: the deadline passed without a proof")),
		}
		lines.push(format!("Operator   {}", units::hex_of(job.operator.0)));
		lines.push(format!("Model      {}", units::hex_of(job.model.0)));
		lines.join("\n")
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::model::record::tests::model;
	use vektor_primitives::{Asset, KeySetup};

	fn job(state: JobState) -> JobInfo {
		let sample = &digits::held_out()[0];
		let felt = |logit: i64| {
			let mut felt = [0; 32];
			felt[24..].copy_from_slice(&logit.to_be_bytes());
			felt
		};
		JobInfo {
			id: JobId(H256([1; 32])),
			client: [2; 32].into(),
			operator: Default::default(),
			model: Default::default(),
			commitment: Default::default(),
			payload: Default::default(),
			asset: Asset::WithId(1),
			price: 100_000,
			opened: 1,
			deadline: 101,
			now: 11,
			state,
			outputs: sample.logits.iter().map(|logit| felt((*logit).max(0))).collect(),
		}
	}

	fn digits_model() -> Model {
		Model { artefact: H256(digits::artefact()), setup: KeySetup::SingleParty, ..model() }
	}

	fn report(state: JobState, model: Model) -> Report {
		Report { job: job(state), model: Some(model), settled: None, input: None }
	}

	#[test]
	fn the_prediction_is_read_from_the_chains_outputs() {
		let report = report(JobState::Settled, digits_model());
		let expected = digits::argmax(&digits::held_out()[0].logits);
		assert_eq!(report.json()["predicted"], expected);
		assert!(report.text().contains("0.1 USDC"));
		assert!(report.text().contains("one party ran the setup and could forge"));
	}

	#[test]
	fn another_models_outputs_are_divided_by_its_scale_and_are_no_digit() {
		let mut report = report(JobState::Settled, Model { output_scale: 8192, ..model() });
		let mut half = [0; 32];
		half[30..].copy_from_slice(&4096u16.to_be_bytes());
		// The order of the field, less 2 * 8192.
		let mut negative = vektor_primitives::FIELD_ORDER;
		negative[28..].copy_from_slice(&(0xf000_0001u32 - 16_384).to_be_bytes());
		report.job.outputs = vec![half, negative];
		let json = report.json();
		assert_eq!((&json["numbers"], &json["predicted"]), (&json!([0.5, -2.0]), &serde_json::Value::Null));
		let text = report.text();
		assert!(text.contains("Outputs    [0.5, -2.0]") && text.contains("public setup together"), "{text}");
	}

	#[test]
	fn a_signature_is_not_called_a_proof() {
		let tee = Model { assurance: Assurance::Tee, setup: KeySetup::Hardware, ..model() };
		let text = report(JobState::Settled, tee).text();
		assert!(text.contains("Assurance  tee (hardware)"), "{text}");
		assert!(text.contains("Signed ") && !text.contains("zero-knowledge") && text.contains("hardware"), "{text}");
	}

	#[test]
	fn an_enclaves_outputs_are_shown_as_the_chain_has_them_and_as_integers() {
		let scheme = Scheme::Session { image: Default::default() };
		let mut report = report(JobState::Settled, Model { scheme, output_scale: 1, ..model() });
		let mut minus_three = vektor_primitives::FIELD_ORDER;
		minus_three[28..].copy_from_slice(&(0xf000_0001u32 - 3).to_be_bytes());
		report.job.outputs = vec![minus_three, [0x11; 32]];
		assert_eq!(report.json()["integers"], json!(["-3", null]));
		let text = report.text();
		assert!(text.contains(&format!("{}  -3\n", units::hex_of(minus_three))), "{text}");
		assert!(text.contains(&format!("{}\n", "11".repeat(32))), "{text}");
	}

	#[test]
	fn a_forgotten_models_outputs_are_shown_as_the_chain_has_them() {
		let report = Report { model: None, ..report(JobState::Settled, model()) };
		let text = report.text();
		assert!(text.contains("Output     0x") && text.contains("forgotten"), "{text}");
		assert_eq!(report.json()["numbers"], serde_json::Value::Null);
	}

	#[test]
	fn only_a_settled_job_is_a_success() {
		for (state, good) in [(JobState::Settled, true), (JobState::Refunded, false)] {
			assert_eq!(report(state, digits_model()).print(true), good);
		}
	}

	#[test]
	fn an_open_job_says_what_it_waits_for() {
		let text = report(JobState::Open, digits_model()).text();
		assert!(text.contains("90 live slots") && text.contains("--resend"), "{text}");
	}
}
