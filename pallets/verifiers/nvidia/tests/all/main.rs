//! What reports and certificates are accepted and refused.

mod flow;
mod fuzz;
mod sample;
mod vectors;
