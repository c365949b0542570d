//! Proof of connectivity with the real runtime: reports as validators' nodes make them, what becomes of who is not there, and what it costs.

use codec::Decode;
use frame_support::traits::{Get, OneSessionHandler};
use pallet_connectivity::{rules, Task, WeightInfo};
use sp_runtime::{transaction_validity::InvalidTransaction, MultiSignature};
use vektor_primitives::{
	connectivity::{activation_message, probe_message},
	traits::{LiveClock as _, Watch},
	Offence, ProberId, Reach,
};
use vektor_runtime::adapters::probes;
use vektor_runtime_api::{ProbeReport, ShownAnswer};

use super::*;

const PROBERS: [Sr25519Keyring; 4] = [Alice, Bob, Charlie, Dave];
/// Of three seconds, on the chain of four.
pub(super) const WINDOW: u32 = 8;

fn prober(of: Sr25519Keyring) -> ProberId {
	of.public().into()
}

/// An active operator of Eve's, whose agent is Ferdie, watched from the next window on.
pub(super) fn watched() -> OperatorId {
	// What blocks of these tests do not write.
	pallet_babe::AuthorVrfRandomness::<Runtime>::put(Some([7; 32]));
	let operator = operator(Eve, Ferdie);
	to_window();
	let window = LiveClock::now() / WINDOW;
	let message = activation_message(&Jobs::genesis(), &operator, b"http://127.0.0.1:9955", window);
	let asks = |who: &Sr25519Keyring| {
		let plan = Connectivity::plan(&prober(*who));
		plan.is_some_and(|plan| plan.targets.iter().any(|target| target.task == Task::Challenge))
	};
	let who = PROBERS.into_iter().find(asks).expect("one of them leads");
	let prober = Connectivity::index_of(&prober(who), window).expect("it validates");
	let signature = who.sign(message.as_bytes()).into();
	let answer = pallet_connectivity::Call::answer_activation { operator, window, prober, signature };
	assert_ok!(sign(Ferdie, answer).expect("it is sent"));
	to_window();
	operator
}

/// Into the first block of the next window.
pub(super) fn to_window() {
	let window = LiveClock::now() / WINDOW;
	while LiveClock::now() / WINDOW == window {
		pass(1);
	}
}

/// What `who` reports on the window before: every place `mark`ed, with the answers that must be shown.
fn report(who: Sr25519Keyring, mark: u8) -> Option<UncheckedExtrinsic> {
	let key = prober(who);
	let (window, places) = Connectivity::due(&key)?;
	let marks = vec![(mark * 0b0101_0101) & ((1u16 << (2 * places.min(4))) - 1) as u8];
	let index = Connectivity::index_of(&key, window)?;
	let shown = Connectivity::samples(&key, window, &marks)?
		.into_iter()
		.map(|place| {
			let (operator, nonce) = (pallet_connectivity::SlotOf::<Runtime>::iter_keys().next().unwrap(), [5; 16]);
			let message = probe_message(&Jobs::genesis(), &key, &operator, window, 2, &nonce);
			let signature = MultiSignature::Sr25519(Ferdie.sign(message.as_bytes()));
			ShownAnswer { place, round: 2, nonce, signature }
		})
		.collect();
	let order = ProbeReport { window, prober: index, marks, shown };
	let message = probes::to_sign(order.clone())?;
	let built = probes::build(order, who.sign(message.as_bytes()).into())?;
	UncheckedExtrinsic::decode(&mut built.as_slice()).ok()
}

/// All four report that on the window before.
fn all_report(mark: u8) {
	for who in PROBERS {
		assert_ok!(send(report(who, mark).expect("one is due")).expect("it is valid"));
	}
}

/// So many windows of which all say that.
pub(super) fn live(windows: u32, mark: u8) {
	for _ in 0..windows {
		all_report(mark);
		to_window();
	}
}

fn seen(operator: &OperatorId) -> Reach {
	Connectivity::presence(operator).reach
}

