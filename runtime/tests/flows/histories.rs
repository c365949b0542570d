//! Any order of submissions, deliveries, expiries, restarts, pauses and accounts that refuse money, over the real runtime,
//! against a model that knows what each transaction must say and where every unit must be.

use std::{
	collections::{BTreeMap, BTreeSet, HashMap},
	sync::Mutex,
};

use super::*;
use frame_support::traits::Get;
use proptest::{prelude::*, sample::Index};
use vektor_primitives::traits::LiveTime;

type Slots = <Runtime as pallet_live_clock::Config>::MaxGap;
type Window = <Runtime as pallet_live_clock::Config>::Window;
type Retry = <Runtime as pallet_jobs::Config>::RefundRetry;
type Retention = <Runtime as pallet_jobs::Config>::Retention;
type Steps = <Runtime as pallet_jobs::Config>::TickSteps;

const CLIENTS: [Sr25519Keyring; 2] = [Dave, Sr25519Keyring::CharlieStash];
const OPERATORS: [(Sr25519Keyring, Sr25519Keyring); 2] = [(Bob, Charlie), (Eve, Ferdie)];
const STRANGER: Sr25519Keyring = Sr25519Keyring::DaveStash;
const MIN_DEADLINE: u32 = 5;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
	Good,
	Tampered,
	Malformed,
	Strangers,
}

