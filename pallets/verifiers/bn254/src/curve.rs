//! The groups and their pairing, with the constants of `ark-bn254`.

use ark_ec::{
	bn::{self, Bn, BnConfig, TwistType},
	short_weierstrass::{Affine, SWCurveConfig},
	AffineRepr, CurveConfig,
};
use ark_ff::{AdditiveGroup, Field};

use crate::{
	field::{fq, fq2, same},
	Fq, Fq12Config, Fq2, Fq2Config, Fq6Config, Fr,
};

/// The curve with its pairing.
pub type Bn254 = Bn<Config>;

/// A point of G1, kept by its coordinates.
pub type G1Affine = bn::G1Affine<Config>;

/// A point of G1, kept without divisions.
pub type G1Projective = bn::G1Projective<Config>;

/// A point of G2, kept by its coordinates.
pub type G2Affine = bn::G2Affine<Config>;

/// A point of G2, kept without divisions.
pub type G2Projective = bn::G2Projective<Config>;

type TheirG1 = ark_bn254::g1::Config;
type TheirG2 = ark_bn254::g2::Config;

/// Of the pairing.
pub struct Config;

impl BnConfig for Config {
	type Fp = Fq;
	type Fp2Config = Fq2Config;
	type Fp6Config = Fq6Config;
	type Fp12Config = Fq12Config;
	type G1Config = G1Config;
	type G2Config = G2Config;

	const X: &'static [u64] = ark_bn254::Config::X;
	const X_IS_NEGATIVE: bool = ark_bn254::Config::X_IS_NEGATIVE;
	const ATE_LOOP_COUNT: &'static [i8] = ark_bn254::Config::ATE_LOOP_COUNT;
	const TWIST_MUL_BY_Q_X: Fq2 = fq2(&ark_bn254::Config::TWIST_MUL_BY_Q_X);
	const TWIST_MUL_BY_Q_Y: Fq2 = fq2(&ark_bn254::Config::TWIST_MUL_BY_Q_Y);
	const TWIST_TYPE: TwistType = ark_bn254::Config::TWIST_TYPE;
}

/// Of G1: all points of `y^2 = x^3 + 3` over [`Fq`].
#[derive(Clone, Default, PartialEq, Eq)]
pub struct G1Config;

impl CurveConfig for G1Config {
	type BaseField = Fq;
	type ScalarField = Fr;

	const COFACTOR: &'static [u64] = TheirG1::COFACTOR;
	const COFACTOR_INV: Fr = same(TheirG1::COFACTOR_INV);
}

impl SWCurveConfig for G1Config {
	/// `(0, 0)` is not on the curve, and stands for infinity.
	type ZeroFlag = ();

	const COEFF_A: Fq = Fq::ZERO;
	const COEFF_B: Fq = fq(&TheirG1::COEFF_B);
	const GENERATOR: G1Affine = G1Affine::new_unchecked(fq(&TheirG1::GENERATOR.x), fq(&TheirG1::GENERATOR.y));

	#[inline(always)]
	fn mul_by_a(_: Fq) -> Fq {
		Fq::ZERO
	}

	#[inline]
	fn is_in_correct_subgroup_assuming_on_curve(_: &G1Affine) -> bool {
		// Its order is prime.
		true
	}
}

/// Of G2: a subgroup of `y^2 = x^3 + 3 / (9 + u)` over [`Fq2`].
#[derive(Clone, Default, PartialEq, Eq)]
pub struct G2Config;

impl CurveConfig for G2Config {
	type BaseField = Fq2;
	type ScalarField = Fr;

	const COFACTOR: &'static [u64] = TheirG2::COFACTOR;
	const COFACTOR_INV: Fr = same(TheirG2::COFACTOR_INV);
}

impl SWCurveConfig for G2Config {
	/// `(0, 0)` is not on the curve, and stands for infinity.
	type ZeroFlag = ();

	const COEFF_A: Fq2 = Fq2::ZERO;
	const COEFF_B: Fq2 = fq2(&TheirG2::COEFF_B);
	const GENERATOR: G2Affine = G2Affine::new_unchecked(fq2(&TheirG2::GENERATOR.x), fq2(&TheirG2::GENERATOR.y));

	#[inline(always)]
	fn mul_by_a(_: Fq2) -> Fq2 {
		Fq2::ZERO
	}

	/// Whether the Frobenius endomorphism multiplies the point by `q`, which is `6 x^2` modulo the group's order
	/// (<https://eprint.iacr.org/2022/352>, section 4.3).
	fn is_in_correct_subgroup_assuming_on_curve(point: &G2Affine) -> bool {
		point.mul_bigint(SIX_X_SQUARED) == frobenius(point)
	}
}

#[expect(clippy::as_conversions, reason = "a number of two words, and its words")]
const SIX_X_SQUARED: [u64; 2] = {
	let [x] = *ark_bn254::Config::X else { panic!() };
	let number = 6 * x as u128 * x as u128;
	[number as u64, (number >> 64) as u64]
};

/// The endomorphism `(x, y) -> (x^q, y^q)` of the curve that G2 is a twist of.
#[expect(clippy::arithmetic_side_effects, reason = "field arithmetic is total")]
fn frobenius(point: &G2Affine) -> Affine<G2Config> {
	let [mut x, mut y] = [point.x, point.y];
	x.frobenius_map_in_place(1);
	y.frobenius_map_in_place(1);
	Affine::new_unchecked(x * Config::TWIST_MUL_BY_Q_X, y * Config::TWIST_MUL_BY_Q_Y)
}
