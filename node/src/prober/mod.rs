//! The prober: a validator's node asks GPU operators whether they are there, and reports. Not essential: a node without it makes blocks as
//! any other, and earns no points for reports.

mod book;

use std::{
	collections::{BTreeMap, HashMap},
	sync::{Arc, Mutex},
	time::{Duration, Instant},
};

use futures::StreamExt;
use sc_client_api::{BlockBackend, BlockchainEvents};
use sc_network_sync::SyncingService;
use sc_transaction_pool_api::{TransactionPool, TransactionSource};
use serde_json::{json, Value};
use sp_api::ProvideRuntimeApi;
use sp_consensus::SyncOracle;
use sp_core::{ByteArray, H256};
use sp_keystore::KeystorePtr;
use sp_runtime::{
	traits::{Block as BlockT, Verify},
	MultiSignature, OpaqueExtrinsic,
};
use substrate_prometheus_endpoint::{register, Counter, PrometheusError, Registry, U64};
use vektor_primitives::{
	connectivity::{activation_message, probe_message, Nonce, DOWN_MS, KEY_TYPE, ROUNDS},
	OperatorId, ProberId, ProberSignature,
};
use vektor_prober::{Endpoint, Limits, Outcome, Prober, Reason, Rules, Stats, System};
use vektor_runtime_api::{ConnectivityApi, ProbePlan, ProbeReport, ProbeTarget};

use crate::service::{Block, FullClient, FullPool};
use book::{pack, round_at, Mark, Seen, Window};

type Hash = <Block as BlockT>::Hash;

/// How often the prober looks what is to do.
const TICK: Duration = Duration::from_millis(200);

/// Windows that are remembered: the one that is on, and the one that is reported.
const REMEMBERED: usize = 2;

/// How a validator wants to probe.
#[derive(Clone, Debug, clap::Args)]
pub struct ProberOptions {
	/// Do not probe operators. A validator then earns no era points for reports, and operators are judged by fewer.
	#[arg(long)]
	pub no_prober: bool,

	/// Where this node stands, in the words of operators' regions, such as `eu-west`. Operators there are late after 150 ms; others after
	/// 150 ms more than usual from there.
	#[arg(long, value_name = "REGION")]
	pub prober_region: Option<String>,

	/// Probes that are started in a second at most. One takes some 600 bytes out and 400 in; 200 a second are 1 Mbit/s out.
	#[arg(long, value_name = "NUMBER", default_value_t = Limits::default().per_second)]
	pub prober_per_second: u32,

	/// Probes that are on at once at most. As many sockets may be open, and 1,024 more are kept alive.
	#[arg(long, value_name = "NUMBER", default_value_t = Limits::default().at_once)]
	pub prober_at_once: usize,
}

/// What the prober needs of the node.
pub struct Deps {
	pub client: Arc<FullClient>,
	pub pool: Arc<FullPool>,
	pub keystore: KeystorePtr,
	pub sync: Arc<SyncingService<Block>>,
	pub registry: Option<Registry>,
	/// Whether addresses of this machine and its network may be asked: on test chains.
	pub private: bool,
	pub options: ProberOptions,
}

struct Metrics {
	asked: Counter<U64>,
	answered: Counter<U64>,
	sent: Counter<U64>,
	received: Counter<U64>,
	reports: Counter<U64>,
}

impl Metrics {
	fn register(registry: &Registry) -> Result<Self, PrometheusError> {
		let counter = |name: &str, help: &str| register(Counter::new(name, help)?, registry);
		Ok(Self {
			asked: counter("vektor_prober_asked_total", "Probes that were to be made")?,
			answered: counter("vektor_prober_answered_total", "Probes that were answered")?,
			sent: counter("vektor_prober_sent_bytes_total", "Bytes sent to operators")?,
			received: counter("vektor_prober_received_bytes_total", "Bytes received from operators")?,
			reports: counter("vektor_prober_reports_total", "Reports that the transaction pool took")?,
		})
	}

