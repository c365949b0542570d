//! Keys of any size from multiples of the generators. A proof that is well-formed and false runs the same operations as a
//! true one, so none has to be made. Evidence about hardware is what the verifiers' test PKIs signed, byte for byte: it
//! commits to nothing here, so that it is checked apart from what keeps a session.

use alloc::{vec, vec::Vec};
use ark_bn254::{Fr, G1Affine, G2Affine};
use ark_ec::{AffineRepr, CurveGroup};
use ark_serialize::CanonicalSerialize;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{EnsureOrigin, Get},
	BoundedVec,
};
use frame_system::RawOrigin;
use sp_core::H256;
use vektor_primitives::{
	hash,
	traits::{EvidenceVerifier, KeyStore, OperatorRegistry, OperatorSink},
	Evidence, EvidenceError, JobId, KeySetup, ModelId, OperatorId, PublicSlot, SessionKeys, Statement, Verification,
	MAX_OUTPUTS,
};
use vektor_verifier_ezkl::{synthetic, PERPETUAL_POWERS_OF_TAU};
use vektor_verifier_groth16::WORST_PUBLIC;

use crate::{
	Anchors, Bytes, Call, Ceremonies, CollateralOf, Config, Devices, Error, Floor, GpuEvidence, Image, Keys, Pallet,
	Quote, Revoked, Root, Session, SessionKey, Sessions, Srs, SrsTrust, StoredKey, TrustVersion, MAX_GPUS,
};

fn g1(n: u64) -> G1Affine {
	(G1Affine::generator() * Fr::from(n)).into_affine()
}

fn g2(n: u64) -> G2Affine {
	(G2Affine::generator() * Fr::from(n)).into_affine()
}

fn compressed<S: CanonicalSerialize>(values: &[S]) -> Vec<u8> {
	let mut bytes = vec![];
	values.iter().for_each(|value| value.serialize_compressed(&mut bytes).unwrap());
	bytes
}

/// A key for `n` public inputs, compressed: its points cost square roots to read.
pub fn key(n: u32) -> Verification {
	let ic: Vec<G1Affine> = (0..=u64::from(n)).map(|i| g1(i + 7)).collect();
	let bytes = [compressed(&[g1(2)]), compressed(&[g2(3), g2(4), g2(5)]), compressed(&[ic])].concat();
	let layout = vec![PublicSlot::Commitment, PublicSlot::Binding, PublicSlot::Outputs((n - 2) as u8)];
	Verification::Groth16 {
		key: BoundedVec::truncate_from(bytes),
		layout: BoundedVec::truncate_from(layout),
		setup: KeySetup::SingleParty,
	}
}

/// A well-formed proof that does not hold.
pub fn proof() -> Evidence {
	Evidence::Groth16(BoundedVec::truncate_from(
		[compressed(&[g1(11)]), compressed(&[g2(12)]), compressed(&[g1(13)])].concat(),
	))
}

fn statement(n: u32) -> Statement {
	Statement {
		genesis: H256::zero(),
		job: JobId::default(),
		operator: OperatorId::default(),
		model: ModelId::default(),
		commitment: H256(WORST_PUBLIC),
		outputs: BoundedVec::truncate_from(vec![WORST_PUBLIC; (n - 2) as usize]),
	}
}

/// What the clock does for benchmarks.
pub trait BenchmarkHelper {
	/// Makes it this time, in Unix seconds.
	fn set_time(seconds: u64);
}

/// When the samples of SNP and NVIDIA hold.
const HARDWARE_TIME: u64 = 1_800_000_000;
/// When that of TDX holds.
const TDX_TIME: u64 = 1_750_100_000;
/// What the GPU of the sample was asked.
const NONCE: [u8; 32] = [5; 32];

