//! What runs beside the agent's loop: one of each at a time.

use std::{
	collections::HashSet,
	future::Future,
	sync::{Arc, Mutex},
};

use tokio::{sync::Notify, task::JoinSet};
use vektor_primitives::JobId;

use super::lock;

/// What runs once at a time.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Task {
	/// The next step of a job.
	Job(JobId),
	/// What is owed is claimed.
	Claims,
	/// The endpoint is shown to be this operator's.
	Presence,
	/// The session is attested.
	Session,
}

/// All that run.
#[derive(Default)]
pub struct Tasks {
	board: Arc<Board>,
	of_connection: Mutex<JoinSet<()>>,
}

#[derive(Default)]
struct Board {
	running: Mutex<HashSet<Task>>,
	ended: Notify,
}

/// That a task runs. It is dropped when that ends, also by a panic or with the connection.
struct Running {
	task: Task,
	board: Arc<Board>,
}

impl Drop for Running {
	fn drop(&mut self) {
		lock(&self.board.running).remove(&self.task);
		// What the others leave undone waits for the next block.
		if matches!(self.task, Task::Job(_) | Task::Session) {
			self.board.ended.notify_one();
		}
	}
}

impl Tasks {
	/// Whether the task runs.
	pub fn runs(&self, task: Task) -> bool {
		lock(&self.board.running).contains(&task)
	}

	/// All that run now.
	pub fn running(&self) -> HashSet<Task> {
		lock(&self.board.running).clone()
	}

	/// Waits until a job's step or an attestation has ended: something else may have waited for it.
	pub async fn ended(&self) {
		self.board.ended.notified().await;
	}

	/// Runs what needs the connection, if that task does not run yet. It ends with the connection at the latest.
	pub fn beside(&self, task: Task, work: impl Future<Output = ()> + Send + 'static) {
		let Some(running) = self.begin(task) else { return };
		let mut tasks = lock(&self.of_connection);
		while tasks.try_join_next().is_some() {}
		tasks.spawn(async move {
			let _running = running;
			work.await;
		});
	}

	/// Runs what may outlive the connection, if that task does not run yet.
	pub fn apart(&self, task: Task, work: impl Future<Output = ()> + Send + 'static) {
		let Some(running) = self.begin(task) else { return };
		tokio::spawn(async move {
			let _running = running;
			work.await;
		});
	}

	/// Ends what needs the connection: a watch on a dead one would never end by itself.
	pub fn cut(&self) {
		lock(&self.of_connection).abort_all();
	}

	fn begin(&self, task: Task) -> Option<Running> {
		let begins = lock(&self.board.running).insert(task);
		begins.then(|| Running { task, board: self.board.clone() })
	}
}

#[cfg(test)]
mod tests {
	use std::{
		future::{pending, ready},
		time::Duration,
	};

	use super::*;

	const LIMIT: Duration = Duration::from_secs(10);

	async fn broken() {
		panic!("broken");
	}

	fn job(n: u8) -> Task {
		Task::Job(JobId(vektor_primitives::hash(&n)))
	}

	async fn ended(tasks: &Tasks) {
		tokio::time::timeout(LIMIT, tasks.ended()).await.unwrap();
	}

	#[tokio::test]
	async fn a_task_runs_once_at_a_time_and_others_beside_it() {
		let tasks = Tasks::default();
		tasks.beside(job(1), pending());
		tasks.beside(job(1), broken());
		tasks.beside(job(2), ready(()));
		ended(&tasks).await;
		assert_eq!([tasks.runs(job(1)), tasks.runs(job(2))], [true, false]);
		tasks.beside(job(2), pending());
		assert!(tasks.runs(job(2)));
	}

	#[tokio::test]
	async fn what_needs_a_connection_ends_with_it_and_a_proof_goes_on() {
		let tasks = Tasks::default();
		tasks.beside(job(1), pending());
		tasks.apart(job(2), pending());
		tasks.cut();
		ended(&tasks).await;
		assert_eq!([tasks.runs(job(1)), tasks.runs(job(2))], [false, true]);
		tasks.beside(job(1), ready(()));
		ended(&tasks).await;
	}

	#[tokio::test]
	async fn a_panic_leaves_nothing_busy() {
		let tasks = Tasks::default();
		tasks.apart(job(1), broken());
		ended(&tasks).await;
		assert!(!tasks.runs(job(1)));
	}
}
