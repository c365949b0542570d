//! Accusations, what they set aside, what becomes of them, and who is barred.

use frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight};
use sp_runtime::{BuildStorage, DispatchError::BadOrigin, DispatchResult};
use vektor_primitives::{
	traits::{Discipline, LiveTime, OperatorRegistry, Slashes},
	Asset, Balance, CaseId, Loss, Offence, OperatorId, OperatorStatus, Ppm, Usd, USDC, VKTR,
};

use crate::{mock::*, *};

const VICTIM: AccountId = 2;
const CHALLENGER: AccountId = 3;
/// Nobody has it, and it is under nobody.
const NOBODY: AccountId = 60;

fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

fn lost(victim: AccountId, usd: u128) -> Option<Loss<AccountId>> {
	Some(Loss { victim, value: Usd(usd) })
}

fn report(operator: OperatorId, offence: Offence, number: u64) -> DispatchResult {
	Registry::report_offence(root(), operator, offence, incident(number), None, None)
}

fn open(case: CaseId) -> Case<AccountId> {
	Cases::<Test>::get(case).expect("a case")
}

/// What the accounts of a slash have: owner, victim, challenger, pot, burned.
fn money() -> [Balance; 5] {
	[balance(OWNER), balance(VICTIM), balance(CHALLENGER), balance(Registry::pot()), Burned::get()]
}

/// A slash of a tenth of the collateral, taken, with this loss of this victim, proved by this challenger.
fn slashed(operator: OperatorId, loss: Option<Loss<AccountId>>, challenger: Option<AccountId>) -> CaseId {
	let case = Registry::accuse(&operator, Offence::SlowResponses, incident(99), loss, challenger).unwrap();
	pass_to(open(case).due + 1);
	case
}

// Opening.

fn bars(operator: OperatorId) -> Vec<Bar> {
	get(operator).bars.0.into_inner()
}

#[test]
fn an_accusation_sets_its_amount_aside_and_takes_nothing_yet() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		Now::set(7);
		let (before, due) = (money(), 7 + APPEAL);
		let (loss, offence) = (lost(VICTIM, 5), Offence::SlowResponses);
		let case = Registry::accuse(&operator, offence, incident(1), loss.clone(), Some(CHALLENGER)).unwrap();
		let taking = Taking::Part(PER_GPU / 10);
		let event = Event::Accused { case, operator, offence, incident: incident(1), taking, due };
		assert_eq!(last_event(), event.into());
		assert_eq!(
			open(case),
			Case {
				operator,
				offence,
				incident: incident(1),
				taking,
				loss,
				challenger: Some(CHALLENGER),
				opened: 7,
				due,
				state: CaseState::Open
			}
		);
		assert_eq!(Registry::open_cases(&operator), [(case, open(case))]);
		let record = get(operator);
		assert_eq!((record.frozen, record.open_cases, record.forfeitures), (PER_GPU / 10, 1, 0));
		assert_eq!((record.status, record.collateral), (OperatorStatus::Active, PER_GPU));
		assert_eq!(Registry::held(OWNER)[0].frozen, PER_GPU / 10);
		assert_eq!(money(), before);
	});
}

#[test]
fn governance_reports_what_no_proof_shows_and_never_what_one_does() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		let (offence, loss) = (Offence::SlowResponses, lost(VICTIM, 5));
		let call = Registry::report_offence(root(), operator, offence, incident(1), loss.clone(), Some(CHALLENGER));
		assert_ok!(call);
		assert_eq!((open(0).loss, open(0).challenger, open(0).due), (loss, Some(CHALLENGER), APPEAL));
		assert_noop!(report(operator, Offence::FalsifiedResult, 2), Error::<Test>::NeedsProof);
		assert_noop!(report(operator, Offence::PrivacyViolation, 2), Error::<Test>::UnknownOffence);
		assert_noop!(report(OperatorId::default(), Offence::Downtime, 2), Error::<Test>::UnknownOperator);
	});
}

#[test]
fn signed_accounts_judge_nobody_and_govern_no_table() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		accuse(operator, Offence::SlowResponses, 1);
		for who in [OWNER, AGENT, STRANGER] {
			let report = Registry::report_offence(signed(who), operator, Offence::Downtime, incident(2), None, None);
			assert_noop!(report, BadOrigin);
			assert_noop!(Registry::cancel_slash(signed(who), 0), BadOrigin);
			assert_noop!(Registry::set_offence(signed(who), Offence::Downtime, None), BadOrigin);
			assert_noop!(Registry::set_tier(signed(who), tier("Gold", 1, 1), true), BadOrigin);
			assert_noop!(Registry::blacklist(signed(who), operator), BadOrigin);
			assert_noop!(Registry::pardon(signed(who), OWNER, None), BadOrigin);
			assert_noop!(Registry::resume_slashing(signed(who)), BadOrigin);
		}
		for nobody in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(Registry::declare_maintenance(nobody, operator, 1), BadOrigin);
		}
	});
}

#[test]
fn an_incident_is_a_case_once_whatever_became_of_it() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_ok!(report(operator, Offence::SlowResponses, 1));
		assert_noop!(report(operator, Offence::SlowResponses, 1), Error::<Test>::AlreadyAccused);
		assert_noop!(report(operator, Offence::Downtime, 1), Error::<Test>::AlreadyAccused);
		assert_ok!(Registry::cancel_slash(root(), 0));
		assert_noop!(report(operator, Offence::SlowResponses, 1), Error::<Test>::AlreadyAccused);
		assert_ok!(report(operator, Offence::SlowResponses, 2));
		pass_to(2 * APPEAL + HISTORY);
		assert_eq!(Cases::<Test>::get(1), None);
		assert_noop!(report(operator, Offence::SlowResponses, 2), Error::<Test>::AlreadyAccused);
		// Another operator's incident is another.
		assert_ok!(try_register(2, 12, PER_GPU));
		assert_ok!(report(id(2, 1), Offence::SlowResponses, 1));
	});
}