#[derive(Clone, Debug)]
enum Op {
	Submit {
		client: usize,
		digit: usize,
		operator: usize,
		deadline: u32,
	},
	Deliver {
		job: Index,
		kind: Kind,
	},
	Expire(Index),
	Pass(u32),
	/// So many slots without a block, which still count.
	Skip(u64),
	/// The chain stands still for so long that the time does not count: every node was restarted.
	Restart,
	SafeMode(bool),
	Pause(&'static str, bool),
	Switch {
		operator: usize,
		on: bool,
	},
	Block(usize, bool),
}

fn op() -> impl Strategy<Value = Op> {
	let kind = prop_oneof![6 => Just(Kind::Good), 1 => Just(Kind::Tampered), 1 => Just(Kind::Malformed), 1 => Just(Kind::Strangers)];
	let call = prop_oneof![Just("submit"), Just("deliver"), Just("expire")];
	prop_oneof![
		12 => (0..2usize, 0..6usize, 0..2usize, 4..40u32)
			.prop_map(|(client, digit, operator, deadline)| Op::Submit { client, digit, operator, deadline }),
		10 => (any::<Index>(), kind).prop_map(|(job, kind)| Op::Deliver { job, kind }),
		5 => any::<Index>().prop_map(Op::Expire),
		8 => (1..8u32).prop_map(Op::Pass),
		2 => (10..600u64).prop_map(Op::Skip),
		1 => Just(Op::Restart),
		2 => prop::bool::weighted(0.3).prop_map(Op::SafeMode),
		2 => (call, prop::bool::weighted(0.3)).prop_map(|(call, on)| Op::Pause(call, on)),
		2 => (0..2usize, prop::bool::weighted(0.7)).prop_map(|(operator, on)| Op::Switch { operator, on }),
		2 => (0..2usize, prop::bool::weighted(0.4)).prop_map(|(client, on)| Op::Block(client, on)),
	]
}

/// A job as it must be.
#[derive(Clone)]
struct Expected {
	id: JobId,
	client: usize,
	operator: usize,
	payload: digits::Payload,
	deadline: LiveTime,
	due: LiveTime,
	state: JobState,
}

/// The chain as it must be.
#[derive(Clone)]
struct World {
	model: ModelId,
	operators: [OperatorId; 2],
	active: [bool; 2],
	blocked: [bool; 2],
	safe_mode: bool,
	paused: BTreeSet<&'static str>,
	slot: u64,
	live: LiveTime,
	resumed: LiveTime,
	cursor: LiveTime,
	/// Those that are kept.
	jobs: Vec<Expected>,
	/// Every job there ever was.
	all: Vec<JobId>,
	usdc: [Balance; 2],
	/// What each operator's jobs settled.
	settled: [Balance; 2],
	seen: BTreeMap<String, u32>,
}

/// Alice issues the development chain's USDC. Says whether she could: no brake exempts her.
fn block(who: Sr25519Keyring, on: bool) -> bool {
	let (id, who) = (USDC.into(), who.to_account_id().into());
	let done = match on {
		true => dispatch(Alice, pallet_assets::Call::<Runtime, pallet_assets::Instance1>::block { id, who }),
		false => dispatch(Alice, pallet_assets::Call::<Runtime, pallet_assets::Instance1>::thaw { id, who }),
	};
	done.is_ok()
}

/// A proof of `payload` for `job`, made once: the same binding comes in history after history.
fn proof_of(job: JobId, payload: &digits::Payload) -> digits::Proved {
	static MADE: Mutex<Option<HashMap<Felt, digits::Proved>>> = Mutex::new(None);
	let mut made = MADE.lock().expect("no panic while it was held");
	made.get_or_insert_default().entry(binding(job)).or_insert_with(|| prove(job, payload)).clone()
}

/// Whether the block takes no transaction any more.
fn full() -> bool {
	let used = System::block_weight().total();
	let full = used.any_gt(params::NORMAL_RATIO * params::MAXIMUM_BLOCK_WEIGHT);
	assert!(!full || used.any_gt(params::MAXIMUM_BLOCK_WEIGHT), "half full: {used}");
	full
}

/// What a transaction said, in a word.
fn said(result: sp_runtime::ApplyExtrinsicResult) -> String {
	match result.expect("the pool takes it") {
		Ok(()) => "ok".into(),
		Err(DispatchError::Module(error)) => error.message.unwrap_or_default().into(),
		Err(other) => format!("{other:?}"),
	}
}

impl World {
	fn new() -> Self {
		let operators = OPERATORS.map(|(owner, agent)| operator(owner, agent));
		for client in [Sr25519Keyring::CharlieStash, STRANGER] {
			let who = client.to_account_id();
			assert_ok!(dispatch(
				Alice,
				pallet_balances::Call::transfer_keep_alive { dest: who.clone().into(), value: 10 * VKTR }
			));
			assert_ok!(dispatch(
				Alice,
				pallet_assets::Call::<Runtime, pallet_assets::Instance1>::transfer {
					id: USDC.into(),
					target: who.into(),
					amount: 100 * ONE_USDC
				}
			));
		}
		Self {
			model: digits_model(),
			operators,
			active: [true; 2],
			blocked: [false; 2],
			safe_mode: false,
			paused: BTreeSet::new(),
			slot: *pallet_babe::CurrentSlot::<Runtime>::get(),
			live: Jobs::now(),
			resumed: pallet_live_clock::Resumed::<Runtime>::get(),
			cursor: pallet_jobs::Cursor::<Runtime>::get(),
			jobs: Vec::new(),
			all: Vec::new(),
			usdc: CLIENTS.map(|client| usdc(&client.to_account_id())),
			settled: [0; 2],
			seen: BTreeMap::new(),
		}
	}

	fn judging(&self) -> bool {
		self.live >= self.resumed + <Window as Get<u32>>::get()
	}

	/// Ends the block, as the pallet says that it attends to what is due, and begins the next one at `slot`. A block that
	/// an election fills has room for nothing else: another follows.
	fn next_block(&mut self, slot: u64) {
		let room = !full();
		end();
		if self.judging() && room {
			for _ in 0..<Steps as Get<u32>>::get() {
				if self.cursor >= self.live {
					break;
				}
				let due = self.jobs.iter().enumerate().filter(|(_, job)| job.due == self.cursor);
				match due.min_by_key(|(_, job)| job.id).map(|(at, _)| at) {
					Some(at) => self.attend(at),
					None => self.cursor += 1,
				}
			}
		}
		begin_at(slot);
		let step = slot - self.slot;
		self.slot = slot;
		if self.safe_mode || self.paused.contains("deliver") || step > u64::from(<Slots as Get<u32>>::get()) {
			self.resumed = self.live;
		} else {
			self.live += u32::try_from(step).expect("few slots");
		}
		if full() {
			self.next_block(slot + 1);
		}
	}

