//! What a chain that watches does, as a test sees it.

mod activation;
mod earnings;
mod errors;
mod histories;
mod report;
mod rules;
mod statistics;
mod try_state;
mod verdicts;
mod views;
mod watch;
mod windows;
