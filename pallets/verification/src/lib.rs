#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

pub use pallet::*;
pub use sessions::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod ext;
mod keys;
mod meter;
#[cfg(test)]
mod mock;
mod sessions;
#[cfg(test)]
mod tests;
mod trust;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

#[frame_support::pallet]
pub mod pallet {
	use alloc::vec::Vec;
	use frame_support::{pallet_prelude::*, traits::UnixTime};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::Percent;
	use vektor_primitives::{
		traits::{DeviceSink, OperatorRegistry},
		ModelId, OperatorId, SessionKeys,
	};

	use crate::{sessions::*, types::*, WeightInfo};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What verification runs on.
	#[pallet::config]
	pub trait Config: frame_system::Config<Hash = H256, RuntimeEvent: From<Event<Self>>> {
		/// Who says what is trusted: governance.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who serves.
		type Operators: OperatorRegistry<Self::AccountId>;

		/// Who hears which devices operators have shown.
		type Devices: DeviceSink;

		/// The time by which certificates expire.
		type Time: UnixTime;

		/// How old the block may be that a session's evidence names.
		#[pallet::constant]
		type RecentBlocks: Get<BlockNumberFor<Self>>;

		/// How long a session lasts at most, in seconds: `86_400` is a day.
		#[pallet::constant]
		type MaxSession: Get<u64>;

		/// The most sessions of one operator that hold, each with another image.
		#[pallet::constant]
		type MaxSessions: Get<u32>;

		/// The share of a block's Normal weight that evidence may take.
		#[pallet::constant]
		type EvidenceShare: Get<Percent>;

		/// The weights.
		type WeightInfo: WeightInfo;

		/// Lets it be the time at which the benchmarks' evidence holds.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: crate::benchmarking::BenchmarkHelper;
	}

	/// Every model's key, checked in full when it was stored. `Identity`: the key is a hash.
	#[pallet::storage]
	pub type Keys<T> = StorageMap<_, Identity, ModelId, StoredKey>;

	/// The structured reference strings that ezkl's keys may be made with, by `blake2_256` of their point. `Identity`: the key is a hash.
	#[pallet::storage]
	pub type Srs<T> = StorageMap<_, Identity, H256, SrsTrust>;

	/// The Groth16 keys whose ceremony governance has approved: `blake2_256` of the compressed key, and that of the ceremony's transcript.
	/// `Identity`: the key is a hash.
	#[pallet::storage]
	pub type Ceremonies<T> = StorageMap<_, Identity, H256, H256>;

	/// Whose word is believed about hardware, by `blake2_256` of the root. `Identity`: the key is a hash.
	#[pallet::storage]
	pub type Anchors<T> = StorageMap<_, Identity, H256, Anchor>;

	/// The images that governance allows, by `blake2_256`, and what each asks of its platform. `Identity`: the key is a hash.
	#[pallet::storage]
	pub type Images<T> = StorageMap<_, Identity, H256, Floor>;

	/// The keys whose certificates governance has revoked. `Identity`: the key is a hash.
	#[pallet::storage]
	pub type Revoked<T> = StorageMap<_, Identity, KeyId, ()>;

	/// How often something was trusted no more: a session of another version is attested anew.
	#[pallet::storage]
	pub type TrustVersion<T> = StorageValue<_, u32, ValueQuery>;

	/// What Intel says of each family of platforms. Bounded by what Intel signs. `Blake2_128Concat`: who posts it chooses when.
	#[pallet::storage]
	pub type CollateralOf<T> = StorageMap<_, Blake2_128Concat, Family, Collateral>;

	/// NVIDIA's authorities that were verified: five signatures become two. By `blake2_256` of whoever is above each and of what it says: a
	/// signature is no part of it, since anybody can change one into another that holds. Only a session that is attested adds any: at most one
	/// for each GPU that ever was, and those of its model. `Identity`: the key is a hash.
	#[pallet::storage]
	pub type Intermediates<T> = StorageMap<_, Identity, H256, Bytes<MAX_ISSUER>>;

	/// The session of each operator with each image. They go when the operator goes. `Identity`: both keys are hashes.
	#[pallet::storage]
	pub type Sessions<T> = StorageDoubleMap<_, Identity, OperatorId, Identity, H256, Session>;

	/// The operator of each attested GPU, by SHA-256 of its attestation key. `Identity`: the key is a hash.
	#[pallet::storage]
	pub type Devices<T> = StorageMap<_, Identity, H256, Device>;

