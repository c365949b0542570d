use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;
use vektor_primitives::Ppm;

use crate::{mock::*, *};

#[test]
fn only_the_admin_sets_guards_pauses_and_resumes() {
	ExtBuilder::default().build_and_execute(|| {
		for origin in [RuntimeOrigin::signed(1), RuntimeOrigin::none()] {
			assert_noop!(Buyback::set_guards(origin.clone(), Guards::default()), BadOrigin);
			assert_noop!(Buyback::pause(origin.clone()), BadOrigin);
			assert_noop!(Buyback::resume(origin), BadOrigin);
		}
	});
}

#[test]
fn a_guard_out_of_its_range_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let good = Guards::default();
		for bad in [
			Guards { premium: Ppm(100_001), ..good },
			Guards { rise: Ppm(100_001), ..good },
			Guards { drop: Ppm(49_999), ..good },
			Guards { drop: Ppm(500_001), ..good },
			Guards { slippage: Ppm(100_001), ..good },
			Guards { rival: Ppm(950_001), ..good },
			Guards { daily: Ppm(0), ..good },
			Guards { daily: Ppm(500_001), ..good },
		] {
			assert_noop!(Buyback::set_guards(RuntimeOrigin::root(), bad), Error::<Test>::GuardsUnsound);
		}
		let other = Guards { premium: Ppm(0), rise: Ppm(100_000), drop: Ppm(50_000), ..good };
		assert_ok!(Buyback::set_guards(RuntimeOrigin::root(), other));
		assert_eq!(Limits::<Test>::get(), other);
	});
}

#[test]
fn what_is_paused_is_not_paused_again_and_what_runs_is_not_resumed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Buyback::resume(RuntimeOrigin::root()), Error::<Test>::NotPaused);
		assert_ok!(Buyback::pause(RuntimeOrigin::root()));
		assert_noop!(Buyback::pause(RuntimeOrigin::root()), Error::<Test>::AlreadyPaused);
		assert_ok!(Buyback::resume(RuntimeOrigin::root()));
		assert_eq!(our_events(), [Event::Paused { fault: Fault::Governed }, Event::Resumed]);
	});
}
