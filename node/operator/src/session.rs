//! The enclave that the agent runs in: its keys, its quotes, and the models that it serves.

mod evidence;
mod model;
mod outputs;
mod standing;

use std::{
	collections::BTreeMap,
	path::PathBuf,
	sync::{Arc, OnceLock},
	time::{SystemTime, UNIX_EPOCH},
};

use vektor_client::{calls, units, Client, Error, Result, H256};
use vektor_primitives::{ModelId, OperatorId, SessionClaim, SessionKeys};
use vektor_session::{
	platform::{Emulated, Tsm, MEASUREMENT, REPORTS},
	Command, Keys, Platform, PlatformError,
};

use crate::config::{Config, PlatformKind, SessionTerms};

pub use evidence::advice;
use evidence::Measured;
pub use model::{Failure, Model};
pub use standing::{End, Need, Standing};

/// The models of the configuration, by id.
pub type Models = BTreeMap<ModelId, Arc<Model>>;

/// What the evidence of a session commits to.
pub type Claim = SessionClaim<[u8; 32]>;

/// The enclave. Its keys are made when the process starts, and end with it.
pub struct Enclave {
	platform: Platform,
	keys: Arc<Keys>,
	/// What it measures, once it was asked.
	image: OnceLock<H256>,
	/// Whether the chain takes its results.
	pub standing: Standing,
}

/// The enclave and the models of the configuration, which this operator serves on the chain of that genesis.
pub fn load(config: &Config, genesis: H256, operator: OperatorId) -> Result<Option<(Enclave, Models)>> {
	let Some(terms) = &config.session else { return Ok(None) };
	let keys = Arc::new(Keys::generate());
	let models = terms.model.iter().map(|model| {
		let command = command(&model.command).ok_or_else(|| Error::Input("session.model without a command".into()))?;
		let (id, most) = (model.id()?, model.time_limit());
		Ok((id, Arc::new(Model::new(id, command, keys.clone(), genesis, operator, most))))
	});
	let models = models.collect::<Result<_>>()?;
	let enclave =
		Enclave { platform: platform(terms, operator)?, keys, image: OnceLock::new(), standing: Standing::default() };
	Ok(Some((enclave, models)))
}

fn platform(terms: &SessionTerms, operator: OperatorId) -> Result<Platform> {
	Ok(match terms.platform {
		PlatformKind::Tsm => Platform::Tsm(Tsm {
			reports: PathBuf::from(REPORTS),
			vcek: terms.vcek.clone(),
			gpus: command(&terms.gpu_evidence),
		}),
		PlatformKind::Emulated => {
			// Operators have machines of their own.
			let mut chip = [0; 64];
			chip.iter_mut().zip(operator.0 .0).for_each(|(byte, of)| *byte = of);
			let measurement = terms.measurement()?.unwrap_or(MEASUREMENT);
			let machine = Emulated::new(chip, measurement, terms.gpus.clone());
			Platform::Emulated(machine.map_err(|e| Error::Input(format!("session.gpus: {e}")))?)
		}
	})
}

fn command(words: &[String]) -> Option<Command> {
	words.split_first().map(|(program, arguments)| Command::new(program, arguments))
}

impl Enclave {
	/// The public halves of its keys.
	pub fn keys(&self) -> SessionKeys {
		let (signing, sealing) = self.keys.public();
		SessionKeys { signing: H256(signing), sealing: H256(sealing) }
	}

	/// What its models run in, for the log.
	pub fn name(&self) -> &'static str {
		match self.platform {
			Platform::Tsm(_) => "in this machine's enclave",
			Platform::Emulated(_) => "in an emulated enclave: nothing is kept from this machine",
		}
	}

	/// The image that it measures, once [`Self::introduce`] has asked.
	pub fn image(&self) -> Option<H256> {
		self.image.get().copied()
	}

	/// Asks the machine what runs in it, and the chain whether that may serve: what no session could come of is an error.
	pub async fn introduce(self: &Arc<Self>, client: &Client) -> Result<H256> {
		let enclave = self.clone();
		let Measured { image, root, .. } = asked(move || enclave.quote(&[0; 64])).await?;
		if !client.trusts_root(&root).await? {
			return Err(Error::Input(format!(
				"\"{}\" does not trust the root of this machine's hardware ({}){}",
				client.chain().name,
				units::hex_of(root),
				match self.platform {
					Platform::Emulated(_) => ": an emulated platform is for development chains",
					Platform::Tsm(_) => "; governance decides which it trusts",
				}
			)));
		}
		let id = image.id();
		if !client.allows_image(&id).await? {
			return Err(Error::Input(format!(
				"\"{}\" does not allow the image that this machine measures: {} ({image:?}). Governance allows images, and an image that was \
				 changed in any way is another",
				client.chain().name,
				units::hex_of(id)
			)));
		}
		Ok(*self.image.get_or_init(|| id))
	}

	/// The quote and the GPUs' reports that vouch for a claim, as the chain takes them.
	pub async fn evidence(self: &Arc<Self>, claim: Claim) -> Result<(calls::Quote, Vec<calls::GpuEvidence>)> {
		let enclave = self.clone();
		asked(move || enclave.gather(&claim)).await
	}

	fn gather(&self, claim: &Claim) -> Result<(calls::Quote, Vec<calls::GpuEvidence>)> {
		let shown = self.platform.gpus(&claim.nonce()).map_err(no_evidence)?;
		let reports: Vec<_> = shown.iter().map(|gpu| H256(units::blake2_256(&gpu.report))).collect();
		let quote = self.quote(&claim.report_data(&reports))?.quote;
		let root = evidence::nvidia_root(&self.platform);
		Ok((quote, shown.into_iter().map(|gpu| evidence::of_gpu(gpu, root)).collect()))
	}

	fn quote(&self, report_data: &[u8; 64]) -> Result<Measured> {
		let quote = self.platform.evidence(report_data).map_err(no_evidence)?;
		evidence::read(&self.platform, quote, report_data, now())
	}
}

/// Hardware takes its time: not on the async threads.
async fn asked<T: Send + 'static>(ask: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
	let stopped = |e| Error::Input(format!("asking for evidence stopped: {e}"));
	tokio::task::spawn_blocking(ask).await.map_err(stopped)?
}

fn no_evidence(error: PlatformError) -> Error {
	Error::Input(format!("no evidence of this machine's enclave: {error}"))
}

/// Unix time in seconds.
pub fn now() -> u64 {
	SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
pub mod tests;
