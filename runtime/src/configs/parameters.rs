//! Values that governance changes while the chain runs: what they are, their bounds, and the one way to them,
//! `Supply.set_parameter`. Every preset writes all of them at genesis; the defaults here are production's.

use alloc::vec::Vec;
use frame_support::{
	dynamic_params::{dynamic_pallet_params, dynamic_params},
	traits::{EnsureOrigin, EnsureOriginWithArg, Get},
};
use pallet_supply::{DemandShares, FloorShares, ParameterRefused, Rules};
use serde::{Deserialize, Serialize};
use vektor_primitives::{Balance, Ppm, VKTR};

use crate::{configs::origins, timing, Parameters, Runtime, RuntimeEvent, RuntimeOrigin};

/// Values that governance changes while the chain runs, within the bounds that each one's documentation names.
#[dynamic_params(RuntimeParameters, pallet_parameters::Parameters::<Runtime>)]
pub mod dynamic {
	use super::*;

	/// Inference: deposits and bounds.
	#[dynamic_pallet_params]
	#[codec(index = 0)]
	pub mod inference {
		/// What a model's owner deposits while it is registered, in the smallest unit of VKTR: from 1 VKTR to 10,000.
		/// Example: `100_000_000_000_000` is 100 VKTR.
		#[codec(index = 0)]
		pub static ModelDeposit: Balance = 100 * VKTR;
		/// The least collateral of a registration, in the smallest unit of VKTR: from 1 VKTR to 10,000.
		/// Example: `10_000_000_000_000` is 10 VKTR.
		#[codec(index = 1)]
		pub static MinCollateral: Balance = 10 * VKTR;
		/// Whether an operator's slash pays whoever was harmed what it lost, out of at most half. If not, all of it is burned.
		#[codec(index = 2)]
		pub static SlashPaysVictims: bool = true;
		/// The part of an operator's slash for whoever proved the offence, in parts per million: at most 100,000, a tenth.
		#[codec(index = 3)]
		pub static ChallengerShare: Ppm = Ppm(100_000);
	}

	/// Rounds, and what they emit.
	#[dynamic_pallet_params]
	#[codec(index = 1)]
	pub mod emission {
		/// The length of a round, in live slots: from an hour to a week. It changes no rate. Example: `14_400` of 6 s are a day.
		#[codec(index = 0)]
		pub static RoundLength: u32 = 14_400;
		/// The least load that counts, in parts per million: from 50,000 to 500,000. Example: `250_000` emits a quarter of the
		/// base when nobody works.
		#[codec(index = 1)]
		pub static MinLoad: Ppm = Ppm(250_000);
		/// The most load that counts, in parts per million: from 1,000,000 to 2,000,000. Example: `2_000_000` emits twice the base.
		#[codec(index = 2)]
		pub static MaxLoad: Ppm = Ppm(2_000_000);
		/// How much of a round's leak load may call for, in parts per million: at most 400,000, so that nobody gains by paying
		/// itself.
		#[codec(index = 3)]
		pub static Kappa: Ppm = Ppm(300_000);
		/// How the floor of a round is shared. The shares sum to 1,000,000.
		#[codec(index = 4)]
		pub static Floor: FloorShares =
			FloorShares { availability: Ppm(450_000), work: Ppm(0), stakers: Ppm(300_000), validators: Ppm(250_000) };
		/// How what load calls for is shared. The shares sum to 1,000,000.
		#[codec(index = 5)]
		pub static Demand: DemandShares = DemandShares { work: Ppm(700_000), stakers: Ppm(300_000) };
	}
}

use dynamic::{emission as e, inference as i};

/// Every parameter, as a genesis gives them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Values {
	/// `inference::ModelDeposit`.
	pub model_deposit: Balance,
	/// `inference::MinCollateral`.
	pub min_collateral: Balance,
	/// `inference::SlashPaysVictims`.
	pub slash_pays_victims: bool,
	/// `inference::ChallengerShare`.
	pub challenger_share: Ppm,
	/// `emission::RoundLength`.
	pub round_length: u32,
	/// `emission::MinLoad`.
	pub min_load: Ppm,
	/// `emission::MaxLoad`.
	pub max_load: Ppm,
	/// `emission::Kappa`.
	pub kappa: Ppm,
	/// `emission::Floor`.
	pub floor: FloorShares,
	/// `emission::Demand`.
	pub demand: DemandShares,
}

impl Default for Values {
	/// The code's defaults. Reads no storage: a genesis is written before there is any.
	fn default() -> Self {
		Self {
			model_deposit: 100 * VKTR,
			min_collateral: 10 * VKTR,
			slash_pays_victims: true,
			challenger_share: Ppm(100_000),
			round_length: 14_400,
			min_load: Ppm(250_000),
			max_load: Ppm(2_000_000),
			kappa: Ppm(300_000),
			floor: FloorShares {
				availability: Ppm(450_000),
				work: Ppm(0),
				stakers: Ppm(300_000),
				validators: Ppm(250_000),
			},
			demand: DemandShares { work: Ppm(700_000), stakers: Ppm(300_000) },
		}
	}
}

