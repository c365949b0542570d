//! Sessions of enclaves: what operators attested, and what the chain allows.

use codec::Encode;
use serde::Serialize;
use subxt::{
	dynamic,
	ext::{
		scale_decode::DecodeAsType,
		scale_value::{Value, ValueDef},
	},
	utils::H256,
};
use vektor_primitives::{hash, OperatorId, SessionKeys};

use crate::{Client, Error};

// The derives below mean the standard's `Result`.
type Answer<T> = crate::Result<T>;

/// What an enclave runs, as its hardware measured it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode)]
pub enum Image {
	/// A guest of AMD SEV-SNP: its launch measurement.
	#[codec(index = 0)]
	Snp([u8; 48]),
	/// A trust domain of Intel TDX: the digest of its measurements.
	#[codec(index = 1)]
	Tdx(H256),
}

impl Image {
	/// The id under which the chain allows it, and models name it.
	pub fn id(&self) -> H256 {
		hash(self)
	}
}

/// An operator's attested session with an image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
	/// The enclave's keys.
	pub keys: SessionKeys,
	/// The GPUs inside.
	pub devices: Vec<H256>,
	/// Until when it holds, Unix time in seconds.
	pub until: u64,
	/// Whether the chain takes results under it now: it has not ended, and nothing was trusted no more since.
	pub current: bool,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Stored {
	keys: Keys,
	devices: Vec<H256>,
	until: u64,
	trust: u32,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Keys {
	signing: H256,
	sealing: H256,
}

impl Stored {
	/// As it stands at `now`, Unix time in seconds, where the chain trusts what it did in version `trust`.
	fn session(self, now: u64, trust: u32) -> Session {
		let Keys { signing, sealing } = self.keys;
		Session {
			keys: SessionKeys { signing, sealing },
			devices: self.devices,
			until: self.until,
			current: now <= self.until && trust == self.trust,
		}
	}
}

impl Client {
	/// The session of an operator with an image.
	pub async fn session(&self, operator: &OperatorId, image: &H256) -> Answer<Option<Session>> {
		let at = self.at_best().await?;
		let storage = at.storage();
		macro_rules! read {
			($pallet:literal, $entry:literal, $keys:ty, $value:ty, $at:expr) => {{
				let entry = dynamic::storage::<$keys, $value>($pallet, $entry);
				let found = storage.try_fetch(entry, $at).await.map_err(Error::subxt)?;
				found.map(|found| found.decode().map_err(Error::subxt)).transpose()?
			}};
		}
		type Two = ([u8; 32], [u8; 32]);
		let Some(stored) = read!("Verification", "Sessions", Two, Stored, (operator.0 .0, image.0)) else {
			return Ok(None);
		};
		let trust = read!("Verification", "TrustVersion", (), u32, ()).unwrap_or_default();
		let now = read!("Timestamp", "Now", (), u64, ()).unwrap_or_default() / 1_000;
		Ok(Some(stored.session(now, trust)))
	}

	/// The images with which an operator has attested sessions, ended ones too.
	pub async fn images_of(&self, operator: &OperatorId) -> Answer<Vec<H256>> {
		let at = self.at_best().await?;
		let entry = dynamic::storage::<([u8; 32], [u8; 32]), Stored>("Verification", "Sessions");
		let mut entries = at.storage().iter(entry, (operator.0 .0,)).await.map_err(Error::subxt)?;
		let mut images = Vec::new();
		while let Some(entry) = entries.next().await {
			let entry = entry.map_err(Error::subxt)?;
			let image = entry.key_bytes().last_chunk::<32>();
			images.push(H256(*image.ok_or_else(|| Error::Shape("the key of a session ends in no hash".into()))?));
		}
		Ok(images)
	}

	/// Whether governance allows an image of an enclave. The firmware of a GPU is none.
	pub async fn allows_image(&self, image: &H256) -> Answer<bool> {
		let at = self.at_best().await?;
		let entry = dynamic::storage::<([u8; 32],), Value>("Verification", "Images");
		let found = at.storage().try_fetch(entry, (image.0,)).await.map_err(Error::subxt)?;
		let floor = found.map(|found| found.decode().map_err(Error::subxt)).transpose()?;
		Ok(floor.is_some_and(|floor| is_of_an_enclave(&floor)))
	}

	/// Whether governance believes a root of hardware, by its id.
	pub async fn trusts_root(&self, root: &H256) -> Answer<bool> {
		let at = self.at_best().await?;
		let entry = dynamic::storage::<([u8; 32],), Value>("Verification", "Anchors");
		Ok(at.storage().try_fetch(entry, (root.0,)).await.map_err(Error::subxt)?.is_some())
	}
}

/// Whether what an image asks of its platform is asked of one that runs enclaves.
fn is_of_an_enclave(floor: &Value) -> bool {
	matches!(&floor.value, ValueDef::Variant(kind) if kind.name != "Gpu")
}

#[cfg(test)]
mod tests {
	use super::*;
	use scale_info::{MetaType, PortableRegistry, Registry, TypeInfo};

	/// A session as the chain declares it.
	#[derive(Encode, TypeInfo)]
	struct Declared {
		keys: SessionKeys,
		devices: Vec<H256>,
		until: u64,
		trust: u32,
	}

	fn read(now: u64, trust: u32) -> Session {
		let keys = SessionKeys { signing: H256([1; 32]), sealing: H256([2; 32]) };
		let declared = Declared { keys, devices: vec![H256([3; 32])], until: 100, trust: 4 };
		let mut types = Registry::new();
		let id = types.register_type(&MetaType::new::<Declared>()).id;
		let types: PortableRegistry = types.into();
		let stored = Stored::decode_as_type(&mut declared.encode().as_slice(), id, &types).unwrap();
		stored.session(now, trust)
	}

	#[test]
	fn a_session_is_read_as_the_chain_encodes_it() {
		let session = read(100, 4);
		assert_eq!((session.keys.signing, session.keys.sealing), (H256([1; 32]), H256([2; 32])));
		assert_eq!((session.devices, session.until, session.current), (vec![H256([3; 32])], 100, true));
	}

	#[test]
	fn a_session_is_current_until_it_ends_or_something_is_trusted_no_more() {
		assert!(read(99, 4).current);
		assert!(!read(101, 4).current);
		assert!(!read(99, 5).current);
	}

	#[test]
	fn an_image_is_named_by_the_hash_of_its_kind_and_measurement() {
		assert_eq!(Image::Snp([7; 48]).id(), hash(&(0u8, [7u8; 48])));
		assert_eq!(Image::Tdx(H256([7; 32])).id(), hash(&(1u8, [7u8; 32])));
	}

	#[test]
	fn the_firmware_of_a_gpu_is_no_image_of_an_enclave() {
		assert!(is_of_an_enclave(&Value::unnamed_variant("Tdx", [Value::unnamed_variant("UpToDate", [])])));
		assert!(!is_of_an_enclave(&Value::unnamed_variant("Gpu", [])));
	}
}
