//! A chain with both assets and fakes that answer what a test told them. What they record is in storage, so that a call
//! that fails undoes it.

use frame_support::{
	derive_impl, parameter_types, storage_alias,
	traits::{
		fungible::{NativeFromLeft, NativeOrWithId, UnionOf},
		AsEnsureOriginWithArg,
	},
	weights::Weight,
	Blake2_128Concat, PalletId,
};
use frame_system::{EnsureRoot, EnsureSigned};
use sp_core::H256;
use sp_runtime::{traits::IdentityLookup, BuildStorage, DispatchError, DispatchResult};
use vektor_primitives::{
	hash, pot,
	traits::{
		EvidenceVerifier, LiveClock, LiveTime, ModelRegistry, OperatorRegistry, OutcomeSink, PriceError, PriceSource,
		Settlement,
	},
	Asset, Assurance, Balance, Evidence, EvidenceError, Ineligible, JobId, KeySetup, ModelId, ModelTerms, Needs,
	OperatorId, Outcome, Outputs, Receipt, Refused, Settled, Statement, Usd, Verdict, WorkRef, ONE_USDC, USDC, VKTR,
};

use crate as pallet_jobs;
use crate::{Assign, Pallet};

pub type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

pub const DOLLARS: Asset = Asset::WithId(USDC);
pub const NATIVE_MIN: Balance = VKTR / 100;
pub const USDC_MIN: Balance = 10_000;
pub const PRICE: Balance = 50_000;
pub const MIN_DEADLINE: u32 = 10;
pub const MAX_DEADLINE: u32 = 1_000;
pub const RETENTION: u32 = 200;
pub const RETRY: u32 = 20;

/// Clients, each with 1,000 USDC and VKTR.
pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
/// Agent of operator 1.
pub const AGENT: AccountId = 21;
/// Agent of operator 2.
pub const OTHER_AGENT: AccountId = 22;
/// Where settled escrows go.
pub const REVENUE: AccountId = 90;
pub const ISSUER: AccountId = 99;
pub const KEEPER: AccountId = 77;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		Assets: pallet_assets,
		Jobs: pallet_jobs,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

parameter_types! {
	pub const NativeMin: Balance = NATIVE_MIN;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = NativeMin;
	type AccountStore = System;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = Balance;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type Freezer = ();
	type Holder = ();
}

pub type Money = UnionOf<Balances, Assets, NativeFromLeft, NativeOrWithId<u32>, AccountId>;

parameter_types! {
	pub const PotId: PalletId = PalletId(*b"vk/jobs_");
	pub const MaxDeadline: u32 = MAX_DEADLINE;
	pub const Retention: u32 = RETENTION;
	pub const RefundRetry: u32 = RETRY;
	pub const TickSteps: u32 = 16;
	/// Live slots.
	pub static Now: LiveTime = 0;
	pub static Judging: bool = true;
	/// Micro-USD for one VKTR.
	pub static NativePrice: Option<u128> = None;
	/// Micro-USD for one inference.
	pub static ModelPrice: u128 = PRICE;
	pub static WhyIneligible: Option<Ineligible> = None;
	pub static ExposureFull: bool = false;
	pub static SettlementFails: bool = false;
	pub static KeyCondemned: bool = false;
}

/// The exposures booked now.
#[storage_alias]
pub type Exposures = StorageMap<Fake, Blake2_128Concat, WorkRef, (OperatorId, Usd)>;

/// Every outcome noted, in order.
#[storage_alias]
pub type Notes = StorageValue<Fake, Vec<(OperatorId, Outcome, Usd)>>;

/// Every rating, in order: operator, client, stars, weight.
#[storage_alias]
pub type Ratings = StorageValue<Fake, Vec<(OperatorId, AccountId, u8, Usd)>>;

/// Every settlement made, in order: payer, operator, asset, amount, source.
#[storage_alias]
pub type Settlements = StorageValue<Fake, Vec<(AccountId, OperatorId, Asset, Balance, WorkRef)>>;

pub struct Clock;
impl LiveClock for Clock {
	fn now() -> LiveTime {
		Now::get()
	}

