//! Keys that are refused. Addresses are those of `ezkl_hash`: its first word lies at 0xa0.

use vektor_verifier_ezkl::{Feature, Key, KeyError, Section, MAX_KEY};

use crate::vector::{all, hash, no_lookup, plus, Q, R};

const GATES: usize = 0xde0;
const PERMUTATION: usize = 0x1480;
const LOOKUPS: usize = 0x1500;
const PLAN: usize = 0x16e0;
const RESCALE: usize = 0x1ae0;
const END: usize = 0x1b00;

/// The key of the vector, to be changed.
struct Draft(Vec<u8>);

impl Draft {
	fn new() -> Self {
		Self(hash().key)
	}

	/// The word at an address, whole.
	fn word(mut self, address: usize, word: &[u8; 32]) -> Self {
		self.0[address - 0xa0..address - 0x80].copy_from_slice(word);
		self
	}

	/// The word at an address, as a small number.
	fn small(self, address: usize, number: u16) -> Self {
		let mut word = [0; 32];
		word[30..].copy_from_slice(&number.to_be_bytes());
		self.word(address, &word)
	}

	/// The bytes of a packed word from `low` on, counted from its low end, as a 16-bit number.
	fn u16(mut self, address: usize, low: usize, number: u16) -> Self {
		let end = address - 0x80 - low;
		self.0[end - 2..end].copy_from_slice(&number.to_be_bytes());
		self
	}

	fn u8(mut self, address: usize, low: usize, number: u8) -> Self {
		self.0[address - 0x81 - low] = number;
		self
	}

	fn read(&self, address: usize, low: usize) -> u16 {
		let end = address - 0x80 - low;
		u16::from_be_bytes(self.0[end - 2..end].try_into().unwrap())
	}

	fn parse(&self) -> Result<Key, KeyError> {
		Key::parse(&self.0)
	}

	fn is(&self, expected: KeyError) {
		assert_eq!(self.parse().map(|_| ()), Err(expected));
	}
}

use KeyError::{Limit, Malformed, NonCanonical, Unsupported};
use Section::{Constants, Gates, Header, Lookups, Opening, Permutation, Phases, Points, Rescale};

#[test]
fn bytes_that_are_no_words_are_refused() {
	let Draft(key) = Draft::new();
	for length in [0, 1, 31, 32, 33 * 32 - 1, 32 * 32, key.len() - 1, key.len() - 31] {
		assert_eq!(Key::parse(&key[..length]), Err(KeyError::Length), "{length}");
	}
	let prefixed = [&211u64.to_le_bytes()[..], &key].concat();
	assert_eq!(Key::parse(&prefixed), Err(KeyError::Length), "the count that ezkl writes is no part of the key");
	let padded = [&key[..], &vec![0; MAX_KEY + 32 - key.len()]].concat();
	assert_eq!(Key::parse(&padded), Err(KeyError::Length));
}

#[test]
fn a_key_cut_off_or_continued_is_refused() {
	for vector in all() {
		for length in (33 * 32..vector.key.len()).step_by(32) {
			assert!(Key::parse(&vector.key[..length]).is_err(), "{} {length}", vector.name);
		}
		let longer = [&vector.key[..], &[0; 32]].concat();
		assert!(matches!(Key::parse(&longer), Err(Malformed(_))), "{}", vector.name);
	}
}

#[test]
fn accumulators_and_classic_lookups_are_not_supported() {
	for address in [0x1e0, 0x200, 0x220, 0x240] {
		Draft::new().small(address, 1).is(Unsupported(Feature::Accumulator));
	}
	Draft::new().u8(LOOKUPS, 2, 1).is(Unsupported(Feature::ClassicLookups));
	Draft::new().u8(LOOKUPS, 2, 2).is(Malformed(Lookups));
}

#[test]
fn other_generators_are_refused() {
	for address in [0x260, 0x280, 0x2a0, 0x2c0, 0x2e0, 0x300] {
		Draft::new().small(address, 3).is(KeyError::Generators);
	}
}

