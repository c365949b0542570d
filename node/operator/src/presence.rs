//! Answers validators' probers, so that the chain knows that this operator can be reached: a probe gets a signature, and what a prober
//! sends to show that the endpoint is this operator's own goes on chain.

use std::{
	collections::{HashSet, VecDeque},
	future::Future,
	sync::{Arc, Mutex},
	time::{Duration, Instant},
};

use axum::{
	extract::{DefaultBodyLimit, State},
	http::StatusCode,
	response::{IntoResponse, Response},
	routing::post,
	Json, Router,
};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::{Notify, Semaphore};
use vektor_client::{
	api::{OperatorInfo, WindowInfo},
	calls,
	keys::{self, Key},
	units, Client, Error, FeeAsset, Result, Until, H256,
};
use vektor_primitives::{
	connectivity::{activation_message, probe_message, Nonce, ROUNDS},
	OperatorId, ProberId, Reach,
};

use crate::say;

/// The longest question.
const MAX_BODY: usize = 2_048;

/// Questions that are answered at once.
const MAX_AT_ONCE: usize = 32;

/// Challenges that are kept: more probers than ever look at one operator, and few enough to ask the chain about each.
const MAX_FOUND: usize = 32;

/// Of these, as many may say that they are of one prober in one window.
const MAX_OF_ONE: usize = 4;

/// For so long nothing is sent for an endpoint that was shown: signatures that are on chain anybody can send again, and each would fail for
/// a fee. Two windows: what is older the chain does not take.
const SHOWN: Duration = Duration::from_secs(600);

/// What answers need.
pub struct Presence {
	genesis: H256,
	operator: OperatorId,
	key: Key,
	/// What probers sent last, the oldest first, until one is on chain. Anybody can send: a stranger's must not take an honest
	/// prober's place.
	found: Mutex<VecDeque<Activation>>,
	/// Windows, and probers that do not lead there: whatever they sign would fail for a fee.
	barred: Mutex<HashSet<(u32, u16)>>,
	/// The endpoint that was shown to be this operator's, and when.
	shown: Mutex<Option<(String, Instant)>>,
	/// Tells the agent that there is something to do.
	pub wake: Notify,
	gate: Semaphore,
}

impl Presence {
	/// For an operator on a chain, whose agent this key is.
	pub fn new(genesis: H256, operator: OperatorId, key: Key) -> Self {
		let gate = Semaphore::new(MAX_AT_ONCE);
		Self {
			genesis,
			operator,
			key,
			found: Mutex::default(),
			barred: Mutex::default(),
			shown: Mutex::default(),
			wake: Notify::new(),
			gate,
		}
	}

	/// Whether a prober, or a stranger, has sent something that was not looked at yet.
	pub fn waits(&self) -> bool {
		!lock(&self.found).is_empty()
	}

	/// Keeps what a prober sent, beside what others sent in its name. When there is no place the oldest goes.
	fn keep(&self, sent: Activation) {
		let mut found = lock(&self.found);
		let same = |known: &Activation| (known.window, known.prober) == (sent.window, sent.prober);
		if found.contains(&sent) {
			return;
		}
		let oldest = match found.iter().filter(|known| same(known)).count() {
			MAX_OF_ONE.. => found.iter().position(same),
			_ if found.len() >= MAX_FOUND => Some(0),
			_ => None,
		};
		if let Some(oldest) = oldest {
			found.remove(oldest);
		}
		found.push_back(sent);
	}

	/// What was sent first, without what the chain would refuse whoever signed it.
	fn first(&self, current: u32) -> Option<Activation> {
		let barred = lock(&self.barred);
		let mut found = lock(&self.found);
		found.retain(|sent| is_recent(sent.window, current) && !barred.contains(&(sent.window, sent.prober)));
		found.front().cloned()
	}

	fn discard(&self, sent: &Activation) {
		lock(&self.found).retain(|known| known != sent);
	}

	/// A prober does not lead in a window.
	fn bar(&self, sent: &Activation, current: u32) {
		let mut barred = lock(&self.barred);
		barred.retain(|(window, _)| is_recent(*window, current));
		barred.insert((sent.window, sent.prober));
	}