	fn show(&self, stats: &Stats) {
		let raise = |counter: &Counter<U64>, to: u64| counter.inc_by(to.saturating_sub(counter.get()));
		raise(&self.asked, stats.asked);
		raise(&self.answered, stats.answered);
		raise(&self.sent, stats.bytes_out);
		raise(&self.received, stats.bytes_in);
	}
}

/// What is going on for one key.
struct Life {
	plan: ProbePlan,
	/// When the window began, by this machine's clock.
	began: Instant,
	/// The rounds that were started.
	started: u8,
	window: Arc<Mutex<Window>>,
}

struct Task {
	deps: Deps,
	prober: Arc<Prober>,
	metrics: Option<Metrics>,
	genesis: H256,
	lives: HashMap<ProberId, Life>,
	/// Windows that are or will be reported, by key.
	books: HashMap<ProberId, BTreeMap<u32, Arc<Mutex<Window>>>>,
	/// The last window that was reported, by key: said once.
	reported: HashMap<ProberId, u32>,
}

/// Probes and reports for ever.
pub async fn run(deps: Deps) {
	let limits = Limits {
		per_second: deps.options.prober_per_second,
		at_once: deps.options.prober_at_once,
		..Limits::default()
	};
	let rules = if deps.private { Rules::DEVELOPMENT } else { Rules::default() };
	let metrics = deps.registry.as_ref().and_then(|registry| match Metrics::register(registry) {
		Ok(metrics) => Some(metrics),
		Err(e) => {
			log::warn!(target: "prober", "No metrics of the prober: {e}");
			None
		}
	});
	let Ok(Some(genesis)) = deps.client.block_hash(0) else {
		log::error!(target: "prober", "The database has no genesis block: nobody is probed");
		return;
	};
	let prober = Arc::new(Prober::new(limits, rules, System::default()));
	let mut imports = deps.client.import_notification_stream();
	let mut task =
		Task { deps, prober, metrics, genesis, lives: HashMap::new(), books: HashMap::new(), reported: HashMap::new() };
	let mut ticks = tokio::time::interval(TICK);
	ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
	loop {
		tokio::select! {
			import = imports.next() => match import {
				Some(import) if import.is_new_best => task.look(import.hash).await,
				Some(_) => (),
				None => return,
			},
			_ = ticks.tick() => task.probe(),
		}
	}
}

impl Task {
	fn keys(&self) -> Vec<ProberId> {
		let known = self.deps.keystore.sr25519_public_keys(KEY_TYPE);
		known.into_iter().map(ProberId::from).collect()
	}

	/// A new block: what is the plan, is a report due?
	async fn look(&mut self, at: Hash) {
		if self.deps.sync.is_major_syncing() {
			return;
		}
		for key in self.keys() {
			match self.deps.client.runtime_api().plan(at, key.clone()) {
				Ok(Some(plan)) => self.follow(key.clone(), plan),
				Ok(None) => drop(self.lives.remove(&key)),
				Err(e) => {
					// The chain before this runtime had no prober.
					log::debug!(target: "prober", "No plan: {e}");
					return;
				}
			}
			if let Err(e) = self.report(at, &key).await {
				log::debug!(target: "prober", "No report: {e}");
			}
		}
		if let Some(metrics) = &self.metrics {
			metrics.show(&self.prober.stats());
		}
	}

	fn follow(&mut self, key: ProberId, plan: ProbePlan) {
		if self.lives.get(&key).is_some_and(|life| life.plan.window == plan.window) {
			return;
		}
		let passed = u64::from(plan.now.saturating_sub(plan.starts)).saturating_mul(plan.slot_ms);
		let now = Instant::now();
		let began = now.checked_sub(Duration::from_millis(passed)).unwrap_or(now);
		// Rounds that were over before this node saw the window are not made up for.
		let started = round_at(now.duration_since(began), length(&plan));
		let window = Arc::new(Mutex::new(Window::new(plan.window, plan.prober, plan.places, &plan.targets)));
		let book = self.books.entry(key.clone()).or_default();
		book.insert(plan.window, window.clone());
		while book.len() > REMEMBERED {
			book.pop_first();
		}
		self.prober.begin_window();
		let left: Vec<_> = self.lives.get(&key).map(|life| gone(&life.plan, &plan)).unwrap_or_default();
		for operator in left {
			self.prober.forget(&operator.0 .0);
		}
		for target in plan.targets.iter().filter(|target| target.challenge) {
			self.challenge(&key, &plan, target);
		}
		self.lives.insert(key, Life { plan, began, started, window });
	}

