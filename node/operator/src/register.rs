//! `register` and `drain`: what the operator says to the chain before it serves, and before it leaves.

use clap::Args;
use vektor_circuits::digits::{self, Payload};
use vektor_client::{
	api::{OperatorFilter, OperatorInfo},
	calls::{self, Call, NewModel, Registration as NewOperator},
	events, keys,
	keys::Key,
	units, Client, Error, FeeAsset, Included, Result, Until, H256,
};
use vektor_primitives::{
	binding, Balance, Evidence, JobId, KeySetup, ModelId, Needs, OperatorId, OperatorStatus, Outputs, Statement,
	Verification, VKTR,
};

use crate::{
	config::{Config, Registration},
	prover::{self, DigitsKey},
};

/// What a development chain's owner gives the agent for fees.
const DEV_FLOAT: Balance = 10 * VKTR;

/// What registering costs on a development chain beside the collateral, at most: deposits, fees, the agent's float.
const DEV_FUND: Balance = 300 * VKTR;

/// Who registers.
#[derive(Args)]
pub struct Options {
	/// The owner's key: a file, a Substrate keystore's folder, or a name such as //Bob on a development chain.
	#[arg(long, value_name = "FILE")]
	owner: String,
	/// The collateral in VKTR [default: what the class asks]. A quarter of that is enough to start: half of what the operator earns joins it
	/// until it is whole.
	#[arg(long, value_name = "VKTR")]
	collateral: Option<String>,
	/// Pay fees in USDC instead of VKTR.
	#[arg(long)]
	fee_in_usdc: bool,
}

struct Registrar<'a> {
	config: &'a Config,
	client: Client,
	owner: Key,
	agent: Key,
	prover: DigitsKey,
	fee: FeeAsset,
}

/// Registers what is not registered yet.
pub async fn execute(config: &Config, options: Options) -> Result<()> {
	let agent = keys::load(&config.agent_key.to_string_lossy(), None)?;
	let owner = keys::load(&options.owner, None)?;
	let prover = prover::find(&config.data)?
		.ok_or_else(|| Error::Key("there is no proving key yet: run `vektor-operator init`".into()))?;
	let collateral = options.collateral.as_deref().map(|text| units::parse_decimal(text, 12)).transpose()?;
	let client = Client::connect(&config.node).await?;
	owner.allowed_on(client.chain().kind)?;
	println!("Chain       \"{}\" at {}", client.chain().name, client.url());
	println!("Owner       {}", owner.account());
	println!("Agent       {}", agent.account());

	let fee = if options.fee_in_usdc { FeeAsset::WithId(vektor_primitives::USDC) } else { FeeAsset::Native };
	let registrar = Registrar { config, client, owner, agent, prover, fee };
	let before = registrar.client.balances(registrar.owner.account()).await?;
	let operator = registrar.operator(collateral).await?;
	let model = registrar.model(operator).await?;
	registrar.float().await?;
	let after = registrar.client.balances(registrar.owner.account()).await?;

	let registration = Registration {
		genesis: units::hex_of(registrar.client.chain().genesis),
		operator: units::hex_of(operator.0),
		model: units::hex_of(model.0),
		key: registrar.prover.hash.clone(),
	};
	config.keep(&registration)?;
	match before.vktr.saturating_sub(after.vktr) {
		0 => println!("Cost        nothing"),
		spent => println!(
			"Cost        {} of the owner's, fees included; it has {} left",
			units::vktr(spent),
			units::vktr(after.vktr)
		),
	}
	println!("\nNext: vektor-operator run");
	Ok(())
}

/// Sends a call that the agent signs for its operator.
async fn as_agent(config: &Config, call: impl FnOnce(OperatorId) -> Call) -> Result<()> {
	let registration = config
		.registration()?
		.ok_or_else(|| Error::Input("this operator is not registered: run `vektor-operator register`".into()))?;
	let operator = OperatorId(H256(units::parse_hash(&registration.operator)?));
	let agent = keys::load(&config.agent_key.to_string_lossy(), None)?;
	let client = Client::connect(&config.node).await?;
	client.send(&call(operator), &agent, FeeAsset::Native, Until::Finalised, |_| ()).await.map(drop)
}

