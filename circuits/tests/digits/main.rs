//! From a held-out image to a proof that the chain's verifier accepts.

use std::{sync::OnceLock, time::Instant};

use proptest::prelude::*;
use rand::rngs::OsRng;
use vektor_circuits::digits::{
	argmax, artefact, ascii, commit, held_out, infer, logits, output_scale, prove, setup, KeyFileError, OutputError,
	Payload, PayloadError, ProveError, Proved, ProvingKey, LAYOUT, LOGITS, PIXELS,
};
use vektor_primitives::{layout_counts, Felt};
use vektor_verifier_groth16::{verify, Error, Key};

struct Keys {
	proving: ProvingKey,
	verifying: Vec<u8>,
	prepared: Vec<u8>,
}

fn keys() -> &'static Keys {
	static KEYS: OnceLock<Keys> = OnceLock::new();
	KEYS.get_or_init(|| {
		let start = Instant::now();
		let (proving, verifying) = setup(&mut OsRng).unwrap();
		println!("setup {:?}", start.elapsed());
		let (publics, _) = layout_counts(&LAYOUT).unwrap();
		Keys { proving, prepared: Key::parse(&verifying, publics).unwrap().to_prepared(), verifying }
	})
}

const BINDING: Felt =
	[0x00, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7];

fn payload(sample: usize) -> Payload {
	Payload { pixels: held_out()[sample].pixels, salt: [sample as u8; 32] }
}

fn publics(commitment: Felt, binding: Felt, outputs: &[Felt]) -> Vec<Felt> {
	[&[commitment, binding], outputs].concat()
}

/// The last image's proof: made once for all tests that only read it.
fn proved() -> &'static (Payload, Proved) {
	static PROVED: OnceLock<(Payload, Proved)> = OnceLock::new();
	PROVED.get_or_init(|| {
		let payload = payload(held_out().len() - 1);
		let proved = prove(&keys().proving, &payload, &BINDING, &mut OsRng).unwrap();
		(payload, proved)
	})
}

#[test]
fn held_out_digits_are_proved_and_hold() {
	let keys = keys();
	for sample in [0, 1, 2, 3, 5, 8, 13] {
		let payload = payload(sample);
		let start = Instant::now();
		let Proved { proof, outputs } = prove(&keys.proving, &payload, &BINDING, &mut OsRng).unwrap();
		let proving = start.elapsed();
		let publics = publics(payload.commitment(), BINDING, &outputs);
		let start = Instant::now();
		assert_eq!(verify(&keys.prepared, &publics, &proof), Ok(()));
		println!("proved in {proving:?}, verified in {:?}", start.elapsed());
		assert_eq!(proof.len(), 128);
		assert_eq!(logits(&outputs), Ok(held_out()[sample].logits));
	}
}

#[test]
fn another_binding_commitment_or_logit_is_refused() {
	let (payload, Proved { proof, outputs }) = proved();
	let good = publics(payload.commitment(), BINDING, outputs);
	assert_eq!(verify(&keys().prepared, &good, proof), Ok(()));
	for place in 0..good.len() {
		for change in [1, 0x80] {
			let mut other = good.clone();
			other[place][31] ^= change;
			assert_eq!(verify(&keys().prepared, &other, proof), Err(Error::DoesNotHold), "public {place}");
		}
	}
}

#[test]
fn a_key_of_another_setup_is_refused() {
	let (payload, Proved { proof, outputs }) = proved();
	let (_, other) = setup(&mut OsRng).unwrap();
	assert_ne!(other, keys().verifying);
	let prepared = Key::parse(&other, 12).unwrap().to_prepared();
	let publics = publics(payload.commitment(), BINDING, outputs);
	assert_eq!(verify(&prepared, &publics, proof), Err(Error::DoesNotHold));
}

#[test]
fn the_logits_are_numpys_for_every_held_out_image() {
	assert!(held_out().len() >= 40);
	for sample in held_out() {
		assert_eq!(infer(&sample.pixels), sample.logits);
	}
}

#[test]
fn at_least_96_percent_of_the_held_out_images_are_read_right() {
	let right = held_out().iter().filter(|sample| argmax(&infer(&sample.pixels)) == sample.label).count();
	println!("{right} of {}", held_out().len());
	assert!(right * 100 >= held_out().len() * 96);
}

#[test]
fn a_proving_key_survives_its_file() {
	let bytes = keys().proving.to_bytes();
	let read = ProvingKey::from_bytes(&bytes).unwrap();
	assert_eq!(read.verifying_key(), keys().verifying);
	let payload = payload(21);
	let proved = prove(&read, &payload, &BINDING, &mut OsRng).unwrap();
	let publics = publics(payload.commitment(), BINDING, &proved.outputs);
	assert_eq!(verify(&keys().prepared, &publics, &proved.proof), Ok(()));
}

