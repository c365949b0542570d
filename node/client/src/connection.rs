use std::{future::Future, sync::Arc, time::Duration};

use futures::{Stream, StreamExt};
use subxt::{
	backend::LegacyBackend,
	config::RpcConfigFor,
	ext::jsonrpsee::ws_client::{PingConfig, WsClientBuilder},
	rpcs::{client::RpcParams, methods::LegacyRpcMethods, RpcClient},
	utils::H256,
	OnlineClient,
};

use crate::{units, Error, Result, VektorConfig};

/// The longest that a node may take to answer anything.
const PATIENCE: Duration = Duration::from_secs(30);

/// How many notifications of one subscription may wait to be read: subxt's own bound.
const WAITING: usize = 4_096;

/// For whom a chain is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChainKind {
	/// One developer's.
	Development,
	/// Several nodes of one developer's.
	Local,
	/// Everyone's.
	Live,
}

impl ChainKind {
	/// Whether its money is play money, and the public development keys may sign.
	pub fn is_development(self) -> bool {
		!matches!(self, Self::Live)
	}
}

/// What the node says of its chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
	/// Its name.
	pub name: String,
	/// For whom it is.
	pub kind: ChainKind,
	/// Its genesis hash.
	pub genesis: H256,
}

/// A connection to a node. Cheap to clone; it does not reconnect by itself.
#[derive(Clone)]
pub struct Client {
	pub(crate) api: OnlineClient<VektorConfig>,
	pub(crate) rpc: RpcClient,
	pub(crate) legacy: LegacyRpcMethods<RpcConfigFor<VektorConfig>>,
	/// Held from reading a nonce until the pool has the transaction, so that two calls at once do not share one.
	pub(crate) nonce: Arc<tokio::sync::Mutex<()>>,
	chain: Chain,
	url: String,
}

impl Client {
	/// Connects to the node at `url`, such as `ws://127.0.0.1:9944`.
	pub async fn connect(url: &str) -> Result<Self> {
		if !url.starts_with("ws://") && !url.starts_with("wss://") {
			return Err(Error::Input(format!("{url} is no node address: write ws://HOST:PORT or wss://HOST:PORT")));
		}
		let no_node = |reason: String| Error::NoNode { url: url.into(), reason };
		// Subscriptions have no time limit: only pings end those of a connection that died unnoticed.
		let socket = WsClientBuilder::default()
			.max_buffer_capacity_per_subscription(WAITING)
			.enable_ws_ping(PingConfig::default());
		let rpc = match tokio::time::timeout(PATIENCE, socket.build(url)).await {
			Ok(Ok(socket)) => RpcClient::new(socket),
			Ok(Err(e)) => return Err(no_node(e.to_string())),
			Err(_) => return Err(no_node("no answer within 30 s".into())),
		};
		let legacy = LegacyRpcMethods::new(rpc.clone());
		let name: String = answered("system_chain", legacy.system_chain()).await?;
		let kind = match answered("system_chainType", legacy.system_chain_type()).await?.as_str() {
			"Development" => ChainKind::Development,
			"Local" => ChainKind::Local,
			_ => ChainKind::Live,
		};
		// A spec without a token leaves the default.
		let properties: serde_json::Value =
			answered("system_properties", rpc.request("system_properties", RpcParams::new())).await?;
		if let Ok(token) = serde_json::from_value(properties) {
			units::speak_of(token)?;
		}
		let backend = Arc::new(LegacyBackend::builder().build(rpc.clone()));
		let api =
			OnlineClient::from_backend_with_config(VektorConfig::default(), backend).await.map_err(Error::subxt)?;
		let chain = Chain { name, kind, genesis: api.genesis_hash() };
		Ok(Self { api, rpc, legacy, nonce: Arc::default(), chain, url: url.into() })
	}

	/// What the node says of its chain.
	pub fn chain(&self) -> &Chain {
		&self.chain
	}

	/// The address connected to.
	pub fn url(&self) -> &str {
		&self.url
	}

	/// The numbers of the best blocks as they come. Ends when the node is lost.
	pub async fn heads(&self) -> Result<impl Stream<Item = Result<(u64, H256)>> + Unpin> {
		let heads = answered("chain_subscribeNewHeads", self.legacy.chain_subscribe_new_heads()).await?;
		Ok(heads.map(|head| {
			let head = head.map_err(|e| Error::rpc("chain_subscribeNewHeads", e))?;
			Ok((head.number, hash_of(&head)))
		}))
	}

	/// The number and hash of the best block: also a sign of life.
	pub async fn best(&self) -> Result<(u64, H256)> {
		let head = answered("chain_getHeader", self.legacy.chain_get_header(None)).await?;
		let head = head.ok_or_else(|| Error::Lost("the node has no best block".into()))?;
		Ok((head.number, hash_of(&head)))
	}

	/// The hash of the last finalised block.
	pub async fn finalised(&self) -> Result<H256> {
		answered("chain_getFinalizedHead", self.legacy.chain_get_finalized_head()).await
	}
}

fn hash_of(head: &impl codec::Encode) -> H256 {
	H256(crate::units::blake2_256(&head.encode()))
}

/// The answer, or that the node gave none in time.
pub(crate) async fn answered<T>(
	method: &str,
	answer: impl Future<Output = std::result::Result<T, subxt::rpcs::Error>>,
) -> Result<T> {
	match tokio::time::timeout(PATIENCE, answer).await {
		Ok(answer) => answer.map_err(|e| Error::rpc(method, e)),
		Err(_) => Err(Error::Lost(format!("no answer to {method} within 30 s"))),
	}
}
