//! Keys and proofs that ezkl made, and changes of them.

/// A key, its instances (big-endian) and a proof that holds.
#[derive(Clone)]
pub struct Vector {
	pub name: &'static str,
	pub key: Vec<u8>,
	pub instances: Vec<[u8; 32]>,
	pub proof: Vec<u8>,
}

macro_rules! vector {
	($name:literal) => {
		Vector {
			name: $name,
			key: include_bytes!(concat!("../../vectors/", $name, "/vka.bin")).to_vec(),
			instances: include_bytes!(concat!("../../vectors/", $name, "/inst.bin")).as_chunks().0.to_vec(),
			proof: include_bytes!(concat!("../../vectors/", $name, "/pf.bin")).to_vec(),
		}
	};
}

pub fn hash() -> Vector {
	vector!("ezkl_hash")
}

pub fn no_lookup() -> Vector {
	vector!("ezkl_no_lookup")
}

pub fn all() -> [Vector; 10] {
	[
		vector!("ezkl_mlp"),
		hash(),
		vector!("ezkl_salt"),
		vector!("ezkl_conv"),
		vector!("ezkl_frei"),
		vector!("ezkl_public"),
		vector!("ezkl_many"),
		vector!("ezkl_hashed"),
		vector!("ezkl_attention"),
		no_lookup(),
	]
}

impl Vector {
	/// The pin that the key was made for.
	pub fn srs(&self) -> [u8; 128] {
		self.key[0x280..0x300].try_into().unwrap()
	}

	pub fn verify(&self) -> Result<(), vektor_verifier_ezkl::Error> {
		vektor_verifier_ezkl::verify(&self.key, &self.srs(), &self.instances, &self.proof)
	}
}

/// The order of the scalar field, big-endian.
pub const R: [u8; 32] = [
	0x30, 0x64, 0x4e, 0x72, 0xe1, 0x31, 0xa0, 0x29, 0xb8, 0x50, 0x45, 0xb6, 0x81, 0x81, 0x58, 0x5d, 0x28, 0x33, 0xe8,
	0x48, 0x79, 0xb9, 0x70, 0x91, 0x43, 0xe1, 0xf5, 0x93, 0xf0, 0x00, 0x00, 0x01,
];

/// The order of the base field, big-endian.
pub const Q: [u8; 32] = [
	0x30, 0x64, 0x4e, 0x72, 0xe1, 0x31, 0xa0, 0x29, 0xb8, 0x50, 0x45, 0xb6, 0x81, 0x81, 0x58, 0x5d, 0x97, 0x81, 0x6a,
	0x91, 0x68, 0x71, 0xca, 0x8d, 0x3c, 0x20, 0x8c, 0x16, 0xd8, 0x7c, 0xfd, 0x47,
];

/// `a + b`, which must fit.
pub fn plus(a: &[u8], b: &[u8; 32]) -> [u8; 32] {
	let mut sum = [0; 32];
	let mut carry = 0;
	for place in (0..32).rev() {
		carry += u16::from(a[place]) + u16::from(b[place]);
		sum[place] = (carry & 0xff) as u8;
		carry >>= 8;
	}
	assert_eq!(carry, 0);
	sum
}

/// `a - b`, which must not be negative.
pub fn minus(a: &[u8; 32], b: &[u8]) -> [u8; 32] {
	let mut difference = [0; 32];
	let mut borrow = 0;
	for place in (0..32).rev() {
		borrow += i16::from(a[place]) - i16::from(b[place]);
		difference[place] = (borrow & 0xff) as u8;
		borrow >>= 8;
	}
	assert_eq!(borrow, 0);
	difference
}

/// `bytes` with one bit flipped.
pub fn flip(bytes: &[u8], bit: usize) -> Vec<u8> {
	let mut flipped = bytes.to_vec();
	flipped[bit / 8] ^= 1 << (bit % 8);
	flipped
}

/// Whether the long form of tests is asked for.
pub fn long() -> bool {
	std::env::var_os("VEKTOR_LONG").is_some()
}
