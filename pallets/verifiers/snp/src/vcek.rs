//! A chip's key at given security version numbers (VCEK), and its certificate (AMD's 57230).

use alloc::vec::Vec;
use codec::{Decode, Encode};
use vektor_verifier_x509::{KeyId, Leaf, ObjectIdentifier, PublicKey};

use crate::{Anchor, Error, Tcb};

const BOOT_LOADER: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.3704.1.3.1");
const TEE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.3704.1.3.2");
const SNP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.3704.1.3.3");
const MICROCODE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.3704.1.3.8");
const FMC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.3704.1.3.9");
const RESERVED: [ObjectIdentifier; 4] = [
	ObjectIdentifier::new_unwrap("1.3.6.1.4.1.3704.1.3.4"),
	ObjectIdentifier::new_unwrap("1.3.6.1.4.1.3704.1.3.5"),
	ObjectIdentifier::new_unwrap("1.3.6.1.4.1.3704.1.3.6"),
	ObjectIdentifier::new_unwrap("1.3.6.1.4.1.3704.1.3.7"),
];
const HARDWARE_ID: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.3704.1.4");

/// The longest encoding of a [`Vcek`].
pub const MAX_VCEK: usize = 98 + 6 + 64 + 8 + 8 + 1 + 6 * 32;

/// A verified VCEK.
///
/// Its encoding may be stored and read back without checks, which saves the RSA signature of the next report. Whoever
/// stores it looks its keys up among the revoked again at each use.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Vcek {
	/// The key, of P-384.
	pub(crate) key: PublicKey,
	/// The security version numbers that it was derived from.
	pub tcb: Tcb,
	/// The chip. Since Turin eight bytes and zeros.
	pub chip_id: [u8; 64],
	/// The first second at which its chain is valid, Unix time.
	pub valid_from: u64,
	/// The last second at which its chain is valid, Unix time.
	pub valid_until: u64,
	/// The anchor's key first, its own last: it is revoked when one of them is.
	pub keys: Vec<KeyId>,
}

/// A security version number as the certificate has it: a DER INTEGER of 0 to 255.
fn number(leaf: &Leaf<'_>, id: ObjectIdentifier) -> Result<Option<u8>, Error> {
	match leaf.extension(id) {
		None => Ok(None),
		Some([2, 1, number @ 0..=0x7f] | [2, 2, 0, number @ 0x80..=0xff]) => Ok(Some(*number)),
		Some(_) => Err(Error::NotVcek),
	}
}

fn tcb(leaf: &Leaf<'_>) -> Result<Tcb, Error> {
	for id in RESERVED {
		if number(leaf, id)?.unwrap_or_default() != 0 {
			return Err(Error::NotVcek);
		}
	}
	let given = |id| number(leaf, id)?.ok_or(Error::NotVcek);
	Ok(Tcb {
		fmc: number(leaf, FMC)?,
		boot_loader: given(BOOT_LOADER)?,
		tee: given(TEE)?,
		snp: given(SNP)?,
		microcode: given(MICROCODE)?,
	})
}

/// The chip's id: 64 bytes, since Turin 8. A VLEK, which belongs to a cloud and not to a chip, has none.
fn chip_id(leaf: &Leaf<'_>, turin: bool) -> Option<[u8; 64]> {
	let id = leaf.extension(HARDWARE_ID)?;
	if turin {
		let id: [u8; 8] = id.try_into().ok()?;
		let mut whole = [0; 64];
		whole.iter_mut().zip(id).for_each(|(byte, given)| *byte = given);
		Some(whole)
	} else {
		id.try_into().ok()
	}
}

impl Vcek {
	/// Verifies the certificate `der` of a VCEK under `anchor` at `now` (Unix seconds). Costs one signature of the
	/// anchor.
	pub fn verify(der: &[u8], anchor: &Anchor, now: u64) -> Result<Self, Error> {
		let leaf = anchor.leaf(der, now, &[])?;
		if !matches!(leaf.key, PublicKey::P384(_)) {
			return Err(Error::NotVcek);
		}
		let tcb = tcb(&leaf)?;
		let chip_id = chip_id(&leaf, tcb.fmc.is_some()).ok_or(Error::NotVcek)?;
		let Leaf { key, valid_from, valid_until, keys, .. } = leaf;
		Ok(Self { key, tcb, chip_id, valid_from, valid_until, keys })
	}
}
