use subxt::{
	error::{BackendError, DispatchError, ExtrinsicError, ModuleError, RpcError},
	ext::scale_value::{self, ValueDef},
	rpcs,
};

/// What went wrong, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// Nobody answers there.
	#[error(
		"no node answers at {url} ({reason}). Start one, such as `vektor-node --dev`, or name another with --node"
	)]
	NoNode {
		/// The address tried.
		url: String,
		/// What the system said.
		reason: String,
	},
	/// The node was there and went away, or does not answer in time.
	#[error("the connection to the node was lost ({0}). Is it still running?")]
	Lost(String),
	/// The node answered with an error.
	#[error("the node refused {method}: {message} (code {code})")]
	Rpc {
		/// The JSON-RPC method.
		method: String,
		/// Its number.
		code: i32,
		/// Its words.
		message: String,
	},
	/// The chain speaks of other things than this client.
	#[error("this program and the chain do not fit together: {0}. Use the release that the node runs")]
	Shape(String),
	/// Somebody said no: the pool to a transaction, the chain to a price, an operator to an input.
	#[error("{0}")]
	Refused(String),
	/// The node had the transaction and does not say what became of it.
	#[error("it is not known what becomes of the transaction ({0}): it may take effect all the same")]
	Unsure(String),
	/// The transaction is in a block and had no effect but its fee.
	#[error("{call} failed: {error}: {docs}")]
	Failed {
		/// The call, such as `jobs.submit`.
		call: String,
		/// The error's name, such as `Jobs.DeadlineTooShort`.
		error: String,
		/// The chain's own documentation of it.
		docs: String,
	},
	/// A key could not be used.
	#[error("{0}")]
	Key(String),
	/// Something written by a person cannot be read.
	#[error("{0}")]
	Input(String),
	/// There is no such thing on the chain.
	#[error("{0}")]
	Missing(String),
	/// Any of these, and what to do about it where it happened.
	#[error("{error} {advice}")]
	Advised {
		/// What happened.
		error: Box<Error>,
		/// What to do.
		advice: String,
	},
}

impl Error {
	/// The same error, with what to do about it.
	pub fn advise(self, advice: impl Into<String>) -> Self {
		Self::Advised { error: Box::new(self), advice: advice.into() }
	}

	/// Whether another try, with a fresh connection, may succeed.
	pub fn is_node_loss(&self) -> bool {
		match self {
			Self::NoNode { .. } | Self::Lost(_) => true,
			Self::Advised { error, .. } => error.is_node_loss(),
			_ => false,
		}
	}

	/// Whether a transaction that ended so may take effect all the same, now or later.
	pub fn is_unsure(&self) -> bool {
		match self {
			Self::Unsure(_) => true,
			Self::Advised { error, .. } => error.is_unsure(),
			other => other.is_node_loss(),
		}
	}

