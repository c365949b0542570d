//! One benchmark per call and per part of a block's work, each at its worst: all pages, all validators, or seven of them where
//! that one prober looks at every page is dearer, operators whose endpoints are the longest and who all earn. What an accusation
//! weighs is `Discipline`'s to say and what a window's share weighs `Availability`'s; what `Watch` and `Earnings` cost is in the
//! calls of those who use them.

use alloc::{collections::BTreeSet, vec, vec::Vec};
use codec::{Decode, Encode};
use frame_benchmarking::v2::*;
use frame_support::{
	pallet_prelude::TransactionSource,
	traits::{Authorize, Get},
	BoundedVec,
};
use frame_system::RawOrigin;
use sp_core::{crypto::AccountId32, sr25519, H256};
use sp_runtime::MultiSignature;
use vektor_primitives::{
	connectivity::{activation_message, probe_message},
	hash,
	traits::{Attestations, Contacts, LiveTime, Watch},
	Attested, Offer, OperatorId, Ppm, ProberId, ProberSignature, Reach, Usd,
};

use crate::{
	report_message, rules, Call, Config, Kept, Mark, Marks, Pages, Pallet, Pending, Prober, Probers, Progress, Report,
	Reports, Score, Scores, Shared, Shares, Shown, SlotOf, Slots, Tally, TallyState, Watched, WindowRecord, Windowing,
	Windows, COMMITTEE, FIRST_UPTIME, HOUR, PAGE, SHOWN,
};

/// A pair of keys: in tests from memory, in the runtime by the host's keystore.
struct Key {
	#[cfg(feature = "std")]
	pair: sr25519::Pair,
	public: sr25519::Public,
}

impl Key {
	#[cfg(feature = "std")]
	fn new(number: u32) -> Self {
		use sp_core::Pair;
		let pair = sr25519::Pair::from_seed(&hash(&(b"benchmark", number)).0);
		Self { public: pair.public(), pair }
	}

	#[cfg(not(feature = "std"))]
	fn new(number: u32) -> Self {
		use sp_runtime::app_crypto::RuntimePublic;
		use vektor_primitives::connectivity::KEY_TYPE;
		let seed = alloc::format!("//{number}").into_bytes();
		Self { public: sr25519::Public::generate_pair(KEY_TYPE, Some(seed)) }
	}

	#[cfg(feature = "std")]
	fn sign(&self, message: &H256) -> sr25519::Signature {
		use sp_core::Pair;
		self.pair.sign(message.as_bytes())
	}

	#[cfg(not(feature = "std"))]
	fn sign(&self, message: &H256) -> sr25519::Signature {
		use sp_runtime::app_crypto::RuntimePublic;
		use vektor_primitives::connectivity::KEY_TYPE;
		self.public.sign(KEY_TYPE, message).expect("the keystore has the key that it made")
	}

	fn account(&self) -> AccountId32 {
		AccountId32::new(self.public.0)
	}
}

const SET: u32 = 1;

const DEVICES: u32 = 8;

/// The units of so many devices of which each weighs one.
const UNITS: u64 = 8_000_000;

/// `count` validators. If they are no more than a committee, each looks at every page.
fn probers<T: Config>(count: u32, first: &Key) {
	let prober = |number: u32| {
		let key = match number {
			0 => ProberId::from(first.public),
			_ => Decode::decode(&mut &hash(&number).encode()[..]).expect("32 bytes"),
		};
		Prober { key, validator: account("validator", number, 0) }
	};
	Probers::<T>::insert(SET, BoundedVec::truncate_from((0..count).map(prober).collect()));
}

/// An operator that was down and is judged in `window`, whose devices count, and whose part of the window before is not settled.
fn one<T: Config>(operator: OperatorId, window: u32) -> Watched {
	let attested = Attested { devices: DEVICES, until: u64::MAX, trust: T::Attestations::current().1 };
	Watched {
		operator,
		since: window,
		proved: true,
		unproved_since: 0,
		serving: true,
		excused_until: 0,
		missed: HOUR,
		accused: true,
		reach: Reach::Down,
		uptime: FIRST_UPTIME,
		offer: Offer { attested, weight: Ppm::ONE, price: Usd(2_000_000) },
		pending: Some(Pending { window: window.saturating_sub(1), units: UNITS }),
		earned: 1 << 80,
	}
}

