//! How current a trusted computing base is.

use core::fmt;
use serde::Deserialize;

/// How current a platform's trusted computing base is, in Intel's words.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
pub enum TcbStatus {
	/// Nothing is known against it.
	UpToDate,
	/// Software in the TD must mitigate what its advisories describe.
	#[serde(rename = "SWHardeningNeeded")]
	SwHardeningNeeded,
	/// The platform's owner must change its configuration.
	ConfigurationNeeded,
	/// Both of these.
	#[serde(rename = "ConfigurationAndSWHardeningNeeded")]
	ConfigurationAndSwHardeningNeeded,
	/// There are updates against known weaknesses.
	OutOfDate,
	/// There are, and its configuration must change.
	OutOfDateConfigurationNeeded,
	/// Not to be trusted: refused here, never reported.
	Revoked,
}

impl TcbStatus {
	/// That of the whole, of which the TDX module or the quoting enclave is at `part`.
	pub(crate) fn with(self, part: Self) -> Self {
		match (self, part) {
			(Self::Revoked, _) | (_, Self::Revoked) => Self::Revoked,
			(_, Self::UpToDate) => self,
			(Self::UpToDate | Self::SwHardeningNeeded | Self::OutOfDate, _) => Self::OutOfDate,
			_ => Self::OutOfDateConfigurationNeeded,
		}
	}
}

impl fmt::Display for TcbStatus {
	/// Intel's own word.
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::UpToDate => "UpToDate",
			Self::SwHardeningNeeded => "SWHardeningNeeded",
			Self::ConfigurationNeeded => "ConfigurationNeeded",
			Self::ConfigurationAndSwHardeningNeeded => "ConfigurationAndSWHardeningNeeded",
			Self::OutOfDate => "OutOfDate",
			Self::OutOfDateConfigurationNeeded => "OutOfDateConfigurationNeeded",
			Self::Revoked => "Revoked",
		})
	}
}
