//! Sends an input to the operator's endpoint.

use std::time::Duration;

use serde::Deserialize;
use vektor_client::{units, Client, Error, Result};
use vektor_primitives::JobId;

use crate::{
	ui::Ui,
	wait::{still_open, Missed},
};

/// The longest answer that is read.
const MAX_ANSWER: usize = 16 * 1024;

/// The first and the longest pause between tries.
const PAUSE: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(15));

/// What the operator's endpoint says.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
	/// The input is on the operator's disk.
	Taken,
	/// Not now; the same input may be taken later.
	Later(String),
	/// Never.
	Refused(String),
}

#[derive(Deserialize)]
struct Refusal {
	code: String,
	message: String,
	action: String,
}

/// Sends `payload` until the operator has it. False where the job closed before that; an error where the operator says
/// that it will not take it.
pub async fn send(client: &mut Client, endpoint: &str, job: JobId, payload: &[u8], ui: &mut Ui) -> Result<bool> {
	if !endpoint.starts_with("http://") && !endpoint.starts_with("https://") {
		return Err(Error::Input(format!(
			"the operator's endpoint {endpoint} is no web address: name one with --endpoint"
		)));
	}
	let url = format!("{}/jobs/{}/input", endpoint.trim_end_matches('/'), units::hex_of(job.0));
	let http = reqwest::Client::builder()
		.timeout(Duration::from_secs(15))
		.redirect(reqwest::redirect::Policy::none())
		.build()
		.map_err(|e| Error::Input(format!("no HTTP here: {e}")))?;
	let mut pause = PAUSE.0;
	let mut missed = Missed::default();
	ui.now(format!("Sending the input to {endpoint}"));
	loop {
		match post(&http, &url, payload).await {
			Answer::Taken => {
				ui.line("The operator has the input.");
				return Ok(true);
			}
			Answer::Refused(why) => {
				return Err(Error::Refused(format!("the operator does not take the input: {why}.")))
			}
			Answer::Later(why) => {
				match still_open(client, job, &mut missed).await {
					Ok(true) => (),
					Ok(false) => {
						ui.line(&format!("The job closed before the operator took its input: {why}"));
						return Ok(false);
					}
					// The node may be back before the deadline, and the operator may take the input without it.
					Err(e) if e.is_node_loss() => {
						if let Ok(again) = Client::connect(client.url()).await {
							*client = again;
						}
					}
					Err(e) => return Err(e),
				}
				ui.now(format!("The operator does not take the input yet ({why}); trying again"));
			}
		}
		tokio::time::sleep(pause).await;
		pause = (pause * 2).min(PAUSE.1);
	}
}

async fn post(http: &reqwest::Client, url: &str, payload: &[u8]) -> Answer {
	let mut response = match http.post(url).body(payload.to_vec()).send().await {
		Ok(response) => response,
		Err(e) if e.is_connect() => {
			return Answer::Later("nobody answers there: is `vektor-operator run` running?".into())
		}
		Err(e) if e.is_timeout() => return Answer::Later("no answer in time".into()),
		Err(e) => return Answer::Later(e.to_string()),
	};
	let mut body = Vec::new();
	while let Ok(Some(chunk)) = response.chunk().await {
		body.extend_from_slice(&chunk);
		if body.len() > MAX_ANSWER {
			break;
		}
	}
	judge(response.status().as_u16(), &body)
}

/// What an answer means.
fn judge(status: u16, body: &[u8]) -> Answer {
	let refusal = serde_json::from_slice::<Refusal>(body).ok();
	let words = match &refusal {
		Some(Refusal { message, action, .. }) => format!("{}. To do: {}", printable(message), printable(action)),
		None => format!("HTTP {status}"),
	};
	match (status, refusal.as_ref().map(|refusal| refusal.code.as_str())) {
		(200 | 202, _) => Answer::Taken,
		(404, Some("unknown_job")) | (408 | 429 | 500..=599, _) => Answer::Later(words),
		_ => Answer::Refused(words),
	}
}

/// Another machine's words, fit for a terminal.
fn printable(text: &str) -> String {
	text.chars().filter(|c| !c.is_control()).take(300).collect()
}

#[cfg(test)]
mod tests {
	use super::*;

	fn body(code: &str) -> Vec<u8> {
		format!(r#"{{"code":"{code}","message":"m\u001b[2J","action":"a"}}"#).into_bytes()
	}

	#[test]
	fn what_may_pass_is_tried_again_and_what_may_not_is_not() {
		assert_eq!(judge(202, b"{}"), Answer::Taken);
		assert_eq!(judge(200, b""), Answer::Taken);
		for (status, code) in [(404, "unknown_job"), (503, "no_node"), (408, "too_slow"), (500, "storage")] {
			assert!(matches!(judge(status, &body(code)), Answer::Later(_)), "{code}");
		}
		for (status, code) in [(404, "unknown_path"), (409, "not_mine"), (422, "commitment_mismatch"), (301, "moved")] {
			assert!(matches!(judge(status, &body(code)), Answer::Refused(_)), "{code}");
		}
	}

	#[test]
	fn another_machines_words_cannot_move_the_cursor() {
		assert_eq!(judge(409, &body("not_mine")), Answer::Refused("m[2J. To do: a".into()));
	}
}
