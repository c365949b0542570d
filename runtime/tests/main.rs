//! The runtime as one thing: what no pallet can test alone.

mod accounts;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
mod common;
mod docs;
mod equivocation;
mod fees;
mod flows;
mod held;
mod identity;
mod launch;
mod presets;
mod staking;
mod supply;
mod validators;
mod votes;
mod wiring;
