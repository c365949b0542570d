//! What governance trusts.

use codec::Encode;
use frame_support::{dispatch::DispatchResult, ensure, BoundedVec};
use vektor_primitives::hash;
use vektor_verifier_snp::Anchor as Issuer;
use vektor_verifier_tdx as tdx;

use crate::{
	Anchor, Anchors, Bytes, Config, Error, Event, Floor, Image, Images, KeyId, Pallet, Revoked, Root, Srs, SrsPoint,
	SrsTrust, TrustVersion, MAX_ISSUER,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_trust_srs(point: SrsPoint, trust: Option<SrsTrust>) -> DispatchResult {
		vektor_verifier_ezkl::Srs::parse(&point).map_err(|_| Error::<T>::BadSrs)?;
		let srs = hash(&point);
		Srs::<T>::set(srs, trust);
		Self::deposit_event(Event::SrsTrusted { srs, trust });
		Ok(())
	}

	pub(crate) fn do_trust_root(root: Root, trusted: bool) -> DispatchResult {
		let anchor = anchor(&root).ok_or(Error::<T>::BadRoot)?;
		let id = hash(&root);
		match trusted {
			true => Anchors::<T>::insert(id, anchor),
			false => {
				Anchors::<T>::remove(id);
				Self::distrust();
			}
		}
		Self::deposit_event(Event::RootTrusted { root: id, trusted });
		Ok(())
	}

	pub(crate) fn do_allow_image(image: Image, floor: Option<Floor>) -> DispatchResult {
		let fits = matches!(
			(image, floor),
			(_, None)
				| (Image::Snp(_), Some(Floor::Snp { .. }))
				| (Image::Tdx(_), Some(Floor::Tdx(_)))
				| (Image::GpuFirmware(_) | Image::GpuDriver(_), Some(Floor::Gpu))
		);
		ensure!(fits, Error::<T>::WrongFloor);
		let id = hash(&image);
		// A higher floor takes something back, too.
		if Images::<T>::contains_key(id) {
			Self::distrust();
		}
		Images::<T>::set(id, floor);
		Self::deposit_event(Event::ImageAllowed { id, image, floor });
		Ok(())
	}

	pub(crate) fn do_revoke(key: KeyId, revoked: bool) {
		match revoked {
			true => Revoked::<T>::insert(key, ()),
			false => Revoked::<T>::remove(key),
		}
		if revoked {
			Self::distrust();
		}
		Self::deposit_event(Event::CertificateRevoked { key, revoked });
	}

	/// Every session rests on what was trusted when it was attested. One write ends them all; who still may attests again.
	fn distrust() {
		TrustVersion::<T>::mutate(|version| *version = version.wrapping_add(1));
	}
}

fn anchor(root: &Root) -> Option<Anchor> {
	let issuer =
		|der: &[u8]| -> Option<Bytes<MAX_ISSUER>> { BoundedVec::try_from(Issuer::pin(der).ok()?.encode()).ok() };
	Some(match root {
		Root::Amd(der) => Anchor::Amd(issuer(der)?),
		Root::Nvidia(der) => Anchor::Nvidia(issuer(der)?),
		Root::Intel(der) => {
			tdx::Root::parse(der).ok()?;
			Anchor::Intel(der.clone())
		}
	})
}
