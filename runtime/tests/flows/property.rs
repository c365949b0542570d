//! Escrow in is settled or refunded, whatever happens to the jobs.

use super::*;
use proptest::prelude::*;

/// What happens to each job.
#[derive(Clone, Copy, Debug)]
enum Fate {
	Delivered,
	Tampered,
	Forgotten,
}

fn fate() -> impl Strategy<Value = Fate> {
	prop_oneof![Just(Fate::Delivered), Just(Fate::Tampered), Just(Fate::Forgotten)]
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(8))]

	#[test]
	fn what_enters_escrow_is_settled_or_refunded(fates in proptest::collection::vec((fate(), 0u32..4), 1..6)) {
		slice(|operator, model| {
			let before = usdc(&CLIENT.to_account_id());
			for (n, (fate, wait)) in fates.iter().enumerate() {
				let payload = payload(n);
				let job = job(model, operator, &payload);
				pass(*wait);
				let mut proved = match fate {
					Fate::Forgotten => continue,
					_ => prove(job, &payload),
				};
				if let Fate::Tampered = fate {
					proved.outputs[0] = [0; 32];
				}
				assert_ok!(dispatch(AGENT, delivery(job, proved.outputs, proved.proof)));
			}
			pass(DEADLINE + 5);
			let settled = fates.iter().filter(|(fate, _)| matches!(fate, Fate::Delivered)).count() as Balance * PRICE;
			let refunded = fates.len() as Balance * PRICE - settled;
			let book = pallet_jobs::Books::<Runtime>::get(usdc_asset());
			assert_eq!((book.taken, book.settled, book.refunded), (settled + refunded, settled, refunded));
			assert_eq!(usdc(&CLIENT.to_account_id()), before - settled);
			assert_eq!((jobs_pot(), usdc(&Revenue::pot())), (USDC_MINIMUM, USDC_MINIMUM + settled));
		});
	}
}
