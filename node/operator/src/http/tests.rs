use std::{collections::HashMap, sync::Mutex};

use axum::body::Bytes;
use futures::stream;
use serde_json::Value;
use tower::ServiceExt;
use vektor_client::{Error, Result};

use vektor_circuits::digits::Payload;
use vektor_primitives::{ModelId, OperatorId};

use super::*;
use crate::{ezkl, next::tests::job, served::MAX_DIGITS as MAX_BODY, session};

const OPERATOR: OperatorId = OperatorId(H256([3; 32]));
const MODEL: ModelId = ModelId(H256([4; 32]));

struct Fake {
	jobs: Mutex<HashMap<JobId, JobInfo>>,
	connected: bool,
}

impl Chain for Fake {
	async fn job(&self, id: JobId) -> Result<Option<JobInfo>> {
		match self.connected {
			true => Ok(self.jobs.lock().unwrap().get(&id).cloned()),
			false => Err(Error::Lost("closed".into())),
		}
	}

	fn head(&self) -> Option<u64> {
		self.connected.then_some(42)
	}

	fn genesis(&self) -> H256 {
		H256::zero()
	}
}

struct World {
	shared: Arc<Shared<Fake>>,
	_dir: tempfile::TempDir,
}

fn payload() -> Payload {
	Payload { pixels: [5; 64], salt: [6; 32] }
}

fn good_job() -> JobInfo {
	let id = JobId(H256([1; 32]));
	JobInfo {
		operator: OPERATOR,
		model: MODEL,
		commitment: H256(payload().commitment()),
		payload: H256(units::blake2_256(&payload().to_bytes())),
		..job(id)
	}
}

fn world(jobs: &[JobInfo]) -> World {
	let dir = tempfile::tempdir().unwrap();
	let jobs = Mutex::new(jobs.iter().map(|job| (job.id, job.clone())).collect());
	let store = Store::open(dir.path().into()).unwrap();
	let shared = Arc::new(Shared::new(Fake { jobs, connected: true }, store, OPERATOR, MODEL));
	World { shared, _dir: dir }
}

