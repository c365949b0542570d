//! What CPUs say, and what goes with it.

use codec::Decode;
use frame_support::{dispatch::DispatchResult, ensure};
use sp_core::H256;
use vektor_verifier_snp as snp;
use vektor_verifier_tdx as tdx;

use super::{
	Anchor, Bytes, Collateral, Family, Floor, Image, PckAuthority, Quote, Refusal, Shown, TdxFloor, MAX_COLLATERAL,
};
use crate::{Anchors, CollateralOf, Config, Error, Event, Pallet};

/// The image that a quote measured, what it was asked to say, and what it rests on.
type Read = (H256, [u8; 64], Shown);

impl<T: Config> Pallet<T> {
	pub(crate) fn check_quote(quote: &Quote, now: u64) -> Result<Read, Error<T>> {
		match quote {
			Quote::Snp { root, report, vcek } => Self::check_snp(root, report, vcek, now),
			Quote::Tdx { family, quote } => Self::check_tdx(family, quote, now),
		}
	}

	fn check_snp(root: &H256, report: &[u8], vcek: &[u8], now: u64) -> Result<Read, Error<T>> {
		let Some(Anchor::Amd(anchor)) = Anchors::<T>::get(root) else {
			return Err(Error::UnknownRoot);
		};
		let anchor = snp::Anchor::decode(&mut anchor.as_slice()).map_err(|_| Error::UnknownRoot)?;
		let facts = snp::verify(report, vcek, &anchor, now).map_err(|error| Error::BadEvidence(of_snp(error)))?;
		// What runs below asks for a report in the image's name.
		ensure!(facts.vmpl == 0, Error::NotPrivileged);
		let (image, floor) = Self::allowed(Image::Snp(facts.measurement))?;
		let Floor::Snp { fmc, boot_loader, tee, snp, microcode } = floor else {
			return Err(Error::WrongFloor);
		};
		ensure!(facts.at_least(&snp::Tcb { fmc, boot_loader, tee, snp, microcode }), Error::PlatformOutdated);
		Ok((image, facts.report_data, Shown { keys: facts.keys, until: facts.valid_until }))
	}

	fn check_tdx(family: &Family, quote: &[u8], now: u64) -> Result<Read, Error<T>> {
		let (id, ..) = family;
		let Some(Anchor::Intel(root)) = Anchors::<T>::get(id) else {
			return Err(Error::UnknownRoot);
		};
		let root = tdx::Root::parse(&root).map_err(|_| Error::UnknownRoot)?;
		let collateral = CollateralOf::<T>::get(family).ok_or(Error::NoCollateral)?;
		// Nothing is stored there whose signatures were not checked under this root.
		let collateral = tdx::CheckedCollateral::restore(&collateral.parts, &root);
		let collateral = collateral.map_err(|error| Error::BadEvidence(of_tdx(error)))?;
		let facts = tdx::verify_with(quote, &collateral, now);
		let facts = facts.map_err(|error| Error::BadEvidence(of_tdx(error)))?;
		let (image, floor) = Self::allowed(Image::Tdx(H256(facts.td.measurement())))?;
		let Floor::Tdx(least) = floor else {
			return Err(Error::WrongFloor);
		};
		ensure!(status(facts.tcb_status) >= least, Error::PlatformOutdated);
		Ok((image, facts.td.report_data, Shown { keys: [facts.pck].into(), until: facts.valid_until }))
	}

	pub(crate) fn do_post_collateral(root: H256, parts: Bytes<MAX_COLLATERAL>) -> DispatchResult {
		let Some(Anchor::Intel(certificate)) = Anchors::<T>::get(root) else {
			return Err(Error::<T>::UnknownRoot.into());
		};
		let certificate = tdx::Root::parse(&certificate).map_err(|_| Error::<T>::UnknownRoot)?;
		let info = tdx::check_collateral(&parts, &certificate, Self::seconds());
		let info = info.map_err(|error| Error::<T>::BadEvidence(of_tdx(error)))?;
		let family = (root, info.fmspc, authority(info.ca));
		if let Some(before) = CollateralOf::<T>::get(family) {
			let before = tdx::CollateralInfo {
				fmspc: info.fmspc,
				ca: info.ca,
				tcb_evaluation_number: before.evaluation,
				issued: before.issued,
				valid_until: before.until,
			};
			ensure!(info.replaces(&before), Error::<T>::CollateralNotNewer);
		}
		let tdx::CollateralInfo { tcb_evaluation_number: evaluation, issued, valid_until: until, .. } = info;
		CollateralOf::<T>::insert(family, Collateral { evaluation, issued, until, parts });
		Self::deposit_event(Event::CollateralPosted { family, evaluation, until });
		Ok(())
	}
}

fn authority(ca: tdx::Ca) -> PckAuthority {
	match ca {
		tdx::Ca::Processor => PckAuthority::Processor,
		tdx::Ca::Platform => PckAuthority::Platform,
	}
}

/// How good a platform is: never `Revoked`, which is refused before.
fn status(of: tdx::TcbStatus) -> TdxFloor {
	use tdx::TcbStatus as S;
	match of {
		S::UpToDate => TdxFloor::UpToDate,
		S::SwHardeningNeeded => TdxFloor::SwHardeningNeeded,
		S::ConfigurationNeeded | S::ConfigurationAndSwHardeningNeeded => TdxFloor::ConfigurationNeeded,
		S::OutOfDate | S::OutOfDateConfigurationNeeded | S::Revoked => TdxFloor::OutOfDate,
	}
}

pub(super) fn of_certificate(error: snp::CertificateError) -> Refusal {
	use snp::CertificateError as E;
	match error {
		E::NotYetValid => Refusal::NotYetValid,
		E::Expired => Refusal::Expired,
		E::Signature => Refusal::Signature,
		_ => Refusal::Certificate,
	}
}

fn of_snp(error: snp::Error) -> Refusal {
	use snp::Error as E;
	match error {
		E::Certificate(error) => of_certificate(error),
		E::NotVcek => Refusal::Certificate,
		E::Length | E::Version | E::Algorithm => Refusal::Malformed,
		E::SigningKey | E::Generation | E::Chip | E::Tcb => Refusal::OtherPlatform,
		E::Debug | E::Migration => Refusal::Open,
		E::NotYetValid => Refusal::NotYetValid,
		E::Expired => Refusal::Expired,
		E::Signature => Refusal::Signature,
	}
}

fn of_tdx(error: tdx::Error) -> Refusal {
	use tdx::{Error as E, Fault as F};
	match error {
		E::Part(_, fault) => match fault {
			F::Malformed | F::Kind => Refusal::Malformed,
			F::Issuer | F::Purpose | F::CriticalExtension => Refusal::Certificate,
			F::Signature => Refusal::Signature,
			F::NotYetValid => Refusal::NotYetValid,
			F::Expired => Refusal::Expired,
			F::Revoked => Refusal::Revoked,
		},
		E::QeReport | E::AttestationKey | E::QuoteSignature => Refusal::Signature,
		E::OtherCa | E::OtherPlatform | E::OtherQe | E::OtherModule | E::BelowEveryLevel => Refusal::OtherPlatform,
		E::TcbRevoked => Refusal::Revoked,
		E::Debug | E::Migratable => Refusal::Open,
		_ => Refusal::Malformed,
	}
}