	fn attend(&mut self, at: usize) {
		let job = &mut self.jobs[at];
		match job.state.holds_escrow() {
			true if self.blocked[job.client] => {
				job.state = JobState::RefundDue;
				job.due = self.live + (self.live - job.deadline).max(<Retry as Get<u32>>::get());
			}
			true => self.refund(at),
			false => drop(self.jobs.remove(at)),
		}
	}

	fn refund(&mut self, at: usize) {
		let job = &mut self.jobs[at];
		job.state = JobState::Refunded;
		job.due = self.live + <Retention as Get<u32>>::get();
		self.usdc[job.client] += PRICE;
	}

	fn filtered(&self, call: &str) -> bool {
		self.safe_mode || self.paused.contains(call)
	}

	fn note(&mut self, call: &str, said: String, expected: String) {
		assert_eq!(said, expected, "{call}");
		*self.seen.entry(format!("{call}: {said}")).or_default() += 1;
	}

	fn submit(&mut self, client: usize, digit: usize, operator: usize, deadline: u32) {
		let payload = digits::Payload { pixels: digits::held_out()[digit].pixels, salt: [client as u8; 32] };
		let commitment = payload.commitment();
		let taken = |job: &Expected| job.client == client && job.payload == payload;
		let expected = match () {
			() if self.filtered("submit") => "CallFiltered",
			() if deadline < MIN_DEADLINE => "DeadlineTooShort",
			() if !self.active[operator] => "Ineligible",
			() if self.jobs.iter().any(taken) => "DuplicateCommitment",
			() if self.blocked[client] => "Token(Frozen)",
			() => "ok",
		};
		let mut call = submit(self.model, self.operators[operator], commitment, usdc_asset());
		if let RuntimeCall::Jobs(pallet_jobs::Call::submit { deadline: slots, .. }) = &mut call {
			*slots = deadline;
		}
		self.note("submit", said(sign(CLIENTS[client], call)), expected.into());
		if expected == "ok" {
			let id = event(|event| match event {
				RuntimeEvent::Jobs(pallet_jobs::Event::Submitted { job, .. }) => Some(*job),
				_ => None,
			});
			let deadline = self.live + deadline;
			self.usdc[client] -= PRICE;
			self.all.push(id);
			self.jobs.push(Expected { id, client, operator, payload, deadline, due: deadline, state: JobState::Open });
		}
	}

	/// The place among those that are kept.
	fn find(&self, id: JobId) -> Option<usize> {
		self.jobs.iter().position(|job| job.id == id)
	}

	fn deliver(&mut self, id: JobId, kind: Kind) {
		let at = self.find(id);
		let agent = match (kind, at) {
			(Kind::Strangers, _) | (_, None) => STRANGER,
			(_, Some(at)) => OPERATORS[self.jobs[at].operator].1,
		};
		let open = at.filter(|at| self.jobs[*at].state == JobState::Open);
		let expected = match (at, open) {
			_ if self.filtered("deliver") => "CallFiltered",
			(None, _) => "UnknownJob",
			_ if agent == STRANGER => "NotYourJob",
			(_, None) => "NotOpen",
			(_, Some(at)) if self.live > self.jobs[at].deadline && self.judging() => "DeadlinePassed",
			_ if kind == Kind::Malformed => "BadEvidence",
			_ => "ok",
		};
		let mut proved = match (at, expected) {
			(Some(at), "ok") => proof_of(id, &self.jobs[at].payload),
			_ => digits::Proved { outputs: vec![[0; 32]; 10], proof: vec![0; 128] },
		};
		if kind == Kind::Tampered {
			proved.outputs[0][31] ^= 1;
		}
		let before = native(&agent.to_account_id());
		self.note("deliver", said(sign(agent, delivery(id, proved.outputs, proved.proof))), expected.into());
		let paid = before - native(&agent.to_account_id());
		match (open, expected) {
			(Some(at), "ok") if kind == Kind::Good => {
				assert_eq!(paid, 0, "a delivery that settles is free");
				let job = &mut self.jobs[at];
				job.state = JobState::Settled;
				job.due = self.live + <Retention as Get<u32>>::get();
				self.settled[job.operator] += PRICE;
				*self.seen.entry("settled".into()).or_default() += 1;
			}
			_ => assert!(paid > 0, "whatever else is delivered pays its fee"),
		}
	}

