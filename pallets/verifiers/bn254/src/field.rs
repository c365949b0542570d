//! The fields, with the constants of `ark-bn254`.

use ark_ff::{
	fields::{Fp12Config, Fp2Config, Fp6Config},
	AdditiveGroup, BigInt, Field, Fp, Fp12, Fp2, Fp256, Fp6, MontBackend, MontConfig,
};

use crate::montgomery;

/// An element as another configuration of the same field has it: both keep the same four words.
pub(crate) const fn same<A: MontConfig<4>, B: MontConfig<4>>(
	element: Fp<MontBackend<A, 4>, 4>,
) -> Fp<MontBackend<B, 4>, 4> {
	Fp::new_unchecked(element.0)
}

macro_rules! field {
	($(#[doc = $doc:literal])+ $element:ident, $config:ident) => {
		$(#[doc = $doc])+
		pub type $element = Fp256<MontBackend<$config, 4>>;

		#[doc = concat!("[`", stringify!($element), "`], with our own products in Wasm.")]
		pub struct $config;

		impl $config {
			const fn from_theirs(element: ark_bn254::$element) -> $element {
				same(element)
			}

			fn theirs(element: &$element) -> ark_bn254::$element {
				same(*element)
			}
		}

		impl MontConfig<4> for $config {
			const MODULUS: BigInt<4> = ark_bn254::$config::MODULUS;
			const GENERATOR: $element = Self::from_theirs(ark_bn254::$config::GENERATOR);
			const TWO_ADIC_ROOT_OF_UNITY: $element = Self::from_theirs(ark_bn254::$config::TWO_ADIC_ROOT_OF_UNITY);

			#[inline(always)]
			#[expect(clippy::arithmetic_side_effects, reason = "field arithmetic is total")]
			fn mul_assign(a: &mut $element, b: &$element) {
				*a = if cfg!(target_family = "wasm") {
					montgomery::sum_of_products(&[*a], &[*b])
				} else {
					Self::from_theirs(Self::theirs(a) * Self::theirs(b))
				};
			}

			#[inline(always)]
			fn square_in_place(a: &mut $element) {
				*a = if cfg!(target_family = "wasm") {
					montgomery::square(a)
				} else {
					Self::from_theirs(Field::square(&Self::theirs(a)))
				};
			}

			#[inline(always)]
			fn sum_of_products<const N: usize>(a: &[$element; N], b: &[$element; N]) -> $element {
				if cfg!(target_family = "wasm") {
					montgomery::sum_of_products(a, b)
				} else {
					let (a, b) = (a.each_ref().map(Self::theirs), b.each_ref().map(Self::theirs));
					Self::from_theirs(Field::sum_of_products(&a, &b))
				}
			}
		}
	};
}

field! {
	/// The field of coordinates.
	Fq, FqConfig
}
field! {
	/// The field of scalars.
	Fr, FrConfig
}

/// [`Fq`] with a square root `u` of `-1`.
pub type Fq2 = Fp2<Fq2Config>;

/// [`Fq2`] with a cube root `v` of `9 + u`.
pub type Fq6 = Fp6<Fq6Config>;

/// [`Fq6`] with a square root of `v`: where pairings lie.
pub type Fq12 = Fp12<Fq12Config>;

/// Of [`Fq2`].
pub struct Fq2Config;

/// Of [`Fq6`].
#[derive(Clone, Copy)]
pub struct Fq6Config;

/// Of [`Fq12`].
#[derive(Clone, Copy)]
pub struct Fq12Config;

impl Fp2Config for Fq2Config {
	type Fp = Fq;

	const NONRESIDUE: Fq = fq(&ark_bn254::Fq2Config::NONRESIDUE);
	const FROBENIUS_COEFF_FP2_C1: &'static [Fq] = &{
		let [one, minus_one] = *ark_bn254::Fq2Config::FROBENIUS_COEFF_FP2_C1 else { panic!() };
		[fq(&one), fq(&minus_one)]
	};

	#[inline(always)]
	fn mul_fp_by_nonresidue_in_place(element: &mut Fq) -> &mut Fq {
		element.neg_in_place()
	}
}

impl Fp6Config for Fq6Config {
	type Fp2Config = Fq2Config;

	const NONRESIDUE: Fq2 = fq2(&ark_bn254::Fq6Config::NONRESIDUE);
	const FROBENIUS_COEFF_FP6_C1: &'static [Fq2] = &fq2s::<6>(ark_bn254::Fq6Config::FROBENIUS_COEFF_FP6_C1);
	const FROBENIUS_COEFF_FP6_C2: &'static [Fq2] = &fq2s::<6>(ark_bn254::Fq6Config::FROBENIUS_COEFF_FP6_C2);

	/// `(9 + u) * (c0 + c1 u) = 9 c0 - c1 + (9 c1 + c0) u`.
	#[inline(always)]
	#[expect(clippy::arithmetic_side_effects, reason = "field arithmetic is total")]
	fn mul_fp2_by_nonresidue_in_place(element: &mut Fq2) -> &mut Fq2 {
		let Fq2 { c0, c1, .. } = *element;
		let nine = |c: Fq| c.double().double().double() + c;
		*element = Fq2::new(nine(c0) - c1, nine(c1) + c0);
		element
	}
}

impl Fp12Config for Fq12Config {
	type Fp6Config = Fq6Config;

	const NONRESIDUE: Fq6 = Fq6::new(Fq2::ZERO, Fq2::ONE, Fq2::ZERO);
	const FROBENIUS_COEFF_FP12_C1: &'static [Fq2] = &fq2s::<12>(ark_bn254::Fq12Config::FROBENIUS_COEFF_FP12_C1);
}

/// `ark-bn254`'s, as ours.
pub(crate) const fn fq(theirs: &ark_bn254::Fq) -> Fq {
	same(*theirs)
}

/// `ark-bn254`'s, as ours.
pub(crate) const fn fq2(theirs: &ark_bn254::Fq2) -> Fq2 {
	Fq2::new(fq(&theirs.c0), fq(&theirs.c1))
}

#[expect(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "done when it is compiled")]
const fn fq2s<const N: usize>(theirs: &[ark_bn254::Fq2]) -> [Fq2; N] {
	assert!(theirs.len() == N);
	let mut ours = [Fq2::ZERO; N];
	let mut at = 0;
	while at < N {
		ours[at] = fq2(&theirs[at]);
		at += 1;
	}
	ours
}
