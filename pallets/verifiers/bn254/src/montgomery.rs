//! Montgomery products in limbs of 29 bits, for machines whose widest product has 64 bits.
//!
//! In Wasm the product of two words of 64 bits is itself a sum of four, and a Montgomery product takes 32 of them. Limbs of 29 bits leave room to
//! add up all products of a column in one word, without a carry between them. The element that comes out is the same: it is kept as arkworks
//! keeps it, in four words and multiplied by `2^256`.
//!
//! Bounds: a column has at most 18 products of the factors and 9 of a reduction, each below `2^58`, and carries below `2^35`: it stays below
//! `2^63`. A modulus of 254 bits is below `2^256 / 4`, so that two products over `2^256` are below half of it, and what a reduction adds is below
//! the modulus and `2^-23` of it: one subtraction is enough.

#![expect(
	clippy::arithmetic_side_effects,
	clippy::indexing_slicing,
	reason = "by the bounds above; every index is a constant once unrolled"
)]

use ark_ff::{BigInt, BigInteger, Fp, MontBackend, MontConfig};

type Element<C> = Fp<MontBackend<C, 4>, 4>;

const LIMBS: usize = 9;
const BITS: u32 = 29;
const MASK: u64 = (1 << BITS) - 1;

/// A number in limbs, the lowest first.
type Limbs = [u64; LIMBS];

/// The sums of products that count alike.
type Columns = [u64; 2 * LIMBS - 1];

/// The last step of a reduction takes what is left of 256 bits.
const LAST_BITS: u32 = 256 - 8 * BITS;

/// In how many steps [`Modulus::raised`] can stand for the modulus: what it adds at the seventh, over `2^256`, is below `2^-23` of the modulus.
const RAISED_STEPS: usize = 7;

/// What a reduction needs to know of its modulus.
struct Modulus {
	limbs: Limbs,
	/// Its inverse up to sign, modulo `2^29`.
	inverse: u64,
	/// `(modulus * inverse + 1) / 2^29`. That product ends in 29 ones: added as often as a column's low bits say it empties them, and adds this many
	/// to the columns above. So a step need not find out first how often to add.
	raised: Limbs,
}

impl Modulus {
	const fn of<C: MontConfig<4>>() -> Self {
		assert!(C::MODULUS.0[3] >> 62 == 0, "the bounds are for 254 bits");
		let limbs = split(&C::MODULUS);
		let inverse = C::INV & MASK;
		let mut raised = [0; LIMBS];
		let mut carry = (limbs[0] * inverse + 1) >> BITS;
		let mut at = 1;
		while at < LIMBS {
			let sum = limbs[at] * inverse + carry;
			raised[at - 1] = sum & MASK;
			carry = sum >> BITS;
			at += 1;
		}
		raised[LIMBS - 1] = carry;
		Self { limbs, inverse, raised }
	}
}

/// The sum of one product, or of two.
#[inline(never)]
pub(crate) fn sum_of_products<C: MontConfig<4>, const N: usize>(
	a: &[Element<C>; N],
	b: &[Element<C>; N],
) -> Element<C> {
	const { assert!(N <= 2, "the bounds are for two products") };
	let mut columns = [0; 2 * LIMBS - 1];
	for (a, b) in a.iter().zip(b) {
		let (a, b) = (split(&a.0), split(&b.0));
		for i in 0..LIMBS {
			for j in 0..LIMBS {
				columns[i + j] += a[i] * b[j];
			}
		}
	}
	reduce(columns)
}

/// The product of an element with itself.
#[inline(never)]
pub(crate) fn square<C: MontConfig<4>>(a: &Element<C>) -> Element<C> {
	let a = split(&a.0);
	let mut columns = [0; 2 * LIMBS - 1];
	for i in 0..LIMBS {
		columns[2 * i] += a[i] * a[i];
		let twice = 2 * a[i];
		for j in i + 1..LIMBS {
			columns[i + j] += twice * a[j];
		}
	}
	reduce(columns)
}

/// The number of the columns over `2^256`: each step empties the lowest column by adding a multiple of the modulus.
#[inline(always)]
fn reduce<C: MontConfig<4>>(mut columns: Columns) -> Element<C> {
	let Modulus { limbs, inverse, raised } = const { Modulus::of::<C>() };
	for i in 0..RAISED_STEPS {
		let times = columns[i] & MASK;
		columns[i + 1] += columns[i] >> BITS;
		for j in 0..LIMBS {
			columns[i + 1 + j] += times * raised[j];
		}
	}
	for (i, mask) in [(RAISED_STEPS, MASK), (RAISED_STEPS + 1, (1 << LAST_BITS) - 1)] {
		let times = columns[i].wrapping_mul(inverse) & mask;
		for j in 0..LIMBS {
			columns[i + j] += times * limbs[j];
		}
		if i == RAISED_STEPS {
			columns[i + 1] += columns[i] >> BITS;
		}
	}
	join(&columns)
}

