//! A chain with a clock, seeds and validators that a test sets, operators that are no more than keys, and real signatures.

use std::collections::BTreeMap;

use frame_support::{
	derive_impl, parameter_types,
	traits::{Authorize, ConstU32, Hooks, OneSessionHandler},
	weights::Weight,
};
use sp_core::{crypto::AccountId32, sr25519, Pair, H256};
use sp_runtime::{
	traits::IdentityLookup,
	transaction_validity::{TransactionSource, TransactionValidityError, ValidTransaction},
	BuildStorage, DispatchError, MultiSignature,
};
use vektor_primitives::{
	connectivity::{activation_message, probe_message},
	hash,
	traits::{Attestations, Availability, Contact, Contacts, Discipline, EraPoints, LiveClock, LiveTime, Seeds, Watch},
	Balance, CaseId, Loss, Offence, OperatorId, ProberId, ProberSignature, Usd,
};

use crate::{self as pallet_connectivity, *};

type Block = frame_system::mocking::MockBlock<Test>;

pub const LENGTH: u32 = 10;
pub const AN_HOUR: u32 = 120;
pub const KEPT: u32 = 5;
pub const PER_BLOCK: u32 = 8;
pub const MOST: u32 = 3;
pub const POINTS: u32 = 20;
pub const VALIDATORS: u8 = 10;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Connectivity: pallet_connectivity,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId32;
	type Lookup = IdentityLookup<AccountId32>;
}

parameter_types! {
	/// Live slots.
	pub static Now: LiveTime = 0;
	pub static Judging: bool = true;
	pub static BlockSeed: Option<H256> = Some(H256::repeat_byte(1));
	pub static EpochSeed: H256 = H256::repeat_byte(2);
	/// How operators are reached.
	pub static Known: BTreeMap<OperatorId, Contact<AccountId32>> = BTreeMap::new();
	/// Accusations in their order.
	pub static Accusations: Vec<(OperatorId, Offence, H256)> = Vec::new();
	pub static Refusing: bool = false;
	/// Whether an accusation takes the operator out of service at once.
	pub static Suspending: bool = false;
	pub static Earned: BTreeMap<AccountId32, u32> = BTreeMap::new();
	pub static MaxPages: u32 = 256;
	/// Unix time, and the version of what is trusted.
	pub static Present: (u64, u32) = (1_000, 1);
	/// What a window in which anybody is there brings.
	pub static Share: Balance = 0;
	/// The windows that were shared out: their units, what was offered in them, what they brought.
	pub static Brought: Vec<(u64, Usd, Balance)> = Vec::new();
}

pub struct Mock;

impl LiveClock for Mock {
	fn now() -> LiveTime {
		Now::get()
	}

	fn judging() -> bool {
		Judging::get()
	}
}

impl Seeds for Mock {
	fn block() -> Option<H256> {
		BlockSeed::get()
	}

	fn epoch() -> H256 {
		EpochSeed::get()
	}
}

impl Contacts<AccountId32> for Mock {
	fn contact(operator: &OperatorId) -> Option<Contact<AccountId32>> {
		Known::get().get(operator).cloned()
	}

	fn by_agent(agent: &AccountId32) -> Option<OperatorId> {
		Known::get().into_iter().find(|(_, contact)| contact.agent == *agent).map(|(operator, _)| operator)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn setup(agent: &AccountId32) -> OperatorId {
		let operator = OperatorId(hash(&(b"benchmarked", agent)));
		let contact = Contact { agent: agent.clone(), endpoint: vec![b'e'; 128], region: vec![b'r'; 32] };
		Known::mutate(|known| known.insert(operator, contact));
		operator
	}
}

impl Discipline<AccountId32> for Mock {
	fn accuse(
		operator: &OperatorId,
		offence: Offence,
		incident: H256,
		loss: Option<Loss<AccountId32>>,
		challenger: Option<AccountId32>,
	) -> Result<CaseId, DispatchError> {
		assert!(loss.is_none() && challenger.is_none());
		if Refusing::get() {
			return Err(DispatchError::Other("refused"));
		}
		if Suspending::get() {
			Connectivity::rest(operator);
		}
		Accusations::mutate(|all| {
			assert!(!all.iter().any(|(_, _, known)| *known == incident), "an incident is accused once");
			all.push((*operator, offence, incident));
			Ok(all.len() as u32)
		})
	}

	fn accuse_weight() -> Weight {
		Weight::from_parts(7, 0)
	}
}

impl EraPoints<AccountId32> for Mock {
	fn add(validator: AccountId32, points: u32) {
		Earned::mutate(|earned| *earned.entry(validator).or_default() += points);
	}
}

impl Attestations for Mock {
	fn current() -> (u64, u32) {
		Present::get()
	}
}

impl Availability for Mock {
	fn window(units: u64, offered: Usd) -> Balance {
		let share = if units > 0 { Share::get() } else { 0 };
		Brought::mutate(|all| all.push((units, offered, share)));
		share
	}

