//! What lots and rounds owe the operator is paid to its owner as soon as it may be: the call is free when it succeeds.

use std::{
	collections::HashMap,
	sync::Mutex,
	time::{Duration, Instant},
};

use vektor_client::{
	api::{AccrualInfo, AvailabilityInfo, WorkInfo},
	calls,
	keys::Key,
	units, Client, FeeAsset, Result, Until,
};
use vektor_primitives::{Asset, Balance, OperatorId, VKTR};

use crate::say;

/// Between two looks at what is owed, in blocks.
const EVERY: u64 = 10;

/// What is earned by being there grows with every window: below this it is left to grow, a tenth of VKTR.
const WORTH_IT: Balance = VKTR / 10;

/// How long a claim that failed is left alone: the owner's account refuses perhaps, and each try costs the agent a fee.
const PAUSE: Duration = Duration::from_secs(6 * 3_600);

/// Claims that failed, and when.
#[derive(Default)]
pub struct Claims(Mutex<HashMap<String, Instant>>);

/// One claim that may be made.
struct Due {
	/// What it is of, as the log names it. Its own of each.
	of: String,
	/// What the owner gets.
	paid: String,
	call: calls::Call,
}

impl Due {
	fn of_lot(operator: OperatorId, held: &AccrualInfo) -> Self {
		let mut paid = vec![units::vktr(held.native)];
		if held.paid > 0 {
			paid.push(units::amount(&held.asset, held.paid));
		}
		let asset = if held.asset == Asset::Native { "VKTR" } else { "USDC" };
		Self {
			of: format!("lot {} in {asset}", held.lot),
			paid: paid.join(" and "),
			call: calls::claim(operator, held.lot, &held.asset),
		}
	}

	fn of_round(operator: OperatorId, held: &WorkInfo) -> Self {
		Self {
			of: format!("emission of round {}", held.round),
			paid: units::vktr(held.amount),
			call: calls::claim_work(operator, held.round),
		}
	}

	fn of_devices(operator: OperatorId, held: &AvailabilityInfo) -> Self {
		let of = "emission for attested devices".into();
		Self { of, paid: units::vktr(held.earned), call: calls::claim_availability(operator) }
	}
}

impl Claims {
	/// Whether to look at block `number`.
	pub fn is_time(number: u64) -> bool {
		number.is_multiple_of(EVERY)
	}

	/// Claims all that may be.
	pub async fn claim(&self, client: &Client, key: &Key, operator: OperatorId) -> Result<()> {
		let (lots, rounds) = (client.accrued(operator).await?, client.earned(operator).await?);
		let lots = lots.iter().filter(|held| held.claimable).map(|held| Due::of_lot(operator, held));
		let rounds = rounds.iter().filter(|held| held.amount > 0).map(|held| Due::of_round(operator, held));
		let devices = client.availability(operator).await?;
		let devices = Some(devices).filter(|held| held.earned >= WORTH_IT);
		let devices = devices.iter().map(|held| Due::of_devices(operator, held));
		let due: Vec<_> = lots.chain(rounds).chain(devices).filter(|due| self.may_try(&due.of)).collect();
		for due in due {
			self.one(client, key, due).await?;
		}
		Ok(())
	}

	fn may_try(&self, of: &str) -> bool {
		let failed = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
		failed.get(of).is_none_or(|at| at.elapsed() > PAUSE)
	}

	async fn one(&self, client: &Client, key: &Key, due: Due) -> Result<()> {
		let Due { of, paid, call } = due;
		match client.send(&call, key, FeeAsset::Native, Until::InBlock, |_| ()).await {
			Ok(_) => {
				say!("{of}  {paid} paid to the owner");
				Ok(())
			}
			Err(lost) if lost.is_node_loss() => Err(lost),
			Err(other) => {
				say!("{of}  {other}  Trying again in {} h", PAUSE.as_secs() / 3_600);
				self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).insert(of, Instant::now());
				Ok(())
			}
		}
	}
}
