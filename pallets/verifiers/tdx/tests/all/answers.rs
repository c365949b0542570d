//! Intel's answers, as collateral.

use vektor_verifier_tdx::{
	pcs::{AnswerError, Answers},
	test_pki::{Intel, Platform},
	Error, Part,
};

fn pem(der: &[u8]) -> String {
	der::pem::encode_string("CERTIFICATE", der::pem::LineEnding::LF, der).unwrap()
}

fn collateral(change: impl FnOnce(&mut Answers)) -> Result<Vec<u8>, AnswerError> {
	let parts = Intel::default().parts(&Platform::default());
	let (pck_ca, signer) = (pem(&parts.pck_ca), pem(&parts.tcb_signer));
	let tcb_info =
		format!(r#"{{"tcbInfo":{},"signature":"{}"}}"#, parts.tcb_info, hex::encode(parts.tcb_info_signature));
	let qe_identity = format!(
		r#"{{"enclaveIdentity" : {}, "signature" : "{}"}}"#,
		parts.qe_identity,
		hex::encode_upper(parts.qe_identity_signature)
	);
	// As in the header of an answer.
	let percent = signer.replace(' ', "%20").replace('\n', "%0A").replace('+', "%2B").replace('=', "%3d");
	let mut answers = Answers {
		pck_crl: &parts.pck_crl,
		pck_crl_chain: &pck_ca,
		root_crl: &parts.root_crl,
		tcb_info: &tcb_info,
		tcb_info_chain: &percent,
		qe_identity: &qe_identity,
		qe_identity_chain: &signer,
	};
	change(&mut answers);
	answers.collateral()
}

#[test]
fn answers_become_the_same_collateral() {
	assert_eq!(collateral(|_| ()), Ok(Intel::default().collateral(&Platform::default())));
}

#[test]
fn answers_that_are_none_are_refused() {
	for text in ["", "{}", "[]", r#"{"tcbInfo":{},"signature":"00"}"#, r#"{"tcbInfo":{}}"#] {
		assert_eq!(collateral(|answers| answers.tcb_info = text), Err(AnswerError::Document(Part::TcbInfo)));
		assert_eq!(collateral(|answers| answers.qe_identity = text), Err(AnswerError::Document(Part::QeIdentity)));
	}
	for text in [
		"",
		"%",
		"%2",
		"%zz",
		"-----BEGIN CERTIFICATE-----\n",
		"-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----\n",
	] {
		assert_eq!(collateral(|answers| answers.pck_crl_chain = text), Err(AnswerError::Chain(Part::PckCrl)));
		assert_eq!(collateral(|answers| answers.tcb_info_chain = text), Err(AnswerError::Chain(Part::TcbInfo)));
		assert_eq!(collateral(|answers| answers.qe_identity_chain = text), Err(AnswerError::Chain(Part::QeIdentity)));
	}
	let long = vec![0; 0x1_0000];
	let refused = collateral(|answers| answers.pck_crl = Box::leak(long.into_boxed_slice()));
	assert_eq!(refused, Err(AnswerError::Collateral(Error::CollateralTooLong)));
}