/// So many windows that have passed, the last of them open, with `slots` slots.
fn windows<T: Config>(count: u32, slots: u32) -> u32 {
	let current = Pallet::<T>::window();
	// The clock may be young: windows are numbered from it on, as they are by a clock that has run.
	let first = current.saturating_sub(count.saturating_sub(1));
	Slots::<T>::put(slots);
	let mut kept = Vec::new();
	for window in first..=current {
		let record = WindowRecord {
			set: SET,
			seed: H256::repeat_byte(1),
			sample_seed: (window != current).then(|| H256::repeat_byte(2)),
			slots,
			neutral: false,
		};
		Windows::<T>::insert(window, record);
		kept.push(window);
	}
	Kept::<T>::put(BoundedVec::truncate_from(kept));
	Windowing::<T>::put(Progress { current, untallied: first });
	current
}

/// What the window before the present one asks of a prober: all its places marked, and of the places that are drawn only the
/// last three there, so that all draws are walked.
fn worst<T: Config>(key: &Key) -> Report {
	let slots = T::MaxPages::get() * PAGE;
	probers::<T>(COMMITTEE, key);
	// While there is room: an operator that is made may be watched at once.
	let mut agents = (0..SHOWN)
		.map(|number| {
			let agent = Key::new(100 + number);
			let operator = T::Contacts::setup(&agent.account());
			(agent, operator)
		})
		.collect::<Vec<_>>();
	let window = windows::<T>(2, slots) - 1;
	let record = Windows::<T>::get(window).unwrap_or_default();
	let seat = Pallet::<T>::seat(window, &record, 0).expect("the first of the set");
	let seed = record.sample_seed.expect("it has ended");
	let mut drawn = rules::draws(&seed, window, &seat.prober.key, seat.places);
	let mut shown = Vec::new();
	let mut seen = BTreeSet::new();
	drawn.reverse();
	for place in drawn {
		let slot = rules::slot_of(&seat.pages, place).expect("a place of its pages");
		let new = if seen.insert(place) { agents.pop() } else { None };
		Pages::<T>::mutate(slot / PAGE, |row| {
			let row = row.get_or_insert_with(|| BoundedVec::truncate_from(vec![None; PAGE as usize]));
			if let Some((agent, operator)) = new {
				row[(slot % PAGE) as usize] = Some(one::<T>(operator, window));
				let (round, nonce) = (0, [7; 16]);
				let key = ProberId::from(key.public);
				let message = probe_message(&Pallet::<T>::genesis(), &key, &operator, window, round, &nonce);
				shown.push(Shown { place, round, nonce, signature: MultiSignature::Sr25519(agent.sign(&message)) });
			}
		});
	}
	let marks = rules::pack(&vec![Mark::Up; seat.places as usize]);
	let mut report = Report { window, prober: 0, marks: Marks::truncate_from(marks), shown: Default::default() };
	let order = Pallet::<T>::required(window, &seed, &seat, &report.marks);
	let sorted = order.iter().filter_map(|(place, _)| shown.iter().find(|one| one.place == *place).cloned());
	report.shown = BoundedVec::truncate_from(sorted.collect());
	report
}

fn signed<T: Config>(key: &Key, report: &Report) -> ProberSignature {
	key.sign(&report_message(&Pallet::<T>::genesis(), report)).into()
}

