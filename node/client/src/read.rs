use codec::{Decode, Encode};
use serde::de::DeserializeOwned;
use subxt::{dynamic, ext::scale_decode::DecodeAsType, rpcs::client::RpcParams, utils::H256, OnlineClientAtBlock};
use vektor_primitives::{Asset, Balance, Evidence, EvidenceError, JobId, ModelId, OperatorId, Statement, Usd, USDC};
use vektor_runtime_api::{
	AccrualInfo, AvailabilityInfo, CaseInfo, HeldMoney, JobInfo, LotInfo, OperatorFilter, OperatorInfo, PositionInfo,
	Quote, SplitInfo, SupplyInfo, TierInfo, WindowInfo, WorkInfo,
};

use crate::{connection::answered, units::hex_of, AccountId, Client, Error, VektorConfig};

type Answer<T> = crate::Result<T>;

/// The number of the error that says why there is no quote.
const NO_QUOTE: i32 = 20003;

/// What an account holds itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balances {
	/// VKTR that is not reserved, in its smallest unit.
	pub vktr: Balance,
	/// Of that, what a lock (vesting, staking, a vote) keeps from being spent.
	pub locked: Balance,
	/// VKTR that a deposit reserves.
	pub reserved: Balance,
	/// USDC, in its smallest unit.
	pub usdc: Balance,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Account {
	data: AccountData,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct AccountData {
	free: u128,
	reserved: u128,
	frozen: u128,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct AssetAccount {
	balance: u128,
}

/// A hardware class of the chain's table, as far as registering needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct HardwareClass {
	/// Collateral for each GPU, in VKTR's smallest unit.
	pub collateral_per_gpu: u128,
	/// Whether operators of this class may join.
	pub enabled: bool,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct ProbeWindow {
	set: u32,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Prober {
	key: AccountId,
}

#[derive(serde::Deserialize)]
struct Verdict {
	accepted: bool,
	reason: Option<EvidenceError>,
}

macro_rules! params {
	($($value:expr),*) => {{
		#[allow(unused_mut)]
		let mut params = subxt::rpcs::client::RpcParams::new();
		$(params.push($value).map_err(|e| Error::Shape(e.to_string()))?;)*
		params
	}};
}
pub(crate) use params;

impl Client {
	/// One operator, by its id.
	pub async fn operator(&self, id: OperatorId) -> Answer<Option<OperatorInfo>> {
		self.ask("operators_get", params![id]).await
	}

	/// Operators by filter.
	pub async fn operators(&self, filter: OperatorFilter) -> Answer<Vec<OperatorInfo>> {
		self.ask("operators_list", params![filter]).await
	}

	/// What one inference would cost, or why it cannot be paid so.
	pub async fn quote(&self, model: ModelId, asset: Asset) -> Answer<Quote> {
		match self.ask("inference_quote", params![model, asset]).await {
			// "No quote", the error's name, what it means.
			Err(Error::Rpc { code: NO_QUOTE, message, .. }) => {
				let why = message.splitn(3, ": ").last().unwrap_or_default();
				Err(Error::Refused(format!("no price for this inference: {why}")))
			}
			other => other,
		}
	}

	/// One job, as the best block knows it, or the block given.
	pub async fn job(&self, id: JobId, at: Option<H256>) -> Answer<Option<JobInfo>> {
		self.ask("inference_job", params![id, at]).await
	}

	/// Whether `jobs.deliver` would settle on this evidence now, and if not why.
	pub async fn verify_evidence(
		&self,
		statement: &Statement,
		evidence: &Evidence,
	) -> Answer<std::result::Result<(), EvidenceError>> {
		let (statement, evidence) = (hex_of(statement.encode()), hex_of(evidence.encode()));
		let verdict: Verdict = self.ask("inference_verifyEvidence", params![statement, evidence]).await?;
		Ok(match (verdict.accepted, verdict.reason) {
			(true, _) => Ok(()),
			(false, reason) => Err(reason.unwrap_or(EvidenceError::DoesNotHold)),
		})
	}

	/// A hardware class by its name.
	pub async fn class(&self, name: &str) -> Answer<Option<HardwareClass>> {
		let at = self.at_best().await?;
		let entry = dynamic::storage::<(Vec<u8>,), HardwareClass>("Operators", "Classes");
		let found = at.storage().try_fetch(entry, (name.as_bytes().to_vec(),)).await.map_err(Error::subxt)?;
		found.map(|class| class.decode().map_err(Error::subxt)).transpose()
	}

	/// What so much VKTR is worth at the pool's price now. Nothing without a pool.
	pub async fn worth(&self, native: Balance) -> Answer<Option<Usd>> {
		let pair = hex_of((Asset::Native, Asset::WithId(USDC)).encode());
		let answer: String = self.ask("state_call", params!["AssetConversionApi_get_reserves", pair]).await?;
		let bytes = hex::decode(answer.trim_start_matches("0x")).unwrap_or_default();
		let reserves = Option::<(Balance, Balance)>::decode(&mut bytes.as_slice()).ok().flatten();
		let worth = |(vktr, usd): (Balance, Balance)| native.checked_mul(usd)?.checked_div(vktr).map(Usd);
		Ok(reserves.and_then(worth))
	}

	/// The key of a prober in the set of a window.
	pub async fn prober(&self, window: u32, prober: u16) -> Answer<Option<[u8; 32]>> {
		let at = self.at_best().await?;
		let windows = dynamic::storage::<(u32,), ProbeWindow>("Connectivity", "Windows");
		let Some(found) = at.storage().try_fetch(windows, (window,)).await.map_err(Error::subxt)? else {
			return Ok(None);
		};
		let ProbeWindow { set } = found.decode().map_err(Error::subxt)?;
		let sets = dynamic::storage::<(u32,), Vec<Prober>>("Connectivity", "Probers");
		let Some(found) = at.storage().try_fetch(sets, (set,)).await.map_err(Error::subxt)? else {
			return Ok(None);
		};
		let set = found.decode().map_err(Error::subxt)?;
		Ok(set.get(usize::from(prober)).map(|prober| prober.key.0))
	}

	/// What probers saw of an operator in the last windows, the oldest first.
	pub async fn windows(&self, id: OperatorId) -> Answer<Vec<WindowInfo>> {
		self.ask("operators_windows", params![id]).await
	}

	/// The open cases against an operator.
	pub async fn cases(&self, id: OperatorId) -> Answer<Vec<CaseInfo>> {
		self.ask("operators_cases", params![id]).await
	}

	/// The open jobs of one operator.
	pub async fn open_jobs(&self, operator: OperatorId) -> Answer<Vec<JobInfo>> {
		self.ask("inference_openJobs", params![operator]).await
	}

	/// The last `n` lots, newest first.
	pub async fn lots(&self, n: u32) -> Answer<Vec<LotInfo>> {
		self.ask("tokenomics_lots", params![n]).await
	}

	/// An operator's part of every lot that was not claimed.
	pub async fn accrued(&self, operator: OperatorId) -> Answer<Vec<AccrualInfo>> {
		self.ask("tokenomics_accrued", params![operator]).await
	}

	/// What an operator's work earned of the emission and was not claimed, and the round that is on.
	pub async fn earned(&self, operator: OperatorId) -> Answer<Vec<WorkInfo>> {
		self.ask("tokenomics_earned", params![operator]).await
	}

	/// What an operator's attested devices bring it.
	pub async fn availability(&self, operator: OperatorId) -> Answer<AvailabilityInfo> {
		self.ask("tokenomics_availability", params![operator]).await
	}

	/// Where every token is.
	pub async fn supply(&self) -> Answer<SupplyInfo> {
		self.ask("tokenomics_supply", params![]).await
	}

	/// The account's stakes under a lock.
	pub async fn positions(&self, account: AccountId) -> Answer<Vec<PositionInfo>> {
		self.ask("tokenomics_position", params![account]).await
	}

	/// What each tier of lock staking earns now, the liquid one first. None where it is off.
	pub async fn apy(&self) -> Answer<Vec<TierInfo>> {
		self.ask("tokenomics_apy", params![]).await
	}

	/// The active split of revenue.
	pub async fn split(&self) -> Answer<SplitInfo> {
		self.ask("tokenomics_split", params![]).await
	}

	/// Every unit of the account's that the protocol holds.
	pub async fn held(&self, account: AccountId) -> Answer<Vec<HeldMoney>> {
		self.ask("tokenomics_money", params![account]).await
	}

	/// What the account holds itself, at the best block.
	pub async fn balances(&self, who: AccountId) -> Answer<Balances> {
		let at = self.at_best().await?;
		let storage = at.storage();
		let account = dynamic::storage::<([u8; 32],), Account>("System", "Account");
		let asset = dynamic::storage::<(u32, [u8; 32]), AssetAccount>("Assets", "Account");
		let mut balances = Balances::default();
		if let Some(found) = storage.try_fetch(account, (who.0,)).await.map_err(Error::subxt)? {
			let AccountData { free, reserved, frozen } = found.decode().map_err(Error::subxt)?.data;
			balances = Balances { vktr: free, locked: frozen.saturating_sub(reserved), reserved, usdc: 0 };
		}
		if let Some(found) = storage.try_fetch(asset, (USDC, who.0)).await.map_err(Error::subxt)? {
			balances.usdc = found.decode().map_err(Error::subxt)?.balance;
		}
		Ok(balances)
	}

	/// A constant of the runtime's, such as `Balances.ExistentialDeposit`.
	pub async fn constant<T: DecodeAsType>(&self, pallet: &str, name: &str) -> Answer<T> {
		let at = self.api.at_current_block().await.map_err(Error::subxt)?;
		at.constants().entry(dynamic::constant::<T>(pallet, name)).map_err(Error::subxt)
	}

	pub(crate) async fn at_best(&self) -> Answer<OnlineClientAtBlock<VektorConfig>> {
		let (number, hash) = self.best().await?;
		self.api.at_block_hash_and_number(hash, number).await.map_err(Error::subxt)
	}

	pub(crate) async fn ask<T: DeserializeOwned>(&self, method: &str, params: RpcParams) -> Answer<T> {
		answered(method, self.rpc.request(method, params)).await
	}
}
