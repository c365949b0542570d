use super::*;
use proptest::prelude::*;

fn bytes<const N: usize>(hex: &str) -> [u8; N] {
	hex::decode(hex).unwrap().try_into().unwrap()
}

fn context(input: &Input) -> Context {
	Context { genesis: [1; 32], operator: [2; 32], model: [3; 32], commitment: input.commitment() }
}

/// Keys, an input in its context, and that sealed.
fn sealed() -> (Keys, Context, Input, Vec<u8>) {
	let (keys, input) = (Keys::generate(), Input::new(b"what is private".to_vec()));
	let context = context(&input);
	let sealed = seal(&keys.public().1, &context, &input).unwrap();
	(keys, context, input, sealed)
}

/// A.2.1 and the first encryption of A.2.1.1.
#[test]
fn the_vector_of_rfc_9180_opens() {
	let (secret, public) = pair(&bytes("1ac01f181fdf9f352797655161c58b75c656a6cc2716dcb66372da835542e1df"));
	assert_eq!(hex::encode(public), "4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a");
	let key = bytes("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a");
	let ciphertext: [u8; 45] =
		bytes("1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28");
	let opened = open(&secret, &key, b"Ode on a Grecian Urn", b"Count-0", &ciphertext).unwrap();
	assert_eq!(opened, b"Beauty is truth, truth beauty");
}

#[test]
fn an_input_that_was_changed_anywhere_does_not_open() {
	let (keys, context, _, sealed) = sealed();
	for at in 0..sealed.len() {
		let mut changed = sealed.clone();
		changed[at] ^= 1;
		assert_eq!(keys.open(&context, &changed), Err(Error::NotOurs), "byte {at}");
	}
	for length in 0..sealed.len() {
		assert!(keys.open(&context, &sealed[..length]).is_err(), "{length} bytes");
	}
	assert_eq!(keys.open(&context, &[&sealed[..], &[0]].concat()), Err(Error::NotOurs));
}

#[test]
fn an_input_opens_in_its_own_context_alone() {
	let (keys, context, _, sealed) = sealed();
	for other in [
		Context { genesis: [9; 32], ..context },
		Context { operator: [9; 32], ..context },
		Context { model: [9; 32], ..context },
		Context { commitment: [9; 32], ..context },
	] {
		assert_eq!(keys.open(&other, &sealed), Err(Error::NotOurs), "{other:?}");
	}
}

#[test]
fn an_input_opens_with_the_key_that_it_was_sealed_to_alone() {
	let (_, context, _, sealed) = sealed();
	assert_eq!(Keys::generate().open(&context, &sealed), Err(Error::NotOurs));
}

#[test]
fn a_commitment_to_something_else_is_found_out_on_either_side() {
	let (keys, context, input, _) = sealed();
	let lie = Context { commitment: [0; 32], ..context };
	assert_eq!(seal(&keys.public().1, &lie, &input), Err(Error::Commitment));

	let to = Public::from_bytes(&keys.public().1).unwrap();
	let (key, ciphertext) = hpke::single_shot_seal::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
		&OpModeS::Base,
		&to,
		&lie.info(),
		&input.encode(),
		&lie.commitment,
	)
	.unwrap();
	let sealed = [key.to_bytes().as_slice(), &ciphertext].concat();
	assert_eq!(keys.open(&lie, &sealed), Err(Error::Commitment));
}

#[test]
fn nothing_is_sealed_to_a_key_that_anybody_could_open_with() {
	let (_, context, input, _) = sealed();
	// Zero, one, minus one, a point of order eight, and two that are not reduced.
	for key in [
		"0000000000000000000000000000000000000000000000000000000000000000",
		"0100000000000000000000000000000000000000000000000000000000000000",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
		"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	] {
		assert_eq!(seal(&bytes(key), &context, &input), Err(Error::BadKey), "{key}");
	}
}

#[test]
fn an_input_that_no_operator_takes_is_not_sealed() {
	let longest = Input::new(vec![0; MAX_INPUT]);
	let keys = Keys::generate();
	let sealed = seal(&keys.public().1, &context(&longest), &longest).unwrap();
	assert_eq!(sealed.len(), MAX_SEALED);
	assert_eq!(keys.open(&context(&longest), &sealed), Ok(longest));
	let longer = Input::new(vec![0; MAX_INPUT + 1]);
	assert_eq!(seal(&keys.public().1, &context(&longer), &longer), Err(Error::TooLong(MAX_INPUT + 1)));
}

#[test]
fn sealing_twice_gives_nothing_away() {
	let (keys, context, input, sealed) = sealed();
	let again = seal(&keys.public().1, &context, &input).unwrap();
	assert!(sealed[..KEY] != again[..KEY] && sealed[KEY..] != again[KEY..]);
	assert!(!sealed.windows(4).any(|window| input.bytes.starts_with(window)));
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(32))]

	#[test]
	fn whatever_is_sealed_opens(bytes: Vec<u8>, genesis: [u8; 32], operator: [u8; 32], model: [u8; 32]) {
		let (keys, input) = (Keys::generate(), Input::new(bytes));
		let context = Context { genesis, operator, model, commitment: input.commitment() };
		let sealed = seal(&keys.public().1, &context, &input).unwrap();
		prop_assert_eq!(keys.open(&context, &sealed), Ok(input));
	}

	#[test]
	fn foreign_bytes_are_an_error_and_no_panic(bytes: Vec<u8>, commitment: [u8; 32]) {
		let context = Context { genesis: [0; 32], operator: [0; 32], model: [0; 32], commitment };
		prop_assert!(Keys::generate().open(&context, &bytes).is_err());
	}
}
