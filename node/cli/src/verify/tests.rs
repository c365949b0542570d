//! Every kind, on what its maker made.

use std::path::{Path, PathBuf};

use clap::Parser;
use vektor_verifier_groth16::snarkjs;

use super::*;

const EZKL: &str = "node/ezkl/tests/vectors";
const ADDITION: &str = "pallets/verifiers/ezkl/vectors/ezkl_no_lookup";
const SNARKJS: &str = "pallets/verifiers/groth16/vectors/snarkjs_mlp";
const SNP: &str = "pallets/verifiers/snp/tests/vectors";
const TDX: &str = "pallets/verifiers/tdx/vectors";
const NVIDIA: &str = "pallets/verifiers/nvidia/tests/vectors";

/// 2025-01-01.
const AT: &str = "1735689600";
/// 2025-06-19 10:56.
const TDX_AT: &str = "1750330571";

fn vector(folder: &str, name: &str) -> PathBuf {
	Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder).join(name)
}

fn shown(folder: &str, name: &str) -> String {
	vector(folder, name).display().to_string()
}

fn development_srs() -> String {
	units::hex_of(vektor_ezkl::srs::words().concat())
}

fn options(words: &[&str]) -> Options {
	let cli = crate::Cli::try_parse_from(["vektor", "verify"].iter().chain(words)).unwrap();
	let crate::Command::Verify(options) = cli.command else { panic!() };
	*options
}

fn check(words: &[&str]) -> Checked {
	options(words).check()
}

fn fact(checked: &Checked, name: &str) -> Value {
	let facts = &checked.as_ref().unwrap().facts;
	facts.iter().find(|(fact, _)| *fact == name).unwrap().1.clone()
}

fn refused(checked: Checked) -> String {
	match checked {
		Err(Failure::Refused(why)) => why,
		other => panic!("{other:?}"),
	}
}

fn misused(checked: Checked) -> String {
	match checked {
		Err(Failure::Usage(why)) => why,
		other => panic!("{other:?}"),
	}
}

/// Files of a test, in a folder of its own.
struct Files(tempfile::TempDir);

impl Files {
	fn new() -> Self {
		Self(tempfile::tempdir().unwrap())
	}

	fn write(&self, name: &str, bytes: &[u8]) -> String {
		let path = self.0.path().join(name);
		std::fs::write(&path, bytes).unwrap();
		path.display().to_string()
	}

	/// A copy of `path` with a bit of the byte in the middle flipped.
	fn flipped(&self, path: &str) -> String {
		let mut bytes = std::fs::read(path).unwrap();
		let middle = bytes.len() / 2;
		bytes[middle] ^= 1;
		self.write("flipped", &bytes)
	}
}

fn groth16(key: &str, proof: &str, publics: &str) -> Checked {
	check(&["--kind", "groth16", "--key", key, "--proof", proof, "--publics", publics])
}

/// snarkjs's vector: key, proof, public inputs.
fn json() -> [String; 3] {
	["vk.json", "proof.json", "public.json"].map(|name| shown(SNARKJS, name))
}

/// The same in bytes.
fn binary(files: &Files) -> [String; 3] {
	let [key, proof, publics] = json().map(|path| std::fs::read(path).unwrap());
	[
		files.write("key", &snarkjs::key(&key).unwrap().to_bytes()),
		files.write("proof", &snarkjs::proof(&proof).unwrap()),
		files.write("publics", &snarkjs::publics(&publics).unwrap().concat()),
	]
}

#[test]
fn what_snarkjs_wrote_holds_as_json_and_as_bytes_and_mixed() {
	let files = Files::new();
	let ([key, proof, publics], [key_bytes, proof_bytes, publics_bytes]) = (json(), binary(&files));
	let holds = groth16(&key, &proof, &publics);
	assert_eq!(fact(&holds, "publics"), 12);
	assert_eq!(groth16(&key_bytes, &proof_bytes, &publics_bytes), holds);
	assert_eq!(groth16(&key, &proof_bytes, &publics), holds);
}

#[test]
fn a_flipped_bit_anywhere_is_refused() {
	let files = Files::new();
	let whole = binary(&files);
	for changed in 0..3 {
		let mut paths = whole.clone();
		let length = std::fs::read(&paths[changed]).unwrap().len();
		for place in [0, length / 2, length - 1] {
			let mut bytes = std::fs::read(&whole[changed]).unwrap();
			bytes[place] ^= 1;
			paths[changed] = files.write("changed", &bytes);
			refused(groth16(&paths[0], &paths[1], &paths[2]));
		}
	}
}

#[test]
fn files_of_the_wrong_kind_are_refused_with_their_name() {
	let [key, proof, publics] = json();
	for (checked, name) in [
		(groth16(&proof, &proof, &publics), "the key"),
		(groth16(&key, &key, &publics), "the proof"),
		(groth16(&key, &proof, &key), "the public inputs"),
	] {
		assert!(refused(checked).starts_with(name), "{name}");
	}
}

