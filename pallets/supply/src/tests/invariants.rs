//! Any order of rounds, loads, policies, releases, burns, claims, eras and failures: what exists and what was burned
//! sum to the cap.

use std::{cell::RefCell, collections::BTreeMap};

use frame_support::{storage::with_storage_layer, traits::Hooks};
use proptest::prelude::*;
use sp_core::{sr25519, Pair};
use sp_runtime::{DispatchError, MultiSignature};
use vektor_primitives::{traits::Load, Balance, Ppm, Usd, VKTR};

use crate::{mock::*, *};

/// Shares of the airdrop. Whose they are says `key`, by their place; the next one's owner is not on the list.
const SHARES: [Balance; 3] = [70 * VKTR, MIN, 3 * VKTR + 1];

/// Of a seed: keys of a phrase, as the keyring has them, take long to make.
fn key(number: u8) -> sr25519::Pair {
	sr25519::Pair::from_seed(&[number; 32])
}

fn claimant(number: u8) -> AccountId {
	AccountId::from(key(number).public())
}

#[derive(Clone, Debug)]
enum Op {
	Pass(u32),
	/// Time jumps, one block comes.
	Jump(u32),
	Load {
		load: [u128; 3],
		price: Option<u128>,
	},
	Take {
		takers: [bool; 3],
		failing: [bool; 3],
	},
	Release(Balance),
	SetEmission(EmissionPolicy),
	SetParameter(Option<u32>),
	/// Loads, kappa and shares within the bounds of the runtime.
	Rule {
		loads: [u32; 2],
		kappa: u32,
		shares: [u32; 3],
	},
	Burn(Balance),
	/// Somebody gets a little and sends so much of it away that the rest is dust.
	Dust(Balance),
	/// To an account, or to the airdrop's own pot.
	Claim {
		claimant: u8,
		to: Option<u8>,
		wrong: bool,
	},
	/// An era ends, with pages that pay these shares of what was booked, and more. Those that are set fail, until
	/// mended.
	EndEra {
		pages: Vec<(u8, u32, bool)>,
		more: Balance,
	},
	/// Somebody claims one of the pages that are open: one that is not paid yet, or was left out, then or long ago.
	ClaimPage {
		late: bool,
		page: prop::sample::Index,
		mended: bool,
	},
	/// Blocks come until a page has been left out, and somebody claims it at once.
	ClaimLeftOut,
	Mend,
}

fn amount() -> impl Strategy<Value = Balance> {
	prop_oneof![0u128..3, 1u128..MIN, 1u128..1_000 * VKTR, 1u128..2 * EMISSION, Just(u128::MAX)]
}

fn rules() -> impl Strategy<Value = Op> {
	let half = || 0u32..=500_000;
	((50_000u32..=500_000, 1_000_000u32..=2_000_000), 0u32..=400_000, (half(), half(), 0u32..=1_000_000)).prop_map(
		|((min, max), kappa, (availability, stakers, work))| Op::Rule {
			loads: [min, max],
			kappa,
			shares: [availability, stakers, work],
		},
	)
}

fn policy() -> impl Strategy<Value = EmissionPolicy> {
	// At most twice the even base of a year, mostly.
	let year = prop_oneof![40 => 0..=90_000 * VKTR, 2 => Just(90_000 * VKTR), 1 => 0..100_000 * VKTR];
	let table = (prop::collection::vec(year, 0..17), 0u32..4).prop_map(|(years, halving)| EmissionPolicy::YearTable {
		years: years.try_into().expect("at most 16"),
		halving,
	});
	let milestones = prop::collection::vec((0u128..500_000_000, 0u128..50_000 * VKTR), 0..17).prop_map(|mut list| {
		// Mostly rising; equal ones are left in.
		list.sort();
		let milestones: Vec<_> = list.into_iter().map(|(leak, amount)| Milestone { leak: Usd(leak), amount }).collect();
		EmissionPolicy::Milestones { milestones: milestones.try_into().expect("at most 16") }
	});
	prop_oneof![
		2 => Just(EmissionPolicy::LoadWeighted),
		3 => Just(EmissionPolicy::Released),
		1 => table,
		1 => milestones,
	]
}