#[test]
fn constants_of_another_domain_are_refused() {
	let omega: [u8; 32] = hash().key[0xe0..0x100].try_into().unwrap();
	for address in [0x160, 0x180, 0x1a0, 0x1c0] {
		Draft::new().small(address, 3).is(KeyError::Domain);
		Draft::new().word(address, &R).is(NonCanonical(Header));
	}
	Draft::new().word(0x1a0, &omega).is(KeyError::Domain);
	// Of the right order, and the inverses to go with it: omega to the power of three.
	let [cubed, inverse, first_blinding] = omega_cubed();
	Draft::new().word(0x180, &cubed).word(0x1a0, &inverse).word(0x1c0, &first_blinding).is(KeyError::Domain);
	for k in [0, 1, 14, 16, 29, 255, 256] {
		Draft::new().small(0x140, k).is(KeyError::Domain);
	}
	for blinding in [0, 1, 5, 7, 15] {
		Draft::new().small(0x480, blinding).is(KeyError::Domain);
	}
}

/// Of 2^15 rows: omega^3, its inverse, and that to the power of six.
fn omega_cubed() -> [[u8; 32]; 3] {
	use ark_bn254::Fr;
	use ark_ff::{BigInteger, Field, PrimeField};
	let omega = Fr::from_be_bytes_mod_order(&hash().key[0xe0..0x100]).pow([3]);
	let inverse = omega.inverse().unwrap();
	[omega, inverse, inverse.pow([6])].map(|number| number.into_bigint().to_bytes_be().try_into().unwrap())
}

#[test]
fn more_than_is_allowed_of_anything_is_refused() {
	Draft::new().small(0x140, 25).is(Limit(Header));
	Draft::new().small(0xe0, 257).is(Limit(Header));
}

#[test]
fn numbers_that_are_not_below_their_order_are_refused() {
	let Draft(key) = Draft::new();
	Draft::new().word(0xa0, &R).is(NonCanonical(Header));
	let point = plus(&key[0x4e0 - 0xa0..0x500 - 0xa0], &Q);
	Draft::new().word(0x4e0, &point).is(NonCanonical(Points));
	Draft::new().word(0xc20, &R).is(NonCanonical(Constants));
}

#[test]
fn a_commitment_off_the_curve_is_refused() {
	Draft::new().small(0x4e0, 5).is(KeyError::NotOnCurve { index: 0 });
	Draft::new().small(0x5a0, 5).is(KeyError::NotOnCurve { index: 3 });
	// Half of infinity is no point either.
	Draft::new().small(0x4e0, 0).is(KeyError::NotOnCurve { index: 0 });
}

#[test]
fn a_counter_or_pointer_that_is_wrong_is_refused() {
	let original = Draft::new();
	for address in (0x3a0..=0x460).step_by(32) {
		let honest = original.read(address, 0);
		for wrong in [honest + 32, honest - 32, honest + 1, honest ^ 0x40, 0, 0xffff] {
			let said = Draft::new().small(address, wrong).parse();
			assert!(matches!(said, Err(Malformed(_))), "{address:#x} {wrong:#x} {said:?}");
		}
	}
	for (address, one_more, many_more) in [(0x100, Opening, Opening), (0x120, Header, Phases), (0x4a0, Gates, Points)] {
		let honest = original.read(address, 0);
		Draft::new().small(address, honest + 1).is(Malformed(one_more));
		Draft::new().small(address, honest + 32).is(Malformed(many_more));
	}
	Draft::new().small(0x100, original.read(0x100, 0) - 1).is(Malformed(Lookups));
	for address in [0xc0, 0xe0, 0x100, 0x120, 0x3a0, 0x480] {
		Draft::new().u8(address, 2, 1).is(Malformed(Header));
	}
	// Scratch only moves challenges, which the gates of this key do not use; too little has no room for the plan.
	assert!(Draft::new().small(0xc0, 0x820 - 32).parse().is_ok());
	Draft::new().small(0xc0, 0x5e0).is(Malformed(Opening));
	let freivalds = || Draft(all()[4].key.clone());
	let scratch = freivalds().read(0xc0, 0);
	freivalds().small(0xc0, scratch - 32).is(Malformed(Gates));
	Draft::new().small(0xc0, 0xffe0).is(Malformed(Header));
	Draft::new().small(0xe0, 10).is(Malformed(Rescale));
}

#[test]
fn phases_must_add_up() {
	let at = 0x4c0;
	for (low, number) in [(3, 2), (6, 3), (9, 2), (12, 2), (12, 0), (0, 0), (0, 11)] {
		Draft::new().u8(at, low, number).is(Malformed(Phases));
	}
	// A point that is not whole; a phase of nothing at all.
	Draft::new().u16(at, 1, 0x141).is(Malformed(Phases));
	Draft::new().u16(at, 14, 1).is(Malformed(Phases));
	// A point more, which no pointer knows.
	Draft::new().u16(at, 1, 0x280).is(Malformed(Header));
}