	fn judging() -> bool {
		Judging::get()
	}
}

pub struct Prices;
impl PriceSource for Prices {
	fn weight() -> Weight {
		Weight::from_parts(70, 7)
	}

	fn worth_at_least(native: Balance) -> Result<Usd, PriceError> {
		NativePrice::get().map(|price| Usd(native * price / VKTR)).ok_or(PriceError::NoSource)
	}

	fn native_at_least(value: Usd) -> Result<Balance, PriceError> {
		NativePrice::get().map(|price| value.0 * VKTR / price).ok_or(PriceError::NoSource)
	}

	fn native_at_most(value: Usd) -> Result<Balance, PriceError> {
		NativePrice::get().map(|price| value.0 * VKTR / price).ok_or(PriceError::NoSource)
	}
}

/// Small, and different for each call.
pub struct Weights;
impl crate::WeightInfo for Weights {
	fn submit() -> Weight {
		Weight::from_parts(1_000, 10)
	}

	fn deliver() -> Weight {
		Weight::from_parts(2_000, 20)
	}

	fn expire() -> Weight {
		Weight::from_parts(3_000, 30)
	}

	fn rate() -> Weight {
		Weight::from_parts(4_000, 40)
	}

	fn tick() -> Weight {
		Weight::from_parts(100, 1)
	}

	fn tick_step() -> Weight {
		Weight::from_parts(500, 5)
	}
}

/// Operators 1 to 3 exist; the agent of number `n` is account `20 + n`.
pub struct Operators;
impl OperatorRegistry<AccountId> for Operators {
	fn by_agent(who: &AccountId) -> Option<OperatorId> {
		(21..=23).contains(who).then(|| operator(who - 20))
	}

	fn payee(_: &OperatorId) -> Option<AccountId> {
		None
	}

	fn check(id: &OperatorId, needs: &Needs) -> Result<(), Ineligible> {
		assert_eq!(needs.memory_gb, 80);
		if !(1..=3).contains(&id.0.to_low_u64_be()) {
			return Err(Ineligible::Unknown);
		}
		WhyIneligible::get().map_or(Ok(()), Err)
	}

	fn take_exposure(id: &OperatorId, work: WorkRef, value: Usd) -> DispatchResult {
		assert!(!Exposures::contains_key(work), "one booking per work");
		if ExposureFull::get() {
			return Err(DispatchError::Other("exposure full"));
		}
		Exposures::insert(work, (*id, value));
		Ok(())
	}

	fn withhold(_: &OperatorId, _: &AccountId, _: Balance) -> Result<Balance, DispatchError> {
		Ok(0)
	}

	fn free_exposure(id: &OperatorId, work: WorkRef) {
		assert_eq!(Exposures::take(work).map(|(booked, _)| booked), Some(*id), "freed once, by its operator");
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn for_benchmarks() -> OperatorId {
		operator(1)
	}
}

pub struct Outcomes;
impl OutcomeSink<AccountId> for Outcomes {
	fn note(id: &OperatorId, _: &AccountId, outcome: Outcome, weight: Usd) {
		let mut notes = Notes::get().unwrap_or_default();
		notes.push((*id, outcome, weight));
		Notes::put(notes);
	}

	fn rate(id: &OperatorId, client: &AccountId, stars: u8, weight: Usd) {
		let mut ratings = Ratings::get().unwrap_or_default();
		ratings.push((*id, *client, stars, weight));
		Ratings::put(ratings);
	}
}

/// Model 1 and 2 take jobs.
pub struct Models;
impl ModelRegistry for Models {
	fn terms(id: &ModelId) -> Option<ModelTerms> {
		(1..=2).contains(&id.0.to_low_u64_be()).then(|| ModelTerms {
			price: Usd(ModelPrice::get()),
			outputs: 2,
			min_deadline: MIN_DEADLINE,
			needs: Needs { memory_gb: 80 },
			assurance: Assurance::Zk,
			setup: KeySetup::SingleParty,
			verified: true,
		})
	}

