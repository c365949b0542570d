//! What reports and certificates are accepted and refused.

mod flow;
mod fuzz;
mod million;
mod mutation;
mod sample;
mod vectors;