#[test]
fn one_offence_is_punished_once_in_its_pause() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_ok!(report(operator, Offence::Downtime, 1));
		assert_noop!(report(operator, Offence::Downtime, 2), Error::<Test>::TooSoon);
		assert_ok!(report(operator, Offence::SlowResponses, 3));
		pass_to(DAY - 1);
		assert_noop!(report(operator, Offence::Downtime, 2), Error::<Test>::TooSoon);
		pass_to(DAY);
		assert_ok!(report(operator, Offence::Downtime, 2));
	});
}

#[test]
fn so_many_cases_are_open_at_once_and_no_more() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		for number in 0..4 {
			assert_ok!(report(operator, Offence::SlowResponses, number));
		}
		assert_noop!(report(operator, Offence::SlowResponses, 4), Error::<Test>::TooManyCases);
		assert_eq!((get(operator).open_cases, get(operator).frozen), (4, 4 * PER_GPU / 10));
		assert_ok!(Registry::cancel_slash(root(), 2));
		assert_ok!(report(operator, Offence::SlowResponses, 4));
	});
}

#[test]
fn when_case_numbers_have_run_out_nobody_is_accused() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		NextCase::<Test>::put(CaseId::MAX);
		assert_noop!(report(operator, Offence::Downtime, 1), Error::<Test>::Overflow);
		let case = Registry::accuse(&operator, Offence::Downtime, incident(1), None, None);
		assert_noop!(case, Error::<Test>::Overflow);
	});
}

// How much.

#[test]
fn a_fraction_is_of_what_is_required_or_of_what_is_there_if_that_is_less() {
	ExtBuilder::build_and_execute(|| {
		let takes = |agent, collateral, number| {
			let operator = id(OWNER, Registrations::<Test>::get());
			assert_ok!(try_register(OWNER, agent, collateral));
			open(accuse(operator, Offence::SlowResponses, number)).taking
		};
		assert_eq!(takes(11, PER_GPU, 1), Taking::Part(PER_GPU / 10));
		assert_eq!(takes(12, 5 * PER_GPU, 2), Taking::Part(PER_GPU / 10));
		assert_eq!(takes(13, PER_GPU / 4 + 9, 3), Taking::Part(PER_GPU / 40));
	});
}

#[test]
fn a_tier_caps_what_is_judged_and_not_what_is_proved() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(Registry::set_tier(root(), tier("Gold", 2 * PER_GPU, 20_000), true));
		assert_ok!(Registry::set_tier(root(), tier("Silver", PER_GPU, 50_000), true));
		assert_ok!(Registry::set_tier(root(), tier("Bronze", PER_GPU / 2, 500_000), true));
		let terms = OffenceTerms { fraction: Ppm(300_000), ban: Ban::None, appeal: 1, pause: 0 };
		assert_ok!(Registry::set_offence(root(), Offence::FalsifiedResult, Some(terms)));
		let operator = activated();
		let takes = |offence, number| open(accuse(operator, offence, number)).taking;
		assert_eq!(Registry::tier_of(&get(operator)).unwrap().name.to_vec(), b"Silver");
		assert_eq!(takes(Offence::SlowResponses, 1), Taking::Part(PER_GPU / 20));
		// What costs less than the tier's most costs that.
		assert_eq!(takes(Offence::Downtime, 2), Taking::Part(PER_GPU / 200));
		assert_eq!(takes(Offence::FalsifiedResult, 3), Taking::Part(PER_GPU * 3 / 10));
		assert_ok!(Registry::bond_extra(signed(OWNER), operator, PER_GPU));
		assert_eq!(takes(Offence::SlowResponses, 4), Taking::Part(PER_GPU / 50));
		assert_ok!(try_register(2, 12, PER_GPU / 2));
		assert_eq!(open(accuse(id(2, 1), Offence::SlowResponses, 5)).taking, Taking::Part(PER_GPU / 20));
		assert_ok!(try_register(2, 13, PER_GPU / 2 - 1));
		assert_eq!(Registry::tier_of(&get(id(2, 2))), None);
	});
}

#[test]
fn other_terms_are_for_other_cases() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		accuse(operator, Offence::SlowResponses, 1);
		accuse(operator, Offence::SlowResponses, 2);
		let terms = OffenceTerms { fraction: MAX_JUDGED, ban: Ban::For(9), appeal: 1, pause: 9 };
		assert_ok!(Registry::set_offence(root(), Offence::SlowResponses, Some(terms)));
		let event = Event::OffenceSet { offence: Offence::SlowResponses, terms: Some(terms) };
		assert_eq!(last_event(), event.into());
		// More collateral makes no open case dearer either.
		assert_ok!(Registry::bond_extra(signed(OWNER), operator, PER_GPU));
		assert_ok!(Registry::set_class(root(), HardwareClass { collateral_per_gpu: 2 * PER_GPU, ..class("H100") }));
		pass_to(APPEAL);
		assert_ok!(Registry::set_offence(root(), Offence::SlowResponses, None));
		assert_eq!(get(operator).collateral, 2 * PER_GPU);
		pass_to(APPEAL + 1);
		assert_eq!((get(operator).collateral, bars(operator)), (2 * PER_GPU - 2 * PER_GPU / 10, vec![]));
		assert_noop!(report(operator, Offence::SlowResponses, 3), Error::<Test>::UnknownOffence);
	});
}

// Taking.

#[test]
fn a_slash_pays_the_loss_then_the_challenger_and_burns_the_rest() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		let loss = lost(VICTIM, 3_000_000);
		let case = Registry::accuse(&operator, Offence::SlowResponses, incident(1), loss, Some(CHALLENGER)).unwrap();
		pass_to(APPEAL);
		assert_eq!(open(case).state, CaseState::Open);
		assert_eq!(money(), [FORTUNE - PER_GPU, FORTUNE, FORTUNE, NATIVE_MIN + PER_GPU, 0]);

		pass_to(APPEAL + 1);
		let [owner, victim, challenger, pot, burned] = money();
		assert_eq!([victim, challenger, burned], [FORTUNE + 3 * VKTR, FORTUNE + VKTR, 6 * VKTR]);
		assert_eq!([owner, pot], [FORTUNE - PER_GPU, NATIVE_MIN + 90 * VKTR]);
		let event = Event::Slashed {
			case,
			operator,
			offence: Offence::SlowResponses,
			taken: 10 * VKTR,
			victim: 3 * VKTR,
			challenger: VKTR,
			burned: 6 * VKTR,
		};
		assert_eq!(last_event(), event.into());
		let record = get(operator);
		assert_eq!((record.collateral, record.frozen, record.open_cases), (90 * VKTR, 0, 0));
		assert_eq!(record.status, OperatorStatus::Active);
		assert_eq!(Registry::open_cases(&operator), []);
		let state = CaseState::Slashed { taken: 10 * VKTR, value: Usd(10_000_000), left: 7 * VKTR };
		assert_eq!((open(case).state, open(case).due), (state, APPEAL + 1 + HISTORY));
	});
}