/// `pages` full pages of operators, and the reports of seven of all validators, who see them late.
fn full<T: Config>(pages: u32) -> Progress {
	let slots = pages * PAGE;
	let key = Key::new(0);
	probers::<T>(T::MaxValidators::get(), &key);
	let current = windows::<T>(3, slots);
	let window = current.saturating_sub(2);
	for page in 0..pages {
		let operator = |offset: u32| OperatorId(hash(&(page, offset)));
		let row = (0..PAGE).map(|offset| Some(one::<T>(operator(offset), window))).collect();
		Pages::<T>::insert(page, BoundedVec::truncate_from(row));
	}
	let scores = (0..T::MaxValidators::get()).map(|_| Score { reported: true, ..Default::default() }).collect();
	Scores::<T>::put(BoundedVec::truncate_from(scores));
	let record = Windows::<T>::get(window).unwrap_or_default();
	let marks = Marks::truncate_from(vec![0b0101_0101; (slots / 4) as usize]);
	for page in 0..pages {
		for member in rules::committee(T::MaxValidators::get(), &record.seed, window, page) {
			Reports::<T>::insert(window, member, marks.clone());
		}
	}
	Tally::<T>::put(TallyState { window, reports: T::MaxValidators::get(), ..Default::default() });
	let units = UNITS * u64::from(slots);
	Shares::<T>::put(Shared { window: window.saturating_sub(1), units, share: 1 << 80 });
	Windowing::<T>::get().unwrap_or_default()
}

/// So many others that with one more they fill a page.
pub(crate) fn crowd<T: Config>() {
	for number in 0..PAGE - 1 {
		Pallet::<T>::enter(&OperatorId(hash(&number))).expect("there is room");
	}
}

/// The clock of a new chain stands at 0: on to a window that has some before it.
fn later<T: Config>() {
	T::BenchmarkHelper::at(T::WindowLength::get() * 64);
}

/// Sets the clock.
pub trait BenchmarkHelper {
	/// Makes this the live time.
	fn at(now: LiveTime);
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn report(b: Linear<1, 4_096>) {
		let marks = Marks::truncate_from(vec![0; b as usize]);
		let seen = Report { window: 7, prober: 3, marks, shown: Default::default() };
		let signature = signed::<T>(&Key::new(0), &seen);

		#[extrinsic_call]
		_(RawOrigin::Authorized, seen, signature);

		assert!(Reports::<T>::contains_key(7, 3));
	}

	#[benchmark]
	fn authorize_report() {
		later::<T>();
		let key = Key::new(0);
		let seen = worst::<T>(&key);
		let signature = signed::<T>(&key, &seen);
		assert_eq!(seen.shown.len(), 3);
		let call = Call::<T>::report { report: seen, signature };

		#[block]
		{
			call.authorize(TransactionSource::External).expect("a call that can be").expect("a report that is right");
		}
	}

	#[benchmark]
	fn answer_activation() {
		later::<T>();
		let (key, agent) = (Key::new(0), Key::new(1));
		probers::<T>(T::MaxValidators::get(), &key);
		let window = windows::<T>(2, 0);
		let operator = T::Contacts::setup(&agent.account());
		crowd::<T>();
		Pallet::<T>::enter(&operator).expect("there is room");
		Pallet::<T>::changed(&operator, true);
		let endpoint = T::Contacts::contact(&operator).map(|contact| contact.endpoint).unwrap_or_default();
		let message = activation_message(&Pallet::<T>::genesis(), &operator, &endpoint, window);
		let signature: ProberSignature = key.sign(&message).into();
		let slot = SlotOf::<T>::get(operator).expect("it is watched");
		let record = Windows::<T>::get(window).unwrap_or_default();
		let leader = rules::committee(T::MaxValidators::get(), &record.seed, window, slot / PAGE)[0];
		Probers::<T>::mutate(SET, |set| set[usize::from(leader)].key = ProberId::from(key.public));

		#[extrinsic_call]
		_(RawOrigin::Signed(agent.account()), operator, window, leader, signature);

		assert!(Pallet::<T>::in_slot(slot).is_some_and(|watched| watched.proved));
	}

