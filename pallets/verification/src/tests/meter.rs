use frame_support::{dispatch::DispatchClass, traits::Get, weights::Weight};

use crate::mock::*;

type Weights = <Test as frame_system::Config>::BlockWeights;

fn weight(part: u64) -> Weight {
	Weight::from_parts(Verifier::evidence_limit() / part, 1_000)
}

#[test]
fn evidence_takes_its_share_of_a_block_and_no_more() {
	execute(|| {
		let limits: frame_system::limits::BlockWeights = Weights::get();
		let normal = limits.get(DispatchClass::Normal).max_total.unwrap();
		assert_eq!(Verifier::evidence_limit(), normal.ref_time() / 2);
		assert!(Verifier::reserve(weight(2)));
		assert!(Verifier::reserve(weight(2)));
		assert!(!Verifier::reserve(weight(4)));
		assert!(Verifier::reserve(Weight::zero()), "what is refused takes nothing");
	});
}

#[test]
fn what_was_not_used_is_there_for_others() {
	execute(|| {
		assert!(Verifier::reserve(weight(1)));
		assert!(!Verifier::reserve(weight(2)));
		Verifier::release(weight(2));
		assert!(Verifier::reserve(weight(2)));
	});
}

#[test]
fn each_block_begins_anew() {
	execute(|| {
		assert!(Verifier::reserve(weight(1)));
		System::set_block_number(System::block_number() + 1);
		assert!(Verifier::reserve(weight(1)));
		assert!(!Verifier::reserve(weight(2)));
	});
}
