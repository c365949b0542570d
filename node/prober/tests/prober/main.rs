//! What a prober does and what it never does, against servers on this machine.

mod addresses;
mod answers;
mod endpoints;
mod limits;
mod names;
mod servers;
