//! Which model, and who serves it.

use vektor_circuits::digits;
use vektor_client::{
	api::{OperatorFilter, OperatorInfo},
	units, Client, Error, Model, Result, Session, H256,
};
use vektor_primitives::{ModelId, OperatorId, Scheme};

use crate::ui;

/// What is ordered, from whom.
pub struct Chosen {
	/// The model.
	pub model: Model,
	/// Who serves it.
	pub operator: OperatorInfo,
	/// For a model in an enclave: the session that the input is sealed to.
	pub session: Option<Session>,
}

/// The model and the operator that are named, or the best there is.
pub async fn choose(client: &Client, model: Option<&str>, operator: Option<&str>) -> Result<Chosen> {
	let named = match operator {
		Some(text) => {
			let id = OperatorId(H256(units::parse_hash(text)?));
			let found = client.operator(id).await?;
			Some(found.ok_or_else(|| Error::Missing(format!("the chain knows no operator {text}")))?)
		}
		None => None,
	};
	let wanted = model.map(units::parse_hash).transpose()?.map(|hash| ModelId(H256(hash)));
	let eligible = match &named {
		Some(_) => Vec::new(),
		None => client.operators(OperatorFilter { eligible: true, ..OperatorFilter::default() }).await?,
	};
	let mut models = client.models().await?;
	models.retain(|model| match wanted {
		Some(id) => model.id == id,
		None => model.artefact == H256(digits::artefact()) && !model.retired,
	});
	models.sort_by_key(|model| model.price);
	let candidates = candidates(&models, named, eligible);
	if candidates.is_empty() {
		return Err(Error::Missing(match (models.is_empty(), wanted) {
			(true, Some(_)) => "the chain knows no such model".into(),
			(true, None) => "nobody has registered the digits model here: `vektor-operator register` does".into(),
			(false, _) => {
				"no operator of this model's owner takes work at the moment: `vektor operators --all` says why. Name another that \
				 serves it with --operator"
					.into()
			}
		}));
	}
	let mut refusals = Vec::new();
	for (model, operator) in candidates {
		let Scheme::Session { image } = &model.scheme else {
			return Ok(Chosen { model, operator, session: None });
		};
		let held = client.session(&operator.id, image).await?;
		match current(held) {
			Ok(session) => return Ok(Chosen { model, operator, session: Some(session) }),
			Err(why) => refusals.push(format!("{} {why}", units::hex_of(operator.id.0))),
		}
	}
	Err(Error::Refused(format!(
		"an input of this model is sealed to an enclave, and no operator has a session with its image now: {}. Try again \
		 later, or name another with --operator; `vektor session OPERATOR` shows its sessions",
		refusals.join("; ")
	)))
}

/// Whom to ask, in order. First the models that someone serves for sure: their owners, who have what it takes.
fn candidates(
	models: &[Model],
	named: Option<OperatorInfo>,
	eligible: Vec<OperatorInfo>,
) -> Vec<(Model, OperatorInfo)> {
	let owns = |model: &Model, operator: &OperatorInfo| AsRef::<[u8; 32]>::as_ref(&operator.owner) == &model.owner.0;
	if let Some(operator) = named {
		let model = models.iter().find(|model| owns(model, &operator)).or(models.first());
		return model.map(|model| (model.clone(), operator)).into_iter().collect();
	}
	let all = models.iter().flat_map(|model| {
		let owned = eligible.iter().filter(move |operator| owns(model, operator));
		owned.map(move |operator| (model.clone(), operator.clone()))
	});
	all.collect()
}

/// The session, if an input may be sealed to it.
fn current(session: Option<Session>) -> std::result::Result<Session, String> {
	match session {
		Some(session) if session.current => Ok(session),
		Some(session) => {
			Err(format!("must attest anew: its session, until {}, does not hold any more", ui::date(session.until)))
		}
		None => Err("has attested none".into()),
	}
}

#[cfg(test)]
pub mod tests {
	use super::*;
	use crate::session::tests::session;

	/// An operator of that number and owner.
	pub fn operator(n: u8, owner: u8) -> OperatorInfo {
		OperatorInfo {
			id: OperatorId(H256([n; 32])),
			owner: [owner; 32].into(),
			agent: [n; 32].into(),
			status: vektor_primitives::OperatorStatus::Active,
			class: "H100".into(),
			gpus: 1,
			region: "local".into(),
			endpoint: "http://127.0.0.1:9955".into(),
			collateral: 1,
			required: 1,
			open_work: 0,
			exposure: Default::default(),
			exposure_bound: Default::default(),
			frozen: 0,
			tier: None,
			reputation: 400,
			fill_rate: None,
			reach: Default::default(),
			uptime: Default::default(),
			maintenance: None,
			barred: None,
			identity: None,
			ineligible: None,
		}
	}

	fn model(n: u8, owner: u8, price: u128) -> Model {
		Model {
			id: ModelId(H256([n; 32])),
			owner: [owner; 32].into(),
			price: vektor_primitives::Usd(price),
			..crate::model::record::tests::model()
		}
	}

	fn ids(candidates: Vec<(Model, OperatorInfo)>) -> Vec<(ModelId, OperatorId)> {
		candidates.into_iter().map(|(model, operator)| (model.id, operator.id)).collect()
	}

	#[test]
	fn the_cheapest_model_that_someone_can_prove_is_chosen() {
		let models = [model(1, 10, 5), model(2, 20, 6)];
		let chosen = candidates(&models, None, vec![operator(7, 20), operator(8, 30), operator(9, 20)]);
		assert_eq!(ids(chosen), [(models[1].id, operator(7, 0).id), (models[1].id, operator(9, 0).id)]);
		assert!(candidates(&models, None, vec![operator(7, 30)]).is_empty());
		assert!(candidates(&[], Some(operator(7, 30)), vec![]).is_empty());
	}

	#[test]
	fn a_named_operator_serves_its_own_model_first() {
		let models = [model(1, 10, 5), model(2, 20, 6)];
		for (owner, of) in [(20, &models[1]), (30, &models[0])] {
			let chosen = candidates(&models, Some(operator(7, owner)), vec![]);
			assert_eq!(ids(chosen), [(of.id, operator(7, 0).id)]);
		}
	}

	#[test]
	fn an_input_is_sealed_to_a_session_that_holds_and_to_no_other() {
		assert_eq!(current(Some(session(true))), Ok(session(true)));
		assert!(current(Some(session(false))).unwrap_err().contains("until 1970"));
		assert!(current(None).unwrap_err().contains("none"));
	}
}
