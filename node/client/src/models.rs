//! Models: their records, the challenges of their keys, and what the chain trusts of how keys are made.

use serde::Serialize;
use subxt::{dynamic, ext::scale_decode::DecodeAsType, utils::H256};
use vektor_primitives::{Assurance, Balance, KeySetup, ModelId, Needs, PublicSlot, PublicsLayout, Scheme, Usd};

use crate::{AccountId, Client, Error};

// The derives below mean the standard's `Result`.
type Answer<T> = crate::Result<T>;

/// A model as the registry has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Model {
	/// Its id.
	pub id: ModelId,
	/// Who registered it, and alone can set its price.
	pub owner: AccountId,
	/// Blake2b-256 of the file that holds the network.
	pub artefact: H256,
	/// How its results are assured.
	pub assurance: Assurance,
	/// Who could forge its evidence.
	pub setup: KeySetup,
	/// How its results are verified.
	pub scheme: Scheme,
	/// How many outputs a result has.
	pub outputs: u32,
	/// What an operator's hardware must have.
	pub needs: Needs,
	/// The shortest deadline a job may set, in live slots.
	pub min_deadline: u32,
	/// What an output is divided by to have the network's own number.
	pub output_scale: u32,
	/// The price of one inference.
	pub price: Usd,
	/// Under which licence the network may be used.
	pub licence: String,
	/// What the pot holds for it, in VKTR's smallest unit.
	#[serde(with = "vektor_runtime_api::decimal")]
	pub deposit: Balance,
	/// The live slot in which it was registered.
	pub registered: u32,
	/// The live slot from which its key counts as verified, unless a challenge is open.
	pub verified_from: u32,
	/// Whether it takes no new jobs.
	pub retired: bool,
}

impl Model {
	/// Whether its key counts as verified in live slot `now`, where `challenged` says whether a challenge is open.
	pub fn is_verified(&self, now: u32, challenged: bool) -> bool {
		now >= self.verified_from && !challenged
	}
}

