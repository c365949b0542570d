use vektor_primitives::Balance;

use crate::{mock::*, *};

/// The treasury's table: nothing for 6 months, then evenly over 36.
const START: u32 = 6 * MONTH;
const END: u32 = 42 * MONTH;

/// What of the treasury's allocation has come free.
fn free(now: u32) -> Balance {
	STREAM * Balance::from(now.clamp(START, END) - START) / Balance::from(END - START)
}

fn paid() -> Vec<Balance> {
	let amount = |event| match event {
		Event::TreasuryPaid { amount } => Some(amount),
		_ => None,
	};
	our_events().into_iter().filter_map(amount).collect()
}

#[test]
fn nothing_comes_before_the_cliff() {
	ExtBuilder::default().build_and_execute(|| {
		while Now::get() < START {
			end_round();
		}
		assert_eq!(CurrentRound::<Test>::get().index, START / 10);
		assert_eq!(paid(), vec![]);
		assert_eq!(balance(&TreasuryAccount::get()), MIN);
		assert_eq!((balance(&Supply::stream_pot()), Streamed::<Test>::get()), (MIN + STREAM, 0));
	});
}

#[test]
fn each_round_pays_what_has_come_free_since_the_last() {
	ExtBuilder::default().build_and_execute(|| {
		CurrentRound::<Test>::put(Round { index: 59, began: START - 10, ends: START });
		end_round();
		for round in 1..=20 {
			let before = balance(&TreasuryAccount::get());
			end_round();
			let now = START + 10 * round;
			let due = free(now) - free(now - 10);
			assert_eq!(last_event(), Event::TreasuryPaid { amount: due }.into());
			assert_eq!(balance(&TreasuryAccount::get()), before + due);
			assert_eq!(Streamed::<Test>::get(), free(now));
			assert_eq!(balance(&Supply::stream_pot()), MIN + STREAM - free(now));
		}
		assert_eq!(paid().len(), 20);
		assert_eq!(Balances::total_issuance(), CAP);
	});
}

#[test]
fn nothing_is_paid_within_a_round() {
	ExtBuilder::default().build_and_execute(|| {
		CurrentRound::<Test>::put(Round { index: 59, began: START, ends: START + 10 });
		Now::set(START);
		pass(9);
		assert_eq!(paid(), vec![]);
		pass(1);
		assert_eq!(paid(), vec![free(START + 10)]);
	});
}

#[test]
fn in_the_end_the_treasury_has_all_to_the_last_unit() {
	ExtBuilder::default().build_and_execute(|| {
		while Now::get() < END - 10 {
			end_round();
		}
		assert!(balance(&TreasuryAccount::get()) < MIN + STREAM);
		end_round();
		assert_eq!(balance(&TreasuryAccount::get()), MIN + STREAM);
		assert_eq!((balance(&Supply::stream_pot()), Streamed::<Test>::get()), (MIN, STREAM));
		assert_eq!(paid().iter().sum::<Balance>(), STREAM);

		let payments = paid().len();
		for _ in 0..20 {
			end_round();
		}
		assert_eq!(paid().len(), payments);
		assert_eq!((balance(&Supply::stream_pot()), Streamed::<Test>::get()), (MIN, STREAM));
	});
}

#[test]
fn what_late_rounds_missed_is_paid_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		CurrentRound::<Test>::put(Round { index: 59, began: START, ends: START + 10 });
		Now::set(START + 45);
		pass(1);
		// The table goes by time, not by rounds: the first of the late ones pays everything.
		assert_eq!(paid(), vec![free(START + 46)]);
		pass(3);
		assert_eq!(CurrentRound::<Test>::get().ends, START + 50);
		assert_eq!(
			paid(),
			vec![
				free(START + 46),
				free(START + 47) - free(START + 46),
				free(START + 48) - free(START + 47),
				free(START + 49) - free(START + 48),
			]
		);
		assert_eq!(balance(&TreasuryAccount::get()), MIN + free(START + 49));
	});
}

#[test]
fn a_payment_that_fails_comes_with_the_next() {
	use frame_support::traits::{LockableCurrency, WithdrawReasons};
	ExtBuilder::default().build_and_execute(|| {
		CurrentRound::<Test>::put(Round { index: 59, began: START, ends: START + 10 });
		Balances::set_lock(*b"a lock..", &Supply::stream_pot(), MIN + STREAM, WithdrawReasons::all());
		end_round();
		assert_eq!((paid(), Streamed::<Test>::get()), (vec![], 0));
		Balances::remove_lock(*b"a lock..", &Supply::stream_pot());
		end_round();
		assert_eq!(paid(), vec![free(START + 20)]);
	});
}
