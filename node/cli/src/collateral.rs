//! `vektor post-collateral`: what Intel says of a family of TDX platforms, brought to the chain.

use std::{
	path::PathBuf,
	time::{SystemTime, UNIX_EPOCH},
};

use clap::Args;
use serde_json::json;
use vektor_client::{calls::Call, units, Error, Result, H256};
use vektor_primitives::hash;
use vektor_verifier_tdx::{check_collateral, CollateralInfo, Root, INTEL_ROOT};

use crate::{model::send, ui, verify, Common};

/// What to post.
#[derive(Args)]
pub struct Options {
	/// Intel's documents: JSON as dcap-qvl writes it, or encoded as the chain keeps them.
	#[arg(value_name = "FILE")]
	file: PathBuf,
}

/// Posts collateral that holds now.
pub async fn execute(common: &Common, options: &Options) -> Result<()> {
	let parts = verify::collateral(&options.file)?;
	let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
	let info = checked(&parts, now)?;
	let key = common.signer()?;
	let client = common.connect().await?;
	key.allowed_on(client.chain().kind)?;
	let call = Call::new("Verification", "post_collateral").with("root", intel()).with("parts", parts);
	send(&client, &key, call, "Posting").await?;
	let (fmspc, until) = (units::hex_of(info.fmspc), ui::date(info.valid_until));
	if common.json {
		return ui::json(&json!({ "fmspc": fmspc, "evaluation": info.tcb_evaluation_number, "until": until }));
	}
	println!("Posted     for platforms of the family {fmspc}, evaluation {}", info.tcb_evaluation_number);
	println!("Holds      until {until}");
	Ok(())
}

/// What the chain would refuse is refused before it costs a fee.
fn checked(parts: &[u8], now: u64) -> Result<CollateralInfo> {
	let refused = |error: vektor_verifier_tdx::Error| Error::Refused(format!("the collateral: {error}"));
	let root = Root::parse(INTEL_ROOT).map_err(refused)?;
	check_collateral(parts, &root, now).map_err(refused)
}

/// The id of Intel's root: the hash of the chain's `Root::Intel`.
fn intel() -> H256 {
	hash(&(1u8, INTEL_ROOT))
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::path::Path;

	/// 2025-06-19 10:56.
	const AT: u64 = 1_750_330_571;

	#[test]
	fn collateral_is_checked_before_it_costs_anything() {
		let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pallets/verifiers/tdx/vectors");
		let parts = verify::collateral(&file.join("tdx_quote_collateral.json")).unwrap();
		let info = checked(&parts, AT).unwrap();
		assert_eq!(units::hex_of(info.fmspc), "0xb0c06f000000");
		assert_eq!(checked(&parts, info.valid_until).unwrap(), info);
		assert!(checked(&parts, info.valid_until + 1).unwrap_err().to_string().contains("has expired"));
		assert!(checked(&parts[1..], AT).is_err());
		assert!(verify::collateral(&file.join("none")).unwrap_err().to_string().contains("cannot read"));
	}
}