	/// The first of what was sent that a prober signed, where `key` tells the key of a prober in a window and `current` is the window that is
	/// on. A stranger's would fail on chain, for a fee. It stays kept, for whoever asks may be stopped at any time. Where the node does not
	/// answer, what was not looked at is kept, and what it failed on comes last.
	async fn genuine<F: Future<Output = Result<Option<[u8; 32]>>>>(
		&self,
		endpoint: &str,
		current: u32,
		key: impl Fn(u32, u16) -> F,
	) -> Result<Option<Activation>> {
		while let Some(sent) = self.first(current) {
			let message = activation_message(&self.genesis, &self.operator, endpoint.as_bytes(), sent.window);
			let known = match key(sent.window, sent.prober).await {
				Ok(known) => known,
				Err(e) => {
					self.discard(&sent);
					self.keep(sent);
					return Err(e);
				}
			};
			if known.is_some_and(|prober| keys::verify(&prober, message.as_bytes(), &sent.signature)) {
				return Ok(Some(sent));
			}
			self.discard(&sent);
		}
		Ok(None)
	}

	/// Shows on chain that the endpoint is this operator's own, if a prober has sent what is needed and that is yet to be shown.
	pub async fn answer(&self, client: &Client, info: &OperatorInfo) -> Result<()> {
		if info.reach != Reach::Unproved || self.was_shown(&info.endpoint) {
			lock(&self.found).clear();
			return Ok(());
		}
		let length: u32 = client.constant("Connectivity", "WindowLength").await?;
		let current = client.live_now().await?.checked_div(length).unwrap_or_default();
		let key = |window, prober| client.prober(window, prober);
		let Some(found) = self.genuine(&info.endpoint, current, key).await? else { return Ok(()) };
		let call = calls::answer_activation(self.operator, found.window, found.prober, found.signature);
		let sent = client.send(&call, &self.key, FeeAsset::Native, Until::InBlock, |_| ()).await;
		if !sent.as_ref().is_err_and(Error::is_node_loss) {
			self.discard(&found);
		}
		match sent {
			Ok(_) => {
				self.remember(&info.endpoint);
				say!("endpoint {} shown to be this operator's; validators watch it from now on", info.endpoint);
				Ok(())
			}
			// Another prober's came first.
			Err(Error::Failed { error, .. }) if error == "Connectivity.AlreadyProved" => {
				self.remember(&info.endpoint);
				Ok(())
			}
			Err(e) => {
				if matches!(&e, Error::Failed { error, .. } if error == "Connectivity.NotLeading") {
					self.bar(&found, current);
				}
				Err(e)
			}
		}
	}

	fn remember(&self, endpoint: &str) {
		*lock(&self.shown) = Some((endpoint.into(), Instant::now()));
	}

	fn was_shown(&self, endpoint: &str) -> bool {
		let mut shown = lock(&self.shown);
		// One that comes back to an endpoint has to show it again.
		*shown = shown.take().filter(|(known, at)| known == endpoint && at.elapsed() < SHOWN);
		shown.is_some()
	}
}

/// Whether the chain may take what was signed for a window, where `current` is on: for that or the one before.
fn is_recent(window: u32, current: u32) -> bool {
	window.saturating_add(1) >= current
}

/// What a prober sends once.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Activation {
	operator: OperatorId,
	window: u32,
	prober: u16,
	#[serde(with = "hex_bytes")]
	signature: [u8; 64],
}

/// What a prober asks in each round.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Probe {
	operator: OperatorId,
	#[serde(with = "hex_bytes")]
	prober: [u8; 32],
	window: u32,
	round: u8,
	#[serde(with = "hex_bytes")]
	nonce: Nonce,
}

/// `0x` and hexadecimal digits.
mod hex_bytes {
	use serde::{de::Error, Deserialize, Deserializer};

	pub fn deserialize<'de, D: Deserializer<'de>, const N: usize>(d: D) -> Result<[u8; N], D::Error> {
		let text = String::deserialize(d)?;
		let bytes = text.strip_prefix("0x").and_then(|digits| hex::decode(digits).ok());
		bytes.and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| D::Error::custom(format!("not {N} bytes: {text}")))
	}
}

/// The routes.
pub fn router(presence: Arc<Presence>) -> Router {
	Router::new()
		.route("/probe", post(probe))
		.route("/activation", post(activation))
		.layer(DefaultBodyLimit::max(MAX_BODY))
		.with_state(presence)
}

fn refuse(status: StatusCode, code: &str, message: &str, action: &str) -> Response {
	(status, Json(json!({ "code": code, "message": message, "action": action }))).into_response()
}