	/// The name under which programs know the error.
	pub fn code(&self) -> &'static str {
		match self {
			Self::NoNode { .. } => "no_node",
			Self::Lost(_) => "node_lost",
			Self::Rpc { .. } => "rpc",
			Self::Shape(_) => "version_mismatch",
			Self::Refused(_) => "refused",
			Self::Unsure(_) => "unsure",
			Self::Failed { .. } => "failed",
			Self::Key(_) => "key",
			Self::Input(_) => "input",
			Self::Missing(_) => "missing",
			Self::Advised { error, .. } => error.code(),
		}
	}

	pub(crate) fn rpc(method: &str, error: rpcs::Error) -> Self {
		match error {
			rpcs::Error::User(user) => Self::Rpc { method: method.into(), code: user.code, message: words_of(&user) },
			rpcs::Error::Deserialization(e) => Self::Shape(format!("the answer to {method} cannot be read: {e}")),
			other => Self::Lost(other.to_string()),
		}
	}

	pub(crate) fn subxt(error: impl Into<subxt::Error>) -> Self {
		let error = error.into();
		let text = chain_of(&error);
		match error {
			subxt::Error::OnlineClientError(_)
			| subxt::Error::OnlineClientAtBlockError(_)
			| subxt::Error::BackendError(_)
			| subxt::Error::BlocksError(_)
			| subxt::Error::AccountNonceError(_)
			| subxt::Error::TransactionProgressError(_) => Self::Lost(text),
			_ if text.contains("restart required") || text.contains("background task") => Self::Lost(text),
			_ => Self::Shape(text),
		}
	}

	/// Of a transaction that went out: only the node's own no says that its pool has none of it.
	pub(crate) fn submission(error: &ExtrinsicError) -> Self {
		match error {
			ExtrinsicError::ErrorSubmittingTransaction(BackendError::Rpc(RpcError::ClientError(
				rpcs::Error::User(user),
			))) => pool(user.code, &words_of(user)),
			other => Self::Lost(chain_of(other)),
		}
	}

	/// Of reading the block that a transaction is in: there it took effect, so that what cannot be read refused nothing.
	pub(crate) fn in_block(self) -> Self {
		match self {
			same @ (Self::Failed { .. } | Self::Lost(_)) => same,
			other => Self::Lost(format!("the transaction is in a block that cannot be read: {other}")),
		}
	}

	pub(crate) fn dispatch(call: String, error: &DispatchError) -> Self {
		let (error, docs) = match error {
			DispatchError::Module(module) => describe_module(module),
			DispatchError::BadOrigin => ("BadOrigin".into(), "this account may not make this call".into()),
			DispatchError::Token(token) => (format!("Token.{token:?}"), token.to_string()),
			other => (format!("{other:?}"), other.to_string()),
		};
		Self::Failed { call, error, docs }
	}
}

/// An error with everything that caused it.
fn chain_of(error: &dyn std::error::Error) -> String {
	let mut text = error.to_string();
	let mut cause = error.source();
	while let Some(inner) = cause {
		let said = inner.to_string();
		if !text.contains(&said) {
			text = format!("{text}: {said}");
		}
		cause = inner.source();
	}
	text
}

/// A node's own words, with their detail.
fn words_of(user: &rpcs::UserError) -> String {
	let detail = user.data.as_ref().map(|data| format!(": {}", data.get().trim_matches('"'))).unwrap_or_default();
	format!("{}{detail}", user.message)
}

/// What the pool says to a transaction, by its error's number and words.
fn pool(code: i32, words: &str) -> Error {
	let advice = match code {
		// The pool knows this very transaction already.
		1012 | 1013 => return Error::Unsure(words.into()),
		1010 if words.contains("bad signature") || words.contains("ancient birth block") => {
			"it was signed for a block that is too old, or for another runtime. Try again; if that does not help, the node \
			 has seen nothing final for hours"
		}
		1010 if words.contains("outdated") || words.contains("in the future") => {
			"its nonce is not the account's next: something else of this account went first. Try again in a block"
		}
		1010 if words.contains("pay some fees") => "the account cannot pay the fee. `vektor money` shows what it has",
		1014 => "another transaction of this account with the same nonce is waiting; try again in a block",
		1016 => "the node's pool is full; try again in a block",
		_ => return Error::Refused(format!("the transaction was not accepted: {words} ({code})")),
	};
	Error::Refused(format!("the transaction was not accepted: {words}: {advice}"))
}

/// The error's full name and documentation, with the reason inside it where it carries one.
fn describe_module(module: &ModuleError) -> (String, String) {
	let Ok(details) = module.details() else {
		return (format!("{:?}", module.bytes()), "the chain's metadata does not know this error".into());
	};
	let name = format!("{}.{}", details.pallet.name(), details.variant.name);
	let mut docs = match name.as_str() {
		"System.CallFiltered" => {
			"this call is paused on this chain at the moment; deadlines stand still meanwhile".into()
		}
		_ => details.variant.docs.join(" ").trim().to_string(),
	};
	if docs.is_empty() {
		docs = "the chain gives no documentation".into();
	}
	if details.variant.fields.is_empty() {
		return (name, docs);
	}
	match module.as_root_error::<scale_value::Value<()>>().ok().as_ref().and_then(innermost) {
		Some(inner) if inner != details.variant.name => (format!("{name}({inner})"), docs),
		_ => (name, docs),
	}
}

