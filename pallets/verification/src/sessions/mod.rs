//! Sessions: an enclave shows once what it runs and which keys it made; then each result carries one signature.

mod gpu;
mod quote;
mod types;

use alloc::vec::Vec;
use frame_support::{
	dispatch::{DispatchResult, DispatchResultWithPostInfo},
	ensure,
	pallet_prelude::Weight,
	traits::{Get, UnixTime},
	BoundedVec,
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_core::{ed25519, H256};
use sp_runtime::traits::{Saturating, UniqueSaturatedInto, Zero};
use vektor_primitives::{
	hash,
	traits::{Attestations, DeviceSink, OperatorRegistry, OperatorSink},
	Assurance, Attested, EvidenceError, KeySetup, OperatorId, Refused, SessionClaim, SessionKeys, Statement, Verdict,
};

pub use types::*;

use crate::{Config, Devices, Error, Event, Images, Pallet, Revoked, Sessions, TrustVersion, WeightInfo};

/// What a quote or a GPU's report rests on, and until when.
pub(crate) struct Shown {
	/// The keys of its certificates, the root's first.
	keys: Vec<[u8; 32]>,
	/// Unix time in seconds.
	until: u64,
}

/// What no benchmark reads: the agent, the hashes of two blocks, and the quote's keys, at most two, among the revoked.
const READS: u32 = 5;
/// And for each GPU: its driver's image, its device, the root's key and its own.
const READS_OF_GPU: u32 = 4;
/// And for each authority between them: what is remembered of it, and its key.
const READS_OF_AUTHORITY: u32 = 2;

/// How many authorities there are between the GPUs and their roots.
pub(crate) fn authorities(gpus: &[GpuEvidence]) -> u32 {
	let count = |gpu: &GpuEvidence| u32::try_from(gpu.intermediates.len()).unwrap_or(MAX_INTERMEDIATES);
	gpus.iter().map(count).fold(0, u32::saturating_add)
}

impl<T: Config> Pallet<T> {
	/// Unix time in seconds.
	pub(crate) fn seconds() -> u64 {
		T::Time::now().as_secs()
	}

	/// What attesting weighs where so many authorities of the GPUs have to be verified: all of them at most, where none is remembered yet.
	pub(crate) fn attest_weight(quote: &Quote, gpus: &[GpuEvidence], verified: u32) -> Weight {
		let count = u32::try_from(gpus.len()).unwrap_or(MAX_GPUS);
		let quote = match quote {
			Quote::Snp { .. } => T::WeightInfo::check_snp(),
			Quote::Tdx { .. } => T::WeightInfo::check_tdx(),
		};
		let reads = READS
			.saturating_add(READS_OF_GPU.saturating_mul(count))
			.saturating_add(READS_OF_AUTHORITY.saturating_mul(authorities(gpus)));
		T::WeightInfo::keep_session(count)
			.saturating_add(quote)
			.saturating_add(T::WeightInfo::check_gpu().saturating_mul(count.into()))
			.saturating_add(T::WeightInfo::check_authority().saturating_mul(verified.into()))
			.saturating_add(T::DbWeight::get().reads(reads.into()))
	}

	/// What the evidence of a session must commit to.
	pub fn claim(
		agent: T::AccountId,
		operator: OperatorId,
		keys: SessionKeys,
		block: BlockNumberFor<T>,
	) -> Result<SessionClaim<T::AccountId>, Error<T>> {
		let age = frame_system::Pallet::<T>::block_number().saturating_sub(block);
		ensure!(!age.is_zero() && age <= T::RecentBlocks::get(), Error::<T>::NotRecent);
		let of = frame_system::Pallet::<T>::block_hash::<BlockNumberFor<T>>;
		Ok(SessionClaim {
			genesis: of(Zero::zero()),
			operator,
			agent,
			keys,
			block: block.unique_saturated_into(),
			block_hash: of(block),
		})
	}

	pub(crate) fn do_attest(
		agent: T::AccountId,
		keys: SessionKeys,
		block: BlockNumberFor<T>,
		quote: Quote,
		gpus: BoundedVec<GpuEvidence, frame_support::traits::ConstU32<MAX_GPUS>>,
	) -> DispatchResultWithPostInfo {
		let operator = T::Operators::by_agent(&agent).ok_or(Error::<T>::NotAnAgent)?;
		let claim = Self::claim(agent, operator, keys, block)?;
		let now = Self::seconds();
		let (image, report_data, shown) = Self::check_quote(&quote, now)?;
		let trust = TrustVersion::<T>::get();
		let mut until = shown.until.min(now.saturating_add(T::MaxSession::get()));
		Self::check_revoked(&shown.keys)?;

		let nonce = claim.nonce();
		let mut devices = BoundedVec::new();
		let mut reports = Vec::new();
		let mut verified = 0u32;
		for gpu in &gpus {
			let (device, shown, anew) = Self::check_gpu(gpu, &nonce, now)?;
			verified = verified.saturating_add(anew);
			Self::check_revoked(&shown.keys)?;
			ensure!(!devices.contains(&device), Error::<T>::DeviceTwice);
			let free = |known: Device| known.operator == operator || known.until < now || known.trust != trust;
			let free = Devices::<T>::get(device).is_none_or(free);
			ensure!(free, Error::<T>::DeviceInUse);
			devices.try_push(device).map_err(|_| Error::<T>::DeviceTwice)?;
			reports.push(H256(sp_io::hashing::blake2_256(&gpu.report)));
			until = until.min(shown.until);
		}
		ensure!(report_data == claim.report_data(&reports), Error::<T>::OtherClaim);
		Self::keep(operator, image, Session { keys, devices, until, trust })?;
		Ok(Some(Self::attest_weight(&quote, &gpus, verified)).into())
	}

	/// Keeps a session in the place of the one before, and those with other images as long as they hold. A device is in the session that
	/// showed it last.
	pub(crate) fn keep(operator: OperatorId, image: H256, session: Session) -> DispatchResult {
		let (now, trust) = Self::current();
		let mut counting = session.attested();
		let mut others = 0u32;
		let before: Vec<_> = Sessions::<T>::iter_prefix(operator).collect();
		for (other, mut kept) in before {
			let stays = other != image && kept.holds(now, trust);
			let leaves = |device: &H256| !stays || session.devices.contains(device);
			Self::give_up(operator, other, kept.devices.iter().filter(|device| leaves(device)));
			if !stays {
				Sessions::<T>::remove(operator, other);
				continue;
			}
			others = others.saturating_add(1);
			kept.devices.retain(|device| !session.devices.contains(device));
			counting = together(counting, kept.attested());
			Sessions::<T>::insert(operator, other, kept);
		}
		ensure!(others < T::MaxSessions::get(), Error::<T>::TooManySessions);
		for device in &session.devices {
			Devices::<T>::insert(device, Device { operator, image, until: session.until, trust: session.trust });
		}
		let Session { keys, until, .. } = session;
		let devices = session.attested().devices;
		Sessions::<T>::insert(operator, image, session);
		T::Devices::shown(&operator, counting);
		Self::deposit_event(Event::SessionAttested { operator, image, keys, devices, until });
		Ok(())
	}

	/// Gives up devices of a session.
	fn give_up<'a>(operator: OperatorId, image: H256, devices: impl Iterator<Item = &'a H256>) {
		for device in devices {
			// Another operator may have shown it since.
			if Devices::<T>::get(device).is_some_and(|known| (known.operator, known.image) == (operator, image)) {
				Devices::<T>::remove(device);
			}
		}
	}

	fn check_revoked(keys: &[[u8; 32]]) -> DispatchResult {
		ensure!(!keys.iter().any(|key| Revoked::<T>::contains_key(H256(*key))), Error::<T>::RevokedCertificate);
		Ok(())
	}

	/// The measured image, if governance allows it and the platform is good enough for it.
	pub(crate) fn allowed(image: Image) -> Result<(H256, Floor), Error<T>> {
		let id = hash(&image);
		Ok((id, Images::<T>::get(id).ok_or(Error::<T>::UnknownImage)?))
	}

	/// Whether a result is signed by the operator's session with an image.
	pub(crate) fn verify_session(
		image: &H256,
		statement: &Statement,
		signature: &[u8; 64],
	) -> Result<Verdict, Refused> {
		let session = Sessions::<T>::get(statement.operator, image);
		let session = session.ok_or_else(|| Self::early(EvidenceError::NoSession))?;
		let (now, trust) = Self::current();
		ensure!(session.holds(now, trust), Self::early(EvidenceError::SessionExpired));
		let used = T::WeightInfo::verify_session();
		let (signature, key) =
			(ed25519::Signature::from_raw(*signature), ed25519::Public::from_raw(session.keys.signing.0));
		let holds = sp_io::crypto::ed25519_verify(&signature, statement.result_hash().as_bytes(), &key);
		ensure!(holds, Refused { why: EvidenceError::DoesNotHold, used });
		Ok(Verdict { assurance: Assurance::Tee, setup: KeySetup::Hardware, used })
	}
}

impl<T: Config> Attestations for Pallet<T> {
	fn current() -> (u64, u32) {
		(Self::seconds(), TrustVersion::<T>::get())
	}
}

impl<T: Config> OperatorSink for Pallet<T> {
	fn gone(operator: &OperatorId) {
		for (image, session) in Sessions::<T>::drain_prefix(operator) {
			Self::give_up(*operator, image, session.devices.iter());
		}
	}

	fn weight() -> Weight {
		T::WeightInfo::forget_operator()
	}
}

/// The devices of two sessions: they count until the first of them does not.
fn together(one: Attested, other: Attested) -> Attested {
	let devices = one.devices.saturating_add(other.devices);
	let until = match (one.devices, other.devices) {
		(0, _) => other.until,
		(_, 0) => one.until,
		_ => one.until.min(other.until),
	};
	Attested { devices, until, ..one }
}
