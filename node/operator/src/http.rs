//! The endpoint that clients send inputs to.
//!
//! It takes a body only for an open job of this operator's own whose payload hash and commitment it matches. It says 202
//! or 200 only once the input is on the disk. Every refusal is `{code, message, action}`.

use std::{sync::Arc, time::Duration};

use axum::{
	body::Body,
	extract::{rejection::PathRejection, Path, Request, State},
	http::{header, StatusCode},
	response::{IntoResponse, Response},
	routing::{get, post},
	Json, Router,
};
use serde_json::json;
use tokio::sync::{Notify, Semaphore};
use vektor_circuits::digits::Payload;
use vektor_client::{
	api::{JobInfo, JobState},
	units, H256,
};
use vektor_primitives::{JobId, ModelId, OperatorId};

use crate::{
	link::Chain,
	next::in_time,
	say,
	store::{Record, Store},
};

/// The longest input.
pub const MAX_BODY: usize = 64 * 1024;

/// The longest that sending an input may take.
const MAX_TIME: Duration = Duration::from_secs(10);

/// Inputs that are received at once.
const MAX_AT_ONCE: usize = 64;

/// What the endpoint needs.
pub struct Shared<C> {
	pub chain: C,
	pub store: Store,
	pub operator: OperatorId,
	pub model: ModelId,
	/// Tells the agent that there is something to do.
	pub wake: Notify,
	gate: Semaphore,
	patience: Duration,
}

impl<C> Shared<C> {
	/// With nothing received yet.
	pub fn new(chain: C, store: Store, operator: OperatorId, model: ModelId) -> Self {
		Self {
			chain,
			store,
			operator,
			model,
			wake: Notify::new(),
			gate: Semaphore::new(MAX_AT_ONCE),
			patience: MAX_TIME,
		}
	}
}

/// Why an input is not taken.
#[derive(Debug)]
struct Refusal(StatusCode, &'static str, String, &'static str);

impl IntoResponse for Refusal {
	fn into_response(self) -> Response {
		let Self(status, code, message, action) = self;
		(status, Json(json!({ "code": code, "message": message, "action": action }))).into_response()
	}
}

fn refuse<T>(
	status: StatusCode,
	code: &'static str,
	message: impl Into<String>,
	action: &'static str,
) -> Result<T, Refusal> {
	Err(Refusal(status, code, message.into(), action))
}

/// The routes.
pub fn router<C: Chain>(shared: Arc<Shared<C>>) -> Router {
	Router::new()
		.route("/health", get(health::<C>))
		.route("/jobs/{job}", get(status::<C>))
		.route("/jobs/{job}/input", post(input::<C>))
		.method_not_allowed_fallback(|| async {
			Refusal(
				StatusCode::METHOD_NOT_ALLOWED,
				"wrong_method",
				"this path takes another method".into(),
				"POST /jobs/{job}/input, GET /jobs/{job} or GET /health",
			)
		})
		.fallback(|| async {
			Refusal(
				StatusCode::NOT_FOUND,
				"unknown_path",
				"there is nothing here".into(),
				"POST /jobs/{job}/input, GET /jobs/{job} or GET /health",
			)
		})
		.with_state(shared)
}

async fn health<C: Chain>(State(shared): State<Arc<Shared<C>>>) -> Response {
	let head = shared.chain.head();
	let status = if head.is_some() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
	let word = if head.is_some() { "ok" } else { "no node" };
	let jobs = shared.store.all().map_or(0, |(records, _)| records.len());
	let body = json!({
		"status": word, "best": head, "operator": shared.operator.0, "model": shared.model.0, "jobs": jobs,
		"version": env!("CARGO_PKG_VERSION"),
	});
	(status, Json(body)).into_response()
}

async fn status<C: Chain>(State(shared): State<Arc<Shared<C>>>, job: JobPath) -> Result<Response, Refusal> {
	let id = job_id(job)?;
	match record(&shared.store, &id)? {
		Some(record) => Ok(Json(json!({ "job": id.0, "status": record.stage() })).into_response()),
		None => {
			let job = own_job(&*shared, id).await?;
			Ok(Json(json!({ "job": id.0, "status": word(&job) })).into_response())
		}
	}
}

async fn input<C: Chain>(
	State(shared): State<Arc<Shared<C>>>,
	job: JobPath,
	request: Request,
) -> Result<Response, Refusal> {
	let id = job_id(job)?;
	let Ok(_permit) = shared.gate.try_acquire() else {
		return refuse(StatusCode::SERVICE_UNAVAILABLE, "busy", "too many inputs at once", "send it again in a second");
	};
	let length =
		request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
	if length.is_some_and(|length| length > MAX_BODY as u64) {
		return too_large();
	}
	let job = own_job(&*shared, id).await?;
	let body = receive(request.into_body(), shared.patience).await?;
	if units::blake2_256(&body) != job.payload.0 {
		return refuse(
			StatusCode::UNPROCESSABLE_ENTITY,
			"payload_mismatch",
			"the bytes are not those whose hash the job names",
			"send the payload that the job was submitted with: `vektor job ID --resend` does",
		);
	}
	if let Some(known) = record(&shared.store, &id)? {
		return Ok(answer(StatusCode::OK, id, known.stage()));
	}
	if job.state == JobState::Settled {
		return Ok(answer(StatusCode::OK, id, word(&job)));
	}
	open(&job, shared.model)?;
	let payload = match Payload::from_bytes(&body) {
		Ok(payload) => payload,
		Err(e) => {
			return refuse(
				StatusCode::UNPROCESSABLE_ENTITY,
				"malformed_input",
				format!("the payload is no input of this model: {e}"),
				"submit a new job with 64 pixels of 0 to 16 and 32 bytes of salt",
			)
		}
	};
	if payload.commitment() != job.commitment.0 {
		return refuse(
			StatusCode::UNPROCESSABLE_ENTITY,
			"commitment_mismatch",
			"the job's commitment is not to this payload: no proof of it could settle the job",
			"submit a new job whose commitment is made from the payload that you send",
		);
	}
	let accepted = Record {
		job: id,
		genesis: shared.chain.genesis(),
		accepted_at: shared.chain.head().unwrap_or_default(),
		payload: body,
		proof: None,
		sent: None,
		held_at: None,
		failed: None,
	};
	let kept = {
		let shared = shared.clone();
		tokio::task::spawn_blocking(move || shared.store.put(&accepted)).await
	};
	if !matches!(kept, Ok(Ok(()))) {
		return storage("the input could not be written to the disk");
	}
	say!("job {}  input accepted", short(&id));
	shared.wake.notify_one();
	Ok(answer(StatusCode::ACCEPTED, id, "accepted"))
}

