//! Amounts, accounts and ids as people write them.

use std::{str::FromStr, sync::OnceLock};

use vektor_primitives::{Asset, Balance, USDC};

use crate::{AccountId, Error, Result};

/// How many decimals the token of every economy has. What is signed is scaled by this, never by what a node says.
pub const DECIMALS: u32 = vektor_primitives::VKTR.ilog10();

/// The native token of a chain, as its spec gives it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Token {
	/// Such as `VKTR`.
	#[serde(rename = "tokenSymbol")]
	pub symbol: String,
	/// How many decimals its smallest unit has.
	#[serde(rename = "tokenDecimals")]
	pub decimals: u32,
}

/// The token of the chain that this program speaks to: one for the life of a program.
static NATIVE: OnceLock<Token> = OnceLock::new();

/// Amounts are written in this token from now on. The first one stays. One of other decimals than all have is refused: it
/// would scale what people write before it is signed.
pub fn speak_of(token: Token) -> Result<()> {
	if token.decimals != DECIMALS {
		return Err(Error::Shape(format!(
			"the node gives its token {} decimals, and every chain of this kind {DECIMALS}",
			token.decimals
		)));
	}
	let _ = NATIVE.set(token);
	Ok(())
}

/// The token that amounts are written in: VKTR until a chain has said its own.
pub fn native() -> &'static Token {
	static VKTR: OnceLock<Token> = OnceLock::new();
	NATIVE.get().unwrap_or_else(|| VKTR.get_or_init(|| Token { symbol: "VKTR".into(), decimals: DECIMALS }))
}

fn symbol(asset: &Asset) -> Option<(&'static str, u32)> {
	match asset {
		Asset::Native => Some((&native().symbol, native().decimals)),
		Asset::WithId(USDC) => Some(("USDC", 6)),
		Asset::WithId(_) => None,
	}
}

/// An amount with its unit: `1.5 USDC`.
pub fn amount(asset: &Asset, value: Balance) -> String {
	match (symbol(asset), asset) {
		(Some((symbol, decimals)), _) => format!("{} {symbol}", decimal(value, decimals)),
		(None, Asset::WithId(id)) => format!("{value} of asset {id}"),
		(None, Asset::Native) => value.to_string(),
	}
}

/// Micro-USD as dollars: `0.1 USD`.
pub fn usd(value: vektor_primitives::Usd) -> String {
	format!("{} USD", decimal(value.0, 6))
}

/// The native token with its unit.
pub fn vktr(value: Balance) -> String {
	amount(&Asset::Native, value)
}

/// USDC with its unit.
pub fn usdc(value: Balance) -> String {
	amount(&Asset::WithId(USDC), value)
}

/// `value / 10^decimals`, exactly, without trailing zeros.
pub fn decimal(value: Balance, decimals: u32) -> String {
	// A unit beyond the largest balance leaves no whole part.
	let (whole, part) = match 10u128.checked_pow(decimals) {
		Some(unit) => (value / unit, value % unit),
		None => (0, value),
	};
	if part == 0 {
		return whole.to_string();
	}
	let part = format!("{part:0width$}", width = decimals as usize);
	format!("{whole}.{}", part.trim_end_matches('0'))
}

/// Reads an amount such as `1.5` or `1_000` of an asset with that many decimals.
pub fn parse_decimal(text: &str, decimals: u32) -> Result<Balance> {
	let wrong = || Error::Input(format!("{text} is no amount: write digits, with at most {decimals} after the point"));
	let clean = text.trim().replace('_', "");
	let (whole, part) = clean.split_once('.').unwrap_or((&clean, ""));
	let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
	if (whole.is_empty() && part.is_empty()) || !digits(whole) || !digits(part) || part.len() > decimals as usize {
		return Err(wrong());
	}
	let padded = format!("{whole}{part:0<width$}", width = decimals as usize);
	padded.parse().map_err(|_| wrong())
}

