use ark_bn254::{G1Affine, G2Affine};
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use vektor_circuits::digits;
use vektor_primitives::{hash, traits::KeyStore, Assurance, KeyRefused, PublicSlot::*, Scheme};

use super::*;
use crate::{mock::*, Floor, Image};

/// `alpha`, `beta`, `gamma`, `delta`, IC: the fields of arkworks' `VerifyingKey<Bn254>`.
type Fields = (G1Affine, G2Affine, G2Affine, G2Affine, Vec<G1Affine>);

#[test]
fn a_ceremony_counts_only_where_governance_has_approved_it_for_this_very_key() {
	new_test_ext().execute_with(|| {
		let claimed = |setup| {
			let Verification::Groth16 { key, layout, .. } = groth16(&keys().1, &digits::LAYOUT) else { panic!() };
			Verifier::check(&Verification::Groth16 { key, layout, setup }).map(|checked| checked.setup)
		};
		assert_eq!(claimed(KeySetup::Ceremony), Err(KeyRefused::NoCeremony));
		assert_eq!(claimed(KeySetup::PublicSrs), Err(KeyRefused::WrongSetup));
		assert_eq!(claimed(KeySetup::Hardware), Err(KeyRefused::WrongSetup));
		let key = H256(sp_io::hashing::blake2_256(&keys().1));
		Verifier::approve_ceremony(RuntimeOrigin::root(), key, Some(H256::repeat_byte(1))).unwrap();
		assert_eq!(claimed(KeySetup::Ceremony), Ok(KeySetup::Ceremony));
		Verifier::approve_ceremony(RuntimeOrigin::root(), key, None).unwrap();
		assert_eq!(claimed(KeySetup::Ceremony), Err(KeyRefused::NoCeremony));
	});
}

#[test]
fn a_key_is_named_by_what_it_verifies_however_it_is_encoded() {
	let checked = Verifier::check(&groth16(&keys().1, &digits::LAYOUT)).unwrap();
	assert_eq!((checked.setup, checked.assurance), (KeySetup::SingleParty, Assurance::Zk));
	assert_eq!((checked.outputs, checked.scale), (10, None));
	assert_eq!(checked.scheme, Scheme::Groth16 { layout: digits::LAYOUT.to_vec().try_into().unwrap() });

	let fields = Fields::deserialize_compressed(keys().1.as_slice()).unwrap();
	let mut uncompressed = vec![];
	fields.serialize_uncompressed(&mut uncompressed).unwrap();
	assert!(uncompressed.len() > keys().1.len());
	let again = Verifier::check(&groth16(&uncompressed, &digits::LAYOUT)).unwrap();
	assert_eq!(again, checked);

	let other = Verifier::check(&groth16(&keys().1, &[Binding, Commitment, Outputs(10)])).unwrap().digest;
	assert_ne!(checked.digest, other);
}

#[test]
fn a_key_that_is_put_is_there_until_it_is_removed() {
	execute(|| {
		assert!(!Verifier::contains(&model()));
		register();
		assert!(Verifier::contains(&model()) && Verifier::usable(&model()));
		assert_eq!(Verifier::count(), 1);
		Verifier::remove(&model());
		assert!(!Verifier::contains(&model()) && !Verifier::usable(&model()));
		assert_eq!(Verifier::count(), 0);
	});
}

#[test]
fn a_key_of_sessions_is_usable_while_their_image_is_allowed() {
	execute(|| {
		let image = Image::Snp([2; 48]);
		let floor = Floor::Snp { fmc: None, boot_loader: 0, tee: 0, snp: 0, microcode: 0 };
		let allow = |floor| Verifier::allow_image(RuntimeOrigin::root(), image, floor).unwrap();
		allow(Some(floor));
		put(model(), &Verification::Session { image: hash(&image), outputs: 1 });
		assert!(Verifier::usable(&model()));
		allow(None);
		assert!(!Verifier::usable(&model()) && Verifier::contains(&model()));
		allow(Some(floor));
		assert!(Verifier::usable(&model()));
	});
}

#[test]
fn a_bad_key_is_refused_for_its_reason() {
	let key = &keys().1;
	let refused = |key: &[u8], layout: &[PublicSlot]| Verifier::check(&groth16(key, layout)).unwrap_err();
	assert_eq!(refused(key, &[Commitment, Outputs(11)]), KeyRefused::Layout);
	assert_eq!(refused(key, &[Commitment, Binding, Outputs(11)]), KeyRefused::PublicCount);
	assert_eq!(refused(&key[1..], &digits::LAYOUT), KeyRefused::Length);
	assert_eq!(refused(&[key.as_slice(), &[0]].concat(), &digits::LAYOUT), KeyRefused::Length);

	let mut off = key.clone();
	off[..32].copy_from_slice(&[0xff; 32]);
	assert_eq!(refused(&off, &digits::LAYOUT), KeyRefused::NotOnCurve);
	let mut outside = key.clone();
	outside[32..96].copy_from_slice(&outside_subgroup());
	assert_eq!(refused(&outside, &digits::LAYOUT), KeyRefused::NotInSubgroup);
	let mut infinite = key.clone();
	infinite[..32].copy_from_slice(&[0; 32]);
	infinite[31] = 0x40;
	assert_eq!(refused(&infinite, &digits::LAYOUT), KeyRefused::Infinity);
	let mut degenerate = key.clone();
	degenerate.copy_within(96..160, 160);
	assert_eq!(refused(&degenerate, &digits::LAYOUT), KeyRefused::Degenerate);
}
