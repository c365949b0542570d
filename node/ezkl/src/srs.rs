//! The development SRS: one that everybody can forge under, the same on every machine.
//!
//! A chain pins `-[s]G2` of its SRS, and ezkl's own `gen-srs` draws another `s` each time. For development chains and tests
//! `s` is a constant that is published here. **Never use it where anything is at stake.**

use std::io::{self, Write};

use ark_bn254::{Fq, Fr, G1Affine, G1Projective, G2Affine};
use ark_ec::{scalar_mul::BatchMulPreprocessing, AffineRepr, CurveGroup};
use ark_ff::{batch_inversion, BigInteger, Field, One, PrimeField};

use crate::felt::Felt;

/// The secret that is none: read as a big-endian number modulo the field's order, it is `s`.
pub const DEVELOPMENT_SECRET: &[u8; 32] = b"Vektor development SRS, insecure";

/// The most rows, as a power of two, for which [`write()`] makes an SRS.
pub const MAX_LOGROWS: u32 = 22;

/// The generator of the multiplicative group from which halo2's roots of unity come.
const GENERATOR: u64 = 7;

fn secret() -> Fr {
	Fr::from_be_bytes_mod_order(DEVELOPMENT_SECRET)
}

/// What a chain pins of the development SRS, and a verification key has at words 0x320 to 0x380: `-[s]G2` as `x.c1`, `x.c0`,
/// `y.c1`, `y.c0`, each 32 bytes big-endian.
pub fn words() -> [Felt; 4] {
	let point = (-(G2Affine::generator() * secret())).into_affine();
	[point.x.c1, point.x.c0, point.y.c1, point.y.c0].map(|coordinate| {
		let mut word = [0; 32];
		word.copy_from_slice(&coordinate.into_bigint().to_bytes_be());
		word
	})
}

/// `1, s, s^2, ...`, and the Lagrange polynomials of the domain of `n` rows at `s`.
fn scalars(logrows: u32) -> (Vec<Fr>, Vec<Fr>) {
	let (n, s) = (1usize << logrows, secret());
	let powers = |base: Fr| std::iter::successors(Some(Fr::one()), move |power| Some(*power * base)).take(n);
	let mut exponent = Fr::MODULUS;
	exponent.sub_with_borrow(&1u64.into());
	exponent >>= logrows;
	let omega = Fr::from(GENERATOR).pow(exponent);
	// L_i(s) = omega^i (s^n - 1) / (n (s - omega^i)); s is no root of unity.
	let size = Fr::from(n as u64);
	let numerator = s.pow([n as u64]) - Fr::one();
	let mut inverses: Vec<Fr> = powers(omega).map(|root| size * (s - root)).collect();
	batch_inversion(&mut inverses);
	let lagrange = inverses.iter().zip(powers(omega)).map(|(inverse, root)| numerator * root * inverse).collect();
	(powers(s).collect(), lagrange)
}

fn write_coordinate(out: &mut impl Write, coordinate: &Fq) -> io::Result<()> {
	coordinate.0 .0.iter().try_for_each(|limb| out.write_all(&limb.to_le_bytes()))
}

fn write_g2(out: &mut impl Write, point: &G2Affine) -> io::Result<()> {
	[point.x.c0, point.x.c1, point.y.c0, point.y.c1].iter().try_for_each(|each| write_coordinate(out, each))
}

/// Writes the development SRS for circuits of at most `2^logrows` rows, as halo2's `ParamsKZG` in its raw form: `logrows` in
/// four bytes, the powers of `s` in G1, the Lagrange basis in G1, `G2`, `[s]G2`; coordinates in Montgomery form, everything
/// little-endian. `2^logrows` times 128 bytes, and 260.
///
/// # Errors
/// [`io::ErrorKind::InvalidInput`] for `logrows` of 0 or above [`MAX_LOGROWS`], and what `out` says.
pub fn write(logrows: u32, out: &mut impl Write) -> io::Result<()> {
	if !(1..=MAX_LOGROWS).contains(&logrows) {
		return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("logrows are from 1 to {MAX_LOGROWS}")));
	}
	let (powers, lagrange) = scalars(logrows);
	let table = BatchMulPreprocessing::new(G1Projective::from(G1Affine::generator()), powers.len() + lagrange.len());
	out.write_all(&logrows.to_le_bytes())?;
	for scalars in [powers, lagrange] {
		for point in table.batch_mul(&scalars) {
			write_coordinate(out, &point.x)?;
			write_coordinate(out, &point.y)?;
		}
	}
	write_g2(out, &G2Affine::generator())?;
	write_g2(out, &(G2Affine::generator() * secret()).into_affine())
}