/// Four words as limbs.
#[inline(always)]
const fn split(BigInt([a, b, c, d]): &BigInt<4>) -> Limbs {
	[
		*a & MASK,
		*a >> 29 & MASK,
		(*a >> 58 | *b << 6) & MASK,
		*b >> 23 & MASK,
		(*b >> 52 | *c << 12) & MASK,
		*c >> 17 & MASK,
		(*c >> 46 | *d << 18) & MASK,
		*d >> 11 & MASK,
		*d >> 40,
	]
}

/// The element whose number begins at bit 256 of the columns.
#[inline(always)]
fn join<C: MontConfig<4>>(columns: &Columns) -> Element<C> {
	let low = columns[LIMBS - 1] >> LAST_BITS;
	// Five bits are left of the ninth column; limbs of 29 bits stand above them.
	let mut limbs = [0; LIMBS - 1];
	let mut carry = low >> (BITS - LAST_BITS);
	for i in 0..LIMBS - 1 {
		carry += columns[LIMBS + i];
		limbs[i] = carry & MASK;
		carry >>= BITS;
	}
	let [a, b, c, d, e, f, g, h] = limbs;
	let low = low & ((1 << (BITS - LAST_BITS)) - 1);
	let number = BigInt([
		low | a << 5 | b << 34 | c << 63,
		c >> 1 | d << 28 | e << 57,
		e >> 7 | f << 22 | g << 51,
		g >> 13 | h << 16 | carry << 45,
	]);
	let mut less = number;
	let borrowed = less.sub_with_borrow(&C::MODULUS);
	Fp::new_unchecked(if borrowed { number } else { less })
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{field::same, FqConfig, FrConfig};
	use ark_ff::{AdditiveGroup, Field};
	use proptest::prelude::*;

	/// Numbers at which limbs, words and the modulus end.
	fn corners<C: MontConfig<4>>() -> Vec<Element<C>> {
		let mut numbers = vec![BigInt([0; 4])];
		for at in 0..254 {
			numbers.push(BigInt::<4>::from(1u64) << at);
		}
		for at in [0, 28, 29, 30, 57, 58, 63, 64, 231, 232, 252] {
			let mut ones = BigInt::<4>::from(1u64) << at;
			ones.sub_with_borrow(&BigInt::from(1u64));
			numbers.push(ones);
		}
		for below in 1u64..4 {
			let mut number = C::MODULUS;
			number.sub_with_borrow(&BigInt::from(below));
			numbers.push(number);
		}
		numbers.retain(|number| *number < C::MODULUS);
		numbers.into_iter().map(Fp::new_unchecked).collect()
	}

	/// Against arkworks' own arithmetic in words of 64 bits.
	fn agrees<C: MontConfig<4>, A: MontConfig<4>>([a, b, c, d]: [Element<C>; 4]) {
		let theirs = |element| same::<C, A>(element);
		assert_eq!(theirs(sum_of_products(&[a], &[b])), theirs(a) * theirs(b), "{a} * {b}");
		assert_eq!(theirs(square(&a)), theirs(a).square(), "{a} squared");
		let sum = theirs(a) * theirs(b) + theirs(c) * theirs(d);
		assert_eq!(theirs(sum_of_products(&[a, c], &[b, d])), sum, "{a} * {b} + {c} * {d}");
	}

	fn agrees_at_corners<C: MontConfig<4>, A: MontConfig<4>>() {
		let corners = corners::<C>();
		assert_eq!(corners.len(), 1 + 254 + 11 + 3);
		let most = *corners.last().unwrap();
		for a in &corners {
			for b in &corners {
				agrees::<C, A>([*a, *b, -Element::<C>::ONE, -*a]);
				agrees::<C, A>([*a, *b, most, most]);
			}
		}
	}

	#[test]
	fn products_are_those_of_arkworks_where_limbs_and_words_end() {
		agrees_at_corners::<FqConfig, ark_bn254::FqConfig>();
		agrees_at_corners::<FrConfig, ark_bn254::FrConfig>();
	}

	#[test]
	fn the_largest_sum_of_two_products_is_reduced_whole() {
		fn check<C: MontConfig<4>>() {
			// The largest number of four words below the modulus, as it is kept.
			let mut number = C::MODULUS;
			number.sub_with_borrow(&BigInt::from(1u64));
			let most = Element::<C>::new_unchecked(number);
			let sum = sum_of_products(&[most; 2], &[most; 2]);
			assert!(sum.0 < C::MODULUS);
			assert_eq!(sum, square(&most).double());
		}
		check::<FqConfig>();
		check::<FrConfig>();
	}

	fn element<C: MontConfig<4>>() -> impl Strategy<Value = Element<C>> {
		any::<[u64; 4]>().prop_map(|[a, b, c, d]| {
			let number = BigInt([a, b, c, d % C::MODULUS.0[3]]);
			Fp::new_unchecked(number)
		})
	}

	proptest! {
		#![proptest_config(ProptestConfig::with_cases(20_000))]

		#[test]
		fn products_are_those_of_arkworks(
			q in proptest::array::uniform4(element::<FqConfig>()),
			r in proptest::array::uniform4(element::<FrConfig>()),
		) {
			agrees::<FqConfig, ark_bn254::FqConfig>(q);
			agrees::<FrConfig, ark_bn254::FrConfig>(r);
		}
	}
}