	fn provable(_: &ModelId) -> bool {
		!KeyCondemned::get()
	}
}

pub const WORST: Weight = Weight::from_parts(10_000, 100);
pub const VERIFYING: Weight = Weight::from_parts(4_000, 40);
pub const DECODING: Weight = Weight::from_parts(500, 5);

/// A proof is the statement's hash. Any other 32 bytes are well-formed and false, all else is malformed.
pub struct Verifier;
impl EvidenceVerifier for Verifier {
	fn worst() -> Weight {
		WORST
	}

	fn verify(statement: &Statement, evidence: &Evidence) -> Result<Verdict, Refused> {
		let Evidence::Groth16(proof) = evidence else {
			return Err(Refused { why: EvidenceError::WrongKind, used: DECODING });
		};
		if proof.len() != 32 {
			return Err(Refused { why: EvidenceError::ProofLength, used: DECODING });
		}
		if proof[..] != hash(statement).0 {
			return Err(Refused { why: EvidenceError::DoesNotHold, used: VERIFYING });
		}
		Ok(Verdict { assurance: Assurance::Zk, setup: KeySetup::SingleParty, used: VERIFYING })
	}
}

/// Moves the escrow to one account, in which it all is queued; three tenths of the value leak.
pub struct Revenue;
impl Settlement<AccountId> for Revenue {
	fn accepts(_: &Asset, amount: Balance) -> DispatchResult {
		if amount == 0 {
			return Err(DispatchError::Other("nothing to settle"));
		}
		Ok(())
	}

