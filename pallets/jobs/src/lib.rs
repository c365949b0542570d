#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod calls;
#[cfg(test)]
mod mock;
mod read;
#[cfg(test)]
mod tests;
mod tick;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

#[frame_support::pallet]
pub mod pallet {
	use alloc::vec::Vec;
	use frame_support::{pallet_prelude::*, weights::WeightMeter, PalletId};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use vektor_primitives::{
		pot::Money,
		traits::{
			EvidenceVerifier, LiveClock, LiveTime, ModelRegistry, OperatorRegistry, OutcomeSink, PriceSource,
			Settlement,
		},
		Asset, Assurance, Balance, Evidence, EvidenceError, Ineligible, JobId, KeySetup, ModelId, OperatorId, Outputs,
	};

	use crate::{types::*, WeightInfo};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<Hash = H256, RuntimeEvent: From<Event<Self>>> {
		/// Both assets behind one interface.
		type Money: Money<Self::AccountId>;

		/// Who serves.
		type Operators: OperatorRegistry<Self::AccountId>;

		/// Who hears how jobs ended.
		type Outcomes: OutcomeSink<Self::AccountId>;

		/// What can be served.
		type Models: ModelRegistry;

		/// Whether evidence holds.
		type Verifier: EvidenceVerifier;

		/// Where settled escrows go.
		type Settlement: Settlement<Self::AccountId>;

		/// What VKTR is worth.
		type Prices: PriceSource;

		/// The clock of deadlines.
		type Clock: LiveClock;

		/// The pot that holds the escrows.
		#[pallet::constant]
		type PotId: Get<PalletId>;

		/// The longest deadline that a job may set, in live slots: `14_400` of 6 s are a day.
		#[pallet::constant]
		type MaxDeadline: Get<u32>;

		/// For how many live slots a finished job is kept, its outputs and its commitment with it.
		#[pallet::constant]
		type Retention: Get<u32>;

		/// After how many live slots a refused refund is tried again at the earliest. Each further wait is twice the one
		/// before. Not zero.
		#[pallet::constant]
		type RefundRetry: Get<u32>;

		/// The most steps that the queue takes in one block, where weight does not end it before: a step attends to one job or passes
		/// one empty slot.
		#[pallet::constant]
		type TickSteps: Get<u32>;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;

		/// Prepares the other pallets for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: crate::benchmarking::BenchmarkHelper<Self::AccountId>;
	}

	/// The jobs, open ones and those kept for the retention time. The id is a hash already.
	#[pallet::storage]
	pub type Jobs<T: Config> = StorageMap<_, Identity, JobId, Job<T::AccountId>, OptionQuery>;

	/// What settled jobs yielded: field elements, big-endian, in the order of the model's layout.
	#[pallet::storage]
	pub type Results<T> = StorageMap<_, Identity, JobId, Outputs, OptionQuery>;

	/// The job of each commitment, by client and model: one at a time. Clients choose commitments and accounts freely, so
	/// the hashes are strong ones.
	#[pallet::storage]
	pub type Commitments<T: Config> = StorageNMap<
		_,
		(NMapKey<Blake2_128Concat, T::AccountId>, NMapKey<Identity, ModelId>, NMapKey<Blake2_128Concat, H256>),
		JobId,
		OptionQuery,
	>;

	/// How many jobs each client has submitted: the next job's nonce.
	#[pallet::storage]
	pub type Nonces<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, u64, ValueQuery>;

	/// The open jobs of each operator. Both keys are hashes already.
	#[pallet::storage]
	pub type OpenJobs<T> = StorageDoubleMap<_, Identity, OperatorId, Identity, JobId, (), OptionQuery>;

	/// What went through the escrow of each asset since genesis.
	#[pallet::storage]
	pub type Books<T> = StorageMap<_, Twox64Concat, Asset, Book, ValueQuery>;

	/// The jobs to attend to, by the live time after which they are due. The chain makes both keys.
	#[pallet::storage]
	pub type DueQueue<T> = StorageDoubleMap<_, Twox64Concat, LiveTime, Identity, JobId, (), OptionQuery>;

