use std::{io::IsTerminal, time::Duration};

use chrono::{DateTime, SecondsFormat};
use indicatif::{ProgressBar, ProgressStyle};
use vektor_client::{Error, Result};

/// What goes on, on standard error: a moving line on a terminal, plain lines elsewhere.
pub struct Ui {
	bar: Option<ProgressBar>,
	last: String,
}

impl Ui {
	/// Nothing goes on yet.
	pub fn new() -> Self {
		let bar = std::io::stderr().is_terminal().then(|| {
			let bar = ProgressBar::new_spinner();
			if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
				bar.set_style(style);
			}
			bar.enable_steady_tick(Duration::from_millis(120));
			bar
		});
		Self { bar, last: String::new() }
	}

	/// What goes on now. Said once, however often it is repeated.
	pub fn now(&mut self, words: impl Into<String>) {
		let words = words.into();
		if words == self.last {
			return;
		}
		match &self.bar {
			Some(bar) => bar.set_message(words.clone()),
			None => eprintln!("{words} ..."),
		}
		self.last = words;
	}

	/// A line that stays.
	pub fn line(&self, words: &str) {
		match &self.bar {
			Some(bar) => bar.println(words),
			None => eprintln!("{words}"),
		}
	}
}

impl Drop for Ui {
	fn drop(&mut self) {
		if let Some(bar) = &self.bar {
			bar.finish_and_clear();
		}
	}
}

/// The result of a command as JSON, on standard output.
pub fn json(value: &impl serde::Serialize) -> Result<()> {
	let text = serde_json::to_string_pretty(value).map_err(|error| Error::Shape(error.to_string()))?;
	println!("{text}");
	Ok(())
}

/// Unix seconds as people read them.
pub fn date(seconds: u64) -> String {
	let date = i64::try_from(seconds).ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
	date.map_or_else(|| seconds.to_string(), |date| date.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// Rows under a heading, each column as wide as its widest cell.
pub fn table(heading: &[&str], rows: &[Vec<String>]) -> String {
	let mut widths: Vec<usize> = heading.iter().map(|cell| cell.chars().count()).collect();
	for row in rows {
		for (width, cell) in widths.iter_mut().zip(row) {
			*width = (*width).max(cell.chars().count());
		}
	}
	let line = |cells: Vec<&str>| {
		let padded: Vec<_> = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
		padded.join("  ").trim_end().to_string()
	};
	let heading = line(heading.to_vec());
	let rows = rows.iter().map(|row| line(row.iter().map(String::as_str).collect()));
	std::iter::once(heading).chain(rows).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
	#[test]
	fn a_date_is_one_as_far_as_there_are_dates() {
		assert_eq!((super::date(0).as_str(), super::date(u64::MAX)), ("1970-01-01T00:00:00Z", u64::MAX.to_string()));
	}

	#[test]
	fn columns_are_as_wide_as_their_widest_cell() {
		let rows = vec![vec!["a".into(), "10".into()], vec!["long".into(), "1".into()]];
		assert_eq!(super::table(&["x", "n"], &rows), "x     n\na     10\nlong  1");
	}
}