#[test]
fn at_least_half_is_burned_and_the_victim_goes_before_the_challenger() {
	for (usd, victim, challenger) in
		[(9_000_000, 50, 0), (4_500_000, 45, 5), (5_000_000, 50, 0), (4_000_000, 40, 10), (0, 0, 10)]
	{
		ExtBuilder::build_and_execute(|| {
			slashed(activated(), lost(VICTIM, usd), Some(CHALLENGER));
			let tenths = |n: u128| n * VKTR / 10;
			let burned = 10 * VKTR - tenths(victim) - tenths(challenger);
			let [_, paid, proved, pot, gone] = money();
			assert_eq!([paid, proved], [FORTUNE + tenths(victim), FORTUNE + tenths(challenger)]);
			assert_eq!([pot, gone], [NATIVE_MIN + 90 * VKTR, burned]);
		});
	}
}

#[test]
fn a_slash_without_victim_and_challenger_is_burned() {
	ExtBuilder::build_and_execute(|| {
		slashed(activated(), None, None);
		assert_eq!(money(), [FORTUNE - PER_GPU, FORTUNE, FORTUNE, NATIVE_MIN + 90 * VKTR, 10 * VKTR]);
	});
}

#[test]
fn where_victims_are_not_paid_their_part_is_burned() {
	ExtBuilder::build_and_execute(|| {
		PaysVictims::set(false);
		slashed(activated(), lost(VICTIM, 3_000_000), Some(CHALLENGER));
		assert_eq!(money(), [FORTUNE - PER_GPU, FORTUNE, FORTUNE + VKTR, NATIVE_MIN + 90 * VKTR, 9 * VKTR]);
	});
}

#[test]
fn what_an_account_refuses_is_burned() {
	ExtBuilder::build_and_execute(|| {
		// Two parts below the existential deposit, for accounts that nobody has.
		assert_ok!(try_register(OWNER, AGENT, MIN_COLLATERAL));
		let (operator, loss) = (id(OWNER, 0), lost(NOBODY, 1));
		let case = Registry::accuse(&operator, Offence::Downtime, incident(1), loss, Some(NOBODY)).unwrap();
		pass_to(APPEAL + 1);
		let taken = VKTR / 200;
		let offence = Offence::Downtime;
		let event = Event::Slashed { case, operator, offence, taken, victim: 0, challenger: 0, burned: taken };
		assert_eq!(last_event(), event.into());
		assert_eq!((balance(NOBODY), Burned::get()), (0, taken));
		assert_eq!(balance(Registry::pot()), NATIVE_MIN + VKTR - taken);
	});
}

#[test]
fn a_victim_without_an_account_is_paid_what_makes_one() {
	ExtBuilder::build_and_execute(|| {
		slashed(activated(), lost(NOBODY, 10_000), None);
		assert_eq!((balance(NOBODY), Burned::get()), (NATIVE_MIN, 10 * VKTR - NATIVE_MIN));
	});
}

#[test]
fn a_falsified_result_costs_everything_and_bars_for_ever() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_ok!(Registry::bond_extra(signed(OWNER), operator, PER_GPU));
		let (offence, loss) = (Offence::FalsifiedResult, lost(VICTIM, 30_000_000));
		let case = Registry::accuse(&operator, offence, incident(1), loss, Some(CHALLENGER)).unwrap();
		assert_eq!(open(case).taking, Taking::All);
		assert_eq!((get(operator).forfeitures, get(operator).held_back()), (1, 2 * PER_GPU));
		assert_eq!(get(operator).status, OperatorStatus::Blacklisted);
		assert_eq!(Bans::<Test>::get(OWNER).0.to_vec(), [Bar { case: Some(case), until: Bar::FOREVER }]);
		let barred = Event::Barred { operator, case: Some(case), until: Bar::FOREVER };
		System::assert_has_event(barred.into());

		pass_to(FRAUD_APPEAL + 1);
		let event = Event::Slashed {
			case,
			operator,
			offence,
			taken: 200 * VKTR,
			victim: 30 * VKTR,
			challenger: 20 * VKTR,
			burned: 150 * VKTR,
		};
		assert_eq!(last_event(), event.into());
		let paid = [FORTUNE - 2 * PER_GPU, FORTUNE + 30 * VKTR, FORTUNE + 20 * VKTR, NATIVE_MIN, 150 * VKTR];
		assert_eq!(money(), paid);
		assert_eq!((get(operator).collateral, get(operator).forfeitures), (0, 0));

		// Nothing is left to come back, and what is left is nobody's: it goes.
		assert_ok!(Registry::unbond(signed(OWNER), operator));
		pass_to(FRAUD_APPEAL + 1 + PERIOD);
		assert_ok!(Registry::withdraw_unbonded(signed(OWNER), operator));
		assert_eq!(last_event(), Event::Withdrawn { operator, owner: OWNER, amount: 0, left: 0 }.into());
		assert_eq!((Operators::<Test>::get(operator), balance(OWNER)), (None, FORTUNE - 2 * PER_GPU));
		Now::set(LiveTime::MAX - 1);
		assert_noop!(try_register(OWNER, 12, PER_GPU), Error::<Test>::Banned);
	});
}

