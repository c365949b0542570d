//! The agent at work: it follows the chain, and moves each job on by one step at a time.

use std::{
	collections::{HashMap, HashSet},
	future::IntoFuture,
	sync::{atomic::AtomicBool, Arc, Mutex},
	time::{Duration, Instant},
};

use futures::StreamExt;
use tokio::sync::watch;
use vektor_client::{keys, keys::Key, units, Client, Error, Result, H256};
use vektor_primitives::{JobId, ModelId, OperatorId};

use crate::{
	claims::Claims,
	config::{Config, Registration},
	ezkl,
	http::{self, short, Shared},
	link::Link,
	next::{next, Step, View},
	presence::{self, Presence},
	prover::{self, DigitsKey},
	say,
	served::Served,
	session::{self, Enclave},
	store::Store,
};

mod attest;
mod deliver;
mod introduce;
mod prove;

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
	/// Jobs that a task works on.
	busy: Mutex<HashSet<JobId>>,
	/// Proofs and deliveries that failed for now: how often, and when to try again.
	later: Mutex<HashMap<JobId, (u32, Instant)>>,
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
	proving: tokio::sync::Mutex<()>,
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
		busy: Mutex::default(),
		later: Mutex::default(),
		seen: Mutex::default(),
		claims: Claims::default(),
		enclave: enclave.map(Arc::new),
		compared: AtomicBool::default(),
		proving: tokio::sync::Mutex::default(),
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
		axum::serve(listener, http::router(shared).merge(presence::router(presence)))
			.with_graceful_shutdown(stopped(ended))
			.into_future(),
	);
	let result = follow(&agent, &config.node, stopping).await;
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

/// Connects, works, and connects again when the node is lost.
async fn follow(agent: &Arc<Agent>, node: &str, mut stopping: watch::Receiver<bool>) -> Result<()> {
	let mut pause = PAUSE.0;
	loop {
		let failure = tokio::select! {
			() = stopped(stopping.clone()) => return Ok(()),
			connected = Client::connect(node) => match connected {
				Ok(client) => {
					pause = PAUSE.0;
					let end = work(agent, client, &mut stopping).await;
					agent.shared.chain.set(None);
					match end {
						Ok(()) => return Ok(()),
						Err(e) => e,
					}
				}
				Err(e) => e,
			},
		};
		if !failure.is_node_loss() {
			return Err(failure);
		}
		say!("{failure}  Trying again in {} s", pause.as_secs());
		tokio::select! {
			() = stopped(stopping.clone()) => return Ok(()),
			() = tokio::time::sleep(pause) => pause = (pause * 2).min(RECONNECT),
		}
	}
}

/// Works on one connection until it is lost, or until the end.
async fn work(agent: &Arc<Agent>, client: Client, stopping: &mut watch::Receiver<bool>) -> Result<()> {
	introduce::introduce(agent, &client).await?;
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
			match agent.claims.claim(&client, &agent.key, agent.shared.operator).await {
				Err(e) if e.is_node_loss() => return Err(e),
				Err(e) => say!("{e}"),
				Ok(()) => (),
			}
		}
		tokio::select! {
			() = stopped(stopping.clone()) => return Ok(()),
			() = agent.shared.wake.notified() => (),
			() = agent.presence.wake.notified() => agent.show(&client).await?,
			head = heads.next() => match head {
				Some(head) => number = head?.0,
				None => return Err(Error::Lost("the node closed the connection".into())),
			},
			() = tokio::time::sleep(QUIET) => number = client.best().await?.0,
		}
	}
}

impl Agent {
	/// Shows on chain that the endpoint is this operator's, when a prober has asked.
	async fn show(&self, client: &Client) -> Result<()> {
		let Some(info) = client.operator(self.shared.operator).await? else {
			return Ok(());
		};
		match self.presence.answer(client, &info).await {
			Err(e) if e.is_node_loss() => Err(e),
			Err(e) => {
				say!("{e}");
				Ok(())
			}
			Ok(()) => Ok(()),
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
		let (records, _) = self.shared.store.all().map_err(disk)?;
		// Job and nonces of one block: of two, the delivery may be in between, and would be sent again for a fee.
		let head = client.best().await?;
		for record in records {
			if record.genesis != self.genesis || lock(&self.busy).contains(&record.job) {
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
				}
				(Step::Deliver, Some(job)) if self.waits_for_session(&job.model) => (),
				(step @ (Step::Prove | Step::Deliver), Some(job)) if self.may_try(&record.job) => {
					let (agent, client, id, job) = (self.clone(), client.clone(), record.job, job.clone());
					self.start(&id, async move {
						let served = agent.served(&job.model)?;
						match step {
							Step::Prove => agent.prove(record, served).await,
							_ => agent.deliver(client, record, served, &job).await,
						}
					})
				}
				_ => (),
			}
		}
		Ok(())
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

	/// Runs one step in the background; nothing else is started for that job until it ends.
	fn start(self: &Arc<Self>, job: &JobId, step: impl std::future::Future<Output = Result<()>> + Send + 'static) {
		let (agent, job) = (self.clone(), *job);
		lock(&agent.busy).insert(job);
		tokio::spawn(async move {
			let done = step.await;
			lock(&agent.busy).remove(&job);
			match done {
				Ok(()) => {
					lock(&agent.later).remove(&job);
					agent.shared.wake.notify_one();
				}
				Err(e) => {
					let mut later = lock(&agent.later);
					let tries = later.get(&job).map_or(0, |(tries, _)| *tries).saturating_add(1);
					let pause = (PAUSE.0 * 2u32.saturating_pow(tries)).min(PAUSE.1);
					later.insert(job, (tries, Instant::now() + pause));
					say!("job {}  {e}  Trying again in {} s", short(&job), pause.as_secs());
				}
			}
		});
	}
}

fn disk(e: std::io::Error) -> Error {
	Error::Input(format!("the disk failed: {e}"))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
	mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}
