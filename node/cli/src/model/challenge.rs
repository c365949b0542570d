//! `vektor model challenge`.

use std::path::Path;

use vektor_client::{calls, units, Error, Result};

use super::{affordable, known, parse_id, send};
use crate::{files, ui::json, Common};

/// Challenges a model's key.
pub async fn execute(common: &Common, id: &str, reasons: &Path) -> Result<()> {
	let id = parse_id(id)?;
	let reasons = units::blake2_256(&files::read(reasons)?);
	let key = common.signer()?;
	let client = common.connect().await?;
	key.allowed_on(client.chain().kind)?;
	known(&client, id).await?;
	if let Some(open) = client.challenge(id).await? {
		return Err(Error::Refused(format!("{} challenges this model's key already", open.challenger)));
	}
	let bond: u128 = client.constant("Models", "ChallengeBond").await?;
	affordable(&client, &key, bond, "the bond").await?;
	if !common.json {
		println!("Bond       {}: burned if governance finds the key to be the network's", units::vktr(bond));
		println!("Reasons    {}: publish the file, or nobody can judge", units::hex_of(reasons));
	}
	send(&client, &key, calls::challenge_model(id, reasons), "Challenging").await?;
	let open = client.challenge(id).await?;
	let open =
		open.ok_or_else(|| Error::Lost("the challenge just made is not there: was it judged at once?".into()))?;
	match common.json {
		true => json(&open),
		false => {
			println!(
				"Challenged {}: unless judged before live slot {}, the bond comes back",
				units::hex_of(id.0),
				open.lapses
			);
			Ok(())
		}
	}
}