#[test]
fn a_case_takes_what_others_have_left() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		let part = accuse(operator, Offence::SlowResponses, 1);
		let all = accuse(operator, Offence::FalsifiedResult, 2);
		assert_eq!(get(operator).held_back(), PER_GPU);
		pass_to(APPEAL + 1);
		let taken = |case| match open(case).state {
			CaseState::Slashed { taken, .. } => taken,
			CaseState::Open => panic!("it was due"),
		};
		assert_eq!((taken(all), taken(part)), (PER_GPU, 0));
		let record = get(operator);
		assert_eq!((record.collateral, record.frozen, record.forfeitures, record.open_cases), (0, 0, 0, 0));
		assert_eq!(Burned::get(), PER_GPU);
	});
}

#[test]
fn without_a_price_a_loss_waits_and_the_amount_stays_frozen() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		Price::set(None);
		let loss = lost(VICTIM, 3_000_000);
		let case = Registry::accuse(&operator, Offence::SlowResponses, incident(1), loss, Some(CHALLENGER)).unwrap();
		let before = money();
		Now::set(APPEAL + 1);
		for _ in 0..20 {
			idle();
		}
		let due = APPEAL + 1 + RETRY;
		assert_eq!(last_event(), Event::SlashDeferred { case, due, reason: Error::<Test>::NoPrice.into() }.into());
		assert_eq!((money(), get(operator).frozen), (before, PER_GPU / 10));
		assert_eq!((open(case).state, open(case).due), (CaseState::Open, due));
		pass_to(10 * APPEAL);
		assert_eq!((money(), get(operator).frozen), (before, PER_GPU / 10));

		// A dearer VKTR makes up for the loss with less of it.
		Price::set(Some(2_000_000));
		pass_to(10 * APPEAL + 2 * RETRY);
		let paid = [FORTUNE - PER_GPU, FORTUNE + 15 * VKTR / 10, FORTUNE + VKTR, NATIVE_MIN + 90 * VKTR];
		assert_eq!(money(), [paid[0], paid[1], paid[2], paid[3], 75 * VKTR / 10]);
		assert_eq!((get(operator).frozen, get(operator).collateral), (0, 90 * VKTR));
	});
}

#[test]
fn a_slash_that_pays_nobody_for_a_loss_needs_no_price() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		Price::set(None);
		let case = slashed(operator, None, Some(CHALLENGER));
		assert_eq!((balance(CHALLENGER), Burned::get()), (FORTUNE + VKTR, 9 * VKTR));
		let state = CaseState::Slashed { taken: 10 * VKTR, value: Usd(0), left: 10 * VKTR };
		assert_eq!(open(case).state, state);
		// What it was worth nobody knows, so USDC cannot be compared with it.
		assert_noop!(Registry::compensate(case, &Asset::WithId(USDC), 1), Error::<Test>::NoPrice);
		assert_ok!(Registry::compensate(case, &Asset::Native, 10 * VKTR));
	});
}

#[test]
fn nothing_is_taken_while_nothing_is_judged() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		accuse(operator, Offence::SlowResponses, 1);
		Judging::set(false);
		pass_to(5 * APPEAL);
		assert_eq!((get(operator).collateral, CaseCursor::<Test>::get()), (PER_GPU, 0));
		// It can be cancelled as long as it waits, and else it is taken, once.
		Judging::set(true);
		for _ in 0..5 * APPEAL / 64 + 2 {
			idle();
		}
		assert_eq!((get(operator).collateral, CaseCursor::<Test>::get()), (90 * VKTR, 5 * APPEAL));
		pass_to(6 * APPEAL);
		assert_eq!(get(operator).collateral, 90 * VKTR);
	});
}

#[test]
fn a_full_block_attends_to_nothing() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		accuse(operator, Offence::FalsifiedResult, 1);
		Now::set(FRAUD_APPEAL + 1);
		assert_eq!(Registry::on_idle(1, Weight::zero()), Weight::zero());
		// There is weight to look, and none for a case.
		let look = <Test as Config>::WeightInfo::tick();
		for _ in 0..10 {
			assert_eq!(Registry::on_idle(1, look), look);
		}
		assert_eq!((get(operator).collateral, CaseCursor::<Test>::get()), (PER_GPU, 0));
		// A block attends to so many steps at most, whatever weight there is, and the next one goes on.
		idle();
		assert_eq!((get(operator).collateral, CaseCursor::<Test>::get()), (PER_GPU, 64));
		idle();
		assert_eq!((get(operator).collateral, CaseCursor::<Test>::get()), (0, FRAUD_APPEAL + 1));
	});
}

#[test]
fn a_slashed_case_is_kept_for_a_while_and_then_forgotten() {
	ExtBuilder::build_and_execute(|| {
		let case = slashed(activated(), None, None);
		let until = open(case).due;
		pass_to(until);
		assert!(Cases::<Test>::contains_key(case));
		pass_to(until + 1);
		assert!(!Cases::<Test>::contains_key(case));
		assert_eq!(CaseQueue::<Test>::iter().count(), 0);
		assert_noop!(Registry::compensate(case, &Asset::Native, 1), Error::<Test>::UnknownCase);
		assert_noop!(Registry::cancel_slash(root(), case), Error::<Test>::UnknownCase);
	});
}

// Leaving.

#[test]
fn what_no_case_holds_comes_back_and_the_rest_when_it_is_cancelled() {
	ExtBuilder::build_and_execute(|| {
		let operator = unbonding();
		pass_to(PERIOD - 1);
		let case = accuse(operator, Offence::SlowResponses, 1);
		Now::set(PERIOD);
		assert_ok!(Registry::withdraw_unbonded(signed(OWNER), operator));
		let event = Event::Withdrawn { operator, owner: OWNER, amount: 90 * VKTR, left: 10 * VKTR };
		assert_eq!(last_event(), event.into());
		assert_eq!((balance(OWNER), balance(Registry::pot())), (FORTUNE - 10 * VKTR, NATIVE_MIN + 10 * VKTR));
		assert_noop!(Registry::withdraw_unbonded(signed(OWNER), operator), Error::<Test>::CaseOpen);
		assert_ok!(Registry::cancel_slash(root(), case));
		assert_ok!(Registry::withdraw_unbonded(signed(OWNER), operator));
		assert_eq!((balance(OWNER), balance(Registry::pot())), (FORTUNE, NATIVE_MIN));
		assert_eq!(Operators::<Test>::get(operator), None);
	});
}

