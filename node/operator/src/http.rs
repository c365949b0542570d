//! The endpoint that clients send inputs to.
//!
//! It receives a body only for an open job of this operator's own whose input it does not have yet, and takes it where payload hash and
//! commitment match. It says 202 or 200 only once the input is on the disk. Every refusal is `{code, message, action}`.

use std::{
	sync::{Arc, Mutex, MutexGuard},
	time::Duration,
};

use axum::{
	body::Body,
	extract::{rejection::PathRejection, Path, Request, State},
	http::{header, StatusCode},
	response::{IntoResponse, Response},
	routing::{get, post},
	Json, Router,
};
use serde_json::json;
use vektor_client::{
	api::{JobInfo, JobState},
	units, H256,
};
use vektor_primitives::JobId;

pub use connections::Connections;
pub use shared::Shared;

use crate::{
	link::Chain,
	next::in_time,
	say,
	served::{Served, Unfit},
	store::{Record, Store},
};

/// The longest that sending an input may take.
const MAX_TIME: Duration = Duration::from_secs(10);

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
	let jobs = shared.jobs().await;
	let models: Vec<_> = shared.models().map(|model| model.0).collect();
	let body = json!({
		"status": word, "best": head, "operator": shared.operator.0, "model": shared.model.0, "models": models, "jobs": jobs,
		"version": env!("CARGO_PKG_VERSION"),
	});
	(status, Json(body)).into_response()
}

async fn status<C: Chain>(State(shared): State<Arc<Shared<C>>>, job: JobPath) -> Result<Response, Refusal> {
	let id = job_id(job)?;
	match record(&shared.store, id).await? {
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
	let length =
		request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
	let announced = |most: usize| match length.is_some_and(|length| length > most as u64) {
		true => too_large(most),
		false => Ok(()),
	};
	announced(shared.longest())?;
	if let Some(known) = record(&shared.store, id).await? {
		return Ok(answer(StatusCode::OK, id, known.stage()));
	}
	let job = own_job(&*shared, id).await?;
	if job.state == JobState::Settled {
		return Ok(answer(StatusCode::OK, id, word(&job)));
	}
	let served = open(&job, shared.served(&job.model))?;
	let most = served.longest();
	announced(most)?;
	let Some(place) = shared.door.enter(id) else {
		return refuse(StatusCode::SERVICE_UNAVAILABLE, "busy", "too many inputs at once", "send it again in a second");
	};
	let body = tokio::select! {
		biased;
		body = receive(request.into_body(), shared.patience, most) => body?,
		() = place.taken() => return refuse(
			StatusCode::SERVICE_UNAVAILABLE,
			"busy",
			"too many inputs of this job at once, and this one had come first",
			"send it again, over a faster connection",
		),
	};
	if units::blake2_256(&body) != job.payload.0 {
		return refuse(
			StatusCode::UNPROCESSABLE_ENTITY,
			"payload_mismatch",
			"the bytes are not those whose hash the job names",
			"send the payload that the job was submitted with: `vektor job ID --resend` does",
		);
	}
	let commitment = job.commitment;
	let checked = tokio::task::spawn_blocking(move || (served.check(&body, &commitment), body)).await;
	let payload = match checked {
		Ok((Ok(()), payload)) => payload,
		Ok((Err(Unfit::Malformed(why, wanted)), _)) => {
			return refuse(
				StatusCode::UNPROCESSABLE_ENTITY,
				"malformed_input",
				format!("the payload is no input of this model: {why}"),
				wanted,
			)
		}
		Ok((Err(Unfit::Commitment), _)) => {
			return refuse(
				StatusCode::UNPROCESSABLE_ENTITY,
				"commitment_mismatch",
				"the job's commitment is not to this payload: no proof of it could settle the job",
				"submit a new job whose commitment is made from the payload that you send",
			)
		}
		Ok((Err(Unfit::Sealed), _)) => {
			return refuse(
				StatusCode::UNPROCESSABLE_ENTITY,
				"sealed_to_another_session",
				"the payload does not open: it was sealed to another session, or for another job",
				"the job is refunded after its deadline; submit again, to the present session",
			)
		}
		Err(_) => return storage("the input could not be looked at"),
	};
	let accepted = Record {
		job: id,
		genesis: shared.chain.genesis(),
		accepted_at: shared.chain.head().unwrap_or_default(),
		payload,
		proof: None,
		sent: None,
		held_at: None,
		failed: None,
	};
	let kept = {
		let shared = shared.clone();
		tokio::task::spawn_blocking(move || shared.keep(&accepted)).await
	};
	match kept {
		Ok(Ok(None)) => (),
		Ok(Ok(Some(known))) => return Ok(answer(StatusCode::OK, id, known.stage())),
		_ => return storage("the input could not be written to the disk"),
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

async fn record(store: &Store, id: JobId) -> Result<Option<Record>, Refusal> {
	let store = store.clone();
	match tokio::task::spawn_blocking(move || store.get(&id)).await {
		Ok(Ok(record)) => Ok(record),
		_ => storage("what is kept of this job cannot be read"),
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

fn too_large<T>(most: usize) -> Result<T, Refusal> {
	refuse(
		StatusCode::PAYLOAD_TOO_LARGE,
		"too_large",
		format!("an input has at most {most} bytes"),
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

/// What is served for a job. Refuses one that takes no input any more, or that is of a model not served here.
fn open(job: &JobInfo, served: Option<Served>) -> Result<Served, Refusal> {
	let closed = |code, message: &str, action| refuse(StatusCode::CONFLICT, code, message, action);
	let Some(served) = served else {
		return closed(
			"unknown_model",
			"this agent does not serve that model",
			"submit the job to an operator that does",
		);
	};
	match job {
		_ if job.state != JobState::Open => closed("job_closed", "the job is closed", "submit a new job"),
		_ if !in_time(job) => {
			closed("deadline_passed", "the job's deadline has passed", "get the escrow back with jobs.expire")
		}
		_ => Ok(served),
	}
}

async fn receive(body: Body, patience: Duration, most: usize) -> Result<Vec<u8>, Refusal> {
	match tokio::time::timeout(patience, axum::body::to_bytes(body, most)).await {
		Ok(Ok(bytes)) => Ok(bytes.to_vec()),
		Ok(Err(e)) if std::error::Error::source(&e).is_some_and(|cause| cause.to_string().contains("length limit")) => {
			too_large(most)
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

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
	mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

mod connections;
mod door;
mod shared;
#[cfg(test)]
mod tests;