	/// What evidence has taken of a block so far: the block's number, and picoseconds of reference time.
	#[pallet::storage]
	pub type EvidenceInBlock<T> = StorageValue<_, (BlockNumberFor<T>, u64)>;

	/// What is trusted from genesis on.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T> {
		/// Structured reference strings for ezkl: the point in hexadecimal, and what is said of it.
		pub srs: Vec<(sp_core::Bytes, SrsTrust)>,
		/// Roots of hardware.
		pub roots: Vec<Root>,
		#[serde(skip)]
		_config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		#[expect(clippy::expect_used, reason = "a genesis that is not sound must not start a chain")]
		fn build(&self) {
			for (point, trust) in &self.srs {
				let point = SrsPoint::try_from(point.0.as_slice()).expect("a point of genesis has 128 bytes");
				Pallet::<T>::do_trust_srs(point, Some(*trust)).expect("a point of genesis is a valid one");
			}
			for root in &self.roots {
				Pallet::<T>::do_trust_root(root.clone(), true).expect("a root of genesis is a valid one");
			}
		}
	}

	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Governance said what a structured reference string is worth.
		SrsTrusted {
			/// `blake2_256` of its point.
			srs: H256,
			/// Who could forge; nothing where it is not trusted any more: then proofs under it are refused.
			trust: Option<SrsTrust>,
		},
		/// Governance said whether the ceremony of a Groth16 key is to be trusted.
		CeremonyApproved {
			/// `blake2_256` of the key in arkworks' compressed encoding.
			key: H256,
			/// `blake2_256` of the ceremony's transcript; nothing where the approval was taken back: new models cannot claim it then.
			transcript: Option<H256>,
		},
		/// Governance said whether a root of hardware is believed.
		RootTrusted {
			/// `blake2_256` of the root: its id.
			root: H256,
			/// Whether it is. Where it is not any more, every session is attested anew.
			trusted: bool,
		},
		/// Governance said whether an image is allowed.
		ImageAllowed {
			/// `blake2_256` of the image: its id.
			id: H256,
			/// What runs.
			image: Image,
			/// What it asks of its platform; nothing where it is not allowed any more: then every session is attested anew.
			floor: Option<Floor>,
		},
		/// Governance said whether a certificate counts.
		CertificateRevoked {
			/// SHA-256 of its public key.
			key: KeyId,
			/// Whether it is revoked: then every session is attested anew.
			revoked: bool,
		},
		/// Newer collateral for quotes of TDX was posted.
		CollateralPosted {
			/// What it is about.
			family: Family,
			/// The issuer's number of the rules.
			evaluation: u32,
			/// Until when it holds, Unix time in seconds.
			until: u64,
		},
		/// An operator attested a session. The one that it had with this image before is over.
		SessionAttested {
			/// Who serves.
			operator: OperatorId,
			/// What runs.
			image: H256,
			/// The enclave's keys: clients seal their inputs to `sealing`.
			keys: SessionKeys,
			/// How many GPUs are inside.
			devices: u32,
			/// Until when it holds, Unix time in seconds.
			until: u64,
		},
	}

	/// What can be wrong with a call.
	#[pallet::error]
	pub enum Error<T> {
		/// The bytes are no finite point of BN254's second group, other than the generator, in its subgroup.
		BadSrs,
		/// The bytes are no certificate of an authority of that kind.
		BadRoot,
		/// Governance believes no such root, or it is of another kind.
		UnknownRoot,
		/// What an image asks of its platform is for another kind of platform.
		WrongFloor,
		/// Governance allows no such image.
		UnknownImage,
		/// The evidence is refused; why is inside. `vektor verify` says it in more words.
		BadEvidence(Refusal),
		/// A certificate that the evidence rests on has been revoked.
		RevokedCertificate,
		/// The platform's firmware is older than the image allows.
		PlatformOutdated,
		/// The report was not asked for by the guest's most privileged level.
		NotPrivileged,
		/// Nobody has posted the collateral that this quote goes with: `post_collateral` does.
		NoCollateral,
		/// The collateral that is there is as new, or a part of it is newer.
		CollateralNotNewer,
		/// The signer is no operator's agent.
		NotAnAgent,
		/// The block is not one of the last `RecentBlocks`.
		NotRecent,
		/// A GPU signed another nonce than this session's.
		OtherNonce,
		/// The quote does not commit to this chain, operator, agent, keys, block and GPUs.
		OtherClaim,
		/// A GPU is shown twice.
		DeviceTwice,
		/// A GPU is another operator's as long as that one's session lasts.
		DeviceInUse,
		/// The operator has `MaxSessions` sessions that hold, with other images.
		TooManySessions,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Attest a session: an enclave that runs an allowed image made these keys, for this operator, not long ago. Signed by the
		/// operator's agent. Replaces the session that the operator has with the image (`TooManySessions`). Once it succeeds, authorities of the GPUs
		/// that were verified before are not paid for.
		///
		/// * `keys`: those of the enclave.
		/// * `block`: the number of a block among the last `RecentBlocks` (`NotRecent`).
		/// * `quote`: the CPU's, of an allowed image (`BadEvidence`, `UnknownImage`, `PlatformOutdated`), whose report data commits to
		///   all of this (`OtherClaim`).
		/// * `gpus`: what each GPU says, with the session's nonce (`OtherNonce`).
		#[pallet::call_index(0)]
		#[pallet::weight(Pallet::<T>::attest_weight(quote, gpus, authorities(gpus)))]
		pub fn attest_session(
			origin: OriginFor<T>,
			keys: SessionKeys,
			block: BlockNumberFor<T>,
			quote: Quote,
			gpus: BoundedVec<GpuEvidence, ConstU32<MAX_GPUS>>,
		) -> DispatchResultWithPostInfo {
			let agent = ensure_signed(origin)?;
			Self::do_attest(agent, keys, block, quote, gpus)
		}

		/// Post collateral for quotes of TDX. Signed by anybody: it is believed because its issuer signed it, and never replaces what
		/// is newer (`CollateralNotNewer`).
		///
		/// * `root`: the id of Intel's root (`UnknownRoot`).
		/// * `parts`: the documents, as `vektor-verifier-tdx` encodes them (`BadEvidence`).
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::post_collateral())]
		pub fn post_collateral(origin: OriginFor<T>, root: H256, parts: Bytes<MAX_COLLATERAL>) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_post_collateral(root, parts)
		}

		/// Allow an image, or the firmware of a GPU, or take that back: then every session is attested anew. By governance.
		///
		/// * `image`: as the hardware measures it.
		/// * `floor`: what it asks of its platform, of the same kind (`WrongFloor`); nothing takes it back.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::allow_image())]
		pub fn allow_image(origin: OriginFor<T>, image: Image, floor: Option<Floor>) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_allow_image(image, floor)
		}

		/// Revoke a certificate by its key, or take that back. Every session is attested anew. By governance.
		///
		/// * `key`: SHA-256 of its public key as `vektor verify` prints it.
		/// * `revoked`: whether it is.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::revoke_certificate())]
		pub fn revoke_certificate(origin: OriginFor<T>, key: KeyId, revoked: bool) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_revoke(key, revoked);
			Ok(())
		}

		/// Say whether ezkl's keys may be made with a structured reference string, and who could forge under it. By governance. Taking a
		/// trust back stops every model whose key was made with it: their open jobs are refunded.
		///
		/// * `point`: `-[s]G2`, four big-endian words as a key artefact carries them at its byte 640 (`BadSrs`).
		/// * `trust`: who could forge; nothing takes the trust back.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::trust_srs())]
		pub fn trust_srs(origin: OriginFor<T>, point: SrsPoint, trust: Option<SrsTrust>) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_trust_srs(point, trust)
		}

		/// Approve the ceremony in which a Groth16 key was made, or take the approval back: models registered before keep what they
		/// were registered with. By governance.
		///
		/// * `key`: `blake2_256` of the key in arkworks' compressed encoding.
		/// * `transcript`: `blake2_256` of the ceremony's transcript; nothing takes the approval back.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::approve_ceremony())]
		pub fn approve_ceremony(origin: OriginFor<T>, key: H256, transcript: Option<H256>) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Ceremonies::<T>::set(key, transcript);
			Self::deposit_event(Event::CeremonyApproved { key, transcript });
			Ok(())
		}

		/// Say whether a root of hardware is believed. Where it is not any more, every session is attested anew. By governance.
		///
		/// * `root`: its certificate (`BadRoot`).
		/// * `trusted`: whether it is.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::trust_root())]
		pub fn trust_root(origin: OriginFor<T>, root: Root, trusted: bool) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_trust_root(root, trusted)
		}
	}
}