#[test]
fn what_no_case_holds_comes_back_and_the_rest_is_slashed() {
	ExtBuilder::build_and_execute(|| {
		let operator = unbonding();
		pass_to(PERIOD - 1);
		accuse(operator, Offence::SlowResponses, 1);
		Now::set(PERIOD);
		assert_ok!(Registry::withdraw_unbonded(signed(OWNER), operator));
		pass_to(PERIOD + APPEAL);
		assert_eq!((get(operator).collateral, Burned::get()), (0, 10 * VKTR));
		assert_ok!(Registry::withdraw_unbonded(signed(OWNER), operator));
		assert_eq!((balance(OWNER), balance(Registry::pot())), (FORTUNE - 10 * VKTR, NATIVE_MIN));
		assert_eq!(Operators::<Test>::get(operator), None);
	});
}

#[test]
fn nothing_comes_back_while_a_case_holds_everything() {
	ExtBuilder::build_and_execute(|| {
		let operator = unbonding();
		pass_to(PERIOD - 1);
		let case = accuse(operator, Offence::FalsifiedResult, 1);
		Now::set(PERIOD);
		assert_noop!(Registry::withdraw_unbonded(signed(OWNER), operator), Error::<Test>::CaseOpen);
		assert_ok!(Registry::cancel_slash(root(), case));
		assert_ok!(Registry::withdraw_unbonded(signed(OWNER), operator));
		assert_eq!(balance(OWNER), FORTUNE);
	});
}

#[test]
fn what_unbonds_is_slashed_and_what_is_gone_is_not_accused() {
	ExtBuilder::build_and_execute(|| {
		let operator = unbonding();
		accuse(operator, Offence::SlowResponses, 1);
		pass_to(PERIOD);
		assert_eq!(get(operator).collateral, 90 * VKTR);
		assert_ok!(Registry::withdraw_unbonded(signed(OWNER), operator));
		assert_eq!(balance(OWNER), FORTUNE - 10 * VKTR);
		assert_noop!(report(operator, Offence::SlowResponses, 2), Error::<Test>::UnknownOperator);
		let accused = Registry::accuse(&operator, Offence::FalsifiedResult, incident(3), None, None);
		assert_noop!(accused, Error::<Test>::UnknownOperator);
		// The case outlives it: the reserve may still compensate for it.
		assert_ok!(Registry::compensate(0, &Asset::Native, VKTR));
	});
}

// Cancelling.

#[test]
fn a_cancelled_case_takes_nothing_and_frees_what_it_held() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		let [first, second] = [1, 2].map(|number| accuse(operator, Offence::SlowResponses, number));
		assert_ok!(Registry::cancel_slash(root(), first));
		assert_eq!(last_event(), Event::SlashCancelled { case: first, operator }.into());
		assert_eq!((get(operator).frozen, get(operator).open_cases), (PER_GPU / 10, 1));
		assert_eq!(Registry::open_cases(&operator), [(second, open(second))]);
		assert_noop!(Registry::cancel_slash(root(), first), Error::<Test>::UnknownCase);
		pass_to(APPEAL + 1);
		assert_eq!(get(operator).collateral, 90 * VKTR);
		assert_noop!(Registry::cancel_slash(root(), second), Error::<Test>::CaseClosed);
	});
}

#[test]
fn cancelling_what_barred_an_operator_pardons_it() {
	for (offence, status) in
		[(Offence::FalsifiedResult, OperatorStatus::Blacklisted), (Offence::NetworkAttack, OperatorStatus::Suspended)]
	{
		ExtBuilder::build_and_execute(|| {
			let operator = activated();
			let case = accuse(operator, offence, 1);
			assert_eq!(get(operator).status, status);
			assert_noop!(Registry::activate(signed(AGENT), operator), Error::<Test>::Barred);
			assert_noop!(try_register(OWNER, 12, PER_GPU), Error::<Test>::Banned);
			assert_ok!(Registry::cancel_slash(root(), case));
			System::assert_has_event(Event::Pardoned { owner: OWNER, operator: Some(operator) }.into());
			assert_eq!((get(operator).status, bars(operator)), (OperatorStatus::Draining, vec![]));
			assert!(!Bans::<Test>::contains_key(OWNER));
			assert_ok!(Registry::activate(signed(AGENT), operator));
			assert_ok!(try_register(OWNER, 12, PER_GPU));
		});
	}
}

#[test]
fn cancelling_a_case_lifts_no_bar_that_it_did_not_bring() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		let proved = accuse(operator, Offence::FalsifiedResult, 1);
		let judged = accuse(operator, Offence::NetworkAttack, 2);
		assert_ok!(Registry::cancel_slash(root(), judged));
		assert_eq!(bars(operator), [Bar { case: Some(proved), until: Bar::FOREVER }]);
		// Governance's own word stands, whatever becomes of the case.
		assert_ok!(Registry::blacklist(root(), operator));
		assert_ok!(Registry::cancel_slash(root(), proved));
		assert_eq!(get(operator).status, OperatorStatus::Blacklisted);
		assert_noop!(Registry::activate(signed(AGENT), operator), Error::<Test>::Barred);
		assert_noop!(try_register(OWNER, 12, PER_GPU), Error::<Test>::Banned);
	});
}

// Bars.