fn op() -> impl Strategy<Value = Op> {
	let leak = prop_oneof![0u128..100_000_000, Just(u128::MAX)];
	let load = (0u128..3_000_000, 0u128..2_000_000, leak).prop_map(|(settled, offered, leak)| [settled, offered, leak]);
	let page = (1u8..6, 0u32..100, prop::bool::weighted(0.2));
	// Units that rounding makes, and what no cushion holds.
	let more = prop_oneof![3 => 0u128..4, 1 => CUSHION - 2..CUSHION + 3, 1 => 0..50 * CUSHION];
	prop_oneof![
		8 => (1u32..40).prop_map(Op::Pass),
		2 => (1u32..2_000).prop_map(Op::Jump),
		4 => (load, prop::option::weighted(0.8, 1u128..5_000_000)).prop_map(|(load, price)| Op::Load { load, price }),
		2 => (any::<[bool; 3]>(), prop::array::uniform3(prop::bool::weighted(0.2)))
			.prop_map(|(takers, failing)| Op::Take { takers, failing }),
		4 => amount().prop_map(Op::Release),
		3 => policy().prop_map(Op::SetEmission),
		2 => prop_oneof![3 => (1u32..99).prop_map(Some), 1 => Just(Some(0)), 1 => Just(Some(99)), 1 => Just(None)]
			.prop_map(Op::SetParameter),
		2 => rules(),
		3 => amount().prop_map(Op::Burn),
		2 => (1u128..MIN).prop_map(Op::Dust),
		3 => (0u8..4, prop::option::weighted(0.9, any::<u8>()), prop::bool::weighted(0.3))
			.prop_map(|(claimant, to, wrong)| Op::Claim { claimant, to, wrong }),
		5 => (prop::collection::vec(page, 0..5), more).prop_map(|(pages, more)| Op::EndEra { pages, more }),
		2 => Just(Op::Mend),
		3 => (any::<bool>(), any::<prop::sample::Index>(), prop::bool::weighted(0.8))
			.prop_map(|(late, page, mended)| Op::ClaimPage { late, page, mended }),
		2 => Just(Op::ClaimLeftOut),
	]
}

/// How often each call succeeded, each error came, and each event.
#[derive(Default)]
struct Seen(BTreeMap<String, u32>);

impl Seen {
	fn note(&mut self, call: &str, result: Result<(), DispatchError>) {
		let what = match result {
			Ok(()) => "ok".into(),
			Err(DispatchError::Module(error)) => error.message.unwrap_or_default().to_string(),
			Err(other) => format!("{other:?}"),
		};
		*self.0.entry(format!("{call}: {what}")).or_default() += 1;
	}

	/// Notes this pallet's events by their names, and forgets them. `before`: what had been emitted to validators.
	fn events(&mut self, before: Balance) {
		let mut put_aside = 0;
		for event in our_events() {
			if let Event::RoundEnded { floor, demand, availability, work, stakers, validators, .. } = event {
				assert!(availability + work + stakers + validators <= floor + demand, "{event:?}");
				put_aside += validators;
			}
			let name = format!("{event:?}");
			let name = name.split([' ', '{']).next().unwrap_or_default();
			*self.0.entry(name.into()).or_default() += 1;
		}
		System::reset_events();
		if Emitted::<Test>::get().validators > before + put_aside {
			self.note("reward by the emission pot", Ok(()));
		}
	}
}

fn parts(chosen: [bool; 3]) -> Vec<EmissionPart> {
	let all = [EmissionPart::Availability, EmissionPart::Work, EmissionPart::Stakers];
	all.into_iter().zip(chosen).filter_map(|(part, chosen)| chosen.then_some(part)).collect()
}

/// A call as a block runs it: an error changes nothing.
fn call(run: impl FnOnce() -> Result<(), DispatchError>) -> Result<(), DispatchError> {
	with_storage_layer(run)
}

fn end_era(pages: Vec<(u8, u32, bool)>, more: Balance) {
	let era = LastEnded::get().map_or(0, |era| era + 1);
	let booked = Supply::end_era();
	let weights = pages.iter().map(|page| Balance::from(page.1)).sum::<Balance>().max(1);
	let mut open = Vec::new();
	for (number, (who, weight, fails)) in (0..).zip(pages) {
		let reward = booked * Balance::from(weight) / weights + if number == 0 { more } else { 0 };
		let page = (AccountId::new([who; 32]), number);
		if fails {
			Broken::mutate(|broken| broken.insert((era, page.0.clone(), page.1)));
		}
		open.push((page.0, page.1, reward));
	}
	Pages::mutate(|eras| eras.insert(era, open));
	LastEnded::set(Some(era));
}