#[test]
fn gates_are_programs_over_their_own_values() {
	// n, then op 0 at 1, at 4 and at 7, op 2 at 10 with operands at 11 and 13.
	let word = GATES + 32;
	assert_eq!(Draft::new().read(word, 11), 0x1b20);
	Draft::new().u8(word, 10, 5).is(Malformed(Gates));
	Draft::new().u8(word, 10, 4).is(Malformed(Gates));
	Draft::new().u8(word, 0, 0).is(Malformed(Gates));
	for operand in [
		END + 3 * 32,        // itself
		END + 4 * 32,        // a later one
		END + 1,             // between two
		0xa0,                // the head
		0x4e0,               // a commitment
		0xde0,               // behind the constants
		END + 0x820,         // theta
		END + 0x840,         // beta
		END + 0x820 + 0x240, // the quotient
		0,
	] {
		let said = Draft::new().u16(word, 11, u16::try_from(operand).unwrap());
		said.is(Malformed(Gates));
	}
	// A constant and the evaluation of the instances may be operands: another circuit.
	for operand in [0xc20, 0xdc0, END + 0x820 + 0x220] {
		assert!(Draft::new().u16(word, 11, u16::try_from(operand).unwrap()).parse().is_ok(), "{operand:#x}");
	}
	for evaluation in [0x84, 0x6e4, 0xf04, 0x925, 0] {
		Draft::new().u16(word, 2, evaluation).is(Malformed(Gates));
	}
	for count in [0x2c0, 0x300, 0x2e1, 0] {
		Draft::new().u16(GATES, 0, count).is(Malformed(Gates));
	}
	Draft::new().u8(GATES, 2, 1).is(Malformed(Gates));
}

#[test]
fn the_permutation_is_sets_of_columns() {
	for (low, number) in [(0, 1), (0, 3), (0, 255), (1, 0), (1, 64), (1, 33), (3, 0), (3, 64), (5, 1)] {
		Draft::new().u8(PERMUTATION, low, number).is(Malformed(Permutation));
	}
	let [first, last] = [PERMUTATION + 32, PERMUTATION + 96];
	// A flag that is none, the instances with an address, addresses that are none, a column that is cut in two.
	for (word, low, number) in
		[(first, 6, 2), (first, 6, 1), (last, 4, 0), (first, 0, 0xff), (first, 9, 0xff), (first, 26, 7)]
	{
		Draft::new().u8(word, low, number).is(Malformed(Permutation));
	}
	// Fewer columns: constants would start earlier, where operands do not expect them.
	assert!(Draft::new().u16(last, 21, 0).u16(last, 23, 0).u8(last, 25, 0).parse().is_err());
}

#[test]
fn lookups_are_tables_and_inputs() {
	for (low, number) in [(0, 0xc0), (3, 1)] {
		Draft::new().u8(LOOKUPS, low, number).is(Malformed(Lookups));
	}
	let [head, table, input] = [LOOKUPS + 32, LOOKUPS + 64, LOOKUPS + 96];
	// The first lookup without a table, a flag that is none, an address that is none, something behind.
	for (word, low, number) in [(head, 0, 0), (head, 0, 2), (head, 1, 0), (head, 7, 1)] {
		Draft::new().u8(word, low, number).is(Malformed(Lookups));
	}
	// The table: op 0 at 1, op 4 at 4, its words at 5, its value at 6.
	for (low, number) in [(0, 0), (0, 2), (4, 3), (4, 5), (5, 0), (5, 2), (6, 0xc0), (7, 0)] {
		Draft::new().u8(table, low, number).is(Malformed(Lookups));
	}
	Draft::new().u16(table, 6, 0).is(Malformed(Lookups));
	// An operand in the scratch of gates.
	Draft::new().u16(table, 6, u16::try_from(END).unwrap()).is(Malformed(Lookups));
	// No inputs, two, a part of one; another length.
	for (low, number) in [(0, 0), (0, 0x40), (0, 0x21), (2, 0), (2, 1), (2, 3)] {
		Draft::new().u8(input, low, number).is(Malformed(Lookups));
	}
	// No lookup, where there are some.
	Draft::new().u16(LOOKUPS, 0, 0).is(Malformed(Lookups));
}

