use serde_json::json;
use vektor_client::{api::AccrualInfo, calls, keys, units, Client, Error, Result, Session, H256};
use vektor_primitives::{Asset, Balance, Evidence, Ineligible, JobId, ModelId, OperatorId, Outputs, Reach};

use crate::{config::Config, ezkl, presence, session, store::Store};

/// For so many deliveries at once the agent should be able to advance the fee.
pub const FLOAT_DELIVERIES: Balance = 20;

/// Prints where the operator stands.
pub async fn execute(config: &Config, as_json: bool) -> Result<()> {
	let registration = config
		.registration()?
		.ok_or_else(|| Error::Input("this operator is not registered: run `vektor-operator register`".into()))?;
	let agent = keys::load(&config.agent_key.to_string_lossy(), None)?;
	let client = Client::connect(&config.node).await?;
	if units::hex_of(client.chain().genesis) != registration.genesis {
		return Err(Error::Input(format!(
			"this operator is registered on another chain than \"{}\": run `vektor-operator register` for this one",
			client.chain().name
		)));
	}
	let id = OperatorId(H256(units::parse_hash(&registration.operator)?));
	let model = ModelId(H256(units::parse_hash(&registration.model)?));
	let info =
		client.operator(id).await?.ok_or_else(|| Error::Missing("the chain does not know this operator".into()))?;
	let jobs = client.open_jobs(id).await?;
	let (windows, cases) = (client.windows(id).await?, client.cases(id).await?);
	let accruals = client.accrued(id).await?;
	let earned = client.earned(id).await?;
	let mut sessions = Vec::new();
	for image in client.images_of(&id).await? {
		sessions.extend(client.session(&id, &image).await?.map(|session| (image, session)));
	}
	let balance = client.balances(agent.account()).await?.vktr;
	let float = float(&client, &agent, &sample_delivery(config), FLOAT_DELIVERIES).await?;
	let (kept, _) = Store::open(config.jobs())
		.and_then(|store| store.all())
		.map_err(|e| Error::Input(format!("cannot read the jobs in progress: {e}")))?;

	if as_json {
		let report = json!({
			"chain": client.chain().name,
			"operator": info,
			"model": model.0,
			"models": models(model, config),
			"openJobs": jobs,
			"sessions": sessions.iter().map(|(image, session)| json!({ "image": image, "session": session })).collect::<Vec<_>>(),
			"cases": cases,
			"windows": windows,
			"inProgress": kept.iter().map(|record| json!({ "job": record.job.0, "stage": record.stage() })).collect::<Vec<_>>(),
			"accruals": accruals,
			"earned": earned,
			"agent": { "account": agent.account().to_string(), "balance": balance.to_string(), "floatNeeded": float.to_string() },
		});
		println!("{report:#}");
		return Ok(());
	}
	println!("Operator    {}", units::hex_of(id.0));
	println!("Owner       {}", info.owner);
	println!("Status      {:?}, {} x {} in {}, {}", info.status, info.gpus, info.class, info.region, info.endpoint);
	println!("New work    {}", info.ineligible.map_or("yes".into(), why));
	match info.barred {
		Some(u32::MAX) => println!("Barred      for ever, unless a vote pardons it"),
		Some(until) => {
			println!("Barred      until live slot {until}; `vektor-operator register` activates it after that")
		}
		None => (),
	}
	println!("Collateral  {} of {} required", units::vktr(info.collateral), units::vktr(info.required));
	println!(
		"Standing    reputation {} of 1000, {} of its work finished, {:.2} % up over 90 days, last found {}",
		info.reputation,
		info.fill_rate.map_or("none".into(), |rate| format!("{} %", rate.0 / 10_000)),
		f64::from(info.uptime.0) / 10_000.0,
		reached(info.reach)
	);
	for case in &cases {
		let amount = case.amount.map_or("all of it".into(), units::vktr);
		println!(
			"Case {}      {:?}: {amount} of the collateral is held, and taken at live slot {} unless a vote cancels it",
			case.case, case.offence, case.due
		);
	}
	let missed = presence::missed(&windows);
	match missed.is_empty() {
		true => println!("Missed      nothing in the last {} windows", windows.len()),
		false => missed.iter().for_each(|line| println!("Missed      {line}")),
	}
	println!("Model       {}", units::hex_of(model.0));
	for model in &config.ezkl {
		println!("Model       {}  proved by ezkl, in {}", model.model, model.folder.display());
	}
	for model in config.session.iter().flat_map(|session| &session.model) {
		println!("Model       {}  in an enclave, by {}", model.model, model.command.join(" "));
	}
	for (image, session) in &sessions {
		println!("Session     with the image {}: {}", units::hex_of(image), lasts(session, session::now()));
	}
	println!("Open jobs   {}", jobs.len());
	for job in &jobs {
		let stage =
			kept.iter().find(|record| record.job == job.id).map_or("waiting for its input", |record| record.stage());
		println!(
			"  {}  {}  {stage}  {} live slots left",
			units::hex_of(job.id.0),
			units::amount(&job.asset, job.price),
			job.deadline.saturating_sub(job.now)
		);
	}
	match accruals.is_empty() {
		true => println!("Accrual     nothing yet"),
		false => accruals.iter().for_each(|held| {
			println!("Accrual     {} of lot {}: {}", units::amount(&held.asset, held.amount), held.lot, payable(held))
		}),
	}
	for held in &earned {
		match held.amount {
			0 => println!(
				"Emission    round {} is on: what its work leaked, {}, may earn some when it ends",
				held.round,
				units::usd(held.leak)
			),
			amount => println!(
				"Emission    {} of round {}: now; the agent claims it by itself",
				units::vktr(amount),
				held.round
			),
		}
	}
	let enough = if balance >= float { "enough" } else { "too little: send it some VKTR" };
	println!(
		"Agent       {} has {}; {FLOAT_DELIVERIES} deliveries at once advance {} of fees: {enough}",
		agent.account(),
		units::vktr(balance),
		units::vktr(float)
	);
	Ok(())
}

