//! What happens when nobody delivers, and when nobody can.

use super::*;

#[test]
fn after_the_deadline_nothing_is_paid_and_everything_returns() {
	slice(|operator, model| {
		let payload = payload(6);
		let before = usdc(&CLIENT.to_account_id());
		// The chain judges from its first window on.
		pass(3);
		let job = job(model, operator, &payload);
		let proved = prove(job, &payload);
		let call = delivery(job, proved.outputs, proved.proof);
		let now = Jobs::now();
		assert_eq!(
			error(dispatch(Alice, pallet_jobs::Call::expire { job })),
			pallet_jobs::Error::<Runtime>::NotExpired.into()
		);
		while Jobs::now() <= now + DEADLINE {
			assert_eq!(state(job), JobState::Open);
			pass(1);
		}
		assert_eq!(error(dispatch(AGENT, call)), pallet_jobs::Error::<Runtime>::DeadlinePassed.into());
		assert_ok!(dispatch(Alice, pallet_jobs::Call::expire { job }));
		assert_eq!(state(job), JobState::Refunded);
		assert_eq!(usdc(&CLIENT.to_account_id()), before, "the refund is exact");
		assert_eq!((jobs_pot(), usdc(&Revenue::pot())), (USDC_MINIMUM, USDC_MINIMUM));
		assert_eq!(pallet_operators::Tallies::<Runtime>::get(operator).missed, 1);
	});
}

#[test]
fn the_chain_refunds_by_itself() {
	slice(|operator, model| {
		let before = usdc(&CLIENT.to_account_id());
		let job = job(model, operator, &payload(6));
		pass(DEADLINE + 5);
		assert_eq!(state(job), JobState::Refunded);
		assert_eq!(usdc(&CLIENT.to_account_id()), before);
	});
}

#[test]
fn no_deadline_passes_while_the_chain_is_held() {
	slice(|operator, model| {
		let payload = payload(7);
		let job = job(model, operator, &payload);
		pass(1);
		assert_ok!(root(pallet_safe_mode::Call::force_enter {}));
		let now = Jobs::now();
		pass(DEADLINE + 5);
		assert_eq!(Jobs::now(), now);
		assert_ok!(root(pallet_safe_mode::Call::force_exit {}));
		let name = (bounded("Jobs"), bounded("deliver"));
		assert_ok!(root(pallet_tx_pause::Call::pause { full_name: name.clone() }));
		pass(DEADLINE + 5);
		assert_eq!(Jobs::now(), now);
		assert_ok!(root(pallet_tx_pause::Call::unpause { ident: name }));
		// A stall adds nothing either.
		let slot = *pallet_babe::CurrentSlot::<Runtime>::get();
		end();
		begin_at(slot + 3_600);
		assert_eq!(Jobs::now(), now);
		assert_eq!(state(job), JobState::Open);
		let proved = prove(job, &payload);
		assert_ok!(dispatch(AGENT, delivery(job, proved.outputs, proved.proof)));
		assert_eq!(state(job), JobState::Settled);
	});
}
