//! The agent at work: it follows the chain, and moves each job on by one step at a time.

use std::{
	collections::{HashMap, HashSet},
	convert::Infallible,
	future::{Future, IntoFuture},
	sync::{atomic::AtomicBool, Arc, Mutex},
	time::{Duration, Instant},
};

use futures::StreamExt;
use tokio::sync::watch;
use vektor_client::{api::JobInfo, calls::Call, keys, keys::Key, units, Client, Error, Result, H256};
use vektor_primitives::{JobId, ModelId, OperatorId};

use crate::{
	claims::Claims,
	config::{Config, Registration},
	ezkl,
	http::{self, short, Connections, Shared},
	link::Link,
	next::{next, Step, View},
	presence::{self, Presence},
	prover::{self, DigitsKey},
	say,
	served::Served,
	session::{self, Enclave},
	status,
	store::{Record, Store},
};
use prove::Exits;
use tasks::{Task, Tasks};

mod attest;
mod deliver;
mod introduce;
mod prove;
mod tasks;

/// How long without a word from the node until it is asked for a sign of life.
const QUIET: Duration = Duration::from_secs(30);

/// The longest pause until a lost node is tried again: jobs wait meanwhile.
const RECONNECT: Duration = Duration::from_secs(5);

/// The first and the longest pause before something that failed is tried again.
const PAUSE: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));

/// What all tasks share.
struct Agent {
	shared: Arc<Shared<Link>>,
	genesis: H256,
	key: Key,
	prover: DigitsKey,
	/// What runs beside the loop.
	tasks: Tasks,
	/// A delivery as large as any, to tell what the float must hold.
	sample: Call,
	/// Proofs and deliveries that failed for now: how often, and when to try again.
	later: Mutex<HashMap<JobId, (u32, Instant)>>,
	/// Proofs that ended without one.
	exits: Mutex<Exits>,
	/// Open jobs that were logged.
	seen: Mutex<HashSet<JobId>>,
	/// What lots owe.
	claims: Claims,
	/// What probers ask.
	presence: Arc<Presence>,
	/// What it runs in, where models are served from an enclave.
	enclave: Option<Arc<Enclave>>,
	/// Whether the chain's records of the models were compared with ours: they never change.
	compared: AtomicBool,
	/// One proof at a time: each uses all cores.
	proving: Arc<tokio::sync::Mutex<()>>,
}

/// Runs until SIGINT or SIGTERM.
pub async fn execute(config: Config) -> Result<()> {
	let unregistered = || Error::Input("this operator is not registered: run `vektor-operator register` first".into());
	let registration = config.registration()?.ok_or_else(unregistered)?;
	let key = keys::load(&config.agent_key.to_string_lossy(), None)?;
	let prover = prover::find(&config.data)?.ok_or_else(unregistered)?;
	let Registration { genesis, operator, model, key: registered } = registration;
	if registered != prover.hash {
		return Err(Error::Key(format!(
			"the model was registered with the proving key digits-{registered}.pk, and {} is another: \
			 put the file back, or run register again",
			prover.file.display()
		)));
	}
	let genesis = H256(units::parse_hash(&genesis)?);
	let operator = OperatorId(H256(units::parse_hash(&operator)?));
	let model = ModelId(H256(units::parse_hash(&model)?));
	let models = ezkl::load(&config)?;
	let (enclave, in_enclave) = session::load(&config, genesis, operator)?.unzip();
	let store = Store::open(config.jobs())
		.map_err(|e| Error::Input(format!("cannot open {}: {e}", config.jobs().display())))?;
	report_leftovers(&store, genesis)?;

	let listener = tokio::net::TcpListener::bind(config.listen).await.map_err(|e| {
		Error::Input(format!(
			"cannot listen on {}: {e}. Is another agent running? `listen` in the configuration",
			config.listen
		))
	})?;
	let shared = Arc::new(
		Shared::new(Link::new(genesis), store, operator, model).beside(models, in_enclave.unwrap_or_default()),
	);
	let presence = Arc::new(Presence::new(genesis, operator, key.clone()));
	let agent = Arc::new(Agent {
		presence: presence.clone(),
		shared: shared.clone(),
		genesis,
		key,
		prover,
		tasks: Tasks::default(),
		sample: status::sample_delivery(&config),
		later: Mutex::default(),
		exits: Mutex::default(),
		seen: Mutex::default(),
		claims: Claims::default(),
		enclave: enclave.map(Arc::new),
		compared: AtomicBool::default(),
		proving: Arc::default(),
	});
	say!("operator {}  agent {}", units::hex_of(operator.0), agent.key.account());
	say!("inputs on http://{}  published as {}", config.listen, config.endpoint);

	let (stop, stopping) = watch::channel(false);
	let signals = tokio::spawn(async move {
		wait_for_signal().await;
		say!("stopping; jobs in progress go on at the next start");
		let _ = stop.send(true);
	});
	let ended = stopping.clone();
	let server = tokio::spawn(
		axum::serve(Connections::new(listener), http::router(shared).merge(presence::router(presence)))
			.with_graceful_shutdown(stopped(ended))
			.into_future(),
	);
	let result = tokio::select! {
		() = stopped(stopping) => Ok(()),
		failure = follow(&agent, &config.node) => Err(failure),
	};
	signals.abort();
	server.abort();
	result
}

