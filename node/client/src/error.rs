use subxt::{
	error::{DispatchError, ModuleError},
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

	/// The name under which programs know the error.
	pub fn code(&self) -> &'static str {
		match self {
			Self::NoNode { .. } => "no_node",
			Self::Lost(_) => "node_lost",
			Self::Rpc { .. } => "rpc",
			Self::Shape(_) => "version_mismatch",
			Self::Refused(_) => "refused",
			Self::Failed { .. } => "failed",
			Self::Key(_) => "key",
			Self::Input(_) => "input",
			Self::Missing(_) => "missing",
			Self::Advised { error, .. } => error.code(),
		}
	}

	pub(crate) fn rpc(method: &str, error: rpcs::Error) -> Self {
		match error {
			rpcs::Error::User(user) => {
				let detail = user.data.map(|data| format!(": {}", data.get().trim_matches('"'))).unwrap_or_default();
				Self::Rpc { method: method.into(), code: user.code, message: format!("{}{detail}", user.message) }
			}
			rpcs::Error::Deserialization(e) => Self::Shape(format!("the answer to {method} cannot be read: {e}")),
			other => Self::Lost(other.to_string()),
		}
	}

	pub(crate) fn subxt(error: impl Into<subxt::Error>) -> Self {
		let error = error.into();
		let text = chain_of(&error);
		if let Some((code, message)) = pool_refusal(&text) {
			return Self::Refused(format!("the transaction was not accepted: {}", explain_pool(code, &message)));
		}
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

/// The pool's error number and words, as the node writes them: `Invalid Transaction (1010)`.
fn pool_refusal(text: &str) -> Option<(i32, String)> {
	[1010, 1011, 1012, 1013, 1014, 1015, 1016].into_iter().find_map(|code| {
		let at = text.find(&format!("({code})"))?;
		let start = text[..at].rfind(": ").map_or(0, |i| i + 2);
		Some((code, text[start..at].trim().to_string()))
	})
}

fn explain_pool(code: i32, message: &str) -> String {
	match code {
		1010 => {
			format!("{message}: the account cannot pay the fee, or its nonce is used. `vektor money` shows what it has")
		}
		1012 => format!("{message}: the same transaction was refused a moment ago; wait a minute"),
		1013 => format!("{message}: the same transaction is already waiting; watch for it instead of sending it again"),
		1014 => format!(
			"{message}: another transaction of this account with the same nonce is waiting; try again in a block"
		),
		1016 => format!("{message}: the node's pool is full; try again in a block"),
		_ => message.to_string(),
	}
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

	#[test]
	fn a_pool_refusal_is_told_from_its_number() {
		let (code, message) = pool_refusal("Cannot submit: RPC error: User error: Invalid Transaction (1010)").unwrap();
		assert_eq!((code, message.as_str()), (1010, "Invalid Transaction"));
		assert!(explain_pool(code, &message).contains("cannot pay the fee"));
		assert!(pool_refusal("the socket closed").is_none());
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
