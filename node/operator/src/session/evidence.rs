//! What this machine's quotes say, and as what the chain takes them.

use vektor_client::{calls, session::Image, units, Error, Result, H256};
use vektor_primitives::hash;
use vektor_session::{Gpu, Platform, Quote};
use vektor_verifier_snp::{verify, Anchor, CertificateError, Error as SnpError, Facts};
use vektor_verifier_tdx::{pcs, trim, Ca, Td, INTEL_ROOT};

/// The codec's indices of roots on the chain: an id is the hash of the index and the certificate.
const AMD: u8 = 0;
const INTEL: u8 = 1;
const NVIDIA: u8 = 2;

/// The header of a TDX quote, after which the report stands, and what version 5 puts between the two: the report's kind and length.
const HEADER: usize = 48;
const KIND: usize = 6;

/// A quote, and what it says.
#[derive(Debug)]
pub struct Measured {
	/// What runs.
	pub image: Image,
	/// The root that the quote rests on: its id.
	pub root: H256,
	/// As the chain takes it.
	pub quote: calls::Quote,
}

/// Reads a quote that should say `report_data`, at `now` (Unix seconds).
pub fn read(platform: &Platform, quote: Quote, report_data: &[u8; 64], now: u64) -> Result<Measured> {
	let (measured, said) = match quote {
		Quote::Snp { report, vcek } => snp(platform, report, vcek, now)?,
		Quote::Tdx { quote } => tdx(&quote)?,
	};
	match said == *report_data {
		true => Ok(measured),
		false => Err(unusable("it says something else than it was asked to")),
	}
}

fn unusable(why: impl std::fmt::Display) -> Error {
	Error::Input(format!("this machine's quote is of no use: {why}"))
}

fn snp(platform: &Platform, report: Vec<u8>, vcek: Vec<u8>, now: u64) -> Result<(Measured, [u8; 64])> {
	let (root, facts) = issued(platform, &report, &vcek, now).map_err(unusable)?;
	if facts.vmpl != 0 {
		let why = format!("the guest's privilege level is {}, and the chain takes reports of 0 alone", facts.vmpl);
		return Err(unusable(why));
	}
	let image = Image::Snp(facts.measurement);
	let quote = calls::Quote::Snp { root, report, vcek };
	Ok((Measured { image, root, quote }, facts.report_data))
}

/// Which root has issued the chip's certificate, and what the report says. Where none has, the reason that says most.
fn issued(platform: &Platform, report: &[u8], vcek: &[u8], now: u64) -> std::result::Result<(H256, Facts), SnpError> {
	let of_another_line = SnpError::Certificate(CertificateError::Issuer);
	let mut why = of_another_line;
	for root in platform.amd_roots() {
		let facts = Anchor::pin(&root).map_err(SnpError::from).and_then(|anchor| verify(report, vcek, &anchor, now));
		match facts {
			Ok(facts) => return Ok((hash(&(AMD, root)), facts)),
			Err(error) if error == of_another_line => (),
			Err(error) => why = error,
		}
	}
	Err(why)
}

fn tdx(quote: &[u8]) -> Result<(Measured, [u8; 64])> {
	// Quoting services hand out longer buffers.
	let quote = trim(quote).unwrap_or(quote);
	let (fmspc, ca) = pcs::needs(quote).map_err(unusable)?;
	let td = td(quote).ok_or_else(|| unusable("its report cannot be read"))?;
	let root = hash(&(INTEL, INTEL_ROOT));
	let authority = match ca {
		Ca::Processor => calls::PckAuthority::Processor,
		Ca::Platform => calls::PckAuthority::Platform,
	};
	let image = Image::Tdx(H256(td.measurement()));
	let quote = calls::Quote::Tdx { family: (root, fmspc, authority), quote: quote.to_vec() };
	Ok((Measured { image, root, quote }, td.report_data))
}

/// The report in a quote, which other places have found to be one.
fn td(quote: &[u8]) -> Option<Td> {
	let start = match quote.first_chunk()? {
		[4, 0] => HEADER,
		[5, 0] => HEADER + KIND,
		_ => return None,
	};
	let rest = &mut quote.get(start..)?;
	Some(Td {
		tee_tcb_svn: take(rest)?,
		mrseam: take(rest)?,
		mrsignerseam: take(rest)?,
		seamattributes: take(rest)?,
		attributes: take(rest)?,
		xfam: take(rest)?,
		mrtd: take(rest)?,
		mrconfigid: take(rest)?,
		mrowner: take(rest)?,
		mrownerconfig: take(rest)?,
		rtmr: [take(rest)?, take(rest)?, take(rest)?, take(rest)?],
		report_data: take(rest)?,
		tee_tcb_svn_now: None,
	})
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
	let (taken, left) = rest.split_first_chunk()?;
	*rest = left;
	Some(*taken)
}

/// The root of a platform's GPUs: its id.
pub fn nvidia_root(platform: &Platform) -> H256 {
	hash(&(NVIDIA, platform.nvidia_root()))
}

/// What a GPU says, as the chain takes it.
pub fn of_gpu(gpu: Gpu, root: H256) -> calls::GpuEvidence {
	let Gpu { report, leaf, intermediates } = gpu;
	calls::GpuEvidence { root, report, leaf, intermediates }
}