	fn settle(from: &AccountId, settled: Settled<AccountId>) -> Result<Receipt, DispatchError> {
		let Settled { payer, operator, asset, amount, source, .. } = settled;
		pot::transfer::<AccountId, Money>(&asset, from, &REVENUE, amount)?;
		if SettlementFails::get() {
			return Err(DispatchError::Other("settlement fails half-way"));
		}
		let mut all = Settlements::get().unwrap_or_default();
		all.push((payer, operator, asset, amount, source));
		Settlements::put(all);
		Ok(Receipt { direct: 0, queued: amount, value: Usd(ModelPrice::get()), leak: leak(), lot: 3 })
	}
}

pub fn leak() -> Usd {
	Usd(ModelPrice::get() * 3 / 10)
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;
#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<AccountId> for Helper {
	fn prepare(client: &AccountId) -> (ModelId, OperatorId, AccountId) {
		use frame_support::traits::fungibles::Mutate;
		Money::mint_into(DOLLARS, client, ONE_USDC).expect("USDC exists");
		(model(1), operator(1), AGENT)
	}

	fn pass(slots: u32) {
		Now::mutate(|now| *now += slots);
	}
}

impl pallet_jobs::Config for Test {
	type Money = Money;
	type Operators = Operators;
	type Outcomes = Outcomes;
	type Models = Models;
	type Verifier = Verifier;
	type Settlement = Revenue;
	type Prices = Prices;
	type Clock = Clock;
	type PotId = PotId;
	type MaxDeadline = MaxDeadline;
	type Retention = Retention;
	type RefundRetry = RefundRetry;
	type TickSteps = TickSteps;
	type WeightInfo = Weights;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

pub fn operator(number: u64) -> OperatorId {
	OperatorId(H256::from_low_u64_be(number))
}

pub fn model(number: u64) -> ModelId {
	ModelId(H256::from_low_u64_be(number))
}

pub fn commitment(number: u64) -> H256 {
	H256::from_low_u64_be(number)
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn balance(asset: &Asset, who: AccountId) -> Balance {
	<Money as frame_support::traits::fungibles::Inspect<AccountId>>::balance(asset.clone(), &who)
}

/// What the pot holds above its floor.
pub fn in_pot(asset: &Asset) -> Balance {
	pot::available::<AccountId, Money>(asset, &Pallet::<Test>::pot())
}

/// The id that the client's next job would get.
pub fn next_id(client: AccountId, commitment: H256) -> JobId {
	JobId::derive(&Pallet::<Test>::genesis(), &client, crate::Nonces::<Test>::get(client), &commitment)
}

/// Submits a job of the client's for operator and model 1, in USDC, with the shortest deadline.
pub fn submit(client: AccountId, number: u64) -> Result<JobId, DispatchError> {
	submit_for(client, number, DOLLARS, 1, MIN_DEADLINE)
}

pub fn submit_for(
	client: AccountId,
	number: u64,
	asset: Asset,
	to: u64,
	deadline: u32,
) -> Result<JobId, DispatchError> {
	let id = next_id(client, commitment(number));
	Jobs::submit(
		signed(client),
		model(1),
		commitment(number),
		H256::repeat_byte(5),
		Balance::MAX,
		asset,
		deadline,
		Assign::Operator(operator(to)),
	)?;
	Ok(id)
}

pub fn outputs() -> Outputs {
	vec![[1; 32], [2; 32]].try_into().expect("two outputs")
}

/// Evidence that holds for these outputs of a job.
pub fn evidence(id: &JobId, outputs: Outputs) -> Evidence {
	let job = crate::Jobs::<Test>::get(id).expect("a job");
	let proof = hash(&Pallet::<Test>::statement(id, &job, outputs));
	Evidence::Groth16(proof.0.to_vec().try_into().expect("32 bytes"))
}

pub fn false_evidence() -> Evidence {
	Evidence::Groth16(vec![0; 32].try_into().expect("32 bytes"))
}

pub fn malformed_evidence() -> Evidence {
	Evidence::Groth16(vec![0; 31].try_into().expect("31 bytes"))
}

pub fn last_event() -> RuntimeEvent {
	System::events().pop().expect("an event").event
}

/// Runs the queue as one block does.
pub fn idle() -> Weight {
	<Jobs as frame_support::traits::Hooks<u64>>::on_idle(System::block_number(), Weight::MAX)
}

/// Lets blocks go by until the queue has caught up with the clock.
pub fn catch_up() {
	let mut last = None;
	while last != Some(crate::Cursor::<Test>::get()) || crate::Cursor::<Test>::get() < Now::get() {
		last = Some(crate::Cursor::<Test>::get());
		idle();
		if !Judging::get() {
			break;
		}
	}
}

pub struct ExtBuilder;

impl ExtBuilder {
	pub fn build(self) -> sp_io::TestExternalities {
		Now::set(0);
		Judging::set(true);
		NativePrice::set(None);
		ModelPrice::set(PRICE);
		WhyIneligible::set(None);
		ExposureFull::set(false);
		SettlementFails::set(false);
		KeyCondemned::set(false);
		let floors = [Pallet::<Test>::pot(), REVENUE];
		let clients = [ALICE, BOB];
		let native = floors.map(|who| (who, NATIVE_MIN)).into_iter().chain(clients.map(|who| (who, 1_000 * VKTR)));
		let dollars =
			floors.map(|who| (USDC, who, USDC_MIN)).into_iter().chain(clients.map(|who| (USDC, who, 1_000 * ONE_USDC)));
		let storage = RuntimeGenesisConfig {
			balances: pallet_balances::GenesisConfig { balances: native.collect(), ..Default::default() },
			assets: pallet_assets::GenesisConfig {
				assets: vec![(USDC, ISSUER, true, USDC_MIN)],
				accounts: dollars.collect(),
				..Default::default()
			},
			..Default::default()
		}
		.build_storage()
		.expect("a genesis");
		let mut ext = sp_io::TestExternalities::new(storage);
		ext.execute_with(|| System::set_block_number(1));
		ext
	}

	/// Runs a test, then checks every invariant.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			check();
		});
	}
}

/// The invariants, and that exposure is booked for open jobs and for nothing else.
pub fn check() {
	Jobs::do_try_state().expect("the invariants hold");
	let open = crate::OpenJobs::<Test>::iter_keys().map(|(_, id)| WorkRef::Job(id));
	let mut open = open.collect::<Vec<_>>();
	let mut booked = Exposures::iter_keys().collect::<Vec<_>>();
	open.sort_by_key(|WorkRef::Job(id)| *id);
	booked.sort_by_key(|WorkRef::Job(id)| *id);
	assert_eq!(open, booked);
}