#[test]
fn a_damaged_key_file_is_refused() {
	let bytes = keys().proving.to_bytes();
	for length in [0, 31, 32, 1000, bytes.len() - 1] {
		assert_eq!(ProvingKey::from_bytes(&bytes[..length]).err(), Some(KeyFileError::Checksum));
	}
	let mut flipped = bytes.clone();
	flipped[5000] ^= 1;
	assert_eq!(ProvingKey::from_bytes(&flipped).err(), Some(KeyFileError::Checksum));
	assert_eq!(ProvingKey::from_bytes(&[&bytes[..], &[0]].concat()).err(), Some(KeyFileError::Checksum));
}

#[test]
fn what_cannot_be_proved_is_refused_by_name() {
	let mut dark = payload(0);
	dark.pixels[9] = 17;
	let refused = prove(&keys().proving, &dark, &BINDING, &mut OsRng);
	assert_eq!(refused, Err(ProveError::Payload(PayloadError::Pixel { index: 9, value: 17 })));
	assert_eq!(prove(&keys().proving, &payload(0), &[255; 32], &mut OsRng), Err(ProveError::Binding));
}

#[test]
fn a_payload_of_another_shape_is_refused_by_name() {
	let bytes = payload(0).to_bytes();
	for length in [0, 63, 64, 95] {
		assert_eq!(Payload::from_bytes(&bytes[..length]), Err(PayloadError::Length(length)));
	}
	assert_eq!(Payload::from_bytes(&[&bytes[..], &[0]].concat()), Err(PayloadError::Length(97)));
	let mut dark = bytes;
	dark[63] = 17;
	assert_eq!(Payload::from_bytes(&dark), Err(PayloadError::Pixel { index: 63, value: 17 }));
}

/// The commitments come from an implementation of Poseidon in Python that shares no code with arkworks.
#[test]
fn commitments_and_artefact_do_not_drift() {
	let hex = |bytes: [u8; 32]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
	assert_eq!(hex(commit(&[0; PIXELS], &[0; 32])), "2875620e99eb8e792ddd736e15a21a653ddc6724a8e6133eea0fa9adfeb75e02");
	assert_eq!(
		hex(commit(&held_out()[0].pixels, &[7; 32])),
		"174469d47d8a2798941e7a0ca8cfe18732f6c6b41fd9594710fd4a5212e4b9c9"
	);
	assert_eq!(hex(artefact()), "378dd0fbefa89b4c00a4d772fea0bac8b0461e3a68f723b979a57791b11aa05b");
	assert_eq!(output_scale(), 295_488);
}

#[test]
fn outputs_that_no_image_yields_are_refused() {
	let zero = [0; 32];
	assert_eq!(logits(&[zero; 9]), Err(OutputError::Count(9)));
	let mut outputs = [zero; LOGITS];
	assert_eq!(logits(&outputs), Ok([0; LOGITS]));
	outputs[4] = [255; 32];
	assert_eq!(logits(&outputs), Err(OutputError::OutOfRange(4)));
	outputs[4] = [0; 32];
	outputs[4][24] = 0x7f;
	assert_eq!(logits(&outputs), Err(OutputError::OutOfRange(4)));
}

#[test]
fn the_first_of_tied_digits_is_read() {
	assert_eq!(argmax(&[0; LOGITS]), 0);
	assert_eq!(argmax(&[-3, -1, -1, -2, -9, -9, -9, -9, -9, -1]), 1);
	assert_eq!(argmax(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 1]), 9);
}

#[test]
fn an_image_is_drawn_in_eight_lines() {
	let mut pixels = [0; PIXELS];
	pixels[0] = 16;
	pixels[63] = 8;
	let drawn = ascii(&pixels);
	let lines: Vec<&str> = drawn.split('\n').collect();
	assert_eq!(lines.len(), 8);
	assert!(lines.iter().all(|line| line.len() == 16));
	assert!(lines[0].starts_with("@@  ") && lines[7].ends_with("  =="));
}

fn any_payload() -> impl Strategy<Value = Payload> {
	let pixels = proptest::collection::vec(0u8..=16, PIXELS);
	(pixels, any::<[u8; 32]>()).prop_map(|(pixels, salt)| Payload { pixels: pixels.try_into().unwrap(), salt })
}

proptest! {
	#[test]
	fn payloads_survive_their_bytes(payload in any_payload()) {
		prop_assert_eq!(Payload::from_bytes(&payload.to_bytes()), Ok(payload));
	}

	#[test]
	fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
		let _ = Payload::from_bytes(&bytes);
		let _ = ProvingKey::from_bytes(&bytes);
	}

	#[test]
	fn every_byte_of_a_payload_changes_its_commitment(payload in any_payload(), at in 0usize..96, change in 1u8..) {
		let mut bytes = payload.to_bytes();
		bytes[at] ^= change;
		let (pixels, salt) = bytes.split_at(PIXELS);
		prop_assert_ne!(commit(pixels.try_into().unwrap(), salt.try_into().unwrap()), payload.commitment());
	}
}
