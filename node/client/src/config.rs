use codec::Encode;
use subxt::{
	config::{Config, DefaultTransactionExtensions, HashFor},
	ext::{scale_decode::DecodeAsType, scale_encode::EncodeAsType},
	utils::MultiAddress,
	ArcMetadata, SubstrateConfig,
};

/// The chain's types. Its extensions are subxt's known ones, with the fee's asset below; those that carry no bytes
/// (`AuthorizeCall`, `CheckNonZeroSender`, `CheckWeight`, `WeightReclaim`) need none.
#[derive(Debug, Clone, Default)]
pub struct VektorConfig(SubstrateConfig);

/// In what a transaction's fee is paid.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, EncodeAsType, DecodeAsType)]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
pub enum FeeAsset {
	/// VKTR.
	Native,
	/// The asset of this id: 1 is USDC.
	WithId(u32),
}

impl Config for VektorConfig {
	type AccountId = <SubstrateConfig as Config>::AccountId;
	type Address = MultiAddress<Self::AccountId, ()>;
	type Signature = <SubstrateConfig as Config>::Signature;
	type Hasher = <SubstrateConfig as Config>::Hasher;
	type Header = <SubstrateConfig as Config>::Header;
	type TransactionExtensions = DefaultTransactionExtensions<Self>;
	type AssetId = FeeAsset;

	fn genesis_hash(&self) -> Option<HashFor<Self>> {
		self.0.genesis_hash()
	}

	fn spec_and_transaction_version_for_block_number(&self, number: u64) -> Option<(u32, u32)> {
		self.0.spec_and_transaction_version_for_block_number(number)
	}

	fn metadata_for_spec_version(&self, version: u32) -> Option<ArcMetadata> {
		self.0.metadata_for_spec_version(version)
	}

	fn set_metadata_for_spec_version(&self, version: u32, metadata: ArcMetadata) {
		self.0.set_metadata_for_spec_version(version, metadata);
	}
}