const AMD_ROOT: &[u8] = include_bytes!("../../verifiers/snp/sample/anchor.der");
const VCEK: &[u8] = include_bytes!("../../verifiers/snp/sample/vcek.der");
const SNP_REPORT: &[u8] = include_bytes!("../../verifiers/snp/sample/report.bin");
const INTEL_ROOT: &[u8] = include_bytes!("../../verifiers/tdx/samples/root.der");
const COLLATERAL: &[u8] = include_bytes!("../../verifiers/tdx/samples/collateral.bin");
const TDX_QUOTE: &[u8] = include_bytes!("../../verifiers/tdx/samples/quote.bin");
const NVIDIA_ROOT: &[u8] = include_bytes!("../../verifiers/nvidia/sample/root.der");
const NVIDIA_CHAIN: [&[u8]; 2] = [
	include_bytes!("../../verifiers/nvidia/sample/model.der"),
	include_bytes!("../../verifiers/nvidia/sample/chip.der"),
];
const GPU_LEAF: &[u8] = include_bytes!("../../verifiers/nvidia/sample/leaf.der");
const GPU_REPORT: &[u8] = include_bytes!("../../verifiers/nvidia/sample/report.bin");

fn bytes<const N: u32>(bytes: &[u8]) -> Bytes<N> {
	BoundedVec::truncate_from(bytes.to_vec())
}

/// Believes a root and says its id.
fn believe<T: Config>(root: Root) -> H256 {
	let id = hash(&root);
	Pallet::<T>::do_trust_root(root, true).unwrap();
	id
}

/// The lowest floor of SEV-SNP.
const SNP_FLOOR: Floor = Floor::Snp { fmc: None, boot_loader: 0, tee: 0, snp: 0, microcode: 0 };

/// A session with so many devices, which are another's than those of other numbers.
fn session(number: u32, devices: u32) -> Session {
	let devices = (0..devices).map(|n| hash(&(number, n))).collect::<Vec<_>>();
	let keys = SessionKeys { signing: H256::zero(), sealing: H256::zero() };
	Session { keys, devices: BoundedVec::truncate_from(devices), until: u64::MAX, trust: 0 }
}

/// As many sessions of an operator as may be, each with as many devices.
fn attest_all<T: Config>(operator: OperatorId) {
	for number in 0..T::MaxSessions::get() {
		Pallet::<T>::keep(operator, hash(&number), session(number, MAX_GPUS)).unwrap();
	}
}

/// A registered ezkl model, with a statement of so many outputs and a proof that is well-formed and false.
fn ezkl_model<T: Config>((words, srs): (Vec<u8>, [u8; 128]), outputs: u32) -> (Statement, Vec<u8>) {
	Pallet::<T>::do_trust_srs(srs, Some(SrsTrust::Development)).unwrap();
	let key = BoundedVec::truncate_from(words.clone());
	let checked = Pallet::<T>::check(&Verification::Ezkl { key, settings: H256::zero() }).unwrap();
	Pallet::<T>::put(&ModelId::default(), checked.key);
	let outputs = BoundedVec::truncate_from(vec![[1; 32]; outputs as usize]);
	(Statement { commitment: H256::zero(), outputs, ..statement(3) }, synthetic::proof(&words))
}