fn cases(operator: &OperatorId) -> Vec<Offence> {
	Operators::open_cases(operator).into_iter().map(|(_, case)| case.offence).collect()
}

#[test]
fn who_is_down_for_over_an_hour_is_slashed_once_and_the_slash_is_burned() {
	on("vektor-local", || {
		let operator = watched();
		to_window();
		live(2, 0);
		assert_eq!(seen(&operator), Reach::Up);
		live(12, 2);
		to_window();
		assert_eq!((seen(&operator), cases(&operator)), (Reach::Down, vec![]));
		assert!(Operators::candidates(&Needs::default(), None, H256::zero(), 3).is_empty());
		to_window();
		live(2, 2);
		assert_eq!(cases(&operator), [Offence::Downtime]);
		// Half a percent, after an hour of this chain in which it can be cancelled.
		live(6, 2);
		assert_eq!(cases(&operator), []);
		let record = pallet_operators::Operators::<Runtime>::get(operator).expect("it stays");
		assert_eq!(record.collateral, COLLATERAL - COLLATERAL / 200);
		live(20, 2);
		assert_eq!(pallet_operators::NextCase::<Runtime>::get(), 1);
	});
}

#[test]
fn who_claims_all_validators_as_its_subs_takes_no_seat_of_theirs() {
	use pallet_connectivity::{CurrentSet, Probers};
	use pallet_identity::{legacy::IdentityInfo, Data};
	on("vektor-local", || {
		let set = Probers::<Runtime>::get(CurrentSet::<Runtime>::get());
		let validators: Vec<_> = set.into_iter().map(|prober| (prober.validator, prober.key)).collect();
		let mine = |(validator, _): &(AccountId, ProberId)| (validator.clone(), Data::None);
		let subs: Vec<_> = validators.iter().map(mine).collect();
		assert_eq!(subs.len(), PROBERS.len());
		assert_ok!(dispatch(Ferdie, pallet_identity::Call::set_identity { info: Box::new(IdentityInfo::default()) }));
		assert_ok!(dispatch(Ferdie, pallet_identity::Call::set_subs { subs }));
		let all = || validators.iter().map(|(validator, key)| (validator, key.clone()));
		Connectivity::on_new_session(true, all(), all());
		let operator = watched();
		to_window();
		live(2, 0);
		assert_eq!(seen(&operator), Reach::Up);
	});
}

#[test]
fn who_comes_again_is_up_when_it_was_seen_again_and_not_before() {
	on("vektor-local", || {
		let operator = watched();
		to_window();
		live(2, 0);
		assert_eq!(seen(&operator), Reach::Up);
		assert_ok!(dispatch(Ferdie, pallet_operators::Call::drain { operator }));
		assert_ok!(dispatch(Ferdie, pallet_operators::Call::activate { operator }));
		assert_eq!(seen(&operator), Reach::Unproved);
		// It could not be seen in all of this window.
		to_window();
		assert_eq!(seen(&operator), Reach::Unproved);
		to_window();
		live(2, 0);
		assert_eq!(seen(&operator), Reach::Up);
	});
}

#[test]
fn a_stall_of_two_hours_judges_nobody() {
	on("vektor-local", || {
		let operator = watched();
		to_window();
		live(12, 2);
		let missed = || {
			let row = pallet_connectivity::Pages::<Runtime>::get(0).expect("the first page");
			row.iter().flatten().next().expect("the operator").missed
		};
		// All that was reported has been counted.
		to_window();
		to_window();
		let before = missed();
		assert_eq!(before, 12);
		// Two hours of three seconds, in the middle of a window: nobody could look.
		pass(WINDOW / 2);
		end();
		begin_at(*pallet_babe::CurrentSlot::<Runtime>::get() + 2_400);
		to_window();
		assert!(PROBERS.iter().all(|who| report(*who, 2).is_none()), "a window with a stall was to be reported");
		to_window();
		to_window();
		assert_eq!((missed(), cases(&operator)), (before, vec![]));
		// And then it goes on: it is still down.
		live(2, 2);
		to_window();
		assert_eq!(cases(&operator), [Offence::Downtime]);
	});
}

