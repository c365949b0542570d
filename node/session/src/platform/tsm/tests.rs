use tempfile::TempDir;
use vektor_verifier_snp::{verify, Anchor};

use super::*;
use crate::platform::{certificates::tests::table_of, Emulated, Platform, MEASUREMENT};

const DATA: [u8; 64] = [5; 64];

/// An SNP report that says `data`, its certificate, and what certificates stand under.
fn snp(data: &[u8; 64]) -> (Vec<u8>, Vec<u8>, Anchor) {
	let machine = Platform::Emulated(Emulated::new([7; 64], MEASUREMENT, vec![]).unwrap());
	let Quote::Snp { report, vcek } = machine.evidence(data).unwrap() else { panic!("not SNP") };
	(report, vcek, Anchor::pin(&machine.amd_roots()[0]).unwrap())
}

/// A folder that imitates configfs: an entry has files once Linux has made them.
struct Imitation(TempDir);

impl Imitation {
	fn new() -> Self {
		Self(tempfile::tempdir().unwrap())
	}

	fn tsm(&self) -> Tsm {
		Tsm { reports: self.0.path().into(), vcek: None, gpus: None }
	}

	/// Asks for a report in an entry with these files, and looks that the entry goes with them.
	fn ask_with(&self, tsm: &Tsm, files: &[(&str, &[u8])]) -> Result<Quote, PlatformError> {
		let entry = Entry::new(self.0.path()).unwrap();
		fs::write(entry.0.join("inblob"), []).unwrap();
		files.iter().for_each(|(name, content)| fs::write(entry.0.join(name), content).unwrap());
		let answer = tsm.ask(&entry, &DATA);
		assert_eq!(fs::read(entry.0.join("inblob")).unwrap(), DATA);
		fs::read_dir(&entry.0).unwrap().for_each(|file| fs::remove_file(file.unwrap().path()).unwrap());
		drop(entry);
		assert_eq!(fs::read_dir(self.0.path()).unwrap().count(), 0);
		answer
	}

	fn ask(&self, provider: &str, report: &[u8], table: &[u8], generation: &str) -> Result<Quote, PlatformError> {
		let files = [
			("provider", provider.as_bytes()),
			("outblob", report),
			("auxblob", table),
			("generation", generation.as_bytes()),
		];
		self.ask_with(&self.tsm(), &files)
	}
}

#[test]
fn a_report_of_snp_comes_with_the_hosts_certificate() {
	let (report, vcek, anchor) = snp(&DATA);
	let quote = Imitation::new().ask("sev_guest\n", &report, &table_of(&vcek), "1\n").unwrap();
	assert_eq!(quote, Quote::Snp { report: report.clone(), vcek: vcek.clone() });
	let facts = verify(&report, &vcek, &anchor, 1_800_000_000).unwrap();
	assert_eq!((facts.report_data, facts.measurement, facts.vmpl), (DATA, MEASUREMENT, 0));
}

#[test]
fn where_the_host_has_no_certificate_the_file_counts() {
	let (report, vcek, _) = snp(&DATA);
	let imitation = Imitation::new();
	let error = imitation.ask("sev_guest", &report, &[], "1").unwrap_err().to_string();
	assert!(error.contains("gives no VCEK"), "{error}");

	let folder = tempfile::tempdir().unwrap();
	let path = folder.path().join("vcek.der");
	fs::write(&path, &vcek).unwrap();
	let tsm = Tsm { vcek: Some(path.clone()), ..imitation.tsm() };
	let files = [("provider", &b"sev_guest"[..]), ("outblob", &report), ("auxblob", &[]), ("generation", b"1")];
	assert_eq!(imitation.ask_with(&tsm, &files).unwrap(), Quote::Snp { report: report.clone(), vcek });

	for wrong in [0, MAX_CERTIFICATE + 1] {
		fs::write(&path, vec![0; wrong]).unwrap();
		let error = imitation.ask_with(&tsm, &files).unwrap_err().to_string();
		assert!(error.contains("no certificate has as many"), "{error}");
	}
	fs::remove_file(&path).unwrap();
	assert!(matches!(imitation.ask_with(&tsm, &files), Err(PlatformError::File { .. })));
}

#[test]
fn a_quote_of_tdx_is_its_own_evidence() {
	let quote = vec![4; 5_000];
	assert_eq!(Imitation::new().ask("tdx_guest\n", &quote, &[], "1\n").unwrap(), Quote::Tdx { quote });
}

#[test]
fn what_is_no_report_is_refused() {
	let (report, vcek, _) = snp(&DATA);
	let (table, imitation) = (table_of(&vcek), Imitation::new());
	let (other, _, _) = snp(&[6; 64]);
	for (provider, report, generation, says) in [
		("arm_cca_guest", &report[..], "1", "only sev_guest and tdx_guest"),
		("sev_guest", &report[1..], "1", "no SNP report has as many"),
		("sev_guest", &[], "1", "no SNP report has as many"),
		("sev_guest", &other, "1", "something else than it was asked to"),
		("sev_guest", &report, "2", "somebody else"),
		("sev_guest", &report, "", "somebody else"),
		("tdx_guest", &[], "1", "no TDX quote has as many"),
		("tdx_guest", &[0; MAX_QUOTE + 1], "1", "no TDX quote has as many"),
		("tdx_guest", &[0; MAX_BLOB + 1], "1", "no report has as many"),
	] {
		let error = imitation.ask(provider, report, &table, generation).unwrap_err().to_string();
		assert!(error.contains(says), "{error}");
	}
	assert!(matches!(imitation.ask("sev_guest", &report, &table[..30], "1"), Err(PlatformError::Table)));
}

#[test]
fn a_machine_without_reports_says_what_it_lacks() {
	let tsm = Tsm { reports: "/nowhere/report".into(), vcek: None, gpus: None };
	let error = Platform::Tsm(tsm).evidence(&DATA).unwrap_err().to_string();
	assert!(error.contains("/nowhere/report") && error.contains("confidential VM"), "{error}");
}

#[test]
fn an_entry_that_gives_nothing_is_taken_away_all_the_same() {
	let imitation = Imitation::new();
	let error = Platform::Tsm(imitation.tsm()).evidence(&DATA).unwrap_err();
	assert!(matches!(&error, PlatformError::File { path, .. } if path.ends_with("inblob")), "{error}");
	assert_eq!(fs::read_dir(imitation.0.path()).unwrap().count(), 0);
}