async fn stopped(mut stopping: watch::Receiver<bool>) {
	let _ = stopping.wait_for(|stop| *stop).await;
}

async fn wait_for_signal() {
	let interrupt = tokio::signal::ctrl_c();
	#[cfg(unix)]
	{
		use tokio::signal::unix::{signal, SignalKind};
		let Ok(mut terminate) = signal(SignalKind::terminate()) else {
			let _ = interrupt.await;
			return;
		};
		tokio::select! {
			_ = interrupt => (),
			_ = terminate.recv() => (),
		}
	}
	#[cfg(not(unix))]
	let _ = interrupt.await;
}

fn report_leftovers(store: &Store, genesis: H256) -> Result<()> {
	let (records, damaged) = store.all().map_err(|e| Error::Input(format!("cannot read the jobs in progress: {e}")))?;
	for path in damaged {
		say!("{} cannot be read and is left alone", path.display());
	}
	let (ours, others): (Vec<_>, Vec<_>) = records.iter().partition(|record| record.genesis == genesis);
	for record in ours {
		say!("job {}  goes on: {}", short(&record.job), record.stage());
	}
	if !others.is_empty() {
		say!("{} jobs of another chain are left alone", others.len());
	}
	Ok(())
}

/// Connects, works, and connects again when the node is lost. Gives what no other try would change.
async fn follow(agent: &Arc<Agent>, node: &str) -> Error {
	let (mut pause, mut introduced) = (PAUSE.0, false);
	loop {
		let failure = match connect(agent, node).await {
			Ok(client) => {
				(pause, introduced) = (PAUSE.0, true);
				let Err(end) = work(agent, client).await;
				agent.shared.chain.set(None);
				agent.tasks.cut();
				end
			}
			Err(e) => e,
		};
		let Some(longest) = longest_pause(&failure, introduced) else { return failure };
		pause = pause.min(longest);
		say!("{failure}  Trying again in {} s", pause.as_secs());
		tokio::time::sleep(pause).await;
		pause = pause.saturating_mul(2);
	}
}

/// For how long to wait at the most before another try, where one may succeed. A node that knew the operator once and does not now is
/// still syncing, or was begun anew.
fn longest_pause(failure: &Error, introduced: bool) -> Option<Duration> {
	match failure {
		lost if lost.is_node_loss() => Some(RECONNECT),
		Error::Missing(_) | Error::Rpc { .. } if introduced => Some(PAUSE.1),
		_ => None,
	}
}

async fn connect(agent: &Agent, node: &str) -> Result<Client> {
	let client = Client::connect(node).await?;
	introduce::introduce(agent, &client).await?;
	Ok(client)
}

/// Works on one connection until it is lost. Nothing is waited for here that a dead connection would not end: whatever is sent is watched
/// beside the loop.
async fn work(agent: &Arc<Agent>, client: Client) -> Result<Infallible> {
	let mut heads = client.heads().await?;
	let (mut number, _) = client.best().await?;
	loop {
		agent.shared.chain.set(Some((client.clone(), number)));
		for looked in [agent.keep_session(&client).await, agent.evaluate(&client).await] {
			match looked {
				Err(e) if e.is_node_loss() => return Err(e),
				Err(e) => say!("{e}"),
				Ok(()) => (),
			}
		}
		if Claims::is_time(number) {
			let (agent, client) = (agent.clone(), client.clone());
			agent.clone().tasks.beside(Task::Claims, async move {
				told(agent.claims.claim(&client, &agent.key, agent.shared.operator).await);
			});
		}
		if agent.presence.waits() {
			let (agent, client) = (agent.clone(), client.clone());
			agent.clone().tasks.beside(Task::Presence, async move { told(agent.show(&client).await) });
		}
		tokio::select! {
			() = agent.shared.wake.notified() => (),
			() = agent.presence.wake.notified() => (),
			() = agent.tasks.ended() => (),
			head = heads.next() => match head {
				Some(head) => number = head?.0,
				None => return Err(Error::Lost("the node closed the connection".into())),
			},
			() = tokio::time::sleep(QUIET) => number = client.best().await?.0,
		}
	}
}

fn told(done: Result<()>) {
	if let Err(e) = done {
		say!("{e}");
	}
}

impl Agent {
	/// Shows on chain that the endpoint is this operator's, when a prober has asked.
	async fn show(&self, client: &Client) -> Result<()> {
		match client.operator(self.shared.operator).await? {
			Some(info) => self.presence.answer(client, &info).await,
			None => Ok(()),
		}
	}

