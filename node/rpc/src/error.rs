use jsonrpsee::types::ErrorObjectOwned;

/// The numbered errors of the README.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Error {
	/// No block of this hash or number is known here.
	#[error("Unknown block")]
	UnknownBlock(String),
	/// The runtime could not be asked.
	#[error("The runtime could not answer: is the block's state pruned, or its runtime older than this method?")]
	RuntimeCall(String),
	/// No price: the runtime's reason.
	#[error("No quote: {0}")]
	NoQuote(String),
	/// Not SCALE of what was expected.
	#[error("Bad encoding of the {what}")]
	BadEncoding {
		/// The parameter.
		what: &'static str,
		/// The codec's words.
		detail: String,
	},
	/// A subscription may not begin so long ago.
	#[error("Too far back")]
	TooFarBack {
		/// The first block that it may begin with now.
		earliest: u32,
	},
}

impl Error {
	/// Its number.
	pub fn code(&self) -> i32 {
		match self {
			Self::UnknownBlock(_) => 20001,
			Self::RuntimeCall(_) => 20002,
			Self::NoQuote(_) => 20003,
			Self::BadEncoding { .. } => 20004,
			Self::TooFarBack { .. } => 20005,
		}
	}
}

/// What an error of `Jobs` means for who asks for a price. The runtime knows its errors by name only; the metadata has the
/// same words at length.
fn explained(reason: &str) -> &'static str {
	match reason {
		"UnknownModel" => "no model that takes jobs has this id",
		"UnsupportedAsset" => "payments are in VKTR or USDC only",
		"NoPrice" => "the chain has no price for VKTR, and takes it at no default: pay in USDC",
		_ => "the metadata's documentation of this error says more",
	}
}

impl From<sp_api::ApiError> for Error {
	fn from(error: sp_api::ApiError) -> Self {
		Self::RuntimeCall(error.to_string())
	}
}

impl From<Error> for ErrorObjectOwned {
	fn from(error: Error) -> Self {
		let (code, message) = (error.code(), error.to_string());
		let data = match error {
			Error::UnknownBlock(detail) | Error::RuntimeCall(detail) | Error::BadEncoding { detail, .. } => {
				Some(detail)
			}
			Error::NoQuote(reason) => Some(explained(&reason).into()),
			Error::TooFarBack { earliest } => {
				Some(format!("a subscription may begin with block {earliest} at the earliest"))
			}
		};
		ErrorObjectOwned::owned(code, message, data)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn every_number_is_in_the_readme() {
		let readme = include_str!("../README.md");
		let errors = [
			Error::UnknownBlock("0x00".into()),
			Error::RuntimeCall("pruned".into()),
			Error::NoQuote("no price source".into()),
			Error::BadEncoding { what: "evidence", detail: "too short".into() },
			Error::TooFarBack { earliest: 7 },
		];
		let explained = ErrorObjectOwned::from(Error::NoQuote("NoPrice".into()));
		assert!(explained.data().is_some_and(|data| data.get().contains("pay in USDC")));
		for error in errors {
			assert!(readme.contains(&format!("| {} |", error.code())), "{error}");
			assert_eq!(ErrorObjectOwned::from(error.clone()).code(), error.code());
		}
	}
}