fn gpu<T: Config>() -> GpuEvidence {
	T::BenchmarkHelper::set_time(HARDWARE_TIME);
	GpuEvidence {
		root: believe::<T>(Root::Nvidia(bytes(NVIDIA_ROOT))),
		report: bytes(GPU_REPORT),
		leaf: bytes(GPU_LEAF),
		intermediates: BoundedVec::truncate_from(NVIDIA_CHAIN.map(bytes).to_vec()),
	}
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn verify_ezkl(p: Linear<30, 256>, o: Linear<518, 4_096>, i: Linear<2, 256>) {
		let (statement, proof) = ezkl_model::<T>(synthetic::key(p, i, o), i - 1);
		let proof = Evidence::Ezkl(BoundedVec::truncate_from(proof));
		let result;
		#[block]
		{
			result = <Pallet<T> as EvidenceVerifier>::verify(&statement, &proof);
		}
		assert_eq!(result.unwrap_err().why, EvidenceError::DoesNotHold);
	}

	#[benchmark]
	fn refuse_ezkl() {
		let (statement, mut proof) = ezkl_model::<T>(synthetic::longest_key(), MAX_OUTPUTS);
		// Found last: the last point is off the curve.
		*proof.last_mut().unwrap() ^= 1;
		let proof = Evidence::Ezkl(BoundedVec::truncate_from(proof));
		let result;
		#[block]
		{
			result = <Pallet<T> as EvidenceVerifier>::verify(&statement, &proof);
		}
		assert_eq!(result.unwrap_err().why, EvidenceError::NotOnCurve);
	}

	#[benchmark]
	fn store_ezkl() {
		let (words, srs) = synthetic::longest_key();
		Pallet::<T>::do_trust_srs(srs, Some(SrsTrust::Development)).unwrap();
		let verification = Verification::Ezkl { key: BoundedVec::truncate_from(words), settings: H256::zero() };
		#[block]
		{
			Pallet::<T>::put(&ModelId::default(), Pallet::<T>::check(&verification).unwrap().key);
		}
		assert!(Keys::<T>::contains_key(ModelId::default()));
	}

	#[benchmark]
	fn check_snp() {
		T::BenchmarkHelper::set_time(HARDWARE_TIME);
		let root = believe::<T>(Root::Amd(bytes(AMD_ROOT)));
		Pallet::<T>::do_allow_image(Image::Snp([2; 48]), Some(SNP_FLOOR)).unwrap();
		let quote = Quote::Snp { root, report: bytes(SNP_REPORT), vcek: bytes(VCEK) };
		let checked;
		#[block]
		{
			checked = Pallet::<T>::check_quote(&quote, HARDWARE_TIME);
		}
		assert!(checked.is_ok());
	}

	#[benchmark]
	fn check_tdx() {
		T::BenchmarkHelper::set_time(TDX_TIME);
		let root = believe::<T>(Root::Intel(bytes(INTEL_ROOT)));
		Pallet::<T>::do_post_collateral(root, bytes(COLLATERAL)).unwrap();
		let family = CollateralOf::<T>::iter_keys().next().unwrap();
		let quote = Quote::Tdx { family, quote: bytes(TDX_QUOTE) };
		let checked;
		#[block]
		{
			checked = Pallet::<T>::check_quote(&quote, TDX_TIME);
		}
		// Found last: the image is not allowed.
		assert!(matches!(checked, Err(Error::UnknownImage)));
	}

	#[benchmark]
	fn check_gpu() {
		let gpu = gpu::<T>();
		// The authorities are known already.
		let _ = Pallet::<T>::check_gpu(&gpu, &NONCE, HARDWARE_TIME);
		let checked;
		#[block]
		{
			checked = Pallet::<T>::check_gpu(&gpu, &NONCE, HARDWARE_TIME);
		}
		assert!(matches!(checked, Err(Error::UnknownImage)));
	}

	#[benchmark]
	fn check_authority() {
		let mut gpu = gpu::<T>();
		gpu.intermediates.truncate(1);
		let checked;
		#[block]
		{
			checked = Pallet::<T>::gpu_issuer(&gpu, HARDWARE_TIME);
		}
		assert!(matches!(checked, Ok((_, 1))));
	}

	#[benchmark]
	fn keep_session(n: Linear<0, MAX_GPUS>) {
		let operator = T::Operators::for_benchmarks();
		// All but the new one have ended: each device of each is written once.
		attest_all::<T>(operator);
		TrustVersion::<T>::put(1);
		let replacing = Session { trust: 1, ..session(T::MaxSessions::get(), n) };
		#[block]
		{
			Pallet::<T>::keep(operator, hash(&0u32), replacing).unwrap();
		}
		assert_eq!(Devices::<T>::iter().count(), n as usize);
	}

	#[benchmark]
	fn forget_operator() {
		let operator = T::Operators::for_benchmarks();
		attest_all::<T>(operator);
		assert_eq!(Devices::<T>::iter().count() as u32, T::MaxSessions::get() * MAX_GPUS);
		#[block]
		{
			<Pallet<T> as OperatorSink>::gone(&operator);
		}
		assert_eq!((Sessions::<T>::iter().count(), Devices::<T>::iter().count()), (0, 0));
	}

	#[benchmark]
	fn verify_session() {
		let (operator, image) = (OperatorId::default(), H256::zero());
		Pallet::<T>::keep(operator, image, session(0, MAX_GPUS)).unwrap();
		Keys::<T>::insert(ModelId::default(), StoredKey::Session(SessionKey { image, outputs: 126 }));
		// A signature that does not hold costs what one that does.
		let (statement, signature) = (statement(128), Evidence::SessionSignature([1; 64]));
		let result;
		#[block]
		{
			result = <Pallet<T> as EvidenceVerifier>::verify(&statement, &signature);
		}
		assert_eq!(result.unwrap_err().why, EvidenceError::DoesNotHold);
	}

	#[benchmark]
	fn store_session_key() {
		let image = Image::Snp([2; 48]);
		Pallet::<T>::do_allow_image(image, Some(SNP_FLOOR)).unwrap();
		let verification = Verification::Session { image: hash(&image), outputs: 1 };
		#[block]
		{
			Pallet::<T>::put(&ModelId::default(), Pallet::<T>::check(&verification).unwrap().key);
		}
		assert!(Keys::<T>::contains_key(ModelId::default()));
	}

	#[benchmark]
	fn post_collateral() {
		T::BenchmarkHelper::set_time(TDX_TIME);
		let root = believe::<T>(Root::Intel(bytes(INTEL_ROOT)));
		let caller: T::AccountId = whitelisted_caller();
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), root, bytes(COLLATERAL));
		assert_eq!(CollateralOf::<T>::iter().count(), 1);
	}

	#[benchmark]
	fn allow_image() {
		let image = Image::Snp([2; 48]);
		Pallet::<T>::do_allow_image(image, Some(SNP_FLOOR)).unwrap();
		let admin = T::AdminOrigin::try_successful_origin().unwrap();
		#[extrinsic_call]
		_(admin as T::RuntimeOrigin, image, Some(SNP_FLOOR));
		assert_eq!(TrustVersion::<T>::get(), 1);
	}

	#[benchmark]
	fn revoke_certificate() {
		let admin = T::AdminOrigin::try_successful_origin().unwrap();
		#[extrinsic_call]
		_(admin as T::RuntimeOrigin, H256::zero(), true);
		assert!(Revoked::<T>::contains_key(H256::zero()));
	}

	#[benchmark]
	fn trust_srs() {
		let admin = T::AdminOrigin::try_successful_origin().unwrap();
		#[extrinsic_call]
		_(admin as T::RuntimeOrigin, PERPETUAL_POWERS_OF_TAU, Some(SrsTrust::Public));
		assert!(Srs::<T>::iter().count() > 0);
	}

	#[benchmark]
	fn approve_ceremony() {
		let admin = T::AdminOrigin::try_successful_origin().unwrap();
		#[extrinsic_call]
		_(admin as T::RuntimeOrigin, H256::zero(), Some(H256::zero()));
		assert!(Ceremonies::<T>::contains_key(H256::zero()));
	}

	#[benchmark]
	fn trust_root() {
		let root = Root::Amd(bytes(AMD_ROOT));
		let admin = T::AdminOrigin::try_successful_origin().unwrap();
		#[extrinsic_call]
		_(admin as T::RuntimeOrigin, root.clone(), true);
		assert!(Anchors::<T>::contains_key(hash(&root)));
	}

	#[benchmark]
	fn refuse() {
		// Of what is refused before any curve operation, this is found last.
		Pallet::<T>::put(&ModelId::default(), Pallet::<T>::check(&key(128)).unwrap().key);
		let (statement, proof) = (statement(128), Evidence::Groth16(BoundedVec::truncate_from(vec![1])));
		let result;
		#[block]
		{
			result = Pallet::<T>::verify(&statement, &proof);
		}
		assert_eq!(result.unwrap_err().why, EvidenceError::ProofLength);
	}

	#[benchmark]
	fn verify_groth16(n: Linear<3, 128>) {
		Pallet::<T>::put(&ModelId::default(), Pallet::<T>::check(&key(n)).unwrap().key);
		let (statement, proof) = (statement(n), proof());
		let result;
		#[block]
		{
			result = <Pallet<T> as EvidenceVerifier>::verify(&statement, &proof);
		}
		assert_eq!(result.unwrap_err().why, EvidenceError::DoesNotHold);
	}

	#[benchmark]
	fn store_groth16(n: Linear<3, 128>) {
		let key = key(n);
		#[block]
		{
			Pallet::<T>::put(&ModelId::default(), Pallet::<T>::check(&key).unwrap().key);
		}
		assert!(Keys::<T>::contains_key(ModelId::default()));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