	fn expire(&mut self, id: JobId) {
		let at = self.find(id);
		let expected = match at.map(|at| &self.jobs[at]) {
			_ if self.filtered("expire") => "CallFiltered",
			None => "UnknownJob",
			Some(job) if !job.state.holds_escrow() => "NothingToRefund",
			Some(job) if self.live <= job.deadline => "NotExpired",
			_ if !self.judging() => "NotJudging",
			Some(job) if self.blocked[job.client] => "RefundRefused",
			_ => "ok",
		};
		let before = native(&STRANGER.to_account_id());
		self.note("expire", said(sign(STRANGER, pallet_jobs::Call::expire { job: id })), expected.into());
		let paid = before - native(&STRANGER.to_account_id());
		assert_eq!(paid == 0, expected == "ok", "free when it succeeds, and only then");
		if let (Some(at), "ok") = (at, expected) {
			self.refund(at);
		}
	}

	fn step(&mut self, op: Op) {
		let job = |index: &Index, world: &Self| (!world.all.is_empty()).then(|| *index.get(&world.all));
		match op {
			Op::Submit { client, digit, operator, deadline } => self.submit(client, digit, operator, deadline),
			Op::Deliver { job: index, kind } => job(&index, self).into_iter().for_each(|id| self.deliver(id, kind)),
			Op::Expire(index) => job(&index, self).into_iter().for_each(|id| self.expire(id)),
			Op::Pass(blocks) => (0..blocks).for_each(|_| self.next_block(self.slot + 1)),
			Op::Skip(slots) => self.next_block(self.slot + slots),
			Op::Restart => self.next_block(self.slot + u64::from(<Slots as Get<u32>>::get()) + 1),
			Op::SafeMode(true) if !self.safe_mode => {
				assert_ok!(root(pallet_safe_mode::Call::force_enter {}));
				self.safe_mode = true;
			}
			Op::SafeMode(false) if self.safe_mode => {
				assert_ok!(root(pallet_safe_mode::Call::force_exit {}));
				self.safe_mode = false;
			}
			Op::SafeMode(_) => (),
			Op::Pause(call, on) => {
				let name = (bounded("Jobs"), bounded(call));
				match (on, self.paused.contains(call)) {
					(true, false) => {
						assert_ok!(root(pallet_tx_pause::Call::pause { full_name: name }));
						self.paused.insert(call);
					}
					(false, true) => {
						assert_ok!(root(pallet_tx_pause::Call::unpause { ident: name }));
						self.paused.remove(call);
					}
					_ => (),
				}
			}
			Op::Switch { operator, on } => {
				let id = self.operators[operator];
				let call: RuntimeCall = match on {
					true => pallet_operators::Call::activate { operator: id }.into(),
					false => pallet_operators::Call::drain { operator: id }.into(),
				};
				let expected = match (self.safe_mode, on, self.active[operator]) {
					(true, ..) => "CallFiltered",
					(_, true, true) => "AlreadyActive",
					(_, false, false) => "NotActive",
					_ => "ok",
				};
				self.note("switch", said(sign(OPERATORS[operator].1, call)), expected.into());
				if expected == "ok" {
					self.active[operator] = on;
				}
			}
			Op::Block(client, on) => {
				if block(CLIENTS[client], on) {
					self.blocked[client] = on;
				}
			}
		}
	}

