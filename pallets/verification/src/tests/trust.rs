use frame_support::{assert_noop, assert_ok, BoundedVec};
use sp_core::H256;
use sp_runtime::traits::BadOrigin;
use vektor_verifier_ezkl::PERPETUAL_POWERS_OF_TAU;
use vektor_verifier_snp::anchors::{ASK_GENOA, ASK_MILAN, ASK_TURIN};

use crate::{mock::*, Anchors, Error, Event, Floor, Image, Root, Srs, SrsTrust, TdxFloor};

#[test]
fn only_governance_says_what_is_trusted() {
	execute(|| {
		let who = || RuntimeOrigin::signed(1);
		assert_noop!(Verifier::trust_srs(who(), PERPETUAL_POWERS_OF_TAU, None), BadOrigin);
		assert_noop!(Verifier::approve_ceremony(who(), H256::zero(), None), BadOrigin);
		assert_noop!(Verifier::allow_image(who(), Image::Snp([0; 48]), None), BadOrigin);
		assert_noop!(Verifier::revoke_certificate(who(), H256::zero(), true), BadOrigin);
		assert_noop!(Verifier::trust_root(who(), Root::Amd(BoundedVec::default()), true), BadOrigin);
	});
}

#[test]
fn a_string_is_a_finite_point_of_the_group_and_no_known_one() {
	execute(|| {
		let trust = |point| Verifier::trust_srs(RuntimeOrigin::root(), point, Some(SrsTrust::Public));
		assert_noop!(trust([0; 128]), Error::<Test>::BadSrs);
		assert_noop!(trust([0xff; 128]), Error::<Test>::BadSrs);
		assert_ok!(trust(PERPETUAL_POWERS_OF_TAU));
		let srs = H256(sp_io::hashing::blake2_256(&PERPETUAL_POWERS_OF_TAU));
		assert_eq!(Srs::<Test>::get(srs), Some(SrsTrust::Public));
		System::assert_last_event(Event::SrsTrusted { srs, trust: Some(SrsTrust::Public) }.into());
	});
}

#[test]
fn the_makers_roots_are_pinned_and_anything_else_is_refused() {
	execute(|| {
		let trust = |root| Verifier::trust_root(RuntimeOrigin::root(), root, true);
		let bytes = |der: &[u8]| BoundedVec::truncate_from(der.to_vec());
		for ask in [ASK_MILAN, ASK_GENOA, ASK_TURIN] {
			assert_ok!(trust(Root::Amd(bytes(ask))));
		}
		assert_ok!(trust(Root::Intel(bytes(vektor_verifier_tdx::INTEL_ROOT))));
		assert_ok!(trust(Root::Nvidia(bytes(vektor_verifier_nvidia::DEVICE_ROOT))));
		assert_eq!(Anchors::<Test>::iter().count(), 5);
		for root in [Root::Amd(bytes(&[1])), Root::Nvidia(bytes(&[])), Root::Intel(bytes(ASK_MILAN))] {
			assert_noop!(trust(root), Error::<Test>::BadRoot);
		}
	});
}

#[test]
fn what_an_image_asks_is_for_its_own_kind_of_platform() {
	execute(|| {
		let allow = |image, floor| Verifier::allow_image(RuntimeOrigin::root(), image, Some(floor));
		let snp = Floor::Snp { fmc: None, boot_loader: 0, tee: 0, snp: 0, microcode: 0 };
		assert_noop!(allow(Image::Snp([1; 48]), Floor::Gpu), Error::<Test>::WrongFloor);
		assert_noop!(allow(Image::Tdx(H256::zero()), snp), Error::<Test>::WrongFloor);
		assert_noop!(allow(Image::GpuDriver(H256::zero()), snp), Error::<Test>::WrongFloor);
		assert_ok!(allow(Image::Snp([1; 48]), snp));
		assert_ok!(allow(Image::Tdx(H256::zero()), Floor::Tdx(TdxFloor::UpToDate)));
		assert_ok!(allow(Image::GpuFirmware(H256::zero()), Floor::Gpu));
	});
}