/// Is away for a while.
pub async fn declare_maintenance(config: &Config, slots: u32) -> Result<()> {
	as_agent(config, |operator| calls::declare_maintenance(operator, slots)).await?;
	println!("Maintenance for {slots} live slots: nothing new is taken, what is open keeps its deadlines, and nobody misses it.");
	Ok(())
}

/// Takes nothing new.
pub async fn drain(config: &Config) -> Result<()> {
	as_agent(config, calls::drain).await?;
	println!("Draining: what is open will be finished, nothing new is taken. `register` activates it again.");
	Ok(())
}

impl Registrar<'_> {
	async fn send(&self, call: Call) -> Result<Included> {
		self.client.send(&call, &self.owner, self.fee, Until::Finalised, |_| ()).await
	}

	/// The operator of this agent, registered and active.
	async fn operator(&self, collateral: Option<Balance>) -> Result<OperatorId> {
		let info = match self.known().await? {
			Some(info) => info,
			None => self.join(collateral).await?,
		};
		// Who names a smaller collateral earns the rest.
		let missing = match collateral {
			Some(_) => 0,
			None => info.required.saturating_sub(info.collateral),
		};
		if missing > 0 {
			println!("Collateral  adding {}", units::vktr(missing));
			self.send(calls::bond_extra(info.id, missing)).await?;
		}
		match info.status {
			OperatorStatus::Active => println!("Status      active already"),
			_ => {
				self.send(calls::activate(info.id)).await?;
				println!("Status      activated");
			}
		}
		println!("Operator    {}", units::hex_of(info.id.0));
		println!(
			"Collateral  {} (its class asks {})",
			units::vktr(info.collateral + missing),
			units::vktr(info.required)
		);
		if info.endpoint != self.config.endpoint || info.region != self.config.region {
			let (region, endpoint) = (self.config.region.as_str(), self.config.endpoint.as_str());
			self.send(calls::update(info.id, region, endpoint)).await?;
			println!("Endpoint    changed to {endpoint} in {region}");
		}
		Ok(info.id)
	}

	async fn known(&self) -> Result<Option<OperatorInfo>> {
		let owner = Some(self.owner.account().0.into());
		let owned = self.client.operators(OperatorFilter { owner, ..OperatorFilter::default() }).await?;
		let ours = |info: &OperatorInfo| AsRef::<[u8; 32]>::as_ref(&info.agent) == &self.agent.account().0;
		Ok(owned.into_iter().find(ours))
	}

	async fn join(&self, collateral: Option<Balance>) -> Result<OperatorInfo> {
		let config = self.config;
		let class = self.client.class(&config.class).await?.filter(|class| class.enabled).ok_or_else(|| {
			Error::Missing(format!(
				"the chain takes no operators of class {}: see its table operators.classes",
				config.class
			))
		})?;
		let collateral = collateral.unwrap_or_else(|| class.collateral_per_gpu.saturating_mul(config.gpus.into()));
		let worth =
			self.client.worth(collateral).await?.map_or(String::new(), |usd| format!(", some {}", units::usd(usd)));
		self.fund(collateral.saturating_add(DEV_FUND)).await?;
		println!(
			"Registering {} x {} with {} of collateral{worth}",
			config.gpus,
			config.class,
			units::vktr(collateral)
		);
		let call = calls::register_operator(&NewOperator {
			agent: self.agent.account(),
			class: config.class.clone(),
			gpus: config.gpus,
			region: config.region.clone(),
			uplink_gbps: config.uplink_gbps,
			endpoint: config.endpoint.clone(),
			collateral,
		});
		let id = events::operator_registered(&self.send(call).await?.events)?;
		let info = self.client.operator(id).await?;
		info.ok_or_else(|| Error::Lost("the operator just registered is not there: was its block retracted?".into()))
	}

	/// On a development chain an owner who has too little is given it by //Alice.
	async fn fund(&self, needed: Balance) -> Result<()> {
		let owner = self.owner.account();
		if !self.client.chain().kind.is_development() || self.client.balances(owner).await?.vktr >= needed {
			return Ok(());
		}
		let alice = keys::load("//Alice", None)?;
		let call = calls::transfer(owner, needed);
		self.client.send(&call, &alice, FeeAsset::Native, Until::Finalised, |_| ()).await?;
		println!("Funds       {} from //Alice (a development chain)", units::vktr(needed));
		Ok(())
	}

	/// The model of this proving key: a known one that takes its proofs, or a new one.
	async fn model(&self, operator: OperatorId) -> Result<ModelId> {
		let artefact = H256(digits::artefact());
		for model in self.client.models().await? {
			let ours = model.owner == self.owner.account() && model.artefact == artefact && !model.retired;
			if ours && self.takes_our_proofs(operator, model.id).await? {
				println!("Model       {} exists, at {} each", units::hex_of(model.id.0), units::usd(model.price));
				return Ok(model.id);
			}
		}
		let too_long = |_| Error::Shape("the verification key is longer than the chain takes".into());
		let layout = digits::LAYOUT.to_vec().try_into().map_err(|_| Error::Shape("the layout does not fit".into()))?;
		let call = calls::register_model(&NewModel {
			artefact: artefact.0,
			verification: Verification::Groth16 {
				key: self.prover.verifying_key().try_into().map_err(too_long)?,
				layout,
				setup: KeySetup::SingleParty,
			},
			needs: Needs::default(),
			min_deadline: self.config.model.min_deadline,
			output_scale: digits::output_scale(),
			price: self.config.price()?,
			licence: self.config.model.licence.clone(),
		});
		let id = events::model_registered(&self.send(call).await?.events)?;
		println!(
			"Model       {} registered at {} each; single-party setup",
			units::hex_of(id.0),
			units::usd(self.config.price()?)
		);
		match self.takes_our_proofs(operator, id).await? {
			true => println!("Dry run     the chain accepts a proof made with this key"),
			false => return Err(Error::Key("the chain refuses a proof made with this key: do not serve".into())),
		}
		Ok(id)
	}

	/// Whether the chain would accept proofs of this key for that model.
	async fn takes_our_proofs(&self, operator: OperatorId, model: ModelId) -> Result<bool> {
		let genesis = self.client.chain().genesis;
		let job = JobId::default();
		let payload = Payload { pixels: digits::held_out()[0].pixels, salt: [0; 32] };
		let commitment = H256(payload.commitment());
		let binding = binding(&genesis, &job, &operator, &model);
		let prover = self.prover.clone();
		let proved = tokio::task::spawn_blocking(move || prover.prove(&payload, &binding))
			.await
			.map_err(|e| Error::Key(format!("the prover stopped: {e}")))?
			.map_err(|e| Error::Key(e.to_string()))?;
		let too_long = || Error::Shape("the proof is longer than the chain takes".into());
		let outputs: Outputs = proved.outputs.try_into().map_err(|_| too_long())?;
		let evidence = Evidence::Groth16(proved.proof.try_into().map_err(|_| too_long())?);
		let statement = Statement { genesis, job, operator, model, commitment, outputs };
		Ok(self.client.verify_evidence(&statement, &evidence).await?.is_ok())
	}

	/// The agent needs a little VKTR: a delivery's fee is charged first and returned when it succeeds.
	async fn float(&self) -> Result<()> {
		let agent = self.agent.account();
		let has = self.client.balances(agent).await?.vktr;
		if has >= DEV_FLOAT / 2 {
			println!("Float       the agent has {} for fees", units::vktr(has));
		} else if self.client.chain().kind.is_development() {
			self.send(calls::transfer(agent, DEV_FLOAT)).await?;
			println!(
				"Float       {} sent from the owner to the agent, for fees (a development chain)",
				units::vktr(DEV_FLOAT)
			);
		} else {
			println!(
				"Float       the agent has {}: send {} to {agent}, for fees",
				units::vktr(has),
				units::vktr(DEV_FLOAT)
			);
		}
		Ok(())
	}
}
