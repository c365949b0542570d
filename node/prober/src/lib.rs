//! Asks operators' endpoints, and harms nobody by it.
//!
//! Operators write their endpoint on chain themselves, and every validator then calls what is written there. Without care an
//! operator could send all validators to a machine of their own network, or ten thousand operators could send them all to one
//! victim. So a [`Prober`]
//!
//! * takes plain `http://` endpoints only ([`Endpoint`]): what an agent answers is signed by the operator's key, which says more
//!   than a certificate; what is confidential is encrypted before it gets here. `https://` is refused by name ([`Refused::Tls`]);
//! * goes to public addresses and harmless ports only ([`Rules`], [`is_public`], [`HARMFUL`]);
//! * looks a name up once for a connection, refuses it if *any* of its addresses is forbidden, and connects to the very address
//!   that it checked: a name that changes its mind gains nothing;
//! * never follows redirects, never asks a proxy, and reads a bounded number of bytes for a bounded time;
//! * asks few operators at one address in a window, and those that cannot sign less and less often ([`Limits`]);
//! * tells what is the operator's doing ([`Outcome::NoAnswer`]) from what is its own ([`Outcome::NotAsked`]).
//!
//! It knows nothing of the chain: who is asked, what, and whether an answer is the operator's own, its caller says. An operator
//! should first be asked after it has shown, by a signed challenge, that its endpoint is its own.

mod address;
mod connection;
mod endpoint;
mod limits;
mod outcome;
mod prober;
mod resolve;
mod stats;

pub use address::is_public;
pub use endpoint::{Endpoint, Host, PortRule, Rules, HARMFUL};
pub use limits::Limits;
pub use outcome::{Outcome, Reason, Refused};
pub use prober::{Id, Prober, USER_AGENT};
pub use resolve::{Resolve, System};
pub use stats::Stats;
