use clap::Args;
use serde_json::json;
use vektor_circuits::digits;
use vektor_client::{
	api::{JobInfo, JobState},
	events::Settled,
	units, Client, Error, Result, H256,
};
use vektor_primitives::JobId;

use crate::{
	endpoint,
	jobfile::JobFiles,
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

/// Shows a job, after what was asked for it.
pub async fn execute(common: &Common, options: Options) -> Result<bool> {
	let id = JobId(H256(units::parse_hash(&options.id)?));
	let mut client = common.connect().await?;
	let job = known(&client, id).await?;
	let files = JobFiles::open()?;
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
		endpoint::send(&mut client, &endpoint, id, &payload, &mut ui).await?;
	}
	if options.wait {
		let mut ui = Ui::new();
		let done = wait::until_done(client, id, &mut ui).await?;
		files.forget(&job.commitment.0);
		drop(ui);
		return Ok(Report::of(done).print(common.json));
	}
	show(common, &client, id).await?;
	Ok(true)
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
	let report = Report { job, settled: None, image: None };
	report.write(common.json);
	Ok(())
}

/// A job, for people or programs.
pub struct Report {
	job: JobInfo,
	settled: Option<Settled>,
	image: Option<String>,
}

impl Report {
	/// Of a job that is done.
	pub fn of(done: Done) -> Self {
		Self { job: done.job, settled: done.settled, image: None }
	}

	/// With the name of its image.
	pub fn with_image(self, name: String) -> Self {
		Self { image: Some(name), ..self }
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
		let logits = digits::logits(&self.job.outputs).ok()?;
		Some((digits::argmax(&logits), logits))
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
			"image": self.image,
			"predicted": prediction.map(|(digit, _)| digit),
			"logits": prediction.map(|(_, logits)| logits),
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
		if let Some(image) = &self.image {
			lines.push(format!("Image      {image}"));
		}
		match job.state {
			JobState::Settled => {
				match self.prediction() {
					Some((digit, logits)) => lines.push(format!("Predicted  {digit}   logits {logits:?}")),
					None => {
						lines.extend(job.outputs.iter().map(|output| format!("Output     {}", units::hex_of(output))))
					}
				}
				lines.push("Proved     by a zero-knowledge proof that the chain checked: these outputs belong to the input committed to,".into());
				lines.push(
					"           this job, its operator and its model. One party ran the model's setup and could forge"
						.into(),
				);
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
	use vektor_primitives::Asset;

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

	#[test]
	fn the_prediction_is_read_from_the_chains_outputs() {
		let report = Report { job: job(JobState::Settled), settled: None, image: None };
		let expected = digits::argmax(&digits::held_out()[0].logits);
		assert_eq!(report.json()["predicted"], expected);
		assert!(report.text().contains("0.1 USDC"));
	}

	#[test]
	fn only_a_settled_job_is_a_success() {
		for (state, good) in [(JobState::Settled, true), (JobState::Refunded, false)] {
			assert_eq!(Report { job: job(state), settled: None, image: None }.print(true), good);
		}
	}

	#[test]
	fn an_open_job_says_what_it_waits_for() {
		let text = Report { job: job(JobState::Open), settled: None, image: None }.text();
		assert!(text.contains("90 live slots") && text.contains("--resend"), "{text}");
	}
}