	/// The first live time of the queue that is not yet dealt with.
	#[pallet::storage]
	pub type Cursor<T> = StorageValue<_, LiveTime, ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A job was paid into escrow and is open to its operator.
		Submitted {
			/// The job.
			job: JobId,
			/// Who pays.
			client: T::AccountId,
			/// Who serves.
			operator: OperatorId,
			/// What is served.
			model: ModelId,
			/// The client's commitment to its input: a field element, big-endian.
			commitment: H256,
			/// `blake2_256` of the payload that the client sends to the operator.
			payload: H256,
			/// In what is paid.
			asset: Asset,
			/// The escrow, in the asset's smallest unit: `50_000` of USDC is 0.05 USDC.
			price: Balance,
			/// The last live time at which it may be delivered, in slots.
			deadline: LiveTime,
		},
		/// A result came and its evidence holds.
		Delivered {
			/// The job.
			job: JobId,
			/// Who delivered.
			operator: OperatorId,
			/// The outputs: field elements, big-endian, in the order of the model's layout.
			outputs: Outputs,
		},
		/// The escrow of a delivered job went where the split of revenue says.
		Settled {
			/// The job.
			job: JobId,
			/// Who paid.
			client: T::AccountId,
			/// Who served.
			operator: OperatorId,
			/// In what was paid.
			asset: Asset,
			/// All that left the escrow, in the asset's smallest unit: `50_000` of USDC is 0.05 USDC.
			paid: Balance,
			/// The operator's direct share of that, in the asset's smallest unit.
			direct: Balance,
			/// What joined the lot, in the asset's smallest unit: payable after the buyback.
			queued: Balance,
			/// The number of the lot that was collecting.
			lot: u32,
			/// What kind of assurance the evidence gave.
			assurance: Assurance,
			/// Who could have forged the model's key.
			setup: KeySetup,
		},
		/// Well-formed evidence did not hold. No money moved and the job stays open; the call cost its full fee.
		ProofRefused {
			/// The job.
			job: JobId,
			/// Who delivered it.
			operator: OperatorId,
			/// Why it was refused.
			reason: EvidenceError,
		},
		/// The deadline passed without a result: the whole escrow went back.
		Refunded {
			/// The job.
			job: JobId,
			/// Who received it.
			client: T::AccountId,
			/// Who did not deliver.
			operator: OperatorId,
			/// In which asset.
			asset: Asset,
			/// How much, in the asset's smallest unit.
			amount: Balance,
		},
		/// The deadline passed and the client's account refused the refund. The money waits in the pot under the job's name
		/// and the operator is released.
		RefundDeferred {
			/// The job.
			job: JobId,
			/// Whose money it is.
			client: T::AccountId,
			/// In which asset.
			asset: Asset,
			/// How much, in the asset's smallest unit.
			amount: Balance,
			/// The live time, in slots, after which the chain tries again by itself. `expire` may try at any time.
			retry: LiveTime,
		},
		/// A client rated a settled job.
		Rated {
			/// The job.
			job: JobId,
			/// Who rated it.
			client: T::AccountId,
			/// Who served it.
			operator: OperatorId,
			/// 1 to 5.
			stars: u8,
			/// The hash of a written review, kept elsewhere.
			review: Option<H256>,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// No model of this id takes jobs.
		UnknownModel,
		/// The deadline is shorter than the model's minimum.
		DeadlineTooShort,
		/// The deadline is longer than `MaxDeadline`.
		DeadlineTooLong,
		/// The commitment is not a field element: its big-endian number is not below the order of BN254's scalar field.
		NonCanonicalCommitment,
		/// Payments are in VKTR (`Native`) or USDC (asset 1) only.
		UnsupportedAsset,
		/// VKTR is refused while the chain has no price for it: pay in USDC.
		NoPrice,
		/// The model costs more than `max_price`.
		PriceAboveMax,
		/// The operator cannot take this job; the reason is inside.
		Ineligible(Ineligible),
		/// The client has a job with this commitment and model already, open or finished not long ago: use a new salt.
		DuplicateCommitment,
		/// No job has this id, or its record has been forgotten.
		UnknownJob,
		/// The signer is not the agent of the operator that the job was given to, or, for `rate`, not its client.
		NotYourJob,
		/// The job is not open any more: it was settled or its deadline passed.
		NotOpen,
		/// The deadline has passed: the escrow goes back to the client.
		DeadlinePassed,
		/// The evidence is malformed; what is wrong is inside.
		BadEvidence(EvidenceError),
		/// There is nothing to refund: the job was settled or refunded.
		NothingToRefund,
		/// The deadline has not passed yet.
		NotExpired,
		/// The chain was paused or stalled until just now: nothing is judged for one window.
		NotJudging,
		/// The client's account refuses the refund: it is blocked, or the amount would leave it below the asset's minimum
		/// balance. The money stays in escrow; call again when the account can take it.
		RefundRefused,
		/// A number does not fit. Nothing has changed.
		Overflow,
		/// A rating is 1 to 5 stars.
		StarsOutOfBounds,
		/// The job is not settled, or was rated already.
		NothingToRate,
		/// Nothing can be proved for this model now: its key was found wrong, or rests on what is not trusted any more. If that
		/// lasts until the deadline, the escrow goes back and nobody is to blame.
		Unprovable,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(remaining);
			Self::tick(&mut meter);
			meter.consumed()
		}