/// What to do about an attestation that the chain refused, where it is not plain from the error.
pub fn advice(quote: &calls::Quote, error: &str) -> Option<String> {
	match quote {
		calls::Quote::Tdx { family: (_, fmspc, authority), .. } if error == "Verification.NoCollateral" => {
			Some(format!(
				"Intel's collateral for platforms of FMSPC {} ({authority:?} CA) has to be posted first, by anybody: \
			 docs/operate/serve-a-model.md says how",
				units::hex_of(fmspc)
			))
		}
		_ => None,
	}
}

#[cfg(test)]
mod tests {
	use std::{fs, path::Path};

	use super::*;
	use vektor_session::platform::{Emulated, Tsm, MEASUREMENT};

	const NOW: u64 = 1_800_000_000;

	fn emulated() -> Platform {
		Platform::Emulated(Emulated::new([7; 64], MEASUREMENT, vec![3]).unwrap())
	}

	#[test]
	fn a_report_of_snp_names_its_image_and_its_root() {
		let platform = emulated();
		let quote = platform.evidence(&[5; 64]).unwrap();
		let read = read(&platform, quote.clone(), &[5; 64], NOW).unwrap();
		assert_eq!((read.image, read.root), (Image::Snp(MEASUREMENT), hash(&(0u8, &platform.amd_roots()[0]))));
		let Quote::Snp { report, vcek } = quote else { panic!("not SNP") };
		assert_eq!(read.quote, calls::Quote::Snp { root: read.root, report, vcek });
	}

	#[test]
	fn a_report_that_the_chain_would_refuse_is_refused_here_first() {
		let (platform, real) = (emulated(), Platform::Tsm(Tsm { reports: "/".into(), vcek: None, gpus: None }));
		let quote = platform.evidence(&[5; 64]).unwrap();
		let Quote::Snp { report, vcek } = quote.clone() else { panic!("not SNP") };
		let forged = Quote::Snp { report: [&report[..0x90], &[9; 48], &report[0xc0..]].concat(), vcek };
		for (platform, quote, data, now, says) in [
			(&platform, &quote, [6; 64], NOW, "something else"),
			(&real, &quote, [5; 64], NOW, "names another issuer"),
			(&platform, &forged, [5; 64], NOW, "did not sign"),
			(&platform, &quote, [5; 64], 0, "not valid yet"),
			(&platform, &Quote::Tdx { quote: vec![4; 600] }, [5; 64], NOW, "this machine's quote is of no use"),
		] {
			let error = read(platform, quote.clone(), &data, now).unwrap_err().to_string();
			assert!(error.contains(says), "{error}");
		}
	}

	fn of_tdx(name: &str) -> Vec<u8> {
		fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pallets/verifiers/tdx").join(name)).unwrap()
	}

	#[test]
	fn a_report_of_tdx_is_read_as_the_verifier_reads_it() {
		let [quote, collateral, root] = ["quote", "collateral", "root"].map(|name| {
			let ending = if name == "root" { "der" } else { "bin" };
			of_tdx(&format!("samples/{name}.{ending}"))
		});
		let root = vektor_verifier_tdx::Root::parse(&root).unwrap();
		let facts = vektor_verifier_tdx::verify(&quote, &collateral, &root, 1_750_001_000).unwrap();
		let reported = Td { tee_tcb_svn_now: None, ..facts.td };
		assert_eq!(td(&quote).unwrap(), reported);
		// The same report in a quote of version 4.
		let earlier = [&[4, 0], &quote[2..HEADER], &quote[HEADER + KIND..]].concat();
		assert_eq!(td(&earlier).unwrap(), reported);
		assert!((0..HEADER + KIND + 584).all(|length| td(&quote[..length]).is_none()));
	}

	#[test]
	fn a_quote_of_tdx_names_its_image_and_its_collateral() {
		let quote = of_tdx("vectors/tdx_quote");
		let (measured, data) = tdx(&quote).unwrap();
		let again = read(&emulated(), Quote::Tdx { quote: quote.clone() }, &data, NOW).unwrap();
		assert_eq!((again.image, again.root), (measured.image, hash(&(1u8, INTEL_ROOT))));
		let calls::Quote::Tdx { family: (root, fmspc, _), quote: sent } = &again.quote else { panic!("not TDX") };
		assert_eq!((*root, sent.as_slice()), (again.root, trim(&quote).unwrap()));
		assert!(advice(&again.quote, "Verification.NoCollateral").unwrap().contains(&units::hex_of(fmspc)));
		assert_eq!(advice(&again.quote, "Verification.UnknownImage"), None);
	}

	#[test]
	fn a_gpu_is_shown_under_its_root() {
		let platform = emulated();
		let root = nvidia_root(&platform);
		assert_eq!(root, hash(&(2u8, platform.nvidia_root())));
		let [gpu] = &platform.gpus(&[1; 32]).unwrap()[..] else { panic!("one GPU") };
		let shown = of_gpu(gpu.clone(), root);
		assert_eq!((shown.root, shown.report, shown.intermediates.len()), (root, gpu.report.clone(), 2));
	}
}