/// Reads `usdc` or `vktr`.
pub fn parse_asset(text: &str) -> Result<Asset> {
	match text.to_ascii_lowercase().as_str() {
		"usdc" => Ok(Asset::WithId(USDC)),
		"vktr" => Ok(Asset::Native),
		_ => Err(Error::Input(format!("{text} is no asset: write usdc or vktr"))),
	}
}

/// Reads bytes in hexadecimal, with or without `0x`.
pub fn parse_hex(text: &str) -> Result<Vec<u8>> {
	let bytes = hex::decode(text.trim().trim_start_matches("0x"));
	bytes.map_err(|_| Error::Input(format!("{text} is not hexadecimal")))
}

/// Reads 32 bytes in hexadecimal, with or without `0x`.
pub fn parse_hash(text: &str) -> Result<[u8; 32]> {
	hex::decode(text.trim().trim_start_matches("0x"))
		.ok()
		.and_then(|bytes| bytes.try_into().ok())
		.ok_or_else(|| Error::Input(format!("{text} is no id: write 0x and 64 hexadecimal digits")))
}

/// Reads an SS58 address, or 32 bytes in hexadecimal.
pub fn parse_account(text: &str) -> Result<AccountId> {
	if text.starts_with("0x") {
		return parse_hash(text).map(AccountId::from);
	}
	AccountId::from_str(text.trim()).map_err(|e| Error::Input(format!("{text} is no account address: {e}")))
}

/// Blake2b-256, the chain's hash.
pub fn blake2_256(bytes: &[u8]) -> [u8; 32] {
	subxt::config::Hasher::hash(&subxt::config::substrate::BlakeTwo256, bytes).0
}

/// Bytes as `0x` and hexadecimal digits.
pub fn hex_of(bytes: impl AsRef<[u8]>) -> String {
	format!("0x{}", hex::encode(bytes))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn amounts_are_exact_both_ways() {
		for (value, decimals, text) in
			[(1_500_000, 6, "1.5"), (0, 6, "0"), (1, 12, "0.000000000001"), (20_000_000, 6, "20")]
		{
			assert_eq!(decimal(value, decimals), text);
			assert_eq!(parse_decimal(text, decimals).unwrap(), value);
		}
		assert_eq!(usdc(100_000), "0.1 USDC");
		assert_eq!(vktr(u128::MAX), "340282366920938463463374607.431768211455 VKTR");
	}

	#[test]
	fn a_token_of_other_decimals_than_all_have_is_refused() {
		assert_eq!(DECIMALS, 12);
		for decimals in [0, 6, 18, u32::MAX] {
			let refused = speak_of(Token { symbol: "VKTR".into(), decimals }).unwrap_err();
			assert_eq!(refused.code(), "version_mismatch", "{refused}");
		}
		assert_eq!(native().decimals, DECIMALS);
	}

	#[test]
	fn more_decimals_than_a_balance_has_digits_leave_no_whole_part() {
		assert_eq!(decimal(u128::MAX, 38), "3.40282366920938463463374607431768211455");
		assert_eq!(decimal(u128::MAX, 39), "0.340282366920938463463374607431768211455");
	}

	#[test]
	fn what_is_no_amount_is_refused() {
		for text in ["", ".", "-1", "1,5", "0.0000001", "1e3", "99999999999999999999999999999999999999999"] {
			assert!(parse_decimal(text, 6).is_err(), "{text}");
		}
		assert_eq!(parse_decimal("1_000", 6).unwrap(), 1_000_000_000);
	}

	#[test]
	fn ids_and_accounts_are_read_as_written() {
		assert!(parse_hash("0x12").is_err());
		assert_eq!(parse_hash(&hex_of([7; 32])).unwrap(), [7; 32]);
		let alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
		assert_eq!(parse_account(alice).unwrap().to_string(), alice);
		assert!(parse_account("5Grw").is_err());
		assert!(parse_asset("dot").is_err());
	}
}