fn ezkl(key: &str, proof: &str, publics: &str, srs: &str) -> Checked {
	check(&["--kind", "ezkl", "--key", key, "--proof", proof, "--publics", publics, "--srs", srs])
}

#[test]
fn what_ezkl_wrote_holds_under_its_srs_and_no_other() {
	let (key, proof) = (shown(EZKL, "mlp.vka.bin"), shown(EZKL, "mlp.proof.json"));
	let holds = ezkl(&key, &proof, &proof, &development_srs());
	assert_eq!((fact(&holds, "publics"), fact(&holds, "hashes")), (11.into(), 1.into()));
	assert_eq!(fact(&holds, "srs"), development_srs());
	let pinned = check(&["--kind", "ezkl", "--key", &key, "--proof", &proof, "--publics", &proof]);
	let why = refused(pinned);
	assert!(why.contains("another structured reference string") && why.contains(&development_srs()), "{why}");
}

#[test]
fn a_key_of_ezkls_is_taken_with_and_without_its_count_and_a_proof_as_bytes() {
	let own = units::hex_of(&std::fs::read(vector(ADDITION, "vka.bin")).unwrap()[0x280..0x300]);
	let at = |name| shown(ADDITION, name);
	let (proof, raw, instances) = (at("proof.json"), at("pf.bin"), at("inst.bin"));
	let holds = ezkl(&at("vka"), &proof, &proof, &own);
	assert_eq!(fact(&holds, "rows"), "2^8");
	assert_eq!(ezkl(&at("vka.bin"), &raw, &instances, &own), holds);
	assert_eq!(ezkl(&at("vka.bin"), &proof, &instances, &own), holds);
}

#[test]
fn a_changed_file_of_ezkls_is_refused_with_its_name() {
	let files = Files::new();
	let own = units::hex_of(&std::fs::read(vector(ADDITION, "vka.bin")).unwrap()[0x280..0x300]);
	let at = |name| shown(ADDITION, name);
	let (key, proof, instances) = (at("vka.bin"), at("pf.bin"), at("inst.bin"));
	let why = refused(ezkl(&key, &files.flipped(&proof), &instances, &own));
	assert!(why.contains("proof"), "{why}");
	assert!(refused(ezkl(&proof, &proof, &instances, &own)).starts_with("the key: "));
	assert!(refused(ezkl(&key, &files.write("json", b"{}"), &instances, &own)).starts_with("the proof: "));
	assert!(refused(ezkl(&key, &proof, &files.write("odd", &[0; 33]), &own)).starts_with("the public inputs: "));
	refused(ezkl(&key, &proof, &files.flipped(&instances), &own));
}

#[test]
fn a_pin_that_is_none_is_a_matter_of_usage() {
	let (key, proof) = (shown(EZKL, "mlp.vka.bin"), shown(EZKL, "mlp.proof.json"));
	for srs in ["xyz", "00", &"00".repeat(128)] {
		assert!(misused(ezkl(&key, &proof, &proof, srs)).contains("--srs"), "{srs}");
	}
}

fn snp(more: &[&str]) -> Checked {
	let (proof, vcek) = (shown(SNP, "milan-report.bin"), shown(SNP, "milan-vcek.der"));
	check(&[&["--kind", "snp", "--proof", &proof, "--certificates", &vcek, "--at", AT], more].concat())
}

#[test]
fn a_report_of_amd_finds_its_issuer_and_says_what_governance_needs() {
	let holds = snp(&[]);
	assert!(fact(&holds, "measurement").as_str().unwrap().starts_with("0x7a1e5c26"));
	let tcb = fact(&holds, "tcb");
	assert_eq!((&tcb["microcode"], &tcb["bootLoader"], &tcb["fmc"]), (&115.into(), &3.into(), &Value::Null));
	assert_eq!(fact(&holds, "key ids").as_array().unwrap().len(), 2);
	assert_eq!(fact(&holds, "valid until"), "2030-04-03T19:23:43Z");
	let anchors = "pallets/verifiers/snp/anchors";
	assert_eq!(snp(&["--key", &shown(anchors, "ask-milan.der")]), holds);
	assert!(refused(snp(&["--key", &shown(anchors, "ask-genoa.der")])).contains("names another issuer"));
	assert!(refused(snp(&["--key", &shown(SNP, "milan-vcek.der")])).starts_with("the issuer: "));
}