#[test]
fn a_suspended_operator_serves_again_once_its_time_has_passed() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		Now::set(10);
		let case = accuse(operator, Offence::NetworkAttack, 1);
		let until = 10 + 5_000;
		System::assert_has_event(Event::Barred { operator, case: Some(case), until }.into());
		assert_eq!((get(operator).status, get(operator).place), (OperatorStatus::Suspended, None));
		assert_eq!(bars(operator), [Bar { case: Some(case), until }]);
		assert_eq!(Told::get(), [(operator, "enter"), (operator, "rest")]);
		assert_noop!(Registry::take_exposure(&operator, work(1), Usd(0)), Error::<Test>::NotActive);
		pass_to(until - 1);
		for who in [OWNER, AGENT] {
			assert_noop!(Registry::activate(signed(who), operator), Error::<Test>::Barred);
		}
		assert_noop!(try_register(OWNER, 12, PER_GPU), Error::<Test>::Banned);
		pass_to(until);
		// A ban that is over is forgotten.
		assert!(Bans::<Test>::contains_key(OWNER));
		assert_ok!(try_register(OWNER, 12, PER_GPU));
		assert!(!Bans::<Test>::contains_key(OWNER));
		assert_ok!(Registry::activate(signed(AGENT), operator));
		assert_eq!((get(operator).status, bars(operator)), (OperatorStatus::Active, vec![]));
		assert!(!Bans::<Test>::contains_key(OWNER));
		assert_eq!(get(operator).collateral, 85 * VKTR);
	});
}

#[test]
fn open_work_of_a_barred_operator_ends_as_it_would() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_ok!(Registry::take_exposure(&operator, work(1), Usd(5)));
		assert_ok!(Registry::blacklist(root(), operator));
		assert_eq!(get(operator).open_work, 1);
		assert_noop!(Registry::unbond(signed(OWNER), operator), Error::<Test>::WorkOpen);
		Registry::free_exposure(&operator, work(1));
		assert_ok!(Registry::unbond(signed(OWNER), operator));
	});
}

#[test]
fn a_ban_is_of_the_owners_account_alone_and_ends_with_what_brought_it() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		let case = accuse(operator, Offence::NetworkAttack, 1);
		assert_eq!(Bans::<Test>::iter_keys().collect::<Vec<_>>(), [OWNER]);
		assert_noop!(try_register(OWNER, 12, PER_GPU), Error::<Test>::Banned);
		// Neither its agent's nor anybody else's.
		assert_ok!(try_register(2, 12, PER_GPU));
		assert_ok!(Registry::cancel_slash(root(), case));
		assert_eq!(Bans::<Test>::iter_keys().count(), 0);
		assert_ok!(try_register(OWNER, 13, PER_GPU));
	});
}

#[test]
fn a_blacklisted_operator_keeps_its_collateral_and_leaves_with_it() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_ok!(Registry::blacklist(root(), operator));
		assert_eq!(last_event(), Event::Barred { operator, case: None, until: Bar::FOREVER }.into());
		assert_eq!(bars(operator), [Bar { case: None, until: Bar::FOREVER }]);
		assert_noop!(Registry::blacklist(root(), OperatorId::default()), Error::<Test>::UnknownOperator);
		Now::set(LiveTime::MAX);
		assert_noop!(Registry::activate(signed(AGENT), operator), Error::<Test>::Barred);
		Now::set(0);
		assert_ok!(Registry::unbond(signed(OWNER), operator));
		Now::set(PERIOD);
		assert_ok!(Registry::withdraw_unbonded(signed(OWNER), operator));
		assert_eq!(balance(OWNER), FORTUNE);
		assert_noop!(try_register(OWNER, 12, PER_GPU), Error::<Test>::Banned);
	});
}

#[test]
fn every_bar_stands_by_itself_and_ends_with_what_brought_it() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_ok!(Registry::blacklist(root(), operator));
		let case = accuse(operator, Offence::NetworkAttack, 1);
		assert_eq!(bars(operator).len(), 2);
		assert_ok!(Registry::cancel_slash(root(), case));
		assert_eq!(get(operator).status, OperatorStatus::Blacklisted);

		assert_ok!(try_register(2, 12, PER_GPU));
		let other = id(2, 1);
		let [first, second] = [1, 2].map(|number| accuse(other, Offence::FalsifiedResult, number));
		let judged = accuse(other, Offence::NetworkAttack, 3);
		// Of two that bar for ever, one is left when the other is cancelled; then the shorter one.
		assert_ok!(Registry::cancel_slash(root(), first));
		assert_eq!(get(other).status, OperatorStatus::Blacklisted);
		assert_ok!(Registry::cancel_slash(root(), second));
		assert_eq!(get(other).status, OperatorStatus::Suspended);
		assert_eq!(bars(other), [Bar { case: Some(judged), until: 5_000 }]);
		assert_eq!(Bans::<Test>::get(2).0.to_vec(), bars(other));
		assert_ok!(Registry::cancel_slash(root(), judged));
		assert_eq!((get(other).status, Bans::<Test>::contains_key(2)), (OperatorStatus::Draining, false));
	});
}

#[test]
fn of_more_bars_than_are_remembered_the_shortest_are_forgotten() {
	let mut bars = Bars::default();
	for number in 0..MAX_BARS + 2 {
		bars.add(Bar { case: Some(number), until: 100 + number }, 0);
	}
	assert_eq!((bars.0.len() as u32, bars.until()), (MAX_BARS, Some(100 + MAX_BARS + 1)));
	assert!(!bars.remove(0) && bars.remove(MAX_BARS + 1));
	// What is over makes room first.
	bars.add(Bar { case: None, until: 500 }, 400);
	assert_eq!((bars.0.len(), bars.hold(499), bars.hold(500)), (1, true, false));
}

#[test]
fn an_owners_other_operators_are_not_activated_while_it_is_banned() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_ok!(try_register(OWNER, 12, PER_GPU));
		let other = id(OWNER, 1);
		assert_ok!(Registry::blacklist(root(), operator));
		assert_noop!(Registry::activate(signed(12), other), Error::<Test>::Banned);
		assert_ok!(Registry::pardon(root(), OWNER, None));
		assert_ok!(Registry::activate(signed(12), other));
	});
}

#[test]
fn no_judged_ban_is_for_ever_however_long_it_is() {
	ExtBuilder::build_and_execute(|| {
		let terms = OffenceTerms { fraction: Ppm(0), ban: Ban::For(LiveTime::MAX), appeal: 1, pause: 0 };
		assert_ok!(Registry::set_offence(root(), Offence::LowUptime, Some(terms)));
		let operator = activated();
		Now::set(5);
		accuse(operator, Offence::LowUptime, 1);
		assert_eq!(get(operator).status, OperatorStatus::Suspended);
	});
}