impl World {
	async fn call(&self, method: &str, path: &str, body: impl Into<Body>) -> (StatusCode, Value) {
		let request = Request::builder().method(method).uri(path).body(body.into()).unwrap();
		let response = router(self.shared.clone()).oneshot(request).await.unwrap();
		let status = response.status();
		let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
		(status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
	}

	async fn send(&self, job: &JobInfo, body: impl Into<Body>) -> (StatusCode, Value) {
		self.call("POST", &format!("/jobs/{}/input", units::hex_of(job.id.0)), body).await
	}

	async fn refused(&self, job: &JobInfo, body: impl Into<Body>, status: StatusCode, code: &str) {
		let (got, json) = self.send(job, body).await;
		assert_eq!((got, json["code"].as_str()), (status, Some(code)), "{json}");
		for field in ["message", "action"] {
			assert!(json[field].as_str().is_some_and(|text| !text.is_empty()), "{json}");
		}
		assert_eq!(self.shared.store.all().unwrap().0, vec![], "nothing is kept");
	}
}

#[tokio::test]
async fn an_input_that_fits_is_on_the_disk_before_it_is_acknowledged() {
	let (job, bytes) = (good_job(), payload().to_bytes().to_vec());
	let world = world(std::slice::from_ref(&job));
	let (status, json) = world.send(&job, bytes.clone()).await;
	assert_eq!((status, json["status"].as_str()), (StatusCode::ACCEPTED, Some("accepted")));
	let kept = world.shared.store.get(&job.id).unwrap().unwrap();
	assert_eq!((kept.payload, kept.accepted_at), (bytes.clone(), 42));
	world.shared.wake.notified().await;

	let (status, json) = world.send(&job, bytes).await;
	assert_eq!((status, json["status"].as_str()), (StatusCode::OK, Some("accepted")), "sending it again is harmless");
}

#[tokio::test]
async fn a_job_id_that_is_none_is_refused() {
	let world = world(&[]);
	for id in ["7", "0x12", &"1".repeat(64), &format!("0x{}", "g".repeat(64))] {
		let (status, json) = world.call("POST", &format!("/jobs/{id}/input"), Body::empty()).await;
		assert_eq!((status, json["code"].as_str()), (StatusCode::BAD_REQUEST, Some("bad_job_id")), "{id}");
	}
}

#[tokio::test]
async fn only_an_open_job_of_its_own_is_served() {
	let bytes = payload().to_bytes().to_vec();
	let good = good_job();
	world(&[]).refused(&good, bytes.clone(), StatusCode::NOT_FOUND, "unknown_job").await;
	let cases = [
		(JobInfo { operator: OperatorId::default(), ..good.clone() }, "not_mine"),
		(JobInfo { model: ModelId::default(), ..good.clone() }, "unknown_model"),
		(JobInfo { state: JobState::Refunded, ..good.clone() }, "job_closed"),
		(JobInfo { now: good.deadline + 1, ..good.clone() }, "deadline_passed"),
	];
	for (job, code) in cases {
		world(std::slice::from_ref(&job)).refused(&job, bytes.clone(), StatusCode::CONFLICT, code).await;
	}
}

#[tokio::test]
async fn an_input_sent_again_after_settlement_is_acknowledged() {
	let job = JobInfo { state: JobState::Settled, ..good_job() };
	let (status, json) = world(std::slice::from_ref(&job)).send(&job, payload().to_bytes().to_vec()).await;
	assert_eq!((status, json["status"].as_str()), (StatusCode::OK, Some("settled")));
}

#[tokio::test]
async fn a_body_that_the_job_does_not_name_is_refused() {
	let good = good_job();
	let world = world(std::slice::from_ref(&good));
	let mut other = payload().to_bytes().to_vec();
	other[0] ^= 1;
	world.refused(&good, other, StatusCode::UNPROCESSABLE_ENTITY, "payload_mismatch").await;
	world.refused(&good, Body::empty(), StatusCode::UNPROCESSABLE_ENTITY, "payload_mismatch").await;
}

#[tokio::test]
async fn a_commitment_to_something_else_is_refused() {
	let job = JobInfo { commitment: H256([9; 32]), ..good_job() };
	let bytes = payload().to_bytes().to_vec();
	world(std::slice::from_ref(&job))
		.refused(&job, bytes, StatusCode::UNPROCESSABLE_ENTITY, "commitment_mismatch")
		.await;
}

#[tokio::test]
async fn a_payload_that_is_no_input_is_refused() {
	let mut bytes = payload().to_bytes().to_vec();
	bytes[0] = 17;
	let job = JobInfo { payload: H256(units::blake2_256(&bytes)), ..good_job() };
	world(std::slice::from_ref(&job)).refused(&job, bytes, StatusCode::UNPROCESSABLE_ENTITY, "malformed_input").await;
}

#[tokio::test]
async fn a_body_that_is_too_long_is_refused_announced_or_not() {
	let job = good_job();
	let world = world(std::slice::from_ref(&job));
	world.refused(&job, vec![0; MAX_BODY + 1], StatusCode::PAYLOAD_TOO_LARGE, "too_large").await;
	let chunks = stream::iter((0..=MAX_BODY / 1024).map(|_| Ok::<_, std::io::Error>(Bytes::from(vec![0; 1024]))));
	world.refused(&job, Body::from_stream(chunks), StatusCode::PAYLOAD_TOO_LARGE, "too_large").await;
}

#[tokio::test]
async fn a_body_that_never_ends_is_cut_off() {
	let job = good_job();
	let never = stream::pending::<std::result::Result<Bytes, std::io::Error>>();
	let mut world = world(std::slice::from_ref(&job));
	Arc::get_mut(&mut world.shared).unwrap().patience = Duration::ZERO;
	world.refused(&job, Body::from_stream(never), StatusCode::REQUEST_TIMEOUT, "too_slow").await;
}

#[tokio::test]
async fn without_a_node_nothing_is_accepted() {
	let job = good_job();
	let mut world = world(std::slice::from_ref(&job));
	Arc::get_mut(&mut world.shared).unwrap().chain.connected = false;
	let bytes = payload().to_bytes().to_vec();
	world.refused(&job, bytes, StatusCode::SERVICE_UNAVAILABLE, "no_node").await;
	let (status, json) = world.call("GET", "/health", Body::empty()).await;
	assert_eq!((status, json["status"].as_str()), (StatusCode::SERVICE_UNAVAILABLE, Some("no node")));
}

#[tokio::test]
async fn when_too_many_send_at_once_the_rest_are_asked_to_wait() {
	let job = good_job();
	let world = world(std::slice::from_ref(&job));
	let other = |n: usize| JobId(vektor_primitives::hash(&(n as u64)));
	let places: Vec<_> = (0..door::MAX_AT_ONCE).map(|n| world.shared.door.enter(other(n)).unwrap()).collect();
	let bytes = payload().to_bytes().to_vec();
	world.refused(&job, bytes.clone(), StatusCode::SERVICE_UNAVAILABLE, "busy").await;
	drop(places);
	assert_eq!(world.send(&job, bytes).await.0, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn slow_senders_keep_nobody_from_sending_the_input_of_their_job() {
	let job = good_job();
	let world = world(std::slice::from_ref(&job));
	let _slow: Vec<_> = (0..door::MAX_FOR_ONE).map(|_| world.shared.door.enter(job.id).unwrap()).collect();
	assert_eq!(world.send(&job, payload().to_bytes().to_vec()).await.0, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn a_slow_sender_is_sent_away_when_enough_others_have_come() {
	let job = good_job();
	let world = world(std::slice::from_ref(&job));
	let never = stream::pending::<std::result::Result<Bytes, std::io::Error>>();
	let others = async {
		let mut places = Vec::new();
		for _ in 0..5_000 {
			places.push(world.shared.door.enter(job.id));
			tokio::time::sleep(Duration::from_millis(1)).await;
		}
	};
	tokio::select! {
		() = world.refused(&job, Body::from_stream(never), StatusCode::SERVICE_UNAVAILABLE, "busy") => (),
		() = others => panic!("it is waited for"),
	}
}

/// A body that never ends, to a job that would take none: an answer means that it was not waited for.
async fn unread(world: &World, job: &JobInfo) -> (StatusCode, Value) {
	let never = stream::pending::<std::result::Result<Bytes, std::io::Error>>();
	world.send(job, Body::from_stream(never)).await
}

#[tokio::test]
async fn nothing_is_received_for_a_job_that_takes_no_input() {
	let good = good_job();
	for (job, code) in [
		(JobInfo { model: ModelId::default(), ..good.clone() }, "unknown_model"),
		(JobInfo { state: JobState::Refunded, ..good.clone() }, "job_closed"),
		(JobInfo { now: good.deadline + 1, ..good.clone() }, "deadline_passed"),
	] {
		let (status, json) = unread(&world(std::slice::from_ref(&job)), &job).await;
		assert_eq!((status, json["code"].as_str()), (StatusCode::CONFLICT, Some(code)));
	}
	let settled = JobInfo { state: JobState::Settled, ..good.clone() };
	assert_eq!(unread(&world(std::slice::from_ref(&settled)), &settled).await.0, StatusCode::OK);

	let world = world(std::slice::from_ref(&good));
	world.send(&good, payload().to_bytes().to_vec()).await;
	let (status, json) = unread(&world, &good).await;
	assert_eq!((status, json["status"].as_str()), (StatusCode::OK, Some("accepted")));
}

#[test]
fn of_two_inputs_that_arrive_at_once_the_first_is_kept() {
	let job = good_job();
	let world = world(std::slice::from_ref(&job));
	let first = Record { job: job.id, ..crate::store::tests::record(1) };
	assert_eq!(world.shared.keep(&first).unwrap(), None);
	let second = Record { accepted_at: 7, ..first.clone() };
	assert_eq!(world.shared.keep(&second).unwrap(), Some(first.clone()));
	assert_eq!(world.shared.store.get(&job.id).unwrap(), Some(first));
}

#[tokio::test]
async fn health_and_status_say_where_things_stand() {
	let job = good_job();
	let world = world(std::slice::from_ref(&job));
	let (status, json) = world.call("GET", "/health", Body::empty()).await;
	assert_eq!((status, json["best"].as_u64(), json["jobs"].as_u64()), (StatusCode::OK, Some(42), Some(0)));
	let path = format!("/jobs/{}", units::hex_of(job.id.0));
	let (_, json) = world.call("GET", &path, Body::empty()).await;
	assert_eq!(json["status"], "waiting for its input");
	world.send(&job, payload().to_bytes().to_vec()).await;
	let (_, json) = world.call("GET", &path, Body::empty()).await;
	assert_eq!(json["status"], "accepted");
	let (status, json) = world.call("GET", "/elsewhere", Body::empty()).await;
	assert_eq!((status, json["code"].as_str()), (StatusCode::NOT_FOUND, Some("unknown_path")));
}

/// A world that serves a model of ezkl's too, and a job of it with its input.
fn ezkl_world() -> (World, JobInfo, Vec<u8>) {
	let (model, dir) = ezkl::tests::model("proves");
	let bytes = ezkl::tests::input();
	let job = JobInfo {
		model: ezkl::tests::MODEL,
		commitment: H256(model.open(&bytes).unwrap().hash),
		payload: H256(units::blake2_256(&bytes)),
		..good_job()
	};
	let World { shared, _dir } = world(std::slice::from_ref(&job));
	let shared = Arc::into_inner(shared).unwrap().beside([(ezkl::tests::MODEL, model)].into(), Default::default());
	// The model has read its files.
	drop(dir);
	(World { shared: Arc::new(shared), _dir }, job, bytes)
}

impl World {
	fn change(&self, job: &JobInfo) {
		self.shared.chain.jobs.lock().unwrap().insert(job.id, job.clone());
	}
}

#[tokio::test]
async fn an_input_of_a_model_that_ezkl_proves_is_taken() {
	let (world, job, bytes) = ezkl_world();
	let (status, json) = world.send(&job, bytes.clone()).await;
	assert_eq!((status, json["status"].as_str()), (StatusCode::ACCEPTED, Some("accepted")), "{json}");
	assert_eq!(world.shared.store.get(&job.id).unwrap().unwrap().payload, bytes);
	let (_, json) = world.call("GET", "/health", Body::empty()).await;
	assert_eq!(json["model"], units::hex_of(MODEL.0));
	assert_eq!(json["models"], json!([MODEL.0, ezkl::tests::MODEL.0]));
}

#[tokio::test]
async fn an_input_that_ezkl_would_prove_in_vain_is_refused() {
	let (world, job, bytes) = ezkl_world();
	let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
	let mut other = bytes.clone();
	other.push(b' ');
	world.refused(&job, other, unprocessable, "payload_mismatch").await;

	let elsewhere = JobInfo { commitment: H256([9; 32]), ..job.clone() };
	world.change(&elsewhere);
	world.refused(&elsewhere, bytes, unprocessable, "commitment_mismatch").await;

	let digits = payload().to_bytes().to_vec();
	let mixed = JobInfo { payload: H256(units::blake2_256(&digits)), ..job.clone() };
	world.change(&mixed);
	world.refused(&mixed, digits, unprocessable, "malformed_input").await;
}

#[tokio::test]
async fn each_model_has_its_own_longest_input() {
	let (world, job, _) = ezkl_world();
	let most = world.shared.served(&job.model).unwrap().longest();
	assert!(most < MAX_BODY);
	world.refused(&job, vec![0; most + 1], StatusCode::PAYLOAD_TOO_LARGE, "too_large").await;
	let chunk = stream::iter([Ok::<_, std::io::Error>(Bytes::from(vec![0; most + 1]))]);
	world.refused(&job, Body::from_stream(chunk), StatusCode::PAYLOAD_TOO_LARGE, "too_large").await;
	world.refused(&job, vec![0; most], StatusCode::UNPROCESSABLE_ENTITY, "payload_mismatch").await;
	let digits = good_job();
	world.change(&digits);
	world.refused(&digits, vec![0; most + 1], StatusCode::UNPROCESSABLE_ENTITY, "payload_mismatch").await;
	world.refused(&digits, vec![0; MAX_BODY + 1], StatusCode::PAYLOAD_TOO_LARGE, "too_large").await;
}

/// A world that serves a model in an enclave too, and a job of it with its sealed input.
fn session_world() -> (World, session::tests::Fixture, JobInfo, Vec<u8>) {
	let fixture = session::tests::fixture(session::tests::SUM);
	let (bytes, commitment) = fixture.sealed(b"what is private");
	let job =
		JobInfo { model: session::tests::MODEL, commitment, payload: H256(units::blake2_256(&bytes)), ..good_job() };
	let World { shared, _dir } = world(std::slice::from_ref(&job));
	let models = [(session::tests::MODEL, fixture.model.clone())].into();
	let shared = Arc::into_inner(shared).unwrap().beside(Default::default(), models);
	(World { shared: Arc::new(shared), _dir }, fixture, job, bytes)
}

#[tokio::test]
async fn an_input_that_was_sealed_to_the_session_is_taken_and_kept_sealed() {
	let (world, _, job, bytes) = session_world();
	let (status, json) = world.send(&job, bytes.clone()).await;
	assert_eq!((status, json["status"].as_str()), (StatusCode::ACCEPTED, Some("accepted")), "{json}");
	assert_eq!(world.shared.store.get(&job.id).unwrap().unwrap().payload, bytes);
	for file in std::fs::read_dir(world._dir.path()).unwrap() {
		let kept = std::fs::read_to_string(file.unwrap().path()).unwrap();
		assert!(!kept.contains("what is private") && !kept.contains(&hex::encode("what is private")));
	}
	let (_, json) = world.call("GET", "/health", Body::empty()).await;
	assert_eq!(json["models"], json!([MODEL.0, session::tests::MODEL.0]));
}

#[tokio::test]
async fn an_input_that_was_sealed_to_another_session_is_refused() {
	let (world, _, job, _) = session_world();
	let (bytes, commitment) = session::tests::fixture(session::tests::SUM).sealed(b"what is private");
	let elsewhere = JobInfo { commitment, payload: H256(units::blake2_256(&bytes)), ..job };
	world.change(&elsewhere);
	world.refused(&elsewhere, bytes, StatusCode::UNPROCESSABLE_ENTITY, "sealed_to_another_session").await;
}

#[tokio::test]
async fn an_input_that_was_sealed_for_another_job_is_refused() {
	let (world, fixture, job, bytes) = session_world();
	let other = JobInfo { commitment: fixture.sealed(b"another").1, ..job };
	world.change(&other);
	world.refused(&other, bytes, StatusCode::UNPROCESSABLE_ENTITY, "sealed_to_another_session").await;
}
