//! `docs/ledger.md`: rows `| id | pallet | call | test |`, one or more for every promise of the source documents. A test
//! is named between backticks; a row that nothing tests yet says `open`.

use crate::tree::{files, text};
use std::{collections::BTreeSet, path::Path};

/// The promises: the letter of a document and how many it makes.
const PROMISES: [(char, u32); 4] = [('V', 23), ('N', 8), ('Q', 20), ('C', 10)];

/// One row.
#[derive(Debug)]
pub struct Row {
	/// The promise, such as `V3`.
	pub id: String,
	/// The tests named; none where the row is open.
	pub tests: Vec<String>,
	/// Whether it says `open`.
	pub open: bool,
}

/// The rows of the tables.
pub fn rows(markdown: &str) -> Vec<Row> {
	let row = |line: &str| {
		let cells: Vec<_> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
		let &[id, _, _, test] = cells.as_slice() else {
			return None;
		};
		let promise =
			PROMISES.iter().any(|(letter, _)| id.strip_prefix(*letter).is_some_and(|n| n.parse::<u32>().is_ok()));
		let tests = test.split('`').skip(1).step_by(2).map(str::to_string).collect();
		promise.then(|| Row { id: id.into(), tests, open: test == "open" })
	};
	markdown.lines().filter(|line| line.starts_with('|')).filter_map(row).collect()
}

/// The names of all tests below `root`: functions of Rust, titles of JavaScript.
pub fn tests(root: &Path) -> BTreeSet<String> {
	let mut names = BTreeSet::new();
	for file in files(root, ".rs") {
		names.extend(rust_tests(&text(&file)));
	}
	for file in files(root, ".test.mjs") {
		names.extend(javascript_tests(&text(&file)));
	}
	names
}

/// The functions below a `#[test]` or an attribute that ends in `test]`, and those within `proptest!`.
fn rust_tests(source: &str) -> Vec<String> {
	let mut names = Vec::new();
	let mut marked = false;
	for line in source.lines().map(str::trim) {
		if line.starts_with("#[") && line.contains("test") && !line.contains("cfg(") {
			marked = true;
		} else if let Some((_, rest)) = line.split_once("fn ").filter(|_| marked) {
			names.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
			marked = false;
		}
	}
	names
}

/// The titles of `test('...'` and `it('...'`.
fn javascript_tests(source: &str) -> Vec<String> {
	let title = |line: &str| {
		let rest =
			["test('", "it('"].iter().find_map(|start| line.trim().trim_start_matches("await ").strip_prefix(start))?;
		rest.split_once('\'').map(|(title, _)| title.to_string())
	};
	source.lines().filter_map(title).collect()
}

/// What is wrong with the ledger, given the tests that exist.
pub fn faults(markdown: &str, tests: &BTreeSet<String>) -> Vec<String> {
	let rows = rows(markdown);
	let mut faults = Vec::new();
	for row in &rows {
		if row.open != row.tests.is_empty() {
			faults.push(format!("{}: name a test between backticks, or say `open` without them", row.id));
		}
		let missing = row.tests.iter().filter(|test| !tests.contains(*test));
		faults.extend(missing.map(|test| format!("{}: there is no test {test}", row.id)));
	}
	for (letter, count) in PROMISES {
		let ids = (1..=count).map(|n| format!("{letter}{n}"));
		faults.extend(ids.filter(|id| !rows.iter().any(|row| row.id == *id)).map(|id| format!("{id} has no row")));
	}
	faults
}

#[cfg(test)]
mod tests {
	use super::*;

	fn complete() -> String {
		let ids = PROMISES.iter().flat_map(|(letter, count)| (1..=*count).map(move |n| format!("{letter}{n}")));
		ids.map(|id| format!("| {id} | Jobs | submit | open |\n")).collect()
	}

	#[test]
	fn a_test_that_does_not_exist_is_found() {
		let known = BTreeSet::from(["the_price_is_paid".to_string()]);
		assert!(faults(&complete(), &known).is_empty());
		let good = complete().replace("| V3 | Jobs | submit | open |", "| V3 | Jobs | submit | `the_price_is_paid` |");
		assert!(faults(&good, &known).is_empty());
		let bad = good.replace("the_price_is_paid", "the_moon_is_paid");
		assert_eq!(faults(&bad, &known), ["V3: there is no test the_moon_is_paid"]);
	}

	#[test]
	fn a_missing_row_and_an_empty_cell_are_found() {
		let known = BTreeSet::new();
		assert_eq!(faults(&complete().replace("| V3 |", "| X3 |"), &known), ["V3 has no row"]);
		assert_eq!(faults(&complete().replacen("| open |", "| |", 1), &known).len(), 1);
	}

	#[test]
	fn tests_are_found_by_their_attribute_alone() {
		let rust = "#[test]\nfn a_b() {}\nfn helper() {}\n#[tokio::test]\nasync fn c() {}\n#[cfg(test)]\nfn d() {}";
		assert_eq!(rust_tests(rust), ["a_b", "c"]);
		assert_eq!(
			javascript_tests("test('it pays', async () => {\n\tawait test('late', x)\nlatest('no')"),
			["it pays", "late"]
		);
	}
}