#[test]
fn a_report_of_another_maker_or_time_is_refused() {
	let sample = "pallets/verifiers/snp/sample";
	let (report, vcek) = (shown(sample, "report.bin"), shown(sample, "vcek.der"));
	let ours = ["--kind", "snp", "--proof", &report, "--certificates", &vcek, "--at", "1800000000"];
	assert!(refused(check(&ours)).contains("none of AMD's issuers: Milan, Genoa, Turin"));
	let anchor = shown(sample, "anchor.der");
	assert!(check(&[&ours[..], &["--key", &anchor]].concat()).is_ok());

	let files = Files::new();
	let vcek = shown(SNP, "milan-vcek.der");
	let changed = files.flipped(&shown(SNP, "milan-report.bin"));
	let real = shown(SNP, "milan-report.bin");
	refused(check(&["--kind", "snp", "--proof", &changed, "--certificates", &vcek, "--at", AT]));
	assert!(refused(check(&["--kind", "snp", "--proof", &real, "--certificates", &vcek, "--at", "1"]))
		.contains("not valid yet"));
}

#[test]
fn two_certificates_where_one_belongs_are_a_matter_of_usage() {
	let vcek = shown(SNP, "milan-vcek.der");
	let proof = shown(SNP, "milan-report.bin");
	let why = misused(check(&["--kind", "snp", "--proof", &proof, "--certificates", &vcek, &vcek]));
	assert!(why.contains("2 were given"), "{why}");
	let files = Files::new();
	let two = files.write("two", &std::fs::read(&vcek).unwrap().repeat(2));
	assert!(misused(snp(&["--key", &two])).contains("2 certificates, not one"));
	assert!(misused(snp(&["--key", &files.write("none", b"")])).contains("0 certificates, not one"));
}

fn tdx(quote: &str, collateral: &str, more: &[&str]) -> Checked {
	check(&[&["--kind", "tdx", "--proof", quote, "--collateral", collateral], more].concat())
}

#[test]
fn a_quote_of_intel_holds_in_the_buffer_that_it_came_in() {
	let (quote, collateral) = (shown(TDX, "tdx_quote"), shown(TDX, "tdx_quote_collateral.json"));
	let holds = tdx(&quote, &collateral, &["--at", TDX_AT]);
	assert_eq!((fact(&holds, "status"), fact(&holds, "fmspc")), ("UpToDate".into(), "0xb0c06f000000".into()));
	assert_eq!(fact(&holds, "valid until"), "2025-07-19T10:00:35Z");
	assert_eq!(fact(&holds, "image").as_str().unwrap().len(), 66);
	let root = shown("pallets/verifiers/tdx/anchors", "intel_sgx_root_ca.der");
	assert_eq!(tdx(&quote, &collateral, &["--at", TDX_AT, "--key", &root]), holds);
	// Collateral ends.
	assert!(refused(tdx(&quote, &collateral, &[])).contains("has expired"));
}

#[test]
fn collateral_in_the_chains_encoding_is_read_and_another_root_is_refused() {
	let samples = "pallets/verifiers/tdx/samples";
	let [quote, collateral, root] = ["quote.bin", "collateral.bin", "root.der"].map(|name| shown(samples, name));
	let at = ["--at", "1750001000"];
	assert!(tdx(&quote, &collateral, &[&at[..], &["--key", &root]].concat()).is_ok());
	refused(tdx(&quote, &collateral, &at));
	let files = Files::new();
	assert!(refused(tdx(&quote, &files.write("empty", b"{}"), &at)).starts_with("the collateral: "));
	refused(tdx(&quote, &files.write("none", b""), &at));
	refused(tdx(&files.write("none", b""), &shown(TDX, "tdx_quote_collateral.json"), &["--at", TDX_AT]));
	assert!(refused(tdx(&quote, &collateral, &["--key", &quote])).contains("quote.bin"));
}

const CHAIN: [&str; 4] = ["hopper-leaf.der", "hopper-chip.der", "hopper-provisioner.der", "hopper-identity.der"];

fn nvidia(chain: &[String], nonce: &str, more: &[&str]) -> Checked {
	let report = shown(NVIDIA, "hopper-report.bin");
	let mut words = vec!["--kind", "nvidia", "--proof", &report, "--nonce", nonce, "--at", AT, "--certificates"];
	words.extend(chain.iter().map(String::as_str));
	words.extend(more);
	check(&words)
}

fn nonce() -> String {
	units::hex_of(&std::fs::read(vector(NVIDIA, "hopper-report.bin")).unwrap()[4..36])
}

