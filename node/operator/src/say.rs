use std::time::{SystemTime, UNIX_EPOCH};

/// One line for the log: the time of day in UTC, and the words.
pub fn line(words: std::fmt::Arguments<'_>) {
	let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
	let (hours, minutes) = (seconds / 3600 % 24, seconds / 60 % 60);
	println!("{hours:02}:{minutes:02}:{:02}  {words}", seconds % 60);
}

/// Logs a line, written as for `println!`.
#[macro_export]
macro_rules! say {
	($($words:tt)*) => { $crate::say::line(format_args!($($words)*)) };
}
