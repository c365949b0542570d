//! Validators: the keys that a node signs with, and how an account stands that stakes for one.

use codec::{Compact, Decode, Encode};
use subxt::{dynamic, error::StorageError, ext::scale_decode::DecodeAsType};

use crate::{
	calls::Call,
	read::params,
	units::{hex_of, parse_hex},
	AccountId, Client, Error,
};

// The derives below mean the standard's `Result`.
type Answer<T> = crate::Result<T>;

/// Keys that a node has made for itself, and the proof that it has their secrets. The proof is for one account: who registers the keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionKeys {
	/// The public keys: BABE's, GRANDPA's, authority discovery's.
	pub keys: Vec<u8>,
	/// The argument `proof` of `session.setKeys`.
	pub proof: Vec<u8>,
}

#[derive(serde::Deserialize)]
struct Generated {
	keys: String,
	proof: Option<String>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Health {
	is_syncing: bool,
}

/// A part of a bond that is on its way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unbonding {
	/// How much, in VKTR's smallest unit.
	pub amount: u128,
	/// The era from which on it can be withdrawn.
	pub era: u32,
}

/// How an account stands that validates, or might.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validator {
	/// Whether anything is bonded or unbonding.
	pub is_bonded: bool,
	/// What is bonded and counts, in VKTR's smallest unit.
	pub active: u128,
	/// What is unbonding.
	pub unbonding: Vec<Unbonding>,
	/// Whether it stands for election, and for what commission, in parts per billion.
	pub commission: Option<u32>,
	/// The session keys that it has registered.
	pub keys: Option<Vec<u8>>,
	/// Whether it is in the set of this session.
	pub is_elected: bool,
	/// The era that is on.
	pub era: u32,
	/// The era by which what has unbonded is reckoned: in an era's last session the next.
	pub planned: u32,
	/// How many periods between slashes the chain keeps of it, which withdrawing has to name.
	pub spans: u32,
	/// What it has earned of that era's points so far.
	pub points: u32,
	/// The least bond of a validator.
	pub least: u128,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Ledger {
	active: u128,
	unlocking: Vec<Chunk>,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Chunk {
	value: u128,
	era: u32,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Keys {
	babe: [u8; 32],
	grandpa: [u8; 32],
	authority_discovery: [u8; 32],
	connectivity: [u8; 32],
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Era {
	index: u32,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Spans {
	prior: Vec<u32>,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Points {
	individual: Vec<([u8; 32], u32)>,
}

impl Client {
	/// Has the node make new session keys, which it keeps, with the proof that `owner` needs to register them. Only a node that listens for its own operator
	/// answers.
	pub async fn rotate_keys(&self, owner: AccountId) -> Answer<SessionKeys> {
		let made: Generated = self.ask("author_rotateKeysWithOwner", params![hex_of(owner.0)]).await?;
		let proof = made.proof.ok_or_else(|| Error::Shape("the node's runtime gives no proof of its keys".into()))?;
		Ok(SessionKeys { keys: parse_hex(&made.keys)?, proof: parse_hex(&proof)? })
	}

	/// Whether the node has the secrets of session keys.
	pub async fn has_session_keys(&self, keys: &[u8]) -> Answer<bool> {
		self.ask("author_hasSessionKeys", params![hex_of(keys)]).await
	}

	/// Whether the node is still behind the network.
	pub async fn is_syncing(&self) -> Answer<bool> {
		let health: Health = self.ask("system_health", params![]).await?;
		Ok(health.is_syncing)
	}

	/// How an account stands that validates, or might.
	pub async fn validator(&self, stash: AccountId) -> Answer<Validator> {
		let at = self.at_best().await?;
		let storage = at.storage();
		macro_rules! read {
			($pallet:literal, $entry:literal, $keys:ty, $value:ty, $at:expr) => {{
				let entry = dynamic::storage::<$keys, $value>($pallet, $entry);
				let found = storage.try_fetch(entry, $at).await.map_err(Error::subxt)?;
				found.map(|found| found.decode().map_err(Error::subxt)).transpose()?
			}};
		}
		type One = ([u8; 32],);
		let ledger = read!("Staking", "Ledger", One, Ledger, (stash.0,));
		let registered = read!("Session", "NextKeys", One, Keys, (stash.0,));
		// Who does not stand has preferences too, by default: whether there is a row says so.
		let row = dynamic::storage::<One, ()>("Staking", "Validators");
		let row = storage.entry(row).and_then(|row| row.fetch_key((stash.0,))).map_err(Error::subxt)?;
		let preferences = match storage.fetch_raw(row).await {
			Ok(bytes) => Some(<(Compact<u32>, bool)>::decode(&mut bytes.as_slice())),
			Err(StorageError::NoValueFound) => None,
			Err(other) => return Err(Error::subxt(other)),
		};
		let preferences = preferences.transpose().map_err(|e| Error::Shape(e.to_string()))?;
		let elected = read!("Session", "Validators", (), Vec<[u8; 32]>, ()).unwrap_or_default();
		let era = read!("Staking", "ActiveEra", (), Era, ()).map_or(0, |era| era.index);
		let planned = read!("Staking", "CurrentEra", (), u32, ()).unwrap_or(era);
		let spans = read!("Staking", "SlashingSpans", One, Spans, (stash.0,));
		let points = read!("Staking", "ErasRewardPoints", (u32,), Points, (era,));
		let points = points.and_then(|all| all.individual.into_iter().find(|(who, _)| *who == stash.0));
		let least = read!("Staking", "MinValidatorBond", (), u128, ()).unwrap_or_default();
		let unbonding = ledger.iter().flat_map(|ledger| &ledger.unlocking);
		Ok(Validator {
			is_bonded: ledger.is_some(),
			planned,
			spans: spans.map_or(0, |spans| u32::try_from(spans.prior.len()).unwrap_or(u32::MAX).saturating_add(1)),
			active: ledger.as_ref().map_or(0, |ledger| ledger.active),
			unbonding: unbonding.map(|chunk| Unbonding { amount: chunk.value, era: chunk.era }).collect(),
			commission: preferences.map(|(commission, _)| commission.0),
			keys: registered
				.map(|keys| [keys.babe, keys.grandpa, keys.authority_discovery, keys.connectivity].concat()),
			is_elected: elected.contains(&stash.0),
			era,
			points: points.map_or(0, |(_, points)| points),
			least,
		})
	}
}

/// `session.set_keys`, signed by the owner that the proof is for.
pub fn set_keys(made: &SessionKeys) -> Call {
	Call::new("Session", "set_keys").with_raw("keys", made.keys.clone()).with("proof", made.proof.clone())
}

/// Where what a validator earns goes: to its bond, or to its account. The first two of `RewardDestination`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode)]
pub enum Payee {
	/// Bonded too.
	Staked,
	/// Free.
	Stash,
}

/// `staking.bond`: what is earned is bonded, too.
pub fn bond(amount: u128) -> Call {
	Call::new("Staking", "bond").with("value", Compact(amount)).with("payee", Payee::Staked)
}

/// `staking.set_payee`.
pub fn set_payee(payee: Payee) -> Call {
	Call::new("Staking", "set_payee").with("payee", payee)
}

/// `staking.bond_extra`.
pub fn bond_extra(amount: u128) -> Call {
	Call::new("Staking", "bond_extra").with("max_additional", Compact(amount))
}

/// `staking.validate`, with a commission in parts per billion.
pub fn validate(commission: u32) -> Call {
	let blocked = false;
	Call::new("Staking", "validate").with_raw("prefs", (Compact(commission), blocked).encode())
}

/// `staking.chill`: stands for election no more.
pub fn chill() -> Call {
	Call::new("Staking", "chill")
}

/// `staking.unbond`.
pub fn unbond(amount: u128) -> Call {
	Call::new("Staking", "unbond").with("value", Compact(amount))
}

/// `staking.withdraw_unbonded`, of an account of which the chain keeps so many slashing spans.
pub fn withdraw(spans: u32) -> Call {
	Call::new("Staking", "withdraw_unbonded").with("num_slashing_spans", spans)
}

/// `session.purge_keys`: the deposit comes back.
pub fn purge_keys() -> Call {
	Call::new("Session", "purge_keys")
}
