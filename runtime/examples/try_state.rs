//! Every pallet's invariants on a chain's whole state: `try_state FILE`, a JSON array of `[key, value]` in hexadecimal, as
//! `state_getKeysPaged` and `state_queryStorageAt` give them. Exit 0: all hold. 1: one does not. 2: no such state.

use std::process::ExitCode;

use frame_support::traits::{TryState, TryStateSelect};
use sp_core::{bytes::from_hex, storage::Storage};
use vektor_runtime::{AllPalletsWithSystem, BlockNumber, System};

fn state(path: &str) -> Result<Storage, String> {
	let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
	let pairs: Vec<(String, String)> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
	let bytes = |hex: &str| from_hex(hex).map_err(|error| format!("{hex:.80}: {error:?}"));
	let top = pairs.iter().map(|(key, value)| Ok((bytes(key)?, bytes(value)?))).collect::<Result<_, String>>()?;
	Ok(Storage { top, ..Default::default() })
}

fn main() -> ExitCode {
	let path = std::env::args().nth(1).unwrap_or_default();
	let storage = match state(&path) {
		Ok(storage) if !storage.top.is_empty() => storage,
		Ok(_) => {
			eprintln!("{path}: an empty state");
			return ExitCode::from(2);
		}
		Err(error) => {
			eprintln!("{path}: {error}");
			return ExitCode::from(2);
		}
	};
	let keys = storage.top.len();
	sp_io::TestExternalities::new(storage).execute_with(|| {
		let block = System::block_number();
		match <AllPalletsWithSystem as TryState<BlockNumber>>::try_state(block, TryStateSelect::All) {
			Ok(()) => {
				println!("every invariant holds after block {block}, {keys} keys");
				ExitCode::SUCCESS
			}
			Err(error) => {
				eprintln!("after block {block}: {error:?}");
				ExitCode::FAILURE
			}
		}
	})
}
