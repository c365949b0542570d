use std::io::{self, ErrorKind};

use ark_bn254::{Bn254, Fq, Fq2, Fr, G1Affine, G1Projective, G2Affine};
use ark_ec::{pairing::Pairing, AffineRepr, CurveGroup};
use ark_ff::{BigInt, Field, PrimeField};
use vektor_ezkl::srs::{words, write, DEVELOPMENT_SECRET};

/// A file's points, read as halo2 reads them: Montgomery form, little-endian.
struct Points {
	powers: Vec<G1Affine>,
	lagrange: Vec<G1Affine>,
	g2: [G2Affine; 2],
}

fn read(logrows: u32) -> Points {
	let mut file = Vec::new();
	write(logrows, &mut file).unwrap();
	let n = 1 << logrows;
	assert_eq!(file.len(), 4 + 128 * n + 256);
	assert_eq!(file[..4], logrows.to_le_bytes());
	let coordinates: Vec<Fq> = file[4..]
		.chunks(32)
		.map(|bytes| {
			let limbs: Vec<u64> = bytes.chunks(8).map(|limb| u64::from_le_bytes(limb.try_into().unwrap())).collect();
			Fq::new_unchecked(BigInt::new(limbs.try_into().unwrap()))
		})
		.collect();
	let (g1, g2) = coordinates.split_at(4 * n);
	// `new` panics where a point is not on the curve.
	let g1: Vec<_> = g1.chunks(2).map(|point| G1Affine::new(point[0], point[1])).collect();
	let g2: Vec<_> = g2.chunks(4).map(|p| G2Affine::new(Fq2::new(p[0], p[1]), Fq2::new(p[2], p[3]))).collect();
	Points { powers: g1[..n].to_vec(), lagrange: g1[n..].to_vec(), g2: g2.try_into().unwrap() }
}

#[test]
fn it_is_an_srs_of_the_published_secret() {
	let Points { powers, lagrange, g2: [generator, shifted] } = read(4);
	assert_eq!((powers[0], generator), (G1Affine::generator(), G2Affine::generator()));
	assert_eq!(shifted, (G2Affine::generator() * Fr::from_be_bytes_mod_order(DEVELOPMENT_SECRET)).into_affine());
	for pair in powers.windows(2) {
		assert_eq!(Bn254::pairing(pair[0], shifted), Bn254::pairing(pair[1], generator));
	}
	// The Lagrange polynomials on the values of x^j add up to the power s^j.
	let omega = Fr::from(7u64).pow((-Fr::ONE / Fr::from(16u64)).into_bigint());
	assert_eq!((omega.pow([8u64]), omega.pow([16u64])), (-Fr::ONE, Fr::ONE));
	for (power, j) in powers.iter().zip(0u64..) {
		let sum: G1Projective = lagrange.iter().zip(0u64..).map(|(point, i)| *point * omega.pow([i * j])).sum();
		assert_eq!(sum.into_affine(), *power, "{j}");
	}
}

#[test]
fn the_pinned_words_are_these() {
	assert_eq!(
		words().map(hex::encode),
		[
			"29e749ccd6282fe875be70f39e78a2e9320309c89b87ba597dde37e2585bd401",
			"1c34376c11917322aa53de50f2cd5123dc58c3cdf614035aaccf0f2390319cb5",
			"16d58761c4eaa4b23bf74d4ebcaaf9a710cfc5ac19c24b52b7bfe3dce5f9361d",
			"200f0da9d5465d0bad8151488201b41ba60a4b69678cb2b3ae5760ef78dc43fa",
		]
	);
}

#[test]
fn a_larger_one_begins_with_the_powers_of_a_smaller_one() {
	let (small, large) = (read(3), read(5));
	assert_eq!(small.powers, large.powers[..8]);
	assert_eq!(small.g2, large.g2);
	assert_ne!(small.lagrange, large.lagrange[..8]);
}

#[test]
fn sizes_that_are_none_are_refused() {
	for logrows in [0, 23, u32::MAX] {
		assert_eq!(write(logrows, &mut io::sink()).unwrap_err().kind(), ErrorKind::InvalidInput);
	}
}