	/// Every unit is where it must be, and every job stands where it must.
	fn compare(&self) {
		assert_eq!(Jobs::now(), self.live);
		let held = self.jobs.iter().filter(|job| job.state.holds_escrow()).count() as Balance * PRICE;
		let settled: Balance = self.settled.iter().sum();
		assert_eq!(CLIENTS.map(|client| usdc(&client.to_account_id())), self.usdc);
		let lots = Revenue::lots(u32::MAX).into_iter().filter(|(_, asset, _)| *asset == usdc_asset());
		let (taken, kept) =
			lots.fold((0, 0), |(taken, kept), (_, _, lot)| (taken + lot.asset_in, kept + lot.to_spend + lot.asset_due));
		assert_eq!((taken, jobs_pot()), (settled, USDC_MINIMUM + held));
		// What a round set aside is bought in the next: then it is VKTR.
		assert_eq!(usdc(&Revenue::pot()), USDC_MINIMUM + kept);
		let book = pallet_jobs::Books::<Runtime>::get(usdc_asset());
		let all = self.all.len() as Balance * PRICE;
		assert_eq!((book.taken, book.settled, book.refunded), (all, settled, all - held - settled));
		for (operator, settled) in self.operators.iter().zip(self.settled) {
			let accrued: Balance = Revenue::accrued(*operator).iter().map(|row| row.amount).sum();
			assert_eq!(accrued, settled * 7 / 10);
		}
		for id in &self.all {
			let is = Jobs::info(id).map(|(job, outputs)| (job.state, outputs.is_empty()));
			let must = self.find(*id).map(|at| self.jobs[at].state);
			assert_eq!(is, must.map(|state| (state, state != JobState::Settled)));
		}
		for (place, client) in CLIENTS.iter().enumerate() {
			let open = self.jobs.iter().filter(|job| job.client == place && job.state.holds_escrow()).count();
			let shown = adapters::held::money(client.to_account_id());
			assert_eq!(shown.iter().filter(|row| row.what == "escrow" && row.amount == PRICE).count(), open);
		}
	}

	/// When everybody can receive and time goes on, everything ends and nothing is left behind.
	fn wind_up(&mut self) {
		self.step(Op::SafeMode(false));
		["submit", "deliver", "expire"].into_iter().for_each(|call| self.step(Op::Pause(call, false)));
		(0..2).for_each(|client| self.step(Op::Block(client, false)));
		for _ in 0..2_000 {
			if self.jobs.is_empty() {
				break;
			}
			self.next_block(self.slot + 64);
		}
		self.compare();
		assert_eq!(pallet_jobs::Jobs::<Runtime>::iter().count(), 0);
		assert_eq!(pallet_jobs::Commitments::<Runtime>::iter().count(), 0);
		assert_eq!(pallet_operators::Exposures::<Runtime>::iter().count(), 0);
	}
}

/// Random histories, and how often each call said what.
fn histories(cases: u32) -> BTreeMap<String, u32> {
	let seen = std::cell::RefCell::new(BTreeMap::<String, u32>::new());
	let (start, world) = beginning("vektor-dev", World::new);
	let config =
		ProptestConfig { max_shrink_iters: 256, failure_persistence: None, ..ProptestConfig::with_cases(cases) };
	let result = proptest::test_runner::TestRunner::new(config).run(&prop::collection::vec(op(), 50), |ops| {
		start.on(|| {
			let mut world = world.clone();
			for op in ops {
				world.step(op);
				world.compare();
			}
			world.wind_up();
			for (what, times) in world.seen {
				*seen.borrow_mut().entry(what).or_default() += times;
			}
		});
		Ok(())
	});
	result.unwrap();
	seen.into_inner()
}

#[test]
fn every_history_of_jobs_ends_with_every_unit_in_its_place() {
	let mut seen = BTreeMap::<String, u32>::new();
	let threads = [(); 2].map(|()| std::thread::spawn(|| histories(ProptestConfig::default().cases / 2)));
	for (what, times) in threads.into_iter().flat_map(|thread| thread.join().expect("every history ends well")) {
		*seen.entry(what).or_default() += times;
	}
	for (what, times) in &seen {
		println!("{times:6} {what}");
	}
	for what in [
		"submit: ok",
		"submit: CallFiltered",
		"submit: DeadlineTooShort",
		"submit: Ineligible",
		"submit: DuplicateCommitment",
		"submit: Token(Frozen)",
		"deliver: ok",
		"deliver: CallFiltered",
		"deliver: UnknownJob",
		"deliver: NotYourJob",
		"deliver: NotOpen",
		"deliver: DeadlinePassed",
		"deliver: BadEvidence",
		"expire: ok",
		"expire: CallFiltered",
		"expire: UnknownJob",
		"expire: NothingToRefund",
		"expire: NotExpired",
		"expire: RefundRefused",
		"settled",
	] {
		assert!(seen.contains_key(what), "no history reached {what}");
	}
}