fn stranger() -> Response {
	refuse(
		StatusCode::NOT_FOUND,
		"unknown_operator",
		"another operator is asked for than the one that listens here",
		"ask the endpoint that the chain names for it",
	)
}

fn busy() -> Response {
	refuse(StatusCode::TOO_MANY_REQUESTS, "busy", "too many questions at once", "ask again in a second")
}

async fn probe(State(presence): State<Arc<Presence>>, Json(asked): Json<Probe>) -> Response {
	let Ok(_turn) = presence.gate.try_acquire() else {
		return busy();
	};
	if asked.operator != presence.operator || asked.round >= ROUNDS {
		return stranger();
	}
	let prober = ProberId::from(vektor_primitives::connectivity::prober_key(asked.prober));
	let message = probe_message(&presence.genesis, &prober, &asked.operator, asked.window, asked.round, &asked.nonce);
	let signature = presence.key.sign(message.as_bytes());
	Json(json!({ "signature": units::hex_of(signature) })).into_response()
}

async fn activation(State(presence): State<Arc<Presence>>, Json(sent): Json<Activation>) -> Response {
	let Ok(_turn) = presence.gate.try_acquire() else {
		return busy();
	};
	if sent.operator != presence.operator {
		return stranger();
	}
	presence.keep(sent);
	presence.wake.notify_one();
	Json(json!({ "status": "received" })).into_response()
}

/// What `status` says of the windows in which the operator was not up.
pub fn missed(windows: &[WindowInfo]) -> Vec<String> {
	let troubled = windows.iter().filter(|window| window.seen.iter().any(|sight| trouble(&sight.saw)));
	troubled
		.map(|window| {
			let seen: Vec<_> = window
				.seen
				.iter()
				.map(|sight| format!("{} {}", short(&sight.validator.to_string()), sight.saw))
				.collect();
			let counts = if window.counts { "counts" } else { "does not count" };
			format!("window {}  {}, {counts}: {}", window.window, window.verdict, seen.join(", "))
		})
		.collect()
}

fn trouble(saw: &str) -> bool {
	matches!(saw, "down" | "late")
}

