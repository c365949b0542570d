//! What chains of certificates are accepted and refused.

mod chain;
mod fuzz;
mod parse;
mod pki;