#[test]
fn a_pardon_lifts_what_bars_and_is_refused_where_nothing_does() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		for named in [None, Some(operator)] {
			assert_noop!(Registry::pardon(root(), OWNER, named), Error::<Test>::NotBarred);
		}
		let case = accuse(operator, Offence::FalsifiedResult, 1);
		assert_noop!(Registry::pardon(root(), 2, Some(operator)), Error::<Test>::NotOwner);
		let nobody = Some(OperatorId::default());
		assert_noop!(Registry::pardon(root(), OWNER, nobody), Error::<Test>::UnknownOperator);
		assert_ok!(Registry::pardon(root(), OWNER, Some(operator)));
		assert_eq!(last_event(), Event::Pardoned { owner: OWNER, operator: Some(operator) }.into());
		assert_eq!((get(operator).status, bars(operator)), (OperatorStatus::Draining, vec![]));
		assert_ok!(Registry::activate(signed(AGENT), operator));
		// The case goes on: it is cancelled, or takes what it takes.
		assert_eq!(open(case).state, CaseState::Open);
		pass_to(FRAUD_APPEAL + 1);
		assert_eq!((get(operator).collateral, get(operator).status), (0, OperatorStatus::Active));
	});
}

#[test]
fn a_pardon_of_the_owner_alone_leaves_its_operators_barred() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_ok!(Registry::blacklist(root(), operator));
		assert_ok!(Registry::pardon(root(), OWNER, None));
		assert_eq!(last_event(), Event::Pardoned { owner: OWNER, operator: None }.into());
		assert_eq!(get(operator).status, OperatorStatus::Blacklisted);
		assert_ok!(try_register(OWNER, 12, PER_GPU));
		assert_ok!(Registry::pardon(root(), OWNER, Some(operator)));
		assert_ok!(Registry::activate(signed(AGENT), operator));
	});
}

// Too many at once.

/// Two operators that serve, and so many cases of them.
fn burst(cases: u64) -> [OperatorId; 2] {
	let first = activated();
	assert_ok!(try_register(2, 12, PER_GPU));
	let second = id(2, 1);
	for number in 0..cases {
		accuse([first, second][(number % 2) as usize], Offence::SlowResponses, number);
	}
	[first, second]
}

#[test]
fn too_many_cases_in_a_day_stop_all_slashes_until_governance_has_looked() {
	ExtBuilder::build_and_execute(|| {
		let [first, second] = burst(5);
		assert!(!Bursts::<Test>::get().stopped);
		accuse(second, Offence::SlowResponses, 5);
		assert_eq!(last_event(), Event::SlashingStopped { cases: 6 }.into());
		// Said once; cases are opened all the same.
		accuse(second, Offence::SlowResponses, 6);
		assert!(matches!(last_event(), RuntimeEvent::Registry(Event::Accused { .. })));

		pass_to(10 * DAY);
		assert_eq!((get(first).collateral, get(second).collateral), (PER_GPU, PER_GPU));
		assert_eq!(CaseCursor::<Test>::get(), 0);
		assert_ok!(Registry::cancel_slash(root(), 6));
		assert_ok!(Registry::resume_slashing(root()));
		assert_eq!(last_event(), Event::SlashingResumed.into());
		assert_noop!(Registry::resume_slashing(root()), Error::<Test>::NotStopped);

		// The cursor catches up, block by block.
		let mut blocks = 0;
		while CaseCursor::<Test>::get() < Now::get() {
			let before = CaseCursor::<Test>::get();
			idle();
			assert!(CaseCursor::<Test>::get() <= before + 64);
			blocks += 1;
		}
		assert!((10 * DAY / 64..10 * DAY / 64 + 3).contains(&blocks), "{blocks}");
		assert_eq!((get(first).collateral, get(second).collateral), (70 * VKTR, 70 * VKTR));
		assert_eq!(Burned::get(), 60 * VKTR);
	});
}

#[test]
fn cases_of_another_day_are_counted_anew() {
	ExtBuilder::build_and_execute(|| {
		let [first, second] = burst(5);
		pass_to(DAY);
		for number in 5..8 {
			accuse(first, Offence::SlowResponses, number);
			accuse(second, Offence::Downtime, number);
			assert!(number == 7 || !Bursts::<Test>::get().stopped);
			if number == 6 {
				break;
			}
			pass_to(2 * DAY);
		}
		assert!(!Bursts::<Test>::get().stopped);
	});
}

#[test]
fn where_many_serve_more_cases_are_usual() {
	new_test_ext().execute_with(|| {
		RosterSize::<Test>::put(159);
		let operator = registered();
		for number in 0..8 {
			accuse(operator, Offence::SlowResponses, number);
			// A twentieth of 159 is seven.
			assert_eq!(Bursts::<Test>::get().stopped, number == 7);
			assert_ok!(Registry::cancel_slash(root(), number as CaseId));
		}
	});
}

// Tables.

#[test]
fn terms_that_do_not_fit_an_offence_are_refused() {
	ExtBuilder::build_and_execute(|| {
		let fine = OffenceTerms { fraction: MAX_JUDGED, ban: Ban::For(1), appeal: 1, pause: 0 };
		let set = |offence, terms| Registry::set_offence(root(), offence, Some(terms));
		let all = [
			Offence::Downtime,
			Offence::SlowResponses,
			Offence::LowUptime,
			Offence::PoorOutputs,
			Offence::ConsistentlyPoor,
			Offence::FalseCapability,
			Offence::RepeatedMinor,
			Offence::MaliciousResponses,
			Offence::PrivacyViolation,
			Offence::NetworkAttack,
		];
		for offence in all {
			assert_ok!(set(offence, fine));
			for bad in [
				OffenceTerms { fraction: Ppm(MAX_JUDGED.0 + 1), ..fine },
				OffenceTerms { fraction: Ppm::ONE, ..fine },
				OffenceTerms { ban: Ban::Forever, ..fine },
				OffenceTerms { appeal: 0, ..fine },
			] {
				assert_noop!(set(offence, bad), Error::<Test>::InvalidOffence);
			}
		}
		let worst = OffenceTerms { fraction: Ppm::ONE, ban: Ban::Forever, ..fine };
		assert_ok!(set(Offence::FalsifiedResult, worst));
		for bad in [OffenceTerms { fraction: Ppm(1_000_001), ..worst }, OffenceTerms { appeal: 0, ..worst }] {
			assert_noop!(set(Offence::FalsifiedResult, bad), Error::<Test>::InvalidOffence);
		}
	});
}