	/// A block in which there is nothing to do.
	#[benchmark]
	fn tick() {
		later::<T>();
		let current = windows::<T>(T::KeptWindows::get() - 1, 0);
		Windowing::<T>::put(Progress { current, untallied: current });

		#[block]
		{
			Pallet::<T>::tick();
		}

		assert!(Windows::<T>::contains_key(current));
	}

	/// A window ends, another begins.
	#[benchmark]
	fn turn() {
		later::<T>();
		let current = windows::<T>(T::KeptWindows::get() - 1, 0);
		let old = Windowing::<T>::get();

		#[block]
		{
			Pallet::<T>::turn(old, current + 1);
		}

		assert!(Windows::<T>::contains_key(current + 1));
	}

	/// The tally of a window in which all `n` probers reported begins.
	#[benchmark]
	fn begin(n: Linear<2, 100>) {
		later::<T>();
		let n = n.min(T::MaxValidators::get());
		probers::<T>(n, &Key::new(0));
		let window = windows::<T>(3, PAGE) - 2;
		(0..n).for_each(|index| Reports::<T>::insert(window, index as u16, Marks::truncate_from(vec![0; 16])));
		let (kept, progress) = (Kept::<T>::get(), Windowing::<T>::get().unwrap_or_default());

		#[block]
		{
			Pallet::<T>::begin(&kept, progress);
		}

		assert!(Tally::<T>::get().is_some_and(|state| state.reports == n));
	}

	/// `p` pages of operators who come back late, each by seven reports, and all earn.
	#[benchmark]
	fn tally(p: Linear<1, 16>) {
		later::<T>();
		let p = p.min(T::MaxPages::get());
		let progress = full::<T>(p);

		#[block]
		{
			let state = Tally::<T>::get().unwrap_or_default();
			Pallet::<T>::go_on(state, progress, p);
		}

		let state = Tally::<T>::get().unwrap_or_default();
		assert_eq!((state.page, state.judged, state.units), (p, p * PAGE, u64::from(p * PAGE) * UNITS));
		let first = Pallet::<T>::in_slot(0).expect("there is one");
		assert!(first.earned > 1 << 80 && first.pending.is_some_and(|pending| pending.window == state.window));
	}

	/// All `n` reports are paid for, and all devices that there may be.
	#[benchmark]
	fn award(n: Linear<2, 100>) {
		later::<T>();
		let n = n.min(T::MaxValidators::get());
		probers::<T>(n, &Key::new(0));
		let window = windows::<T>(3, 0) - 2;
		let good = Score { reported: true, pages: 1, judged: 10, looked: 10, agreed: 10 };
		Scores::<T>::put(BoundedVec::truncate_from(vec![good; n as usize]));
		let slots = T::MaxPages::get() * PAGE;
		let (units, hourly) = (UNITS * u64::from(slots), Usd(u128::from(DEVICES * slots) * 2_000_000));
		let state = TallyState { window, units, hourly, ..Default::default() };
		Tally::<T>::put(state);
		let progress = Windowing::<T>::get().unwrap_or_default();

		#[block]
		{
			Pallet::<T>::award(state, progress, SET);
		}

		assert!(!Tally::<T>::exists() && Shares::<T>::exists());
	}

	/// A window with `n` reports is forgotten, and its set with it.
	#[benchmark]
	fn forget(n: Linear<0, 100>) {
		later::<T>();
		let n = n.min(T::MaxValidators::get());
		probers::<T>(T::MaxValidators::get(), &Key::new(0));
		let current = windows::<T>(T::KeptWindows::get(), 0);
		let kept = Kept::<T>::get();
		let oldest = kept.first().copied().unwrap_or_default();
		(0..n).for_each(|index| Reports::<T>::insert(oldest, index as u16, Marks::truncate_from(vec![0; 512])));
		kept.iter().skip(1).for_each(|window| Windows::<T>::mutate_extant(window, |record| record.set = SET + 1));
		let progress = Progress { current, untallied: current };

		#[block]
		{
			Pallet::<T>::forget(kept, progress);
		}

		assert!(!Windows::<T>::contains_key(oldest) && !Probers::<T>::contains_key(SET));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
