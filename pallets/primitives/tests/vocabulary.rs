//! The names and encodings that clients rely on.

use codec::Encode;
use frame_support::BoundedVec;
use proptest::prelude::*;
use sp_core::H256;
use vektor_primitives::*;

fn statement(seed: u8) -> Statement {
	Statement {
		genesis: H256::repeat_byte(seed),
		job: JobId(H256::repeat_byte(seed.wrapping_add(1))),
		operator: OperatorId(H256::repeat_byte(seed.wrapping_add(2))),
		model: ModelId(H256::repeat_byte(seed.wrapping_add(3))),
		commitment: H256::repeat_byte(7),
		outputs: BoundedVec::truncate_from(vec![[1; 32], [2; 32]]),
	}
}

#[test]
fn a_binding_changes_with_each_of_its_parts() {
	let base = statement(1);
	let mut others = vec![base.clone(); 4];
	others[0].genesis = H256::zero();
	others[1].job = JobId::default();
	others[2].operator = OperatorId::default();
	others[3].model = ModelId::default();
	for other in others {
		assert_ne!(other.binding(), base.binding());
	}
}

#[test]
fn a_binding_does_not_depend_on_what_is_proved() {
	let base = statement(1);
	let mut other = base.clone();
	other.commitment = H256::zero();
	other.outputs = BoundedVec::default();
	assert_eq!(other.binding(), base.binding());
}

#[test]
fn publics_follow_the_layout() {
	let statement = statement(1);
	let publics = statement.publics(&[PublicSlot::Binding, PublicSlot::Commitment, PublicSlot::Outputs(2)]);
	assert_eq!(publics, vec![statement.binding(), [7; 32], [1; 32], [2; 32]]);
}

#[test]
fn a_layout_names_each_part_exactly_once() {
	use PublicSlot::*;
	assert_eq!(layout_counts(&[Commitment, Binding, Outputs(10)]), Ok((12, 10)));
	assert_eq!(layout_counts(&[Outputs(126), Binding, Commitment]), Ok((128, 126)));
	for layout in [
		vec![],
		vec![Commitment, Outputs(1)],
		vec![Binding, Outputs(1)],
		vec![Commitment, Binding],
		vec![Commitment, Commitment, Binding, Outputs(1)],
		vec![Commitment, Binding, Binding, Outputs(1)],
		vec![Commitment, Binding, Outputs(1), Outputs(1)],
	] {
		assert_eq!(layout_counts(&layout), Err(LayoutError::NotExactlyOnce), "{layout:?}");
	}
	for outputs in [0, 127, 255] {
		assert_eq!(layout_counts(&[Commitment, Binding, Outputs(outputs)]), Err(LayoutError::Outputs));
	}
}

#[test]
fn ids_differ_by_owner_and_by_count() {
	let genesis = H256::repeat_byte(9);
	let id = OperatorId::derive(&genesis, &1u64, 0);
	assert_ne!(id, OperatorId::derive(&genesis, &1u64, 1));
	assert_ne!(id, OperatorId::derive(&genesis, &2u64, 0));
	assert_ne!(id, OperatorId::derive(&H256::zero(), &1u64, 0));
	let job = JobId::derive(&genesis, &1u64, 0, &H256::zero());
	assert_ne!(job, JobId::derive(&genesis, &1u64, 0, &genesis));
	assert_ne!(job.0, id.0);
}

#[test]
fn codec_indices_are_fixed() {
	assert_eq!(Evidence::Groth16(BoundedVec::default()).encode(), vec![0, 0]);
	assert_eq!(Asset::Native.encode(), vec![0]);
	assert_eq!(Asset::WithId(USDC).encode(), vec![1, 1, 0, 0, 0]);
	assert_eq!(PublicSlot::Outputs(10).encode(), vec![2, 10]);
	assert_eq!(OperatorStatus::Blacklisted.encode(), vec![4]);
	assert_eq!(WorkRef::Job(JobId::default()).encode()[0], 0);
}

proptest! {
	#[test]
	fn a_binding_is_always_a_canonical_field_element(a: [u8; 32], b: [u8; 32], c: [u8; 32], d: [u8; 32]) {
		let bytes = binding(&H256(a), &JobId(H256(b)), &OperatorId(H256(c)), &ModelId(H256(d)));
		prop_assert_eq!(bytes[0], 0);
	}
}
