//! The list of error variants that no test raises: it is empty.

use crate::tree::{files, text};
use std::path::Path;

/// The variants of the enum below `#[pallet::error]`.
pub fn variants(source: &str) -> Vec<String> {
	let Some((_, after)) = source.split_once("#[pallet::error]") else {
		return Vec::new();
	};
	let Some((_, body)) = after.split_once('{') else {
		return Vec::new();
	};
	let mut found = Vec::new();
	for line in body.lines().map(str::trim) {
		if line == "}" {
			break;
		}
		let name: String = line.chars().take_while(char::is_ascii_alphanumeric).collect();
		if name.starts_with(|c: char| c.is_ascii_uppercase()) {
			found.push(name);
		}
	}
	found
}

/// The variants that `tests` never names as `Error::Variant` or `Error::<T>::Variant`.
pub fn unraised<'a>(variants: &'a [String], tests: &str) -> Vec<&'a String> {
	let named = |variant: &str| {
		tests.match_indices(variant).any(|(at, _)| {
			let before = &tests[..at];
			let whole = !tests[at + variant.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
			whole && (before.ends_with("Error::") || before.ends_with(">::"))
		})
	};
	variants.iter().filter(|variant| !named(variant)).collect()
}

/// The unraised errors of the pallet in `folder`, as `folder: Variant`.
pub fn faults(folder: &Path) -> Vec<String> {
	let variants = variants(&text(&folder.join("src/lib.rs")));
	let places = [folder.join("src/tests"), folder.join("tests")];
	let mut tests: String = places.iter().flat_map(|place| files(place, ".rs")).map(|file| text(&file)).collect();
	tests.push_str(&text(&folder.join("src/tests.rs")));
	let name = folder.file_name().unwrap_or_default().to_string_lossy();
	unraised(&variants, &tests).into_iter().map(|variant| format!("{name}: no test raises {variant}")).collect()
}

#[cfg(test)]
mod tests {
	use super::*;

	const PALLET: &str = "
		#[pallet::error]
		pub enum Error<T> {
			/// No such thing. Example: `Unknown`.
			Unknown,
			/// Too low.
			TooLow,
			/// Refused.
			Refused(Reason),
			/// Too many.
			Many {
				/// How many.
				count: u32,
			},
		}
		impl Other {}
	";

	#[test]
	fn an_error_that_no_test_raises_is_found() {
		let variants = variants(PALLET);
		assert_eq!(variants, ["Unknown", "TooLow", "Refused", "Many"]);
		let tests =
			"assert_noop!(x, Error::<Test>::Unknown); y(Error::<T>::Refused(Reason::A)); // TooLow, Error::TooLower";
		assert_eq!(unraised(&variants, tests), ["TooLow", "Many"]);
	}

	#[test]
	fn a_crate_without_errors_has_none() {
		assert!(variants("pub fn f() {}").is_empty());
	}
}
