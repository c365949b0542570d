//! Who somebody is, as `pallet-identity` has it.

use alloc::string::String;
use pallet_identity::{Data, IdentityOf, Judgement, SuperOf};
use pallet_staking::{ActiveEra, ErasRewardPoints};
use vektor_primitives::traits::EraPoints;
use vektor_runtime_api::IdentityInfo;

use crate::{AccountId, Runtime};

/// Under which name of an identity's additional fields a data centre states its tier, such as `Tier III`.
const DATA_CENTRE: &[u8] = b"data-centre";

fn text(data: &Data) -> Option<String> {
	match data {
		Data::Raw(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
		_ => None,
	}
}

/// The identity behind an account and what registrars say of it: the best of their judgements. Its own comes before that of
/// whoever has it as a sub, since nobody asks an account whether it is one: what is shown, and nothing that the chain decides by.
pub fn identity(account: &AccountId) -> Option<IdentityInfo> {
	let above = || IdentityOf::<Runtime>::get(SuperOf::<Runtime>::get(account)?.0);
	let registration = IdentityOf::<Runtime>::get(account).or_else(above)?;
	let rank = |judgement: &Judgement<_>| match judgement {
		Judgement::KnownGood => 2,
		Judgement::Reasonable => 1,
		_ => 0,
	};
	let said = registration.judgements.iter().map(|(_, judgement)| rank(judgement)).max();
	let centre = registration
		.info
		.additional
		.iter()
		.find(|(name, _)| text(name).is_some_and(|name| name.as_bytes() == DATA_CENTRE));
	Some(IdentityInfo {
		name: text(&registration.info.display),
		judged: said.is_some_and(|rank| rank > 0),
		known_good: said.is_some_and(|rank| rank > 1),
		data_centre: centre.and_then(|(_, tier)| text(tier)),
	})
}

/// Era points beside those for blocks.
pub struct Points;

impl EraPoints<AccountId> for Points {
	fn add(validator: AccountId, points: u32) {
		let Some(era) = ActiveEra::<Runtime>::get() else {
			return;
		};
		ErasRewardPoints::<Runtime>::mutate(era.index, |rewards| {
			let own = rewards.individual.entry(validator).or_default();
			*own = own.saturating_add(points);
			rewards.total = rewards.total.saturating_add(points);
		});
	}
}
