//! The wall around runtime code: what clippy finds in what we wrote, without what macros wrote in our name.

use crate::tree::{list, string};
use serde_json::Value;

/// A finding of clippy's in code that a person wrote, as clippy shows it. `line` is one line of cargo's JSON.
///
/// Derives and FRAME's attributes put their code at the place of a word of ours: an attribute's name, a variant, a line of
/// documentation. A real finding is an expression, never a single word.
pub fn finding(line: &str) -> Option<String> {
	let message: Value = serde_json::from_str(line).ok()?;
	let message = &message["message"];
	let real = string(&message["code"], "code").starts_with("clippy::")
		&& list(message, "spans").iter().any(|span| span["is_primary"] == true && is_expression(&marked(span)));
	real.then(|| string(message, "rendered").to_string())
}

/// The text that a span marks, to the end of its first line.
fn marked(span: &Value) -> String {
	let Some(line) = list(span, "text").first() else {
		return String::new();
	};
	let column = |key: &str| line[key].as_u64().and_then(|column| usize::try_from(column).ok()).unwrap_or(1).max(1);
	let (start, end) = (column("highlight_start"), column("highlight_end"));
	string(line, "text").chars().take(end - 1).skip(start - 1).collect()
}

fn is_expression(text: &str) -> bool {
	!text.starts_with("//") && !text.starts_with("#[") && text.contains(|c: char| !c.is_alphanumeric() && c != '_')
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::json;

	fn line(code: &str, text: &str, start: usize, end: usize) -> String {
		json!({ "reason": "compiler-message", "message": { "code": { "code": code }, "rendered": text, "spans": [
			{ "is_primary": true, "text": [{ "text": text, "highlight_start": start, "highlight_end": end }] } ] } })
		.to_string()
	}

	#[test]
	fn what_a_person_wrote_is_found() {
		assert!(finding(&line("clippy::as_conversions", "let x = y as u32;", 9, 17)).is_some());
		assert!(finding(&line("clippy::indexing_slicing", "f(list[0])", 3, 10)).is_some());
		assert!(finding(&line("clippy::arithmetic_side_effects", "-a", 1, 3)).is_some());
		assert!(finding(&line("clippy::expect_used", "map.get(k).expect(\"there\")", 1, 27)).is_some());
	}

	#[test]
	fn what_a_macro_wrote_is_not() {
		assert!(finding(&line("clippy::expect_used", "#[pallet::storage]", 11, 18)).is_none());
		assert!(finding(&line("clippy::as_conversions", "Groth16(BoundedVec<u8>),", 1, 8)).is_none());
		assert!(finding(&line("clippy::as_conversions", "/// A proof over BN254.", 1, 24)).is_none());
		assert!(finding(&line("unused_imports", "use a::b;", 5, 9)).is_none());
		assert!(finding("Compiling").is_none());
	}
}