#[test]
fn a_report_of_nvidia_holds_with_its_chain_in_each_form_and_with_the_root_in_it() {
	let chain = CHAIN.map(|name| shown(NVIDIA, name));
	let holds = nvidia(&chain, &nonce(), &[]);
	assert_eq!(fact(&holds, "driver version"), "550.90.07");
	assert_eq!(fact(&holds, "vbios version"), "96.00.9F.00.01");
	assert_eq!(fact(&holds, "key ids").as_array().unwrap().len(), 5);
	assert!(holds.as_ref().unwrap().words.contains("Alone it says nothing of any program"));

	let files = Files::new();
	let mut ders = chain.clone().map(|path| std::fs::read(path).unwrap()).to_vec();
	let in_one = files.write("chain.der", &ders.concat());
	assert_eq!(nvidia(&[in_one], &nonce(), &[]), holds);
	let root = shown("pallets/verifiers/nvidia/anchors", "device-identity-ca.der");
	ders.push(std::fs::read(&root).unwrap());
	let pem = |der: &Vec<u8>| der::pem::encode_string("CERTIFICATE", der::pem::LineEnding::LF, der).unwrap();
	let text = files.write("chain.pem", ders.iter().map(pem).collect::<String>().as_bytes());
	assert_eq!(nvidia(&[text], &nonce(), &["--key", &root]), holds);
}

#[test]
fn another_nonce_chain_or_root_is_refused() {
	let chain = CHAIN.map(|name| shown(NVIDIA, name));
	assert!(refused(nvidia(&chain, &"00".repeat(32), &[])).contains("the nonce is another"));
	assert!(refused(nvidia(&chain[..3], &nonce(), &[])).starts_with("the chain: "));
	let ours = shown("pallets/verifiers/nvidia/sample", "root.der");
	assert!(refused(nvidia(&chain, &nonce(), &["--key", &ours])).starts_with("the chain: "));
	assert!(misused(nvidia(&chain, "00", &[])).contains("--nonce takes 32 bytes"));
	let files = Files::new();
	let torn = files.write("torn", b"-----BEGIN CERTIFICATE-----\nMII\n");
	assert!(refused(nvidia(&[torn], &nonce(), &[])).contains("torn"));
	assert!(misused(nvidia(&[files.write("empty", b"")], &nonce(), &[])).contains("no certificate"));
}

#[test]
fn each_kind_says_what_it_needs_and_takes_nothing_else() {
	let needs = |kind: &str, more: &[&str]| misused(check(&[&["--kind", kind, "--proof", "p"], more].concat()));
	for (kind, given, missing) in [
		("groth16", &[][..], "key"),
		("groth16", &["--key", "k"], "publics"),
		("ezkl", &["--publics", "p"], "key"),
		("ezkl", &["--key", "k"], "publics"),
		("snp", &[], "certificates"),
		("tdx", &[], "collateral"),
		("nvidia", &["--certificates", "c"], "nonce"),
		("nvidia", &["--nonce", "00"], "certificates"),
	] {
		assert_eq!(needs(kind, given), format!("--kind {kind} needs --{missing}"));
	}
	for (kind, option) in [
		("groth16", "srs"),
		("groth16", "at"),
		("ezkl", "certificates"),
		("snp", "publics"),
		("snp", "nonce"),
		("tdx", "certificates"),
		("nvidia", "collateral"),
	] {
		let flag = format!("--{option}");
		assert_eq!(needs(kind, &[&flag, "1"]), format!("--kind {kind} takes no --{option}"));
	}
}

#[test]
fn a_file_that_is_not_there_is_a_matter_of_usage() {
	let none = "/nowhere/at/all";
	assert!(misused(groth16(none, none, none)).contains(none));
	assert!(misused(tdx(none, none, &[])).contains(none));
}

#[test]
fn exit_codes_are_as_promised() {
	let [key, proof, publics] = json();
	let code = |proof: &str| {
		let words = ["--kind", "groth16", "--key", &key, "--proof", proof, "--publics", &publics];
		[true, false].map(|as_json| format!("{:?}", execute(&options(&words), as_json)))
	};
	for (proof, expected) in [(proof.as_str(), 0), (&key, 1), ("none", 2)] {
		assert_eq!(code(proof), [0, 0].map(|_| format!("{:?}", ExitCode::from(expected))), "{proof}");
	}
}

#[test]
fn the_key_to_check_with_is_read_beside_the_one_that_signs() {
	let options = options(&["--kind", "groth16", "--key", "vk", "--proof", "proof", "--publics", "publics"]);
	assert_eq!((options.key.as_deref(), options.proof.as_path()), (Some("vk"), Path::new("proof")));
}

#[test]
fn facts_are_one_under_the_other_for_people_and_named_as_programs_name_them() {
	let holds = Holds {
		words: "w".into(),
		facts: vec![
			("report data", "0x00".into()),
			("keys", Value::from_iter(["a", "b"])),
			("none", Value::Array(vec![])),
		],
	};
	assert_eq!(holds.text(), "Holds: w\nreport data  0x00\nkeys         a\n             b");
	assert_eq!((camel("report data").as_str(), camel("tcb").as_str()), ("reportData", "tcb"));
}
