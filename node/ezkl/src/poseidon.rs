//! The hash by which ezkl commits to an input.

use std::sync::OnceLock;

use ark_bn254::Fr;
use ark_crypto_primitives::sponge::poseidon::find_poseidon_ark_and_mds;
use ark_ff::{AdditiveGroup, Field, PrimeField};

use crate::felt::{self, Felt, FeltError};

const FULL_ROUNDS: usize = 8;
const PARTIAL_ROUNDS: usize = 56;

/// What the second element starts as, whatever the length: 2^64.
const CAPACITY: u128 = 1 << 64;

/// One element that takes in and gives out, and one that does neither.
type State = [Fr; 2];

struct Parameters {
	constants: Vec<State>,
	matrix: [State; 2],
}

fn parameters() -> &'static Parameters {
	static CELL: OnceLock<Parameters> = OnceLock::new();
	CELL.get_or_init(|| {
		let (constants, matrix) = find_poseidon_ark_and_mds::<Fr>(
			u64::from(Fr::MODULUS_BIT_SIZE),
			1,
			FULL_ROUNDS as u64,
			PARTIAL_ROUNDS as u64,
			0,
		);
		let pair = |row: &Vec<Fr>| [row[0], row[1]];
		Parameters { constants: constants.iter().map(pair).collect(), matrix: [pair(&matrix[0]), pair(&matrix[1])] }
	})
}

fn permute(state: &mut State) {
	let Parameters { constants, matrix } = parameters();
	let partial = FULL_ROUNDS / 2..FULL_ROUNDS / 2 + PARTIAL_ROUNDS;
	for (round, constant) in constants.iter().enumerate() {
		let mut mixed = [state[0] + constant[0], state[1] + constant[1]];
		let power = |element: &mut Fr| *element *= element.square().square();
		power(&mut mixed[0]);
		if !partial.contains(&round) {
			power(&mut mixed[1]);
		}
		*state = matrix.map(|row| row[0] * mixed[0] + row[1] * mixed[1]);
	}
}

pub(crate) fn hash(elements: impl Iterator<Item = Fr>) -> Fr {
	let mut state = [Fr::ZERO, Fr::from(CAPACITY)];
	for element in elements {
		state[0] += element;
		permute(&mut state);
	}
	state[0]
}

/// ezkl's Poseidon over field elements: instance 0 of a proof whose input is hashed.
///
/// Width 2 with rate 1, `x^5`, 8 full and 56 partial rounds, constants and matrix from the Grain generator of Poseidon's
/// paper, the second element 2^64 at the start. One permutation for each element, so that lists of any length are taken
/// in without padding. The length is not bound beyond that: a circuit fixes it. Of nothing at all it is zero.
///
/// # Errors
/// [`FeltError::NotCanonical`] for bytes that are no element.
pub fn poseidon(felts: &[Felt]) -> Result<Felt, FeltError> {
	let elements =
		felts.iter().enumerate().map(|(index, felt)| felt::parse(index, felt)).collect::<Result<Vec<_>, _>>()?;
	Ok(felt::bytes(hash(elements.into_iter())))
}
