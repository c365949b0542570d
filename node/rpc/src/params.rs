use codec::DecodeAll;
use serde::{Deserialize, Deserializer};
use sp_core::Bytes;
use vektor_primitives::{Asset, USDC};

use crate::Error;

/// An asset as people write it (`"VKTR"`, `"USDC"`) or as the runtime does (`"Native"`, `{"WithId": 1}`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AssetParam(pub Asset);

impl<'de> Deserialize<'de> for AssetParam {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		#[derive(Deserialize)]
		enum Name {
			#[serde(rename = "VKTR", alias = "Native")]
			Vktr,
			#[serde(rename = "USDC")]
			Usdc,
			WithId(u32),
		}
		Ok(Self(match Name::deserialize(deserializer)? {
			Name::Vktr => Asset::Native,
			Name::Usdc => Asset::WithId(USDC),
			Name::WithId(id) => Asset::WithId(id),
		}))
	}
}

/// Decodes all of `bytes`.
pub(crate) fn decode<T: DecodeAll>(what: &'static str, bytes: &Bytes) -> Result<T, Error> {
	T::decode_all(&mut &bytes[..]).map_err(|error| Error::BadEncoding { what, detail: error.to_string() })
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;

	#[test]
	fn people_and_runtimes_name_the_same_assets() {
		for (text, asset) in [
			(r#""VKTR""#, Asset::Native),
			(r#""Native""#, Asset::Native),
			(r#"{"Native":null}"#, Asset::Native),
			(r#""USDC""#, Asset::WithId(1)),
			(r#"{"WithId":1}"#, Asset::WithId(1)),
			(r#"{"WithId":7}"#, Asset::WithId(7)),
		] {
			assert_eq!(serde_json::from_str::<AssetParam>(text).unwrap().0, asset, "{text}");
		}
		assert!(serde_json::from_str::<AssetParam>(r#""DOT""#).unwrap_err().to_string().contains("USDC"));
	}

	#[test]
	fn trailing_bytes_are_refused() {
		let mut bytes = 7u32.encode();
		assert_eq!(decode::<u32>("number", &Bytes(bytes.clone())), Ok(7));
		bytes.push(0);
		assert_eq!(decode::<u32>("number", &Bytes(bytes)).unwrap_err().code(), 20004);
	}
}
