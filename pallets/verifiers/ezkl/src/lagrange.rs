//! The polynomials of Lagrange at `x`, for the few rows that are needed.

use alloc::vec::Vec;
use ark_ff::{batch_inversion, AdditiveGroup, Field};
use vektor_verifier_bn254::Fr;

use crate::{key::Domain, Error};

/// Inverts all, none of which may be zero.
pub(crate) fn invert(values: &mut [Fr]) -> Result<(), Error> {
	// The batch would leave a zero as it is.
	if values.contains(&Fr::ZERO) {
		return Err(Error::ZeroDenominator);
	}
	batch_inversion(values);
	Ok(())
}

/// What the constraints need.
pub(crate) struct Lagrange {
	/// `x^n`.
	pub power: Fr,
	/// `1 / (x^n - 1)`.
	pub vanishing_inverse: Fr,
	/// One at row 0, zero at the others.
	pub first: Fr,
	/// One at the last row that is used.
	pub last: Fr,
	/// One at all rows before that.
	pub active: Fr,
	/// The column of instances.
	pub instance: Fr,
}

impl Lagrange {
	/// At `x`, which must not be a row.
	#[expect(clippy::arithmetic_side_effects, reason = "field arithmetic is total")]
	pub fn new(domain: &Domain, instances: &[Fr], x: Fr) -> Result<Self, Error> {
		let mut power = x;
		for _ in 0..domain.k {
			power.square_in_place();
		}
		let rows = domain.blinding.saturating_add(instances.len().max(1));
		let mut omegas = Vec::with_capacity(rows);
		let mut omega = domain.first_blinding;
		for _ in 0..rows {
			omegas.push(omega);
			omega *= domain.omega;
		}
		let mut values: Vec<Fr> = omegas.iter().map(|omega| x - omega).collect();
		values.push(power - Fr::ONE);
		invert(&mut values)?;
		let vanishing_inverse = values.pop().unwrap_or_default();
		let scale = (power - Fr::ONE) * domain.rows_inverse;
		let mut lagrange = values.into_iter().zip(omegas).map(|(inverse, omega)| inverse * omega * scale);
		let last = lagrange.next().unwrap_or_default();
		let blinding: Fr = lagrange.by_ref().take(domain.blinding.saturating_sub(1)).sum();
		let mut lagrange = lagrange.peekable();
		let first = lagrange.peek().copied().unwrap_or_default();
		let instance = lagrange.zip(instances).map(|(value, instance)| value * instance).sum();
		Ok(Self { power, vanishing_inverse, first, last, active: Fr::ONE - last - blinding, instance })
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use ark_ff::FftField;

	/// The value at `x` of the polynomial that is one at `rows[row]` and zero at the others.
	fn naive(rows: &[Fr], row: usize, x: Fr) -> Fr {
		let others = (0..rows.len()).filter(|other| *other != row);
		others.map(|other| (x - rows[other]) / (rows[row] - rows[other])).product()
	}

	#[test]
	fn the_values_are_those_of_the_definition() {
		let omega = Fr::get_root_of_unity(16).unwrap();
		let omega_inverse = omega.inverse().unwrap();
		let rows: Vec<Fr> = (0..16).map(|row| omega.pow([row])).collect();
		let x = Fr::from(12345u64);
		for blinding in 2..=6usize {
			let domain = Domain {
				k: 4,
				rows_inverse: Fr::from(16u64).inverse().unwrap(),
				omega,
				omega_inverse,
				first_blinding: omega_inverse.pow([blinding as u64]),
				blinding,
			};
			assert!(domain.is_sound());
			for count in 0..=4u64 {
				let instances: Vec<Fr> = (0..count).map(|n| Fr::from(n + 7)).collect();
				let lagrange = Lagrange::new(&domain, &instances, x).unwrap();
				let first_blind = 16 - blinding;
				assert_eq!(lagrange.first, naive(&rows, 0, x));
				assert_eq!(lagrange.last, naive(&rows, first_blind, x));
				assert_eq!(lagrange.active, (0..first_blind).map(|row| naive(&rows, row, x)).sum());
				let instance = instances.iter().enumerate().map(|(row, value)| naive(&rows, row, x) * value).sum();
				assert_eq!(lagrange.instance, instance);
				assert_eq!(lagrange.power, x.pow([16]));
				assert_eq!(lagrange.vanishing_inverse * (x.pow([16]) - Fr::ONE), Fr::ONE);
			}
			// In the domain: on a row that is looked at, and on one that is not.
			for row in [rows[0], rows[15], rows[8]] {
				assert_eq!(Lagrange::new(&domain, &[], row).err(), Some(Error::ZeroDenominator));
			}
		}
	}
}
