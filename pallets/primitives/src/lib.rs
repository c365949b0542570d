//! The vocabulary that the pallets, the node and the clients share.
//!
//! * [`ids`]: what names an operator, a model, a job.
//! * [`money`]: assets, micro-USD, parts per million.
//! * [`statement`]: what a proof says, and the one encoding of it that every circuit, pallet and program uses.
//! * [`verification`]: how a model's results are verified, and who could cheat.
//! * [`evidence`]: what an operator shows for a statement, and the verdict.
//! * [`operator`], [`discipline`], [`connectivity`], [`revenue`]: what pallets tell each other about operators, their
//!   offences, their connections, and settlements.
//! * [`session`]: what an enclave attests to. [`devices`]: what hardware an operator has shown.
//! * [`traits`]: how the pallets join; only the runtime's adapters know two pallets at once.
//! * [`pot`]: the one module that moves escrowed money.
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

pub mod connectivity;
pub mod devices;
pub mod discipline;
pub mod evidence;
pub mod ids;
pub mod money;
pub mod operator;
pub mod pot;
pub mod revenue;
pub mod session;
pub mod statement;
pub mod traits;
pub mod verification;

pub use connectivity::{Presence, ProberId, ProberSignature, Reach};
pub use devices::*;
pub use discipline::*;
pub use evidence::*;
pub use ids::*;
pub use money::*;
pub use operator::*;
pub use revenue::*;
pub use session::*;
pub use statement::*;
pub use verification::*;