	/// Starts the rounds that are due.
	fn probe(&mut self) {
		let now = Instant::now();
		for (key, life) in &mut self.lives {
			let length = length(&life.plan);
			let passed = now.duration_since(life.began);
			if passed >= length || life.started >= ROUNDS || round_at(passed, length) < life.started {
				continue;
			}
			let round = round_at(passed, length);
			life.started = round.saturating_add(1);
			let space = length / u32::from(ROUNDS);
			for target in life.plan.targets.iter().filter(|target| !target.challenge) {
				let probe = Probe {
					prober: self.prober.clone(),
					key: key.clone(),
					genesis: self.genesis,
					window: life.window.clone(),
					number: life.plan.window,
					round,
					patience: Duration::from_millis(DOWN_MS).min(space),
					target: target.clone(),
				};
				// Spread over four fifths of the round, each operator at its own time.
				let wait = space.mul_f64(f64::from(target.operator.0 .0[0]) / 320.0);
				tokio::spawn(async move {
					tokio::time::sleep(wait).await;
					probe.make().await;
				});
			}
		}
	}

	/// Sends an operator, once, what it shows on chain to prove that its endpoint is its own.
	fn challenge(&self, key: &ProberId, plan: &ProbePlan, target: &ProbeTarget) {
		let message = activation_message(&self.genesis, &target.operator, &target.endpoint, plan.window);
		let Some(signature) = sign(&self.deps.keystore, key, message) else {
			return;
		};
		let (prober, target) = (self.prober.clone(), target.clone());
		let body = json!({
			"operator": target.operator,
			"window": plan.window,
			"prober": plan.prober,
			"signature": hex(signature.as_ref()),
		});
		tokio::spawn(async move {
			let outcome = ask(&prober, &target, "/activation", &body, Duration::from_millis(DOWN_MS), |_| true).await;
			log::debug!(target: "prober", "Asked {:?} to show its endpoint: {}", target.operator.0, said(&outcome));
		});
	}

	/// Reports a window, if that is due.
	async fn report(&mut self, at: Hash, key: &ProberId) -> Result<(), String> {
		let api = self.deps.client.runtime_api();
		let Some((number, places)) = api.due(at, key.clone()).map_err(say)? else {
			return Ok(());
		};
		let Some(window) = self.books.get(key).and_then(|book| book.get(&number)).cloned() else {
			return Ok(());
		};
		let home = self.deps.options.prober_region.as_deref().map(str::as_bytes);
		let marks = lock(&window).marks(home);
		if u32::try_from(marks.len()).ok() != Some(places) || marks.iter().all(|mark| *mark == Mark::Skipped) {
			return Ok(());
		}
		let packed = pack(&marks);
		let samples = api.samples(at, key.clone(), number, packed.clone()).map_err(say)?.unwrap_or_default();
		let report = {
			let window = lock(&window);
			let shown = window.answers(&samples).ok_or("an answer that must be shown is not there")?;
			ProbeReport { window: window.number, prober: window.prober, marks: packed, shown }
		};
		let message = api.to_sign(at, report.clone()).map_err(say)?.ok_or("the report is too long")?;
		let signature = sign(&self.deps.keystore, key, message).ok_or("the key is gone")?;
		let encoded = api.build(at, report, signature).map_err(say)?;
		let extrinsic = OpaqueExtrinsic::try_from_encoded_extrinsic(&encoded).map_err(say)?;
		let sent = self.deps.pool.submit_one(at, TransactionSource::Local, extrinsic).await;
		if self.reported.insert(key.clone(), number) != Some(number) {
			let count = |mark| marks.iter().filter(|other| **other == mark).count();
			log::info!(
				target: "prober",
				"Probed operators in window {number}: {} up, {} late, {} down, {} not probed",
				count(Mark::Up), count(Mark::Late), count(Mark::Down), count(Mark::Skipped),
			);
		}
		sent.map_err(say)?;
		if let Some(metrics) = &self.metrics {
			metrics.reports.inc();
		}
		Ok(())
	}
}

