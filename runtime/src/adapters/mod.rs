//! Where two pallets meet: the only place that knows both.

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarks;
pub mod burns;
pub mod emission;
pub mod eras;
pub mod evidence;
pub mod fees;
pub mod held;
pub mod identities;
pub mod live;
pub mod money;
pub mod offences;
pub mod pool;
pub mod probes;
pub mod reads;
pub mod seeds;
pub mod supply;
pub mod treasury;
pub mod votes;