	fn weight() -> Weight {
		Weight::from_parts(5, 0)
	}
}

impl pallet_connectivity::Config for Test {
	type Clock = Mock;
	type Seeds = Mock;
	type Contacts = Mock;
	type Discipline = Mock;
	type Points = Mock;
	type Attestations = Mock;
	type Availability = Mock;
	type WindowLength = ConstU32<LENGTH>;
	type Hour = ConstU32<AN_HOUR>;
	type KeptWindows = ConstU32<KEPT>;
	type MaxValidators = ConstU32<100>;
	type MaxPages = MaxPages;
	type PagesPerBlock = ConstU32<PER_BLOCK>;
	type MaxAccusations = ConstU32<MOST>;
	type UptimeWindows = ConstU32<25_920>;
	type PointsPerReport = ConstU32<POINTS>;
	type WeightInfo = crate::weights::SubstrateWeight<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Mock;
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper for Mock {
	fn at(now: LiveTime) {
		Now::set(now);
	}
}

pub fn pair(kind: &str, number: u32) -> sr25519::Pair {
	sr25519::Pair::from_seed(&hash(&(kind, number)).0)
}

pub fn validator(number: u8) -> AccountId32 {
	AccountId32::new([number; 32])
}

pub fn prober(number: u8) -> ProberId {
	pair("prober", number.into()).public().into()
}

pub fn agent(number: u32) -> AccountId32 {
	pair("agent", number).public().into()
}

pub fn operator(number: u32) -> OperatorId {
	OperatorId(hash(&("operator", number)))
}

pub fn endpoint(number: u32) -> Vec<u8> {
	format!("http://203.0.113.7:{number}").into_bytes()
}

pub fn genesis() -> H256 {
	System::block_hash(0)
}

/// The validators of a new session.
pub fn session(validators: impl IntoIterator<Item = u8>) {
	let all: Vec<_> = validators.into_iter().map(|number| (validator(number), prober(number))).collect();
	let each = all.iter().map(|(validator, key)| (validator, key.clone()));
	Connectivity::on_new_session(true, each.clone(), each);
}

/// Makes an operator known, and watched.
pub fn enter(number: u32) -> OperatorId {
	let contact = Contact { agent: agent(number), endpoint: endpoint(number), region: b"eu-west".to_vec() };
	Known::mutate(|known| known.insert(operator(number), contact));
	Connectivity::enter(&operator(number)).unwrap();
	operator(number)
}

/// An operator that is watched and whose endpoint is its own. It may be judged from the next window on.
pub fn proved(number: u32) -> OperatorId {
	let operator = enter(number);
	Connectivity::change(&operator, |watched| watched.proved = true).unwrap();
	operator
}

pub fn watched(operator: OperatorId) -> Watched {
	Connectivity::in_slot(SlotOf::<Test>::get(operator).unwrap()).unwrap()
}

/// The first block at this live time.
pub fn at(now: LiveTime) -> Weight {
	Now::set(now);
	System::set_block_number(System::block_number() + 1);
	System::reset_events();
	Connectivity::on_initialize(System::block_number())
}

/// Blocks until this window has begun and all that is due is tallied.
pub fn to_window(window: u32) {
	at(window * LENGTH);
	settle();
}

/// Blocks in which the time stands, until all that is due is tallied. Events of all of them stay.
pub fn settle() {
	for _ in 0..40 {
		Connectivity::on_initialize(System::block_number());
	}
}

pub fn current() -> u32 {
	Windowing::<Test>::get().unwrap().current
}

/// What a prober would report of a window if it saw `see` of each operator, with honest answers of all that must be shown.
pub fn report_of(number: u8, window: u32, see: impl Fn(OperatorId) -> Mark) -> Option<Report> {
	let key = prober(number);
	let index = Connectivity::index_of(&key, window)?;
	let record = Windows::<Test>::get(window)?;
	let seat = Connectivity::seat(window, &record, index)?;
	let slots: Vec<_> = (0..seat.places).filter_map(|place| rules::slot_of(&seat.pages, place)).collect();
	let look = |slot: u32| Connectivity::in_slot(slot).map_or(Mark::Skipped, |watched| see(watched.operator));
	let marks = rules::pack(&slots.into_iter().map(look).collect::<Vec<_>>());
	let required = Connectivity::required(window, &record.sample_seed?, &seat, &marks);
	let shown: Vec<_> = required.into_iter().map(|(place, operator)| shown(number, window, place, operator)).collect();
	Some(Report { window, prober: index, marks: marks.try_into().unwrap(), shown: shown.try_into().unwrap() })
}

/// The answer of an operator's agent to this prober.
pub fn shown(number: u8, window: u32, place: u32, of: OperatorId) -> Shown {
	let (round, nonce) = (4, [number; 16]);
	let contact = Mock::contact(&of).unwrap();
	let who = (0..500).find(|number| agent(*number) == contact.agent).expect("a key that is known");
	let message = probe_message(&genesis(), &prober(number), &of, window, round, &nonce);
	let signature = MultiSignature::Sr25519(pair("agent", who).sign(message.as_bytes()));
	Shown { place, round, nonce, signature }
}

pub fn sign(number: u8, message: H256) -> ProberSignature {
	pair("prober", number.into()).sign(message.as_bytes()).into()
}

pub fn call(number: u8, report: Report) -> Call<Test> {
	let signature = sign(number, report_message(&genesis(), &report));
	Call::report { report, signature }
}

/// What the chain says to a report, signed by this prober.
pub fn validate(number: u8, report: Report) -> Result<ValidTransaction, TransactionValidityError> {
	call(number, report).authorize(TransactionSource::External).unwrap().map(|(validity, _)| validity)
}

/// Sends a report the way a node does.
pub fn submit(number: u8, report: Report) {
	validate(number, report.clone()).unwrap();
	let signature = sign(number, report_message(&genesis(), &report));
	Connectivity::report(frame_system::Origin::<Test>::Authorized.into(), report, signature).unwrap();
}

/// All validators of the set report on the window before, each what it `see`s.
pub fn all_report(see: impl Fn(u8, OperatorId) -> Mark) {
	let window = current() - 1;
	for number in 0..VALIDATORS {
		let report = report_of(number, window, |operator| see(number, operator));
		if let Some(report) = report.filter(|report| !report.marks.is_empty()) {
			submit(number, report);
		}
	}
}

/// A whole window in which all see the same of everybody, and its verdict: ends in the window after the next.
pub fn live_through(see: impl Fn(u8, OperatorId) -> Mark) {
	to_window(current() + 1);
	all_report(see);
}

/// The same without signatures, for long histories.
pub fn live_fast(see: impl Fn(u8, OperatorId) -> Mark) {
	at((current() + 1) * LENGTH);
	for _ in 0..3 {
		Connectivity::on_initialize(System::block_number());
	}
	let window = current() - 1;
	let Some(record) = Windows::<Test>::get(window).filter(|record| !record.neutral) else {
		return;
	};
	let count = Probers::<Test>::get(record.set).len() as u16;
	for index in 0..count {
		let seat = Connectivity::seat(window, &record, index).unwrap();
		let number = (0..VALIDATORS).find(|number| prober(*number) == seat.prober.key).unwrap();
		let look = |place| {
			let slot = rules::slot_of(&seat.pages, place).unwrap();
			Connectivity::in_slot(slot).map_or(Mark::Skipped, |watched| see(number, watched.operator))
		};
		let marks = rules::pack(&(0..seat.places).map(look).collect::<Vec<_>>());
		if !marks.is_empty() {
			Reports::<Test>::insert(window, index, Marks::try_from(marks).unwrap());
		}
	}
}

pub fn events() -> Vec<Event<Test>> {
	let ours = |record: frame_system::EventRecord<RuntimeEvent, H256>| match record.event {
		RuntimeEvent::Connectivity(event) => Some(event),
		_ => None,
	};
	System::events().into_iter().filter_map(ours).collect()
}

pub fn new_test_ext() -> sp_io::TestExternalities {
	Now::set(0);
	Judging::set(true);
	BlockSeed::set(Some(H256::repeat_byte(1)));
	Known::take();
	Accusations::take();
	Refusing::set(false);
	Suspending::set(false);
	Earned::take();
	MaxPages::set(256);
	Present::set((1_000, 1));
	Share::set(0);
	Brought::take();
	let mut ext: sp_io::TestExternalities =
		frame_system::GenesisConfig::<Test>::default().build_storage().expect("a genesis").into();
	ext.execute_with(|| {
		let all: Vec<_> = (0..VALIDATORS).map(|number| (validator(number), prober(number))).collect();
		Connectivity::on_genesis_session(all.iter().map(|(validator, key)| (validator, key.clone())));
		at(0);
	});
	ext
}

/// The number of who leads the committee of the first page in a window, where the genesis set looks.
pub fn leader(window: u32) -> u8 {
	let record = Windows::<Test>::get(window).unwrap();
	rules::committee(VALIDATORS.into(), &record.seed, window, 0)[0].try_into().unwrap()
}

/// The message that an agent waits for.
pub fn challenge(number: u8, operator_number: u32, window: u32) -> ProberSignature {
	sign(number, activation_message(&genesis(), &operator(operator_number), &endpoint(operator_number), window))
}

pub struct ExtBuilder;

impl ExtBuilder {
	/// Runs a test, then checks the invariants.
	pub fn build_and_execute(test: impl FnOnce()) {
		new_test_ext().execute_with(|| {
			test();
			Connectivity::do_try_state().expect("the invariants hold");
		});
	}
}