fn step(op: Op, seen: &mut Seen) {
	let root = RuntimeOrigin::root;
	match op {
		Op::Pass(slots) => pass(slots),
		Op::Jump(slots) => {
			Now::mutate(|now| *now += slots);
			Supply::on_initialize(0);
		}
		Op::Load { load: [settled, offered, leak], price } => {
			LoadNow::set(Load { settled: Usd(settled), offered: Usd(offered), leak: Usd(leak) });
			NativePrice::set(price);
		}
		Op::Take { takers, failing } => {
			Takers::set(parts(takers));
			Failing::set(parts(failing));
		}
		Op::Release(amount) => seen.note("release", call(|| Supply::release(root(), amount))),
		Op::SetEmission(policy) => {
			let emission = in_emission();
			seen.note("set_emission", call(|| Supply::set_emission(root(), policy)));
			assert_eq!(in_emission(), emission);
		}
		Op::SetParameter(value) => seen.note("set_parameter", call(|| Supply::set_parameter(root(), value))),
		Op::Rule { loads: [min, max], kappa, shares: [availability, stakers, work] } => Ruling::mutate(|rules| {
			let validators = Ppm(1_000_000 - availability - stakers);
			*rules = Rules {
				round_length: rules.round_length,
				min_load: Ppm(min),
				max_load: Ppm(max),
				kappa: Ppm(kappa),
				floor: FloorShares {
					// Half of what is for being there is for work.
					availability: Ppm(availability / 2),
					work: Ppm(availability - availability / 2),
					stakers: Ppm(stakers),
					validators,
				},
				demand: DemandShares { work: Ppm(work), stakers: Ppm(1_000_000 - work) },
			}
		}),
		Op::Burn(amount) => {
			let (before, burned) = (balance(&alice()), Burned::<Test>::get(BurnCause::Voluntary));
			let result = call(|| Supply::burn(signed(alice()), amount));
			let gone = if result.is_ok() { amount } else { 0 };
			assert!(balance(&alice()) == before - gone || balance(&alice()) == 0);
			assert_eq!(Burned::<Test>::get(BurnCause::Voluntary), burned + gone);
			seen.note("burn", result);
		}
		Op::Dust(left) => {
			let who = AccountId::new([99; 32]);
			let sent = call(|| {
				Balances::transfer_keep_alive(signed(alice()), who.clone(), 2 * MIN)?;
				Balances::transfer_allow_death(signed(who), bob(), 2 * MIN - left)
			});
			seen.note("dust", sent);
		}
		Op::Claim { claimant: number, to, wrong } => {
			let to = to.map_or(Supply::airdrop_pot(), |to| AccountId::new([to; 32]));
			let signer = key(if wrong { 99 } else { number });
			let signature: MultiSignature = signer.sign(&Supply::claim_message(&to)).into();
			let claimed = call(|| {
				Supply::claim_airdrop(signed(alice()), claimant(number), to, signature)
					.map(drop)
					.map_err(|refused| refused.error)
			});
			seen.note("claim_airdrop", claimed);
		}
		Op::EndEra { pages, more } => end_era(pages, more),
		Op::Mend => Broken::set(Default::default()),
		Op::ClaimPage { late, page, mended } => {
			let open: Vec<_> = open_pages().into_iter().filter(|(_, when)| (*when != When::Early) == late).collect();
			if !open.is_empty() {
				let (of, when) = page.get(&open).clone();
				if mended {
					Broken::mutate(|broken| broken.remove(&of));
				}
				claim_page(of, when, seen);
			}
		}
		Op::ClaimLeftOut => {
			let before = late_pages();
			// Of at most five pages, three tries each.
			for _ in 0..16 {
				idle();
				let new = late_pages().into_iter().find(|page| !before.contains(page));
				if let Some((of, when)) = new {
					Broken::mutate(|broken| broken.remove(&of));
					claim_page(of, when, seen);
					break;
				}
			}
		}
	}
}

/// When a page is claimed by somebody: before its turn; after it was left out; when its era is done, but not a later
/// one yet; when no era has a page to pay, and what nobody earned has gone back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum When {
	Early,
	LeftOut,
	EraPaid,
	Returned,
}

type Of = (u32, AccountId, u32);