impl Values {
	/// What is in use.
	pub fn current() -> Self {
		Self {
			model_deposit: i::ModelDeposit::get(),
			min_collateral: i::MinCollateral::get(),
			slash_pays_victims: i::SlashPaysVictims::get(),
			challenger_share: i::ChallengerShare::get(),
			round_length: e::RoundLength::get(),
			min_load: e::MinLoad::get(),
			max_load: e::MaxLoad::get(),
			kappa: e::Kappa::get(),
			floor: e::Floor::get(),
			demand: e::Demand::get(),
		}
	}

	/// One by one.
	pub fn each(&self) -> Vec<RuntimeParameters> {
		use RuntimeParameters::{Emission as E, Inference as I};
		[
			I(i::Parameters::ModelDeposit(i::ModelDeposit, Some(self.model_deposit))),
			I(i::Parameters::MinCollateral(i::MinCollateral, Some(self.min_collateral))),
			I(i::Parameters::SlashPaysVictims(i::SlashPaysVictims, Some(self.slash_pays_victims))),
			I(i::Parameters::ChallengerShare(i::ChallengerShare, Some(self.challenger_share))),
			E(e::Parameters::RoundLength(e::RoundLength, Some(self.round_length))),
			E(e::Parameters::MinLoad(e::MinLoad, Some(self.min_load))),
			E(e::Parameters::MaxLoad(e::MaxLoad, Some(self.max_load))),
			E(e::Parameters::Kappa(e::Kappa, Some(self.kappa))),
			E(e::Parameters::Floor(e::Floor, Some(self.floor))),
			E(e::Parameters::Demand(e::Demand, Some(self.demand))),
		]
		.into()
	}
}

/// Whether a parameter has a value, and one within its bounds.
fn check(parameter: &RuntimeParameters) -> Result<(), ParameterRefused> {
	use RuntimeParameters::{Emission as E, Inference as I};
	let deposits = VKTR..=10_000 * VKTR;
	let within = match parameter {
		I(i::Parameters::ModelDeposit(_, value)) => value.map(|value| deposits.contains(&value)),
		I(i::Parameters::MinCollateral(_, value)) => value.map(|value| deposits.contains(&value)),
		I(i::Parameters::SlashPaysVictims(_, value)) => value.map(|_| true),
		I(i::Parameters::ChallengerShare(_, value)) => value.map(|value| value.0 <= 100_000),
		E(e::Parameters::RoundLength(_, value)) => {
			value.map(|value| (timing::hours(1)..=timing::hours(168)).contains(&value))
		}
		E(e::Parameters::MinLoad(_, value)) => value.map(|value| (50_000..=500_000).contains(&value.0)),
		E(e::Parameters::MaxLoad(_, value)) => value.map(|value| (1_000_000..=2_000_000).contains(&value.0)),
		E(e::Parameters::Kappa(_, value)) => value.map(|value| value.0 <= 400_000),
		E(e::Parameters::Floor(_, value)) => value.map(|value| value.is_whole()),
		E(e::Parameters::Demand(_, value)) => value.map(|value| value.is_whole()),
	};
	match within {
		None => Err(ParameterRefused::NoValue),
		Some(false) => Err(ParameterRefused::OutOfBounds),
		Some(true) => Ok(()),
	}
}

/// The parameters as `Supply` sees them.
pub struct Governed;

impl pallet_supply::Parameters for Governed {
	type KeyValue = RuntimeParameters;
	type Values = Values;

	fn set(parameter: RuntimeParameters) -> Result<(), ParameterRefused> {
		check(&parameter)?;
		Parameters::set_parameter(origins::Origin::Checked.into(), parameter).map_err(ParameterRefused::Store)
	}

	fn build(values: &Values) -> Result<(), ParameterRefused> {
		values.each().into_iter().try_for_each(Self::set)
	}

	fn are_sound() -> bool {
		let values = Values::current().each();
		let stored = pallet_parameters::Parameters::<Runtime>::iter_keys().count();
		stored == values.len() && values.iter().all(|value| check(value).is_ok())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn example() -> RuntimeParameters {
		RuntimeParameters::default()
	}
}

/// What the parameters say of rounds and rates.
pub struct GovernedRules;

impl Get<Rules> for GovernedRules {
	fn get() -> Rules {
		Rules {
			round_length: e::RoundLength::get(),
			min_load: e::MinLoad::get(),
			max_load: e::MaxLoad::get(),
			kappa: e::Kappa::get(),
			floor: e::Floor::get(),
			demand: e::Demand::get(),
		}
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl Default for RuntimeParameters {
	fn default() -> Self {
		Self::Emission(e::Parameters::Floor(e::Floor, Some(Values::default().floor)))
	}
}

/// Nobody but `Supply.set_parameter`, which speaks as `Checked` once it has checked the bounds.
pub struct ParametersAdmin;

impl EnsureOriginWithArg<RuntimeOrigin, RuntimeParametersKey> for ParametersAdmin {
	type Success = ();

	fn try_origin(origin: RuntimeOrigin, _: &RuntimeParametersKey) -> Result<(), RuntimeOrigin> {
		origins::Checked::try_origin(origin)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin(_: &RuntimeParametersKey) -> Result<RuntimeOrigin, ()> {
		Ok(origins::Origin::Checked.into())
	}
}

impl pallet_parameters::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeParameters = RuntimeParameters;
	type AdminOrigin = ParametersAdmin;
	/// The SDK exports no other: its own numbers, with RocksDB's dearer reads and writes.
	type WeightInfo = ();
}