/// One probe of one operator.
struct Probe {
	prober: Arc<Prober>,
	key: ProberId,
	genesis: H256,
	window: Arc<Mutex<Window>>,
	number: u32,
	round: u8,
	patience: Duration,
	target: ProbeTarget,
}

impl Probe {
	async fn make(self) {
		let nonce: Nonce = rand::random();
		let operator = self.target.operator;
		let message = probe_message(&self.genesis, &self.key, &operator, self.number, self.round, &nonce);
		let body = json!({
			"operator": operator,
			"prober": hex(self.key.as_slice()),
			"window": self.number,
			"round": self.round,
			"nonce": hex(&nonce),
		});
		let mut signed = None;
		let outcome = ask(&self.prober, &self.target, "/probe", &body, self.patience, |answer| {
			signed = signature(answer).filter(|signature| signature.verify(message.as_bytes(), &self.target.agent));
			signed.is_some()
		})
		.await;
		log::trace!(target: "prober", "Probe {}.{} of {:?}: {}", self.number, self.round, operator.0, said(&outcome));
		let seen = match (outcome, signed) {
			(Outcome::Answered { rtt, .. }, Some(signature)) => Seen::Answered { rtt, nonce, signature },
			(Outcome::NotAsked(_), _) => return,
			_ => Seen::Missed,
		};
		lock(&self.window).note(self.target.place, self.round, seen);
	}
}

async fn ask(
	prober: &Prober,
	target: &ProbeTarget,
	path: &str,
	body: &Value,
	patience: Duration,
	accept: impl FnOnce(&[u8]) -> bool,
) -> Outcome {
	match Endpoint::parse(&target.endpoint) {
		Ok(endpoint) => {
			let body = body.to_string().into_bytes();
			prober.ask(target.operator.0 .0, &endpoint, path, body, patience, accept).await
		}
		Err(refused) => Outcome::NoAnswer(Reason::Refused(refused)),
	}
}

/// `{"signature": "0x.."}`: a signature of sr25519.
fn signature(answer: &[u8]) -> Option<MultiSignature> {
	let answer: Value = serde_json::from_slice(answer).ok()?;
	let bytes = sp_core::bytes::from_hex(answer.get("signature")?.as_str()?).ok()?;
	let signature = sp_core::sr25519::Signature::try_from(bytes.as_slice()).ok()?;
	Some(MultiSignature::Sr25519(signature))
}

fn sign(keystore: &KeystorePtr, key: &ProberId, message: H256) -> Option<ProberSignature> {
	let public = sp_core::sr25519::Public::from_slice(key.as_slice()).ok()?;
	keystore.sr25519_sign(KEY_TYPE, &public, message.as_bytes()).ok()?.map(Into::into)
}

fn length(plan: &ProbePlan) -> Duration {
	Duration::from_millis(u64::from(plan.length).saturating_mul(plan.slot_ms))
}

/// Who was to be asked and is not any more.
fn gone(before: &ProbePlan, after: &ProbePlan) -> Vec<OperatorId> {
	let there = |operator: &OperatorId| after.targets.iter().any(|target| target.operator == *operator);
	before.targets.iter().map(|target| target.operator).filter(|operator| !there(operator)).collect()
}

fn said(outcome: &Outcome) -> String {
	match outcome {
		Outcome::Answered { rtt, .. } => format!("answered after {} ms", rtt.as_millis()),
		Outcome::NoAnswer(reason) => format!("no answer: {reason}"),
		Outcome::NotAsked(reason) => format!("not asked: {reason}"),
	}
}

fn say(e: impl std::fmt::Display) -> String {
	e.to_string()
}

fn hex(bytes: &[u8]) -> String {
	sp_core::bytes::to_hex(bytes, false)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
	mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}