fn answer(status: StatusCode, job: JobId, word: &str) -> Response {
	(status, Json(json!({ "job": job.0, "status": word }))).into_response()
}

fn word(job: &JobInfo) -> &'static str {
	match job.state {
		JobState::Settled => "settled",
		JobState::Refunded => "refunded",
		JobState::RefundDue => "refunded once the client's account takes it",
		JobState::Open if in_time(job) => "waiting for its input",
		JobState::Open => "past its deadline",
	}
}

/// The first digits of a job's id, for logs.
pub fn short(job: &JobId) -> String {
	format!("0x{}", hex::encode(&job.0[..6]))
}

/// A job in a path, where its bytes are text at all.
type JobPath = Result<Path<String>, PathRejection>;

fn job_id(path: JobPath) -> Result<JobId, Refusal> {
	let hash = path.ok().filter(|path| path.starts_with("0x")).and_then(|path| units::parse_hash(&path).ok());
	match hash {
		Some(hash) => Ok(JobId(H256(hash))),
		None => refuse(
			StatusCode::BAD_REQUEST,
			"bad_job_id",
			"that is no job id",
			"write 0x and 64 hexadecimal digits, as jobs.submit returned them",
		),
	}
}

fn record(store: &Store, id: &JobId) -> Result<Option<Record>, Refusal> {
	match store.get(id) {
		Ok(record) => Ok(record),
		Err(_) => storage("what is kept of this job cannot be read"),
	}
}

fn storage<T>(message: &str) -> Result<T, Refusal> {
	refuse(
		StatusCode::INTERNAL_SERVER_ERROR,
		"storage",
		message,
		"send it again later, or submit a job to another operator",
	)
}

fn too_large<T>() -> Result<T, Refusal> {
	refuse(
		StatusCode::PAYLOAD_TOO_LARGE,
		"too_large",
		format!("an input has at most {MAX_BODY} bytes"),
		"send the payload alone, as bytes",
	)
}

/// The job, where the chain knows it and it is this operator's.
async fn own_job<C: Chain>(shared: &Shared<C>, id: JobId) -> Result<JobInfo, Refusal> {
	match shared.chain.job(id).await {
		Ok(Some(job)) if job.operator == shared.operator => Ok(job),
		Ok(Some(_)) => refuse(
			StatusCode::CONFLICT,
			"not_mine",
			"another operator serves this job",
			"send the input to the endpoint of the operator that the job names",
		),
		Ok(None) => refuse(
			StatusCode::NOT_FOUND,
			"unknown_job",
			"the chain knows no such job",
			"wait until jobs.submit is in a block, then send the input again",
		),
		Err(_) => refuse(
			StatusCode::SERVICE_UNAVAILABLE,
			"no_node",
			"this operator cannot reach its node at the moment",
			"send the input again in a few seconds",
		),
	}
}

/// Refuses a job that takes no input any more, or that is of a model not served here.
fn open(job: &JobInfo, model: ModelId) -> Result<(), Refusal> {
	let closed = |code, message: &str, action| refuse(StatusCode::CONFLICT, code, message, action);
	match job {
		_ if job.model != model => {
			closed("unknown_model", "this agent does not serve that model", "submit the job to an operator that does")
		}
		_ if job.state != JobState::Open => closed("job_closed", "the job is closed", "submit a new job"),
		_ if !in_time(job) => {
			closed("deadline_passed", "the job's deadline has passed", "get the escrow back with jobs.expire")
		}
		_ => Ok(()),
	}
}

async fn receive(body: Body, patience: Duration) -> Result<Vec<u8>, Refusal> {
	match tokio::time::timeout(patience, axum::body::to_bytes(body, MAX_BODY)).await {
		Ok(Ok(bytes)) => Ok(bytes.to_vec()),
		Ok(Err(e)) if std::error::Error::source(&e).is_some_and(|cause| cause.to_string().contains("length limit")) => {
			too_large()
		}
		Ok(Err(_)) => refuse(StatusCode::BAD_REQUEST, "cut_short", "the body ended too early", "send it again"),
		Err(_) => refuse(
			StatusCode::REQUEST_TIMEOUT,
			"too_slow",
			format!("the input took longer than {} s", patience.as_secs()),
			"send it again over a faster connection",
		),
	}
}

#[cfg(test)]
mod tests;