fn short(account: &str) -> String {
	let head: String = account.chars().take(6).collect();
	format!("{head}..")
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
	mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

#[cfg(test)]
mod tests {
	use axum::{body::Body, http::Request};
	use futures::FutureExt;
	use tower::ServiceExt;
	use vektor_client::api::SightInfo;

	use super::*;

	const OPERATOR: OperatorId = OperatorId(H256([3; 32]));

	fn presence() -> Arc<Presence> {
		Arc::new(Presence::new(H256([9; 32]), OPERATOR, keys::load("//Eve", None).unwrap()))
	}

	async fn post(presence: &Arc<Presence>, path: &str, body: serde_json::Value) -> (StatusCode, serde_json::Value) {
		let request =
			Request::post(path).header("content-type", "application/json").body(Body::from(body.to_string())).unwrap();
		let response = router(presence.clone()).oneshot(request).await.unwrap();
		let status = response.status();
		let bytes = axum::body::to_bytes(response.into_body(), 4_096).await.unwrap();
		(status, serde_json::from_slice(&bytes).unwrap_or_default())
	}

	fn probe_of(operator: OperatorId, round: u8) -> serde_json::Value {
		let (prober, nonce) = (units::hex_of([7; 32]), units::hex_of([8; 16]));
		json!({ "operator": operator, "prober": prober, "window": 5, "round": round, "nonce": nonce })
	}

	#[tokio::test]
	async fn a_probe_is_answered_with_the_agents_signature_of_who_asked_when_and_what() {
		let presence = presence();
		let (status, answer) = post(&presence, "/probe", probe_of(OPERATOR, 4)).await;
		assert_eq!(status, StatusCode::OK);
		let prober = ProberId::from(vektor_primitives::connectivity::prober_key([7; 32]));
		let message = probe_message(&H256([9; 32]), &prober, &OPERATOR, 5, 4, &[8; 16]);
		let signature = hex::decode(answer["signature"].as_str().unwrap().trim_start_matches("0x")).unwrap();
		let signature: [u8; 64] = signature.try_into().unwrap();
		assert!(keys::verify(&presence.key.account().0, message.as_bytes(), &signature));
		assert!(!keys::verify(&presence.key.account().0, b"another", &signature));
	}

	#[tokio::test]
	async fn nothing_is_signed_for_another_operator_or_round_or_for_nonsense() {
		let presence = presence();
		assert_eq!(post(&presence, "/probe", probe_of(OperatorId(H256([4; 32])), 0)).await.0, StatusCode::NOT_FOUND);
		assert_eq!(post(&presence, "/probe", probe_of(OPERATOR, 5)).await.0, StatusCode::NOT_FOUND);
		for bad in [json!({}), json!({ "operator": OPERATOR }), json!([1, 2])] {
			assert_eq!(post(&presence, "/probe", bad).await.0, StatusCode::UNPROCESSABLE_ENTITY);
		}
		let mut short = probe_of(OPERATOR, 0);
		short["nonce"] = "0x00".into();
		assert_eq!(post(&presence, "/probe", short).await.0, StatusCode::UNPROCESSABLE_ENTITY);
	}

	#[tokio::test]
	async fn an_activation_waits_for_the_agent_and_a_strangers_is_not_taken() {
		let presence = presence();
		let sent = |operator: OperatorId| json!({ "operator": operator, "window": 5, "prober": 2, "signature": units::hex_of([1; 64]) });
		assert_eq!(post(&presence, "/activation", sent(OperatorId(H256::zero()))).await.0, StatusCode::NOT_FOUND);
		assert!(lock(&presence.found).is_empty());
		assert_eq!(post(&presence, "/activation", sent(OPERATOR)).await.0, StatusCode::OK);
		assert_eq!(lock(&presence.found).make_contiguous(), [sent_by(5, 2, [1; 64])]);
	}

	fn sent_by(window: u32, prober: u16, signature: [u8; 64]) -> Activation {
		Activation { operator: OPERATOR, window, prober, signature }
	}

	const ENDPOINT: &str = "http://operator:9955";

	/// What //Ferdie sends as the prober of that number.
	fn honest(window: u32, prober: u16) -> Activation {
		let message = activation_message(&H256([9; 32]), &OPERATOR, ENDPOINT.as_bytes(), window);
		sent_by(window, prober, keys::load("//Ferdie", None).unwrap().sign(message.as_bytes()))
	}

	/// The window that is on.
	const NOW: u32 = 5;

	/// The first that was signed, on a chain where //Ferdie is the prober of number 2 in every window, and no other is known.
	async fn genuine(presence: &Presence) -> Option<Activation> {
		let ferdie = keys::load("//Ferdie", None).unwrap().account().0;
		let key = |_, prober| std::future::ready(Ok((prober == 2).then_some(ferdie)));
		presence.genuine(ENDPOINT, NOW, key).await.unwrap()
	}

	#[tokio::test]
	async fn strangers_before_and_after_it_do_not_crowd_an_honest_prober_out() {
		let presence = presence();
		let others = MAX_FOUND as u16 / 2;
		(100..100 + others).for_each(|n| presence.keep(sent_by(5, n, [1; 64])));
		presence.keep(sent_by(4, 2, [2; 64]));
		let sent = honest(5, 2);
		presence.keep(sent.clone());
		(200..200 + others - 2).for_each(|n| presence.keep(sent_by(5, n, [1; 64])));
		assert_eq!(lock(&presence.found).len(), MAX_FOUND);
		assert_eq!(genuine(&presence).await, Some(sent));
	}

	#[tokio::test]
	async fn a_few_that_are_sent_in_a_probers_name_do_not_displace_it() {
		let presence = presence();
		let sent = honest(5, 2);
		presence.keep(sent_by(5, 2, [1; 64]));
		presence.keep(sent.clone());
		presence.keep(sent.clone());
		(2..MAX_OF_ONE as u8).for_each(|n| presence.keep(sent_by(5, 2, [n; 64])));
		assert_eq!(lock(&presence.found).len(), MAX_OF_ONE);
		assert_eq!(genuine(&presence).await, Some(sent));
	}

	#[test]
	fn of_what_is_sent_in_one_name_the_oldest_goes() {
		let presence = presence();
		presence.keep(sent_by(5, 3, [1; 64]));
		(0..=MAX_OF_ONE as u8).for_each(|n| presence.keep(sent_by(5, 2, [n; 64])));
		let kept: Vec<_> = lock(&presence.found).iter().map(|sent| (sent.prober, sent.signature[0])).collect();
		assert_eq!(kept, [(3, 1), (2, 1), (2, 2), (2, 3), (2, 4)]);
	}

	#[tokio::test]
	async fn what_the_node_did_not_answer_for_is_kept() {
		let presence = presence();
		presence.keep(sent_by(5, 7, [1; 64]));
		presence.keep(sent_by(6, 7, [1; 64]));
		let sent = honest(5, 2);
		presence.keep(sent.clone());
		let fails =
			|window, _| std::future::ready(if window == 5 { Ok(None) } else { Err(Error::Lost("closed".into())) });
		assert!(presence.genuine(ENDPOINT, NOW, fails).await.is_err());
		assert_eq!(lock(&presence.found).make_contiguous(), [sent.clone(), sent_by(6, 7, [1; 64])]);
		assert_eq!(genuine(&presence).await, Some(sent));
	}

	#[test]
	fn an_endpoint_that_was_shown_is_remembered_and_another_is_not_it() {
		let presence = presence();
		assert!(!presence.was_shown(ENDPOINT));
		presence.remember(ENDPOINT);
		assert!(presence.was_shown(ENDPOINT) && !presence.was_shown("http://elsewhere:9955"));
	}

	#[test]
	fn an_endpoint_that_was_left_and_taken_again_is_shown_again() {
		let presence = presence();
		presence.remember(ENDPOINT);
		assert!(!presence.was_shown("http://elsewhere:9955"));
		assert!(!presence.was_shown(ENDPOINT));
	}

	#[tokio::test]
	async fn what_is_of_an_older_window_is_dropped_unasked() {
		let presence = presence();
		let sent = honest(NOW - 1, 2);
		presence.keep(honest(NOW - 2, 2));
		presence.keep(sent.clone());
		assert_eq!(genuine(&presence).await, Some(sent.clone()));
		assert_eq!(lock(&presence.found).make_contiguous(), [sent]);
	}

	#[tokio::test]
	async fn who_does_not_lead_in_a_window_is_not_heard_in_it_again() {
		let presence = presence();
		presence.bar(&honest(NOW, 2), NOW);
		presence.keep(honest(NOW, 2));
		assert_eq!(genuine(&presence).await, None);
		let next = honest(NOW + 1, 2);
		presence.keep(next.clone());
		assert_eq!(genuine(&presence).await, Some(next));
		presence.bar(&honest(NOW + 2, 2), NOW + 2);
		assert_eq!(*lock(&presence.barred), HashSet::from([(NOW + 2, 2)]), "windows that are over are forgotten");
	}

	#[test]
	fn what_is_being_looked_at_outlives_the_connection() {
		let presence = presence();
		presence.keep(honest(NOW, 2));
		presence.keep(honest(NOW, 3));
		assert!(presence.genuine(ENDPOINT, NOW, |_, _| std::future::pending()).now_or_never().is_none());
		assert_eq!(lock(&presence.found).len(), 2);
	}

	#[test]
	fn when_there_is_no_place_the_oldest_goes() {
		let presence = presence();
		let most = MAX_FOUND as u16;
		(0..=most).for_each(|n| presence.keep(sent_by(5, n, [1; 64])));
		let kept: Vec<_> = lock(&presence.found).iter().map(|sent| sent.prober).collect();
		assert_eq!(kept, (1..=most).collect::<Vec<_>>());
	}

	#[tokio::test]
	async fn what_no_prober_of_the_chain_signed_is_dropped() {
		let presence = presence();
		presence.keep(honest(5, 3));
		presence.keep(sent_by(5, 2, [1; 64]));
		assert_eq!(genuine(&presence).await, None);
		assert!(lock(&presence.found).is_empty());
	}

	#[test]
	fn only_windows_with_trouble_are_told_with_who_saw_what() {
		let window = |number, verdict: &str, counts, saw: &[&str]| WindowInfo {
			window: number,
			starts: 0,
			verdict: verdict.into(),
			counts,
			seen: saw.iter().map(|saw| SightInfo { validator: [1; 32].into(), saw: (*saw).into() }).collect(),
		};
		let windows = [
			window(4, "up", true, &["up", "up"]),
			window(5, "down", true, &["down", "down", "up"]),
			window(6, "declared maintenance", false, &["down"]),
		];
		let told = missed(&windows);
		assert_eq!(told.len(), 2);
		assert!(told[0].starts_with("window 5  down, counts: ") && told[0].ends_with(" up"), "{}", told[0]);
		assert!(told[1].contains("declared maintenance, does not count"), "{}", told[1]);
	}
}
