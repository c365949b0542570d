//! Which GPUs this machine has, and which hardware class of the chain they are.

use std::process::Command;

use vektor_client::{Error, Result};

/// What `nvidia-smi` calls a device, and the class that it is. The first that fits counts.
const CLASSES: [(&str, &str); 4] = [("B200", "B200"), ("H200", "H200"), ("H100", "H100"), ("A100", "A100-80G")];

/// The least memory of an A100 that is taken, in MiB: 80 GB, as the driver counts them.
const A100_MIB: u64 = 79_000;

/// The GPUs that were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
	/// Their class.
	pub class: &'static str,
	/// How many.
	pub gpus: u32,
}

/// What this machine has: nothing where there is no driver.
pub fn find() -> Result<Option<Found>> {
	let query = ["--query-gpu=name,memory.total", "--format=csv,noheader,nounits"];
	match Command::new("nvidia-smi").args(query).output() {
		Ok(output) if output.status.success() => read(&String::from_utf8_lossy(&output.stdout)),
		_ => Ok(None),
	}
}

/// Reads lines of a name and its memory in MiB.
fn read(listing: &str) -> Result<Option<Found>> {
	let classes: Vec<_> = listing.lines().filter(|line| !line.trim().is_empty()).map(class).collect::<Result<_>>()?;
	let Some(first) = classes.first().copied() else {
		return Ok(None);
	};
	if classes.iter().any(|class| *class != first) {
		return Err(Error::Input(format!(
			"this machine has GPUs of several classes ({}): an operator has one. Name it with --class and --gpus, \
			 and register another operator for the others",
			classes.join(", ")
		)));
	}
	Ok(Some(Found { class: first, gpus: u32::try_from(classes.len()).unwrap_or(u32::MAX) }))
}

fn class(line: &str) -> Result<&'static str> {
	let (name, memory) = line.rsplit_once(',').unwrap_or((line, ""));
	let memory: u64 = memory.trim().parse().unwrap_or_default();
	let fits =
		|(word, class): &&(&str, &'static str)| name.contains(word) && (*class != "A100-80G" || memory >= A100_MIB);
	CLASSES.iter().find(fits).map(|(_, class)| *class).ok_or_else(|| {
		Error::Input(format!(
			"the chain takes no {} with {memory} MiB: consumer cards and A100s of 40 GB are in no class of its table. \
			 Nothing was written and nothing was paid",
			name.trim()
		))
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn data_centre_cards_are_known_by_their_names() {
		for (line, class, gpus) in [
			("NVIDIA H100 80GB HBM3, 81559\n", "H100", 1),
			("NVIDIA H100 PCIe, 81559\nNVIDIA H100 PCIe, 81559\n", "H100", 2),
			("NVIDIA H200, 143771\n", "H200", 1),
			("NVIDIA A100-SXM4-80GB, 81920\n", "A100-80G", 1),
			("NVIDIA B200, 183359\n", "B200", 1),
		] {
			assert_eq!(read(line).unwrap(), Some(Found { class, gpus }), "{line}");
		}
		assert_eq!(read("\n").unwrap(), None);
	}

	#[test]
	fn consumer_cards_and_small_ones_are_refused_before_anything_is_written() {
		for line in ["NVIDIA GeForce RTX 4090, 24564", "NVIDIA A100-SXM4-40GB, 40960", "NVIDIA L40S, 46068", "Radeon"] {
			let error = read(line).unwrap_err().to_string();
			assert!(error.contains("in no class") && error.contains("nothing was paid"), "{error}");
		}
	}

	#[test]
	fn a_mixed_machine_is_asked_which_of_them_it_offers() {
		let error = read("NVIDIA H100 PCIe, 81559\nNVIDIA H200, 143771").unwrap_err().to_string();
		assert!(error.contains("--class"), "{error}");
	}
}