	/// Looks at the chain once and starts whatever is next for each job.
	async fn evaluate(self: &Arc<Self>, client: &Client) -> Result<()> {
		for job in client.open_jobs(self.shared.operator).await? {
			if lock(&self.seen).insert(job.id) {
				let left = job.deadline.saturating_sub(job.now);
				say!(
					"job {}  open for {}, {left} live slots left",
					short(&job.id),
					units::amount(&job.asset, job.price)
				);
			}
		}
		// Before the records are read: what ends in between has changed its own.
		let running = self.tasks.running();
		let (records, _) = self.shared.store.all().map_err(disk)?;
		// Job and nonces of one block: of two, the delivery may be in between, and would be sent again for a fee.
		let head = client.best().await?;
		let mut to_prove = Vec::new();
		for record in records {
			if record.genesis != self.genesis || running.contains(&Task::Job(record.job)) {
				continue;
			}
			let finalised = client.job(record.job, Some(client.finalised().await?)).await?;
			let best = client.job(record.job, Some(head.1)).await?;
			let nonces = match record.sent {
				Some(_) => client.nonces(self.key.account(), head).await?,
				None => (0, 0),
			};
			let view = View { number: head.0, best: best.as_ref(), finalised: finalised.as_ref(), nonces };
			match (next(&record, &view), &best) {
				(Step::Forget(why), _) => {
					say!("job {}  {why}", short(&record.job));
					self.shared.store.remove(&record.job).map_err(disk)?;
					lock(&self.seen).remove(&record.job);
					lock(&self.later).remove(&record.job);
					lock(&self.exits).forget(&record.job);
				}
				(Step::Deliver, Some(job)) if self.waits_for_session(&job.model) => (),
				(Step::Prove, Some(job)) if self.may_try(&record.job) => to_prove.push((record, job.clone())),
				(Step::Deliver, Some(job)) if self.may_try(&record.job) => {
					let (agent, client, id, job) = (self.clone(), client.clone(), record.job, job.clone());
					let delivery = async move {
						let served = agent.served(&job.model)?;
						agent.deliver(client, record, served, &job).await
					};
					self.tasks.beside(Task::Job(id), self.clone().step(id, delivery));
				}
				_ => (),
			}
		}
		self.start_proof(to_prove);
		Ok(())
	}

	/// Proves the job whose deadline is next, if no other is being proved. The connection may be lost meanwhile.
	fn start_proof(self: &Arc<Self>, jobs: Vec<(Record, JobInfo)>) {
		let Some((record, job)) = jobs.into_iter().min_by_key(|(_, job)| job.deadline) else { return };
		let Ok(turn) = self.proving.clone().try_lock_owned() else { return };
		let (agent, id) = (self.clone(), record.job);
		let proof = async move {
			let _turn = turn;
			let served = agent.served(&job.model)?;
			agent.prove(record, served).await
		};
		self.tasks.apart(Task::Job(id), self.clone().step(id, proof));
	}

	fn served(&self, model: &ModelId) -> Result<Served> {
		self.shared.served(model).ok_or_else(|| {
			Error::Missing(format!(
				"its model {} is not served any more: the configuration must name it until the job is done",
				units::hex_of(model.0)
			))
		})
	}

	fn may_try(&self, job: &JobId) -> bool {
		lock(&self.later).get(job).is_none_or(|(_, at)| *at <= Instant::now())
	}

	/// One step of a job, and when to try it again where it failed.
	async fn step(self: Arc<Self>, job: JobId, step: impl Future<Output = Result<()>> + Send) {
		match step.await {
			Ok(()) => {
				lock(&self.later).remove(&job);
			}
			Err(e) => {
				let mut later = lock(&self.later);
				let tries = later.get(&job).map_or(0, |(tries, _)| *tries).saturating_add(1);
				let pause = (PAUSE.0 * 2u32.saturating_pow(tries)).min(PAUSE.1);
				later.insert(job, (tries, Instant::now() + pause));
				say!("job {}  {e}  Trying again in {} s", short(&job), pause.as_secs());
			}
		}
	}
}

fn disk(e: std::io::Error) -> Error {
	Error::Input(format!("the disk failed: {e}"))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
	mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_node_that_does_not_know_the_operator_any_more_is_asked_again() {
		let missing = || Error::Missing("the chain no longer knows this operator".into());
		let rpc = || Error::Rpc { method: "chain_getHeader".into(), code: -32_000, message: "syncing".into() };
		assert_eq!(longest_pause(&Error::Lost("closed".into()), false), Some(RECONNECT));
		for failure in [missing(), rpc()] {
			assert_eq!(longest_pause(&failure, false), None, "{failure}");
			assert_eq!(longest_pause(&failure, true), Some(PAUSE.1), "{failure}");
		}
		for failure in [Error::Input("another chain".into()), Error::Key("another agent".into())] {
			assert_eq!(longest_pause(&failure, true), None, "{failure}");
		}
	}
}