/// The name of the variant deepest inside.
fn innermost(value: &scale_value::Value<()>) -> Option<String> {
	match &value.value {
		ValueDef::Variant(variant) => {
			variant.values.values().find_map(innermost).or_else(|| Some(variant.name.clone()))
		}
		ValueDef::Composite(fields) => fields.values().find_map(innermost),
		_ => None,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn submitted(error: rpcs::Error) -> Error {
		Error::submission(&ExtrinsicError::ErrorSubmittingTransaction(error.into()))
	}

	fn refused(code: i32, message: &str, detail: &str) -> Error {
		let data = Some(rpcs::client::RawValue::from_string(format!("\"{detail}\"")).unwrap());
		submitted(rpcs::Error::User(rpcs::UserError { code, message: message.into(), data }))
	}

	#[test]
	fn a_pool_refusal_is_told_from_its_number_and_detail() {
		for (code, detail, said) in [
			(1010, "Inability to pay some fees (e.g. account balance too low)", "cannot pay the fee"),
			(1010, "Transaction has a bad signature", "a block that is too old"),
			(1010, "Transaction has an ancient birth block", "a block that is too old"),
			(1010, "Transaction is outdated", "its nonce"),
			(1010, "Custom error: 7", "Custom error: 7 (1010)"),
			(1014, "The transaction has too low priority", "the same nonce"),
			(1016, "full", "pool is full"),
			(-32601, "", "(-32601)"),
		] {
			let error = refused(code, "Invalid Transaction", detail);
			assert!(matches!(&error, Error::Refused(why) if why.contains(said)), "{error}");
			assert!(!error.is_unsure());
		}
	}

	#[test]
	fn a_transaction_that_the_pool_has_or_may_have_is_no_refused_one() {
		assert!(matches!(refused(1013, "Transaction is already imported", ""), Error::Unsure(_)));
		assert!(matches!(refused(1012, "Transaction is temporarily banned", ""), Error::Unsure(_)));
		let silent = submitted(rpcs::Error::Client("Request timeout".into()));
		assert!(matches!(&silent, Error::Lost(why) if why.contains("Request timeout")), "{silent}");
		for error in [refused(1013, "", ""), silent, Error::Unsure("dropped".into()).advise("Look.")] {
			assert!(error.is_unsure(), "{error}");
		}
		assert!(!Error::Unsure("dropped".into()).is_node_loss());
		assert_eq!(Error::Unsure("dropped".into()).code(), "unsure");
	}

	#[test]
	fn what_cannot_be_read_after_inclusion_refused_nothing() {
		let failed = || Error::Failed { call: "jobs.submit".into(), error: "Jobs.NoPrice".into(), docs: String::new() };
		assert!(matches!(failed().in_block(), Error::Failed { .. }));
		assert!(!failed().in_block().is_unsure());
		for error in [Error::Shape("no such event".into()), Error::Lost("closed".into())] {
			assert!(error.in_block().is_node_loss());
		}
	}

	#[test]
	fn only_a_lost_node_is_worth_another_connection() {
		assert!(Error::Lost("closed".into()).is_node_loss());
		assert!(!Error::Refused("no".into()).is_node_loss());
		assert_eq!(Error::Missing("x".into()).code(), "missing");
		let advised = Error::Lost("closed".into()).advise("Try `vektor job`.");
		assert!(advised.is_node_loss() && advised.to_string().ends_with("running? Try `vektor job`."));
		assert_eq!(advised.code(), "node_lost");
	}

	#[test]
	fn an_rpc_error_keeps_its_number() {
		let user = rpcs::UserError { code: 8001, message: "no price source".into(), data: None };
		let error = Error::rpc("inference_quote", rpcs::Error::User(user));
		assert_eq!(error.to_string(), "the node refused inference_quote: no price source (code 8001)");
	}

	#[test]
	fn the_reason_inside_an_error_is_found() {
		let inner = scale_value::Value::unnamed_variant("NotActive", []);
		let outer =
			scale_value::Value::unnamed_variant("Jobs", [scale_value::Value::unnamed_variant("Ineligible", [inner])]);
		assert_eq!(innermost(&outer).as_deref(), Some("NotActive"));
	}
}