/// Somebody's claim that a model's key is not that of its network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub struct Challenge {
	/// Who claims it.
	pub challenger: AccountId,
	/// What the pot holds of theirs, in VKTR's smallest unit.
	#[serde(with = "vektor_runtime_api::decimal")]
	pub bond: u128,
	/// The hash of the reasons.
	pub reasons: H256,
	/// The live slot from which the bond goes back if nobody has judged.
	pub lapses: u32,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Record {
	owner: AccountId,
	artefact: H256,
	assurance: AssuranceOf,
	setup: SetupOf,
	scheme: SchemeOf,
	outputs: u32,
	needs: NeedsOf,
	min_deadline: u32,
	output_scale: u32,
	price: Micro,
	licence: Vec<u8>,
	deposit: u128,
	registered: u32,
	verified_from: u32,
	removable: Option<u32>,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Micro(u128);

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct NeedsOf {
	memory_gb: u16,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
enum AssuranceOf {
	Zk,
	Tee,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
enum SetupOf {
	SingleParty,
	PublicSrs,
	Ceremony,
	Hardware,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
enum SchemeOf {
	Groth16 { layout: Vec<SlotOf> },
	Ezkl { settings: H256 },
	Session { image: H256 },
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
enum SlotOf {
	Commitment,
	Binding,
	Outputs(u8),
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
enum SrsTrust {
	Development,
	Public,
}

impl Record {
	fn model(self, id: ModelId) -> Answer<Model> {
		let scheme = match self.scheme {
			SchemeOf::Groth16 { layout } => Scheme::Groth16 { layout: layout_of(layout)? },
			SchemeOf::Ezkl { settings } => Scheme::Ezkl { settings },
			SchemeOf::Session { image } => Scheme::Session { image },
		};
		Ok(Model {
			id,
			owner: self.owner,
			artefact: self.artefact,
			assurance: match self.assurance {
				AssuranceOf::Zk => Assurance::Zk,
				AssuranceOf::Tee => Assurance::Tee,
			},
			setup: match self.setup {
				SetupOf::SingleParty => KeySetup::SingleParty,
				SetupOf::PublicSrs => KeySetup::PublicSrs,
				SetupOf::Ceremony => KeySetup::Ceremony,
				SetupOf::Hardware => KeySetup::Hardware,
			},
			scheme,
			outputs: self.outputs,
			needs: Needs { memory_gb: self.needs.memory_gb },
			min_deadline: self.min_deadline,
			output_scale: self.output_scale,
			price: Usd(self.price.0),
			licence: String::from_utf8_lossy(&self.licence).into_owned(),
			deposit: self.deposit,
			registered: self.registered,
			verified_from: self.verified_from,
			retired: self.removable.is_some(),
		})
	}
}

fn layout_of(slots: Vec<SlotOf>) -> Answer<PublicsLayout> {
	let slot = |slot| match slot {
		SlotOf::Commitment => PublicSlot::Commitment,
		SlotOf::Binding => PublicSlot::Binding,
		SlotOf::Outputs(n) => PublicSlot::Outputs(n),
	};
	let slots: Vec<_> = slots.into_iter().map(slot).collect();
	slots.try_into().map_err(|_| Error::Shape("a model's layout is longer than this program knows".into()))
}

/// The hash at the end of a storage key.
fn id_of(key: &[u8]) -> Answer<ModelId> {
	let id = key.last_chunk::<32>().ok_or_else(|| Error::Shape("the key of a model is no hash".into()))?;
	Ok(ModelId(H256(*id)))
}

impl Client {
	/// All models that the chain knows.
	pub async fn models(&self) -> Answer<Vec<Model>> {
		let at = self.at_best().await?;
		let entry = dynamic::storage::<([u8; 32],), Record>("Models", "Models");
		let mut entries = at.storage().iter(entry, ()).await.map_err(Error::subxt)?;
		let mut models = Vec::new();
		while let Some(entry) = entries.next().await {
			let entry = entry.map_err(Error::subxt)?;
			let id = id_of(entry.key_bytes())?;
			models.push(entry.value().decode().map_err(Error::subxt)?.model(id)?);
		}
		Ok(models)
	}

	/// One model, by its id.
	pub async fn model(&self, id: ModelId) -> Answer<Option<Model>> {
		let record: Option<Record> = self.of_hash("Models", "Models", id.0 .0).await?;
		record.map(|record| record.model(id)).transpose()
	}

	/// The open challenge of a model's key.
	pub async fn challenge(&self, id: ModelId) -> Answer<Option<Challenge>> {
		self.of_hash("Models", "Challenges", id.0 .0).await
	}

	/// The models whose keys are challenged.
	pub async fn challenged(&self) -> Answer<Vec<ModelId>> {
		let at = self.at_best().await?;
		let entry = dynamic::storage::<([u8; 32],), Challenge>("Models", "Challenges");
		let mut entries = at.storage().iter(entry, ()).await.map_err(Error::subxt)?;
		let mut models = Vec::new();
		while let Some(entry) = entries.next().await {
			models.push(id_of(entry.map_err(Error::subxt)?.key_bytes())?);
		}
		Ok(models)
	}

	/// Who could forge under ezkl's structured reference string with this `-[s]G2`. Nothing where the chain does not
	/// trust it.
	pub async fn srs_setup(&self, point: &[u8; 128]) -> Answer<Option<KeySetup>> {
		let key = vektor_primitives::hash(point);
		let trust: Option<SrsTrust> = self.of_hash("Verification", "Srs", key.0).await?;
		Ok(trust.map(|trust| match trust {
			SrsTrust::Development => KeySetup::SingleParty,
			SrsTrust::Public => KeySetup::PublicSrs,
		}))
	}

	/// Whether governance has approved the ceremony of a Groth16 key, by `blake2_256` of its compressed encoding.
	pub async fn has_ceremony(&self, key: [u8; 32]) -> Answer<bool> {
		let transcript: Option<H256> = self.of_hash("Verification", "Ceremonies", key).await?;
		Ok(transcript.is_some())
	}

	/// The live time now, in slots.
	pub async fn live_now(&self) -> Answer<u32> {
		let at = self.at_best().await?;
		let entry = dynamic::storage::<(), u32>("LiveClock", "Live");
		let found = at.storage().try_fetch(entry, ()).await.map_err(Error::subxt)?;
		found.map_or(Ok(0), |found| found.decode().map_err(Error::subxt))
	}

	async fn of_hash<T: DecodeAsType>(&self, pallet: &str, entry: &str, key: [u8; 32]) -> Answer<Option<T>> {
		let at = self.at_best().await?;
		let entry = dynamic::storage::<([u8; 32],), T>(pallet, entry);
		let found = at.storage().try_fetch(entry, (key,)).await.map_err(Error::subxt)?;
		found.map(|found| found.decode().map_err(Error::subxt)).transpose()
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::{Decode, Encode};
	use scale_info::{MetaType, PortableRegistry, Registry, TypeInfo};

	fn record() -> Record {
		Record {
			owner: [1; 32].into(),
			artefact: H256([2; 32]),
			assurance: AssuranceOf::Zk,
			setup: SetupOf::PublicSrs,
			scheme: SchemeOf::Groth16 { layout: vec![SlotOf::Commitment, SlotOf::Binding, SlotOf::Outputs(10)] },
			outputs: 10,
			needs: NeedsOf { memory_gb: 80 },
			min_deadline: 20,
			output_scale: 256,
			price: Micro(50_000),
			licence: b"Apache-2.0".to_vec(),
			deposit: 10_000_000_000_000,
			registered: 5,
			verified_from: 105,
			removable: Some(7),
		}
	}

	/// A record as the registry declares it, of the types that it declares.
	#[derive(Encode, TypeInfo)]
	struct Declared {
		owner: Account,
		artefact: H256,
		assurance: Assurance,
		setup: KeySetup,
		scheme: Scheme,
		digest: H256,
		outputs: u32,
		needs: Needs,
		min_deadline: u32,
		output_scale: u32,
		price: Usd,
		licence: Licence,
		deposit: Balance,
		registered: u32,
		verified_from: u32,
		removable: Option<u32>,
	}

	#[derive(Encode, TypeInfo)]
	struct Account([u8; 32]);

	#[derive(Encode, TypeInfo)]
	struct Licence(Vec<u8>);

	fn declared() -> Declared {
		Declared {
			owner: Account([1; 32]),
			artefact: H256([2; 32]),
			assurance: Assurance::Zk,
			setup: KeySetup::PublicSrs,
			scheme: Scheme::Ezkl { settings: H256([3; 32]) },
			digest: H256([4; 32]),
			outputs: 10,
			needs: Needs { memory_gb: 80 },
			min_deadline: 20,
			output_scale: 256,
			price: Usd(50_000),
			licence: Licence(b"MIT".to_vec()),
			deposit: 1,
			registered: 5,
			verified_from: 105,
			removable: None,
		}
	}

	fn read(record: &Declared) -> Model {
		let mut types = Registry::new();
		let id = types.register_type(&MetaType::new::<Declared>()).id;
		let types: PortableRegistry = types.into();
		let bytes = record.encode();
		let record = Record::decode_as_type(&mut bytes.as_slice(), id, &types).unwrap();
		record.model(ModelId(H256([9; 32]))).unwrap()
	}

	#[test]
	fn every_way_to_verify_and_to_cheat_is_read_as_the_chain_encodes_it() {
		for setup in [KeySetup::SingleParty, KeySetup::PublicSrs, KeySetup::Ceremony, KeySetup::Hardware] {
			assert_eq!(read(&Declared { setup, ..declared() }).setup, setup);
		}
		for assurance in [Assurance::Zk, Assurance::Tee] {
			assert_eq!(read(&Declared { assurance, ..declared() }).assurance, assurance);
		}
		let layout = [PublicSlot::Binding, PublicSlot::Commitment, PublicSlot::Outputs(7)].to_vec();
		for scheme in [
			Scheme::Groth16 { layout: layout.try_into().unwrap() },
			Scheme::Ezkl { settings: H256([5; 32]) },
			Scheme::Session { image: H256([6; 32]) },
		] {
			assert_eq!(read(&Declared { scheme: scheme.clone(), ..declared() }).scheme, scheme);
		}
	}

	#[test]
	fn the_rest_of_a_record_is_read_by_name() {
		let expected = Model {
			id: ModelId(H256([9; 32])),
			owner: [1; 32].into(),
			artefact: H256([2; 32]),
			assurance: Assurance::Zk,
			setup: KeySetup::PublicSrs,
			scheme: Scheme::Ezkl { settings: H256([3; 32]) },
			outputs: 10,
			needs: Needs { memory_gb: 80 },
			min_deadline: 20,
			output_scale: 256,
			price: Usd(50_000),
			licence: "MIT".into(),
			deposit: 1,
			registered: 5,
			verified_from: 105,
			retired: false,
		};
		assert_eq!(read(&declared()), expected);
		assert!(read(&Declared { removable: Some(7), ..declared() }).retired);
	}

	#[test]
	fn a_record_is_the_chains_in_our_words() {
		let model = record().model(ModelId(H256([9; 32]))).unwrap();
		let layout = [PublicSlot::Commitment, PublicSlot::Binding, PublicSlot::Outputs(10)].to_vec();
		assert_eq!(model.scheme, Scheme::Groth16 { layout: layout.try_into().unwrap() });
		assert_eq!((model.assurance, model.setup, model.retired), (Assurance::Zk, KeySetup::PublicSrs, true));
		let json = serde_json::to_value(&model).unwrap();
		assert_eq!((&json["deposit"], &json["outputScale"]), (&"10000000000000".into(), &256.into()));
	}

	#[test]
	fn a_layout_longer_than_any_is_no_panic() {
		let layout = (0..9).map(|_| SlotOf::Binding).collect();
		let scheme = SchemeOf::Groth16 { layout };
		assert!(Record { scheme, ..record() }.model(ModelId::default()).is_err());
	}

	#[test]
	fn a_key_counts_as_verified_in_time_and_unchallenged() {
		let model = record().model(ModelId::default()).unwrap();
		assert!(!model.is_verified(104, false));
		assert!(model.is_verified(105, false));
		assert!(!model.is_verified(105, true));
	}

	#[test]
	fn the_last_32_bytes_of_a_storage_key_are_the_model() {
		let key = ([7u8; 32], [8u8; 32]).encode();
		assert_eq!(id_of(&key).unwrap(), ModelId::decode(&mut [8u8; 32].as_slice()).unwrap());
		assert!(id_of(&key[..31]).is_err());
	}
}