		fn integrity_test() {
			assert!(T::RefundRetry::get() > 0, "a refused refund must not be tried again at once");
			assert!(T::TickSteps::get() > 0, "a queue that takes no steps stands still");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Every escrow of `client`'s that the pot holds: how much, for which job, and when `expire` sends it back.
		pub fn held(client: T::AccountId) -> Vec<HeldEscrow> {
			Self::held_by(&client)
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Pay one inference into escrow. Signed by the client. The escrow is the model's price now and changes no more; it
		/// goes back to the unit if no valid result comes in time.
		///
		/// * `model`: what is to be served (`UnknownModel`).
		/// * `commitment`: to the input, 32 bytes big-endian, a field element (`NonCanonicalCommitment`), new for this client
		///   and model (`DuplicateCommitment`).
		/// * `payload`: `blake2_256` of what the client will send to the operator.
		/// * `max_price`: the most that it may cost, in the asset's smallest unit: `50_000` is 0.05 USDC (`PriceAboveMax`).
		/// * `asset`: USDC (`WithId: 1`) or VKTR (`Native`) (`UnsupportedAsset`, `NoPrice`).
		/// * `deadline`: live slots from inclusion, from the model's minimum (`DeadlineTooShort`) to `MaxDeadline`
		///   (`DeadlineTooLong`).
		/// * `assign`: the operator, which must be able to take it (`Ineligible`).
		#[pallet::call_index(0)]
		#[pallet::weight(Pallet::<T>::submit_weight())]
		pub fn submit(
			origin: OriginFor<T>,
			model: ModelId,
			commitment: H256,
			payload: H256,
			max_price: Balance,
			asset: Asset,
			deadline: u32,
			assign: Assign,
		) -> DispatchResult {
			let client = ensure_signed(origin)?;
			Self::do_submit(client, Order { model, commitment, payload, max_price, asset, deadline, assign })
		}

		/// Bring the result of a job and its proof. Signed by the agent of the job's operator (`NotYourJob`), while the job is
		/// open (`UnknownJob`, `NotOpen`), its deadline has not passed (`DeadlinePassed`) and its model can be proved (`Unprovable`).
		///
		/// Valid: the escrow is settled and the call is free. Well-formed but false: the event `ProofRefused`, the full fee,
		/// and the job stays open. Malformed: `BadEvidence`.
		///
		/// * `job`: the id, from the event `Submitted`.
		/// * `outputs`: field elements, 32 bytes big-endian each, as many as the model has: at most 255.
		/// * `evidence`: of the kind that the model's record names: a Groth16 proof of at most 256 bytes, an ezkl proof of at most 16 KiB, or a
		///   signature by the operator's attested session key.
		#[pallet::call_index(1)]
		#[pallet::weight(Pallet::<T>::deliver_weight(T::Verifier::worst()))]
		pub fn deliver(
			origin: OriginFor<T>,
			job: JobId,
			outputs: Outputs,
			evidence: Evidence,
		) -> DispatchResultWithPostInfo {
			let agent = ensure_signed(origin)?;
			Self::do_deliver(agent, job, outputs, evidence)
		}

		/// Send the escrow of a job whose deadline has passed back to its client, whoever calls. The chain does it by itself
		/// when blocks have room. Free when it succeeds.
		///
		/// Refused with `UnknownJob`, `NothingToRefund`, `NotExpired`, `NotJudging`, or `RefundRefused` while the client's
		/// account cannot take it: then nothing changes and it can be called again.
		///
		/// * `job`: the id, from the event `Submitted`.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::expire())]
		pub fn expire(origin: OriginFor<T>, job: JobId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Self::do_expire(job)?;
			Ok(Pays::No.into())
		}

		/// Rate a settled job, once, while its record is kept. Signed by its client (`NotYourJob`). It moves the operator's reputation by what the job
		/// leaked; all ratings together are at most a tenth of it.
		///
		/// * `job`: the id (`UnknownJob`), of a settled job that was not rated (`NothingToRate`).
		/// * `stars`: 1 to 5 (`StarsOutOfBounds`).
		/// * `review`: the hash of a written review, if there is one.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::rate())]
		pub fn rate(origin: OriginFor<T>, job: JobId, stars: u8, review: Option<H256>) -> DispatchResult {
			let client = ensure_signed(origin)?;
			Self::do_rate(client, job, stars, review)
		}
	}
}
