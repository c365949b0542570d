use std::time::Duration;

use subxt::{
	client::OnlineClientAtBlockImpl,
	config::DefaultExtrinsicParamsBuilder,
	error::TransactionEventsError,
	tx::{SubmittableTransaction, TransactionInBlock, TransactionStatus},
	utils::H256,
};

use vektor_primitives::USDC;

use crate::{
	calls::Call, connection::answered, events::Event, keys::Key, AccountId, Client, Error, FeeAsset, Result,
	VektorConfig,
};

type AtBlock = OnlineClientAtBlockImpl<VektorConfig>;
type Signed = SubmittableTransaction<VektorConfig, AtBlock>;

/// How many blocks a transaction lives, counted from the last final one: a chain takes it while its finality lags by
/// fewer. The longest that there is, since lives are powers of two and the runtime keeps 2,400 hashes of blocks to check
/// them by.
const MORTALITY: u64 = 2_048;

/// The longest without news of a transaction. One that no block takes would be watched for its whole life, and one on a
/// connection that died unnoticed for ever.
const QUIET: Duration = Duration::from_secs(600);

/// How far to watch a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
	/// Until it is in a best block.
	InBlock,
	/// Until its block cannot be reverted.
	Finalised,
}

/// Where a transaction is, on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
	/// It is signed, with this nonce, and goes out next: whoever must not send twice writes the nonce down now.
	Signed(u64),
	/// The node's pool has it.
	Sent(H256),
	/// It is in a best block.
	InBlock(H256),
	/// That block is no longer on the best chain.
	Retracted,
	/// Its block cannot be reverted.
	Finalised(H256),
}

/// A transaction that took effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Included {
	/// The block.
	pub block: H256,
	/// The transaction's hash.
	pub extrinsic: H256,
	/// What it did, in order.
	pub events: Vec<Event>,
}

impl Client {
	/// Signs `call`, sends it and watches it, telling `progress` of each step. Whether an error leaves it open that the
	/// call takes effect, [`Error::is_unsure`] says.
	pub async fn send(
		&self,
		call: &Call,
		key: &Key,
		fee: FeeAsset,
		until: Until,
		mut progress: impl FnMut(Progress) + Send,
	) -> Result<Included> {
		key.allowed_on(self.chain().kind)?;
		let mut watch = {
			let _one_at_a_time = self.nonce.lock().await;
			let (tx, nonce) = self.signed(call, key, fee).await?;
			progress(Progress::Signed(nonce));
			let watch = tx.submit_and_watch().await.map_err(|e| Error::submission(&e))?;
			progress(Progress::Sent(watch.extrinsic_hash()));
			watch
		};
		loop {
			let status = match tokio::time::timeout(QUIET, watch.next()).await {
				Ok(Some(status)) => status,
				Ok(None) => return Err(Error::Lost("the node stopped reporting on the transaction".into())),
				Err(_) => return Err(Error::Lost("no news of the transaction for 10 minutes".into())),
			};
			let (block, at) = match status.map_err(Error::subxt)? {
				TransactionStatus::InBestBlock(block) => (block, Until::InBlock),
				TransactionStatus::InFinalizedBlock(block) => (block, Until::Finalised),
				TransactionStatus::NoLongerInBestBlock => {
					progress(Progress::Retracted);
					continue;
				}
				TransactionStatus::Error { message } => return Err(Error::Lost(message)),
				TransactionStatus::Invalid { message } | TransactionStatus::Dropped { message } => {
					return Err(Error::Unsure(message))
				}
				TransactionStatus::Validated | TransactionStatus::Broadcasted => continue,
			};
			progress(match at {
				Until::InBlock => Progress::InBlock(block.block_hash()),
				Until::Finalised => Progress::Finalised(block.block_hash()),
			});
			if at == until || at == Until::Finalised {
				return effect(call, &block).await.map_err(Error::in_block);
			}
		}
	}

	/// The account's next nonce as that block has it, and as the pool has it: between them lies what is on its way.
	pub async fn nonces(&self, account: AccountId, (number, hash): (u64, H256)) -> Result<(u64, u64)> {
		let at = self.api.at_block_hash_and_number(hash, number).await.map_err(Error::subxt)?;
		let in_block = at.tx().account_nonce(&account).await.map_err(Error::subxt)?;
		let in_pool = answered("system_accountNextIndex", self.legacy.system_account_next_index(&account)).await?;
		Ok((in_block, in_pool.max(in_block)))
	}

	/// What sending `call` would cost in VKTR's smallest unit, before any part is given back.
	pub async fn fee(&self, call: &Call, key: &Key) -> Result<u128> {
		let (tx, _) = self.signed(call, key, FeeAsset::Native).await?;
		tx.partial_fee_estimate().await.map_err(Error::subxt)
	}

	/// What to pay the fee of `call` in: VKTR where the account has enough of it, else USDC.
	pub async fn fee_asset(&self, call: &Call, key: &Key) -> Result<FeeAsset> {
		let has = self.balances(key.account()).await?;
		let floor: u128 = self.constant("Balances", "ExistentialDeposit").await?;
		let fee = self.fee(call, key).await?;
		let spendable = has.vktr.saturating_sub(has.locked.max(floor));
		Ok(if spendable >= fee { FeeAsset::Native } else { FeeAsset::WithId(USDC) })
	}

	/// All events of a block.
	pub async fn events(&self, block: H256) -> Result<Vec<Event>> {
		let at = self.api.at_block(block).await.map_err(Error::subxt)?;
		let events = at.events().fetch().await.map_err(Error::subxt)?;
		let metadata = at.metadata();
		let read = events.iter().map(|event| Event::read(&event.map_err(Error::subxt)?, &metadata)).collect();
		read
	}

	async fn signed(&self, call: &Call, key: &Key, fee: FeeAsset) -> Result<(Signed, u64)> {
		let account = key.account();
		let at = self.api.at_current_block().await.map_err(Error::subxt)?;
		let mut tx = at.tx();
		let payload = tx.from_call_data_bytes(&call.bytes(at.metadata_ref())?).map_err(Error::subxt)?;
		// The pool's next nonce: the finalised state's, which subxt would take, lags behind what was just sent.
		let nonce = answered("system_accountNextIndex", self.legacy.system_account_next_index(&account)).await?;
		let params = DefaultExtrinsicParamsBuilder::<VektorConfig>::new().nonce(nonce).mortal(MORTALITY);
		let params = match fee {
			FeeAsset::Native => params.build(),
			asset => params.tip_of(0, asset).build(),
		};
		let signed = tx.create_signed(&payload, key.pair(), params).await.map_err(Error::subxt)?;
		Ok((signed, nonce))
	}
}

/// What a transaction did in its block.
async fn effect(call: &Call, block: &TransactionInBlock<VektorConfig, AtBlock>) -> Result<Included> {
	let events = match block.wait_for_success().await {
		Ok(events) => events,
		Err(TransactionEventsError::ExtrinsicFailed(error)) => return Err(Error::dispatch(call.path(), &error)),
		Err(other) => return Err(Error::subxt(other)),
	};
	let metadata = block.at().await.map_err(Error::subxt)?.metadata();
	let events =
		events.iter().map(|event| Event::read(&event.map_err(Error::subxt)?, &metadata)).collect::<Result<Vec<_>>>()?;
	Ok(Included { block: block.block_hash(), extrinsic: block.extrinsic_hash(), events })
}