#[test]
fn a_report_without_looking_of_another_or_twice_is_refused() {
	on("vektor-local", || {
		watched();
		to_window();
		let good = report(Alice, 0).expect("one is due");
		let order = |shown: Vec<ShownAnswer>, by: Sr25519Keyring| {
			let (window, _) = Connectivity::due(&prober(Alice)).expect("one is due");
			let index = Connectivity::index_of(&prober(Alice), window).expect("a prober");
			let order = ProbeReport { window, prober: index, marks: vec![0], shown };
			let message = probes::to_sign(order.clone()).expect("short");
			let built = probes::build(order, by.sign(message.as_bytes()).into()).expect("short");
			UncheckedExtrinsic::decode(&mut built.as_slice()).expect("it was encoded")
		};
		let invalid = |xt| refused(send(xt));
		assert_eq!(invalid(order(Vec::new(), Alice)), InvalidTransaction::Custom(2).into());
		assert_eq!(invalid(order(Vec::new(), Bob)), InvalidTransaction::BadProof.into());
		assert_ok!(send(good.clone()).expect("it is valid"));
		assert_eq!(invalid(good), InvalidTransaction::Stale.into());
	});
}

#[test]
fn while_the_chain_is_held_nobody_is_judged_and_reports_pass_every_brake() {
	on("vektor-local", || {
		let operator = watched();
		to_window();
		assert_ok!(root(pallet_safe_mode::Call::force_enter {}));
		let free = report(Alice, 2);
		if let Some(report) = free {
			assert_ok!(send(report).expect("it is valid"));
		}
		pass(3 * WINDOW);
		assert_ok!(root(pallet_safe_mode::Call::force_exit {}));
		to_window();
		to_window();
		assert_eq!((seen(&operator), cases(&operator)), (Reach::Unproved, vec![]));
	});
}

#[test]
fn reports_on_ten_thousand_operators_weigh_at_most_a_hundredth_of_a_window() {
	type Weights = <Runtime as pallet_connectivity::Config>::WeightInfo;
	sp_io::TestExternalities::default().execute_with(|| {
		let (operators, validators, committee, blocks) = (10_000, 32, 7, 50);
		let pages = rules::pages(operators);
		// Each page is reported on by seven: so many of them are each one's on average.
		let own = (pages * committee).div_ceil(validators);
		let bytes = rules::marks_len(own * 64);
		let report = Weights::report(bytes).saturating_add(Weights::authorize_report());
		let reports = report.saturating_mul(validators.into());
		let per_block = <Runtime as pallet_connectivity::Config>::PagesPerBlock::get();
		let steps = pages.div_ceil(per_block);
		let tally = Weights::tally(per_block).saturating_mul(steps.into());
		let rest = Weights::turn()
			.saturating_add(Weights::begin(validators))
			.saturating_add(Weights::award(validators))
			.saturating_add(Weights::forget(validators));
		let idle = Weights::tick().saturating_mul(blocks);
		let all = reports.saturating_add(tally).saturating_add(rest).saturating_add(idle);
		let normal = params::MAXIMUM_BLOCK_WEIGHT.ref_time() / 4 * 3 * blocks;
		println!(
			"10,000 operators: {:.2} ms of reports, {:.2} of the tally, {:.2} else: {:.4} % of a window",
			reports.ref_time() as f64 / 1e9,
			tally.ref_time() as f64 / 1e9,
			rest.saturating_add(idle).ref_time() as f64 / 1e9,
			all.ref_time() as f64 / normal as f64 * 100.0
		);
		assert!(all.ref_time() <= normal / 100, "{} of {normal}", all.ref_time());
		// And the tally ends within its window.
		assert!(u64::from(steps) < blocks);
	});
}
