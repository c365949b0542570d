//! The runtime as one thing: what no pallet can test alone.

mod common;
mod docs;
mod equivocation;
mod fees;
mod flows;
mod identity;
mod presets;
mod wiring;
