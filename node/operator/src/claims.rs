//! What lots owe the operator is paid to its owner as soon as it may be: the call is free when it succeeds.

use std::{
	collections::HashMap,
	sync::Mutex,
	time::{Duration, Instant},
};

use vektor_client::{api::AccrualInfo, calls, keys::Key, units, Client, FeeAsset, Result, Until};
use vektor_primitives::{Asset, OperatorId};

use crate::say;

/// Between two looks at what is owed, in blocks.
const EVERY: u64 = 10;

/// How long a claim that failed is left alone: the owner's account refuses perhaps, and each try costs the agent a fee.
const PAUSE: Duration = Duration::from_secs(6 * 3_600);

/// Claims that failed, and when.
#[derive(Default)]
pub struct Claims(Mutex<HashMap<(u32, String), Instant>>);

impl Claims {
	/// Whether to look at block `number`.
	pub fn is_time(number: u64) -> bool {
		number.is_multiple_of(EVERY)
	}

	/// Claims all that may be.
	pub async fn claim(&self, client: &Client, key: &Key, operator: OperatorId) -> Result<()> {
		for due in client.accrued(operator).await? {
			if due.claimable && self.may_try(&due) {
				self.one(client, key, operator, &due).await?;
			}
		}
		Ok(())
	}

	fn may_try(&self, due: &AccrualInfo) -> bool {
		let failed = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
		failed.get(&name(due)).is_none_or(|at| at.elapsed() > PAUSE)
	}

	async fn one(&self, client: &Client, key: &Key, operator: OperatorId, due: &AccrualInfo) -> Result<()> {
		let call = calls::claim(operator, due.lot, &due.asset);
		match client.send(&call, key, FeeAsset::Native, Until::InBlock, |_| ()).await {
			Ok(_) => {
				let mut paid = vec![units::vktr(due.native)];
				if due.paid > 0 {
					paid.push(units::amount(&due.asset, due.paid));
				}
				say!("lot {}  {} paid to the owner", due.lot, paid.join(" and "));
				Ok(())
			}
			Err(lost) if lost.is_node_loss() => Err(lost),
			Err(other) => {
				say!("lot {}  {other}  Trying again in {} h", due.lot, PAUSE.as_secs() / 3_600);
				self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).insert(name(due), Instant::now());
				Ok(())
			}
		}
	}
}

fn name(due: &AccrualInfo) -> (u32, String) {
	(
		due.lot,
		match &due.asset {
			Asset::Native => "native".into(),
			Asset::WithId(id) => id.to_string(),
		},
	)
}
