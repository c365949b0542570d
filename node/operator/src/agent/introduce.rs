//! What is checked before anything is served.

use std::sync::atomic::Ordering;

use vektor_client::{units, Client, Error, Result};

use super::Agent;
use crate::say;

/// Checks that this is the right chain, and says how the operator stands there.
pub(super) async fn introduce(agent: &Agent, client: &Client) -> Result<()> {
	let chain = client.chain();
	if chain.genesis != agent.genesis {
		return Err(Error::Input(format!(
			"this operator is registered on another chain than \"{}\" ({}): run `vektor-operator register` for this one",
			chain.name,
			units::hex_of(chain.genesis)
		)));
	}
	agent.key.allowed_on(chain.kind)?;
	let operator = client.operator(agent.shared.operator).await?.ok_or_else(|| {
		Error::Missing("the chain no longer knows this operator: run `vektor-operator register`".into())
	})?;
	if AsRef::<[u8; 32]>::as_ref(&operator.agent) != &agent.key.account().0 {
		return Err(Error::Key(format!(
			"the chain names {} as this operator's agent, and this key is {}'s: the owner can change it with operators.set_agent",
			operator.agent,
			agent.key.account()
		)));
	}
	if !agent.compared.load(Ordering::Relaxed) {
		for (id, model) in &agent.shared.ezkl {
			model.fits(client.model(*id).await?.as_ref())?;
			say!("model {}  proved by ezkl", units::hex_of(id.0));
		}
		if let Some(enclave) = &agent.enclave {
			let image = enclave.introduce(client).await?;
			for (id, model) in &agent.shared.session {
				model.fits(client.model(*id).await?.as_ref(), &image)?;
				say!("model {}  {}", units::hex_of(id.0), enclave.name());
			}
		}
		agent.compared.store(true, Ordering::Relaxed);
	}
	say!("connected to \"{}\" at {}  status {:?}", chain.name, client.url(), operator.status);
	if let Some(reason) = operator.ineligible {
		say!("no new work for now: {reason:?}; `vektor-operator status` says more");
	}
	Ok(())
}