/// Every page of an ended era that nobody has been paid for.
fn open_pages() -> Vec<(Of, When)> {
	let paying = Paying::<Test>::get();
	let when = |(era, who, number): &Of| match &paying.after {
		_ if *era < paying.era && LastEnded::get() < Some(paying.era) => When::Returned,
		_ if *era < paying.era => When::EraPaid,
		Some(after) if *era == paying.era && (who, number) <= (&after.0, &after.1) => When::LeftOut,
		_ => When::Early,
	};
	let pages =
		Pages::get().into_iter().flat_map(|(era, pages)| pages.into_iter().map(move |page| (era, page.0, page.1)));
	pages.map(|of| (of.clone(), when(&of))).collect()
}

fn late_pages() -> Vec<(Of, When)> {
	open_pages().into_iter().filter(|(_, when)| *when != When::Early).collect()
}

/// As anybody claims a page by staking's own call: what it mints, the pots pay for.
fn claim_page((era, who, number): Of, when: When, seen: &mut Seen) {
	let pots = || in_emission() + balance(&Supply::era_pot()) - MIN - EraPending::<Test>::get();
	let (before, held, pending) = (balance(&who), pots(), EraPending::<Test>::get());
	let result = call(|| <crate::mock::Eras as crate::Eras<AccountId>>::pay(era, &who, number));
	let reward = balance(&who) - before;
	assert!(pots() == held - reward.min(held) && EraPending::<Test>::get() == pending);
	seen.note(&format!("page {when:?}"), result);
}

/// Whether every invariant holds. They do, but where no pot could pay for a reward: both are empty then, and the chain
/// stops.
fn holds() -> bool {
	let burned: Balance = Burned::<Test>::iter_values().sum();
	assert_eq!(in_emission() + Emitted::<Test>::get().net(), EMISSION);
	if Raised::get() > 0 {
		assert_eq!((in_emission(), balance(&Supply::era_pot()) - MIN), (0, EraPending::<Test>::get()));
		assert!(Balances::total_issuance() + burned > CAP);
		return false;
	}
	Supply::do_try_state().expect("the invariants hold");
	assert_eq!(Balances::total_issuance() + burned, CAP);
	true
}

#[test]
fn what_exists_and_what_was_burned_sum_to_the_cap_always() {
	let seen = RefCell::new(Seen::default());
	let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
		failure_persistence: None,
		..ProptestConfig::with_cases(256)
	});
	let result = runner.run(&prop::collection::vec(op(), 50), |ops| {
		let list = (0..).zip(SHARES).map(|(number, share)| (claimant(number), share)).collect();
		ExtBuilder::default().airdrop(list).build().execute_with(|| {
			for op in ops {
				let validators = Emitted::<Test>::get().validators;
				step(op, &mut seen.borrow_mut());
				seen.borrow_mut().events(validators);
				if !holds() {
					return;
				}
			}
			// When nothing fails any more, every era is paid and nothing is owed.
			Broken::set(Default::default());
			let eras = LastEnded::get().map_or(0, |era| era + 1);
			// At most five pages, three tries each, and the end.
			for _ in 0..16 * eras {
				idle();
			}
			if !holds() {
				return;
			}
			assert_eq!((Paying::<Test>::get().era, EraOwed::<Test>::get()), (eras, 0));
		});
		Ok(())
	});
	result.unwrap();

	let seen = seen.into_inner().0;
	for (what, times) in &seen {
		println!("{times:6} {what}");
	}
	for what in [
		"release: ok",
		"release: NothingToRelease",
		"release: MoreThanThePotHolds",
		"set_emission: ok",
		"set_emission: PolicyUnsound",
		"set_parameter: ok",
		"set_parameter: ParameterOutOfBounds",
		"set_parameter: ParameterNeedsValue",
		"set_parameter: BadOrigin",
		"burn: ok",
		"burn: NothingToBurn",
		"burn: Token(FundsUnavailable)",
		"dust: ok",
		"claim_airdrop: ok",
		"claim_airdrop: NothingToClaim",
		"claim_airdrop: BadSignature",
		"claim_airdrop: BadReceiver",
		"reward by the emission pot: ok",
		"page Early: ok",
		"page LeftOut: ok",
		"page EraPaid: ok",
		"page Returned: ok",
		"Event::RoundEnded",
		"Event::MilestoneReached",
		"Event::TreasuryPaid",
		"Event::Released",
		"Event::EmissionSet",
		"Event::AirdropClaimed",
		"Event::Burnt",
		"Event::PageLeftOut",
		"Event::RewardsReturned",
	] {
		assert!(seen.contains_key(what), "no case reached {what}");
	}
}
