//! `vektor session`: the keys that an operator's enclaves attested, and how an image is named.

use clap::Args;
use serde_json::json;
use vektor_client::{session::Image, units, Error, Result, Session, H256};
use vektor_primitives::OperatorId;

use crate::{ui, Common};

/// Whose sessions.
#[derive(Args)]
pub struct Options {
	/// The operator's id.
	operator: String,
	/// Only the session with this image: its id, or its measurement as snp:HEX or tdx:HEX.
	#[arg(long, value_name = "IMAGE")]
	image: Option<String>,
}

/// Shows what an operator has attested.
pub async fn execute(common: &Common, options: &Options) -> Result<()> {
	let id = OperatorId(H256(units::parse_hash(&options.operator)?));
	let wanted = options.image.as_deref().map(parse_image).transpose()?;
	let client = common.connect().await?;
	if client.operator(id).await?.is_none() {
		return Err(Error::Missing(format!("the chain knows no operator {}", units::hex_of(id.0))));
	}
	let images = match wanted {
		Some(image) => vec![image],
		None => client.images_of(&id).await?,
	};
	let mut sessions = Vec::new();
	for image in images {
		sessions.extend(client.session(&id, &image).await?.map(|session| (image, session)));
	}
	if common.json {
		let rows = sessions.iter().map(|(image, session)| json!({ "image": image, "session": session }));
		return ui::json(&rows.collect::<Vec<_>>());
	}
	let shown: Vec<_> = sessions.iter().map(|(image, session)| text(image, session)).collect();
	match (wanted, shown.is_empty()) {
		(_, false) => println!("{}", shown.join("\n\n")),
		(Some(image), true) => println!("The operator has no session with the image {}.", units::hex_of(image)),
		(None, true) => println!("The operator has attested no session."),
	}
	Ok(())
}

/// A session in words.
fn text(image: &H256, session: &Session) -> String {
	let current = match session.current {
		true => "yes: the chain takes results under it",
		false => "no: it has ended, or something that was trusted is no more; the operator attests anew",
	};
	let mut rows = vec![
		("Image", units::hex_of(image)),
		("Signing", format!("{}, Ed25519: signs results", units::hex_of(session.keys.signing))),
		("Sealing", format!("{}, X25519: inputs are sealed to it", units::hex_of(session.keys.sealing))),
	];
	rows.extend(session.devices.iter().map(|device| ("GPU", units::hex_of(device))));
	rows.extend([("Until", ui::date(session.until)), ("Current", current.into())]);
	rows.iter().map(|(name, value)| format!("{name:7}  {value}")).collect::<Vec<_>>().join("\n")
}

/// Reads the id of an image, or the measurement that it follows from.
pub fn parse_image(text: &str) -> Result<H256> {
	let wrong = || {
		Error::Input(format!(
			"{text} is no image: write its id, 0x and 64 hexadecimal digits, or its measurement as `vektor verify` prints \
			 it: snp: and 96 digits, or tdx: and 64"
		))
	};
	let image = match text.split_once(':') {
		None => return units::parse_hash(text).map(H256).map_err(|_| wrong()),
		Some(("snp", measured)) => bytes(measured).map(Image::Snp),
		Some(("tdx", measured)) => bytes(measured).map(H256).map(Image::Tdx),
		Some(_) => None,
	};
	image.map(|image| image.id()).ok_or_else(wrong)
}

fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
	units::parse_hex(text).ok()?.try_into().ok()
}

#[cfg(test)]
pub mod tests {
	use super::*;
	use vektor_primitives::SessionKeys;

	/// A session with one GPU.
	pub fn session(current: bool) -> Session {
		let keys = SessionKeys { signing: H256([1; 32]), sealing: H256([2; 32]) };
		Session { keys, devices: vec![H256([3; 32])], until: 0, current }
	}

	#[test]
	fn an_image_is_named_by_its_id_or_its_measurement() {
		let id = H256([0xab; 32]);
		assert_eq!(parse_image(&units::hex_of(id)).unwrap(), id);
		for prefix in ["", "0x"] {
			assert_eq!(parse_image(&format!("snp:{prefix}{}", "07".repeat(48))).unwrap(), Image::Snp([7; 48]).id());
			let tdx = Image::Tdx(H256([7; 32])).id();
			assert_eq!(parse_image(&format!("tdx:{prefix}{}", "07".repeat(32))).unwrap(), tdx);
		}
		for wrong in ["", "0x07", "snp:", "snp:07", &format!("tdx:{}", "07".repeat(48)), "sgx:07", "snp:xy"] {
			assert!(parse_image(wrong).unwrap_err().to_string().contains("is no image"), "{wrong}");
		}
	}

	#[test]
	fn a_session_says_what_each_key_is_for_and_whether_it_holds() {
		let shown = text(&H256([4; 32]), &session(true));
		for said in ["0404", "signs results", "inputs are sealed", "GPU      0x0303", "1970-01-01T00:00:00Z", "yes"] {
			assert!(shown.contains(said), "{shown}");
		}
		assert!(text(&H256([4; 32]), &session(false)).contains("no: "));
	}
}
