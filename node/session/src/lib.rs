#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod command;
mod input;
mod keys;
pub mod platform;
mod seal;

pub use command::{Command, CommandError};
pub use input::{Input, SALT};
pub use keys::Keys;
pub use platform::{Gpu, Platform, PlatformError, Quote};
pub use seal::{seal, Context, MAX_INPUT, MAX_SEALED};

/// Why something cannot be sealed or opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Error {
	/// Whatever is sealed to the key, everybody could open.
	#[error("the session's sealing key is none that anything may be sealed to")]
	BadKey,
	/// The input is longer than [`MAX_INPUT`].
	#[error("an input of {0} bytes is too long: at most {MAX_INPUT} can be sealed")]
	TooLong(usize),
	/// Too short to have been sealed, or to have a salt.
	#[error("{0} bytes are too few to be a sealed input")]
	TooShort(usize),
	/// Sealed to another key or in another context, or changed since.
	#[error("the input was sealed to another session's key or for another job, or it was changed")]
	NotOurs,
	/// What was sealed is not what the context's commitment is to.
	#[error("the commitment is to another input than was sealed")]
	Commitment,
}