#[test]
fn a_section_without_lookups_is_one_empty_word() {
	let key = no_lookup().key;
	let at = usize::from(u16::from_be_bytes(key[0x39e..0x3a0].try_into().unwrap()));
	let lookups = usize::from(u16::from_be_bytes(key[0x420 - 0x82..0x420 - 0x80].try_into().unwrap()));
	assert_eq!(at, lookups);
	assert_eq!(key[lookups - 0xa0..lookups - 0x80], [0; 32]);
	let mut changed = key.clone();
	changed[lookups - 0x81] = 1;
	assert_eq!(Key::parse(&changed), Err(Malformed(Lookups)));
}

#[test]
fn the_opening_plan_has_its_cells_where_they_follow_to_be() {
	// Every packed number of the plan, but for evaluations and commitments, has one value.
	for address in (PLAN..0x1900).step_by(32).chain((0x19c0..0x1a20).step_by(32)) {
		for low in 0..31 {
			if Draft::new().0[address - 0x81 - low] == 0 {
				continue;
			}
			for change in [0x20, 0x01, 0x40, 0xff] {
				let byte = Draft::new().0[address - 0x81 - low];
				Draft::new().u8(address, low, byte ^ change).is(Malformed(Opening));
			}
		}
	}
}

#[test]
fn the_opening_plan_opens_everything_once() {
	// The set of one point: words at 0, the random polynomial at 1, then groups: 0 at 3, from at 4, to at 6.
	let single = 0x1900;
	assert_eq!([Draft::new().read(single, 1), Draft::new().read(single, 4)], [0xae4, 0xc64]);
	Draft::new().u16(single, 1, 0xac4).is(Malformed(Opening));
	for (from, to) in [(0xc64, 0xb04), (0xc44, 0xae4), (0xc64, 0xc64), (0xc64, 0xc84), (0xc64, 0xc44), (0xc65, 0xae4)] {
		Draft::new().u16(single, 4, from).u16(single, 6, to).is(Malformed(Opening));
	}
	for group in [1, 2, 3, 255] {
		Draft::new().u8(single, 3, group).is(Malformed(Opening));
	}
	// A row of two evaluations, swapped with another one of its set, is another plan; doubled it is none.
	let pair = 0x1980;
	let (a, b) = (Draft::new().read(pair - 64, 1), Draft::new().read(pair - 64, 3));
	assert!(Draft::new().u16(pair - 64, 1, b).u16(pair - 64, 3, a).parse().is_ok());
	Draft::new().u16(pair - 64, 1, b).is(Malformed(Opening));
	// The commitments of the same set: x and y at 0 and 2, then the quotient (2, 1) at 4, then key and proof points.
	let set = 0x1a20;
	assert_eq!([Draft::new().read(set, 0), Draft::new().read(set, 2)], [0x584, 0x5a4]);
	Draft::new().u16(set, 0, 0x544).u16(set, 2, 0x564).is(Malformed(Opening));
	Draft::new().u16(set, 2, 0x5c4).is(Malformed(Opening));
	Draft::new().u16(set, 0, 0x5c4).u16(set, 2, 0x5e4).is(Malformed(Opening));
	for (low, number) in [(4, 0), (4, 1), (4, 3), (5, 0), (5, 2), (6, 1), (7, 1), (7, 3)] {
		Draft::new().u8(set, low, number).is(Malformed(Opening));
	}
	// A range of commitments: from at 8, to at 10.
	assert_eq!([Draft::new().read(set, 8), Draft::new().read(set, 10)], [0xbe0, 0x5e0]);
	for (from, to) in [(0xc20, 0x620), (0xbe0, 0x620), (0x5e0, 0xbe0), (0xbe0, 0xbe0), (0xbe0, 0x5c0), (0xbe0, 0x4a0)] {
		Draft::new().u16(set, 8, from).u16(set, 10, to).is(Malformed(Opening));
	}
}

#[test]
fn the_rescale_data_speaks_of_the_instances_that_there_are() {
	// Words at 0, decimals at 1, hashes at 2, then a count at 3, its sign at 7, its scale at 8.
	for (low, number) in [(0, 0), (0, 2), (2, 0x21), (2, 0x40), (3, 0x60), (7, 2), (6, 1)] {
		Draft::new().u8(RESCALE, low, number).is(Malformed(Rescale));
	}
	let scale = |draft: Draft| draft.parse().unwrap().shape().scaled[0].scale;
	assert_eq!(scale(Draft::new()), 13);
	assert_eq!(scale(Draft::new().u8(RESCALE, 7, 0)), -13);
	assert_eq!(scale(Draft::new().u8(RESCALE, 8, 255)), 255);
	assert_eq!(Draft::new().u8(RESCALE, 2, 0).parse().unwrap().shape().hashes, 0);
}
