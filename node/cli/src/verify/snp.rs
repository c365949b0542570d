//! Reports of AMD SEV-SNP guests.

use std::path::Path;

use serde_json::json;
use vektor_verifier_snp::{anchors, verify, Anchor, CertificateError, Error, Facts};

use super::{all_hex, certificates, date, hex, named, read, Checked, Failure, Holds};

/// AMD's issuers of chips' keys.
const AMD: [(&str, &[u8]); 3] =
	[("Milan", anchors::ASK_MILAN), ("Genoa", anchors::ASK_GENOA), ("Turin", anchors::ASK_TURIN)];

/// Checks a report with the certificate of the key that signed it, under the issuer given or AMD's.
pub fn check(report: &Path, chain: &[Vec<u8>], issuer: Option<&Path>, now: u64) -> Checked {
	let report = read(report)?;
	let [vcek] = chain else {
		let count = chain.len();
		return Err(Failure::Usage(format!("--certificates is the VCEK's alone, and {count} were given")));
	};
	let facts = match issuer {
		Some(path) => verify(&report, vcek, &pin(&certificates::read_one(path)?)?, now).map_err(refused)?,
		None => under_amd(&report, vcek, now)?,
	};
	Ok(holds(&facts))
}

fn under_amd(report: &[u8], vcek: &[u8], now: u64) -> Result<Facts, Failure> {
	for (_, issuer) in AMD {
		match verify(report, vcek, &pin(issuer)?, now) {
			Err(Error::Certificate(CertificateError::Issuer)) => continue,
			other => return other.map_err(refused),
		}
	}
	let lines = AMD.map(|(line, _)| line).join(", ");
	Err(Failure::Refused(format!("the VCEK's certificate is of none of AMD's issuers: {lines}")))
}

fn pin(der: &[u8]) -> Result<Anchor, Failure> {
	Anchor::pin(der).map_err(named("the issuer"))
}

fn refused(error: Error) -> Failure {
	Failure::Refused(error.to_string())
}

fn holds(facts: &Facts) -> Holds {
	let tcb = &facts.tcb;
	Holds {
		words: "the report is of a guest that AMD's hardware measured: trust in that hardware and who has it in hand"
			.into(),
		facts: vec![
			("measurement", hex(facts.measurement)),
			("report data", hex(facts.report_data)),
			("host data", hex(facts.host_data)),
			("privilege level", facts.vmpl.into()),
			("policy", format!("{:#x}", facts.policy.0).into()),
			("platform", format!("{:#x}", facts.platform).into()),
			("guest svn", facts.guest_svn.into()),
			(
				"tcb",
				json!({
					"bootLoader": tcb.boot_loader,
					"tee": tcb.tee,
					"snp": tcb.snp,
					"microcode": tcb.microcode,
					"fmc": tcb.fmc,
				}),
			),
			("chip", hex(facts.chip_id)),
			("valid until", date(facts.valid_until)),
			("key ids", all_hex(&facts.keys)),
		],
	}
}