fn reached(reach: Reach) -> &'static str {
	match reach {
		Reach::Unproved => "not yet, or not since it activated, declared maintenance or changed its key or endpoint",
		Reach::Up => "up",
		Reach::Late => "late: others are preferred until it is in time",
		Reach::Down => "down: it gets no new work",
	}
}

fn payable(held: &AccrualInfo) -> String {
	match (held.claimable, held.earliest) {
		(true, _) if held.paid > 0 => {
			format!("{} and {} now", units::vktr(held.native), units::amount(&held.asset, held.paid))
		}
		(true, _) => format!("{} now; the agent claims it by itself", units::vktr(held.native)),
		(false, 0) => "being bought, payable after that".into(),
		(false, slots) if held.asset == Asset::Native => format!("collecting for {slots} live slots yet, then payable"),
		(false, slots) => format!("collecting for {slots} live slots yet, then bought, then payable"),
	}
}

fn why(reason: Ineligible) -> String {
	let words = match reason {
		Ineligible::Unknown => "the chain does not know it",
		Ineligible::NotActive => "it is not active: `vektor-operator register` activates it",
		Ineligible::CollateralTooLow => "its collateral is too low: `vektor-operator register` adds what is missing",
		Ineligible::HardwareTooSmall => "its class is not enabled or its GPUs have too little memory",
		Ineligible::Exposed => {
			"its open work is worth as much as its collateral covers; it takes more when some is done"
		}
		Ineligible::Maintenance => "it declared maintenance, which lasts yet",
		Ineligible::Busy => "it has as much open work as it may have; it takes more when some is done",
	};
	format!("no: {words}")
}

/// The models that the agent serves: the digits, then those of the configuration.
fn models(digits: ModelId, config: &Config) -> Vec<serde_json::Value> {
	let mut models = vec![json!({ "model": digits.0, "kind": "digits" })];
	models.extend(
		config.ezkl.iter().map(|model| json!({ "model": model.model, "kind": "ezkl", "folder": model.folder })),
	);
	let in_enclave = config.session.iter().flat_map(|session| &session.model);
	models.extend(in_enclave.map(|model| json!({ "model": model.model, "kind": "session", "command": model.command })));
	models
}

/// How a session stands at `now`, Unix time in seconds.
fn lasts(session: &Session, now: u64) -> String {
	match session.current {
		true => format!(
			"{} GPUs, results are taken under it for {} h yet",
			session.devices.len(),
			session.until.saturating_sub(now) / 3_600
		),
		false => "it has ended; while the agent runs it attests another by itself".into(),
	}
}

/// What the agent should have, to advance the fees of so many deliveries as this one at once.
pub async fn float(client: &Client, agent: &keys::Key, delivery: &calls::Call, deliveries: Balance) -> Result<Balance> {
	Ok(client.fee(delivery, agent).await?.saturating_mul(deliveries))
}

/// A delivery as large as the largest that are made here, to ask what one costs.
pub fn sample_delivery(config: &Config) -> calls::Call {
	let outputs: Outputs = vec![[0; 32]; vektor_circuits::digits::LOGITS].try_into().unwrap_or_default();
	let evidence = match config.ezkl.iter().filter_map(|model| ezkl::proof_length(&model.folder)).max() {
		Some(length) => Evidence::Ezkl(vec![0; length].try_into().unwrap_or_default()),
		None => Evidence::Groth16(vec![0; 128].try_into().unwrap_or_default()),
	};
	calls::deliver(JobId::default(), &outputs, &evidence)
}
