//! What a model's program writes.

use vektor_primitives::{is_canonical, Felt, FIELD_ORDER};

/// Reads one output per line, exactly as many as wanted: an integer in decimal digits, a negative one as the order less its magnitude, or
/// a field element as `0x` and 64 hexadecimal digits.
pub fn read(written: &[u8], wanted: u32) -> Result<Vec<Felt>, String> {
	let text = std::str::from_utf8(written).map_err(|_| "the program wrote something else than text".to_string())?;
	let felts = text.lines().map(|line| {
		felt(line.trim()).ok_or_else(|| format!("the program wrote {:?}, which is no output", shorten(line.trim())))
	});
	let felts: Vec<_> = felts.collect::<Result<_, _>>()?;
	match u32::try_from(felts.len()) == Ok(wanted) {
		true => Ok(felts),
		false => Err(format!("the program wrote {} outputs, and the model's record says {wanted}", felts.len())),
	}
}

fn felt(line: &str) -> Option<Felt> {
	match line.strip_prefix("0x") {
		Some(digits) => hex::decode(digits).ok()?.try_into().ok().filter(is_canonical),
		None => line.parse().ok().map(element),
	}
}

fn element(integer: i128) -> Felt {
	let magnitude = integer.unsigned_abs();
	let (high, low) = match integer < 0 {
		false => (0, magnitude),
		true => {
			let [high, low] = [0, 16]
				.map(|at| FIELD_ORDER[at..at + 16].iter().fold(0u128, |number, byte| number << 8 | u128::from(*byte)));
			let (low, borrowed) = low.overflowing_sub(magnitude);
			(high - u128::from(borrowed), low)
		}
	};
	let mut felt = [0; 32];
	felt[..16].copy_from_slice(&high.to_be_bytes());
	felt[16..].copy_from_slice(&low.to_be_bytes());
	felt
}

/// The beginning of a line, for messages.
fn shorten(line: &str) -> String {
	line.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
	use super::*;

	fn one(line: &str) -> Result<Felt, String> {
		read(format!("{line}\n").as_bytes(), 1).map(|felts| felts[0])
	}

	#[test]
	fn integers_are_field_elements_as_the_other_models_have_them() {
		for (integer, as_f64) in
			[(0i128, 0.0), (1, 1.0), (-1, -1.0), (77_000, 77_000.0), (-(1 << 52), -(2f64.powi(52)))]
		{
			assert_eq!(one(&integer.to_string()).unwrap(), vektor_ezkl::felts(&[as_f64], 0).unwrap()[0], "{integer}");
		}
		assert_eq!(
			hex::encode(one(&i128::MAX.to_string()).unwrap()),
			format!("{}7f{}", "00".repeat(16), "ff".repeat(15))
		);
		let smallest = "30644e72e131a029b85045b68181585ca833e84879b9709143e1f593f0000001";
		assert_eq!(hex::encode(one(&i128::MIN.to_string()).unwrap()), smallest, "borrowed from above");
	}

	#[test]
	fn field_elements_are_written_as_they_are() {
		let [order, below] = [0, 1].map(|less| {
			let mut felt = FIELD_ORDER;
			felt[31] -= less;
			(felt, format!("0x{}", hex::encode(felt)))
		});
		assert_eq!(one(&below.1).unwrap(), below.0);
		assert!(one(&order.1).is_err(), "not below the order");
	}

	#[test]
	fn as_many_as_the_record_says_are_wanted() {
		assert_eq!(read(b"1\r\n-2\n 3", 3).unwrap().len(), 3);
		for (wanted, says) in [(2, "wrote 3 outputs, and the model's record says 2"), (4, "record says 4")] {
			let error = read(b"1\n2\n3\n", wanted).unwrap_err();
			assert!(error.contains(says), "{error}");
		}
		assert!(read(b"", 1).unwrap_err().contains("wrote 0 outputs"));
	}

	#[test]
	fn what_is_no_number_is_shown() {
		for line in ["", "1.5", "0x12", "nan", "1 2", "340282366920938463463374607431768211456", "0xzz"] {
			let error = one(line).unwrap_err();
			assert!(error.contains(&format!("wrote {line:?}")), "{error}");
		}
		assert!(read(&[0xff], 1).unwrap_err().contains("than text"));
		assert!(one(&"x".repeat(5_000)).unwrap_err().len() < 200);
	}
}