#[test]
fn tiers_stand_by_rising_stake_and_are_replaced_by_name() {
	ExtBuilder::build_and_execute(|| {
		let set = |tier, keep| Registry::set_tier(root(), tier, keep);
		let names = || Tiers::<Test>::get().iter().map(|tier| tier.name.to_vec()).collect::<Vec<_>>();
		assert_ok!(set(tier("Gold", 30, 1), true));
		assert_eq!(last_event(), Event::TierSet { tier: tier("Gold", 30, 1), kept: true }.into());
		assert_ok!(set(tier("Bronze", 10, 1), true));
		assert_ok!(set(tier("Silver", 20, 1), true));
		assert_eq!(names(), [&b"Bronze"[..], b"Silver", b"Gold"]);
		assert_ok!(set(tier("Bronze", 40, 2), true));
		assert_eq!(names(), [&b"Silver"[..], b"Gold", b"Bronze"]);
		assert_eq!(Tiers::<Test>::get()[2], tier("Bronze", 40, 2));
		for bad in [
			tier("", 1, 1),
			tier("a b", 1, 1),
			tier("Ruby", 1, 1_000_001),
			StakeTier { discount: Ppm(1_000_001), ..tier("Ruby", 1, 1) },
			StakeTier { priority: Ppm(1_000_001), ..tier("Ruby", 1, 1) },
			// A stake of its own.
			tier("Ruby", 30, 1),
		] {
			assert_noop!(set(bad, true), Error::<Test>::InvalidTier);
		}
		assert_ok!(set(tier("Gold", 0, 0), false));
		assert_eq!(last_event(), Event::TierSet { tier: tier("Gold", 0, 0), kept: false }.into());
		assert_eq!(names(), [&b"Silver"[..], b"Bronze"]);
		for number in 2..MAX_TIERS {
			assert_ok!(set(tier(&format!("T{number}"), number.into(), 1), true));
		}
		assert_noop!(set(tier("more", 99, 1), true), Error::<Test>::TooManyTiers);
		assert_ok!(set(tier("Silver", 99, 1), true));
	});
}

#[test]
#[should_panic(expected = "an offence is there twice")]
fn a_genesis_with_an_offence_twice_is_refused() {
	let offences = [offences(), offences()].concat();
	let _ = GenesisConfig::<Test> { offences, ..Default::default() }.build_storage();
}

#[test]
#[should_panic(expected = "terms that do not fit")]
fn a_genesis_with_terms_that_do_not_fit_is_refused() {
	let terms = OffenceTerms { fraction: Ppm::ONE, ban: Ban::None, appeal: 1, pause: 0 };
	let offences = vec![OffenceRow { offence: Offence::Downtime, terms }];
	let _ = GenesisConfig::<Test> { offences, ..Default::default() }.build_storage();
}

#[test]
#[should_panic(expected = "not a valid stake tier")]
fn a_genesis_with_two_tiers_of_one_stake_is_refused() {
	let tiers = vec![tier("Gold", 1, 1), tier("Silver", 1, 1)];
	let _ = GenesisConfig::<Test> { tiers, ..Default::default() }.build_storage();
}

// Compensation.

#[test]
fn no_more_is_compensated_than_was_taken() {
	ExtBuilder::build_and_execute(|| {
		let operator = activated();
		assert_noop!(Registry::compensate(0, &Asset::Native, 1), Error::<Test>::UnknownCase);
		let waiting = accuse(operator, Offence::Downtime, 1);
		assert_noop!(Registry::compensate(waiting, &Asset::Native, 1), Error::<Test>::CaseOpen);
		let case = slashed(operator, None, None);
		let before = money();
		assert_ok!(Registry::compensate(case, &Asset::WithId(USDC), 3_000_000));
		assert_ok!(Registry::compensate(case, &Asset::Native, 6 * VKTR));
		let left = |left| CaseState::Slashed { taken: 10 * VKTR, value: Usd(10_000_000), left };
		assert_eq!(open(case).state, left(VKTR));
		assert_noop!(Registry::compensate(case, &Asset::Native, VKTR + 1), Error::<Test>::MoreThanSlashed);
		assert_noop!(Registry::compensate(case, &Asset::WithId(USDC), 1_000_001), Error::<Test>::MoreThanSlashed);
		assert_noop!(Registry::compensate(case, &Asset::WithId(USDC + 1), 1), Error::<Test>::NoPrice);
		// What VKTR is worth since changes nothing: the value is that of the slash.
		Price::set(Some(1));
		assert_ok!(Registry::compensate(case, &Asset::WithId(USDC), 1_000_000));
		assert_eq!(open(case).state, left(0));
		assert_noop!(Registry::compensate(case, &Asset::WithId(USDC), 1), Error::<Test>::MoreThanSlashed);
		assert_eq!(money(), before);
	});
}

#[test]
fn what_does_not_divide_counts_against_the_reserve() {
	ExtBuilder::build_and_execute(|| {
		// 10 VKTR for 30 micro-USD.
		Price::set(Some(3));
		let case = slashed(activated(), None, None);
		let left = || match open(case).state {
			CaseState::Slashed { left, .. } => left,
			CaseState::Open => panic!("it was due"),
		};
		assert_ok!(Registry::compensate(case, &Asset::WithId(USDC), 3));
		assert_eq!(left(), 9 * VKTR);
		for paid in 1..=26 {
			assert_ok!(Registry::compensate(case, &Asset::WithId(USDC), 1));
			assert_eq!(left(), 9 * VKTR - paid * 333_333_333_334);
		}
		// One unit more would still be worth less than was taken, rounding aside.
		assert_noop!(Registry::compensate(case, &Asset::WithId(USDC), 1), Error::<Test>::MoreThanSlashed);
	});
}
