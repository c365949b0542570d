//! A chain in memory: any preset, real blocks, signed transactions.

use std::collections::BTreeSet;

use codec::Encode;
use frame_support::{
	dispatch::DispatchResultWithPostInfo,
	traits::{fungibles::Inspect, Get},
};
use sp_consensus_babe::{
	digests::{PreDigest, SecondaryPlainPreDigest},
	BABE_ENGINE_ID,
};
use sp_genesis_builder::runtime_decl_for_genesis_builder::GenesisBuilderV1;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
	generic::Era,
	traits::{Dispatchable, Header as _},
	transaction_validity::TransactionValidityError,
	ApplyExtrinsicResult, Digest, DigestItem, MultiSignature,
};
use vektor_primitives::USDC;
use vektor_runtime::{adapters::money::Money, timing, *};

/// The first slot of every test chain.
const FIRST_SLOT: u64 = 1_000_000;

/// A preset's full genesis.
pub fn genesis(preset: &str) -> Vec<u8> {
	merged(named(Some(preset)))
}

/// A patch over the defaults, as the node merges them.
pub fn merged(patch: serde_json::Value) -> Vec<u8> {
	let mut full = named(None);
	merge(&mut full, patch);
	serde_json::to_vec(&full).expect("JSON")
}

fn named(preset: Option<&str>) -> serde_json::Value {
	let bytes = <Runtime as GenesisBuilderV1<Block>>::get_preset(&preset.map(Into::into)).expect("a known preset");
	serde_json::from_slice(&bytes).expect("a preset is JSON")
}

fn merge(base: &mut serde_json::Value, patch: serde_json::Value) {
	match (base, patch) {
		(serde_json::Value::Object(base), serde_json::Value::Object(patch)) => {
			for (key, value) in patch {
				merge(base.entry(key).or_insert(serde_json::Value::Null), value);
			}
		}
		(base, patch) => *base = patch,
	}
}

/// Runs `test` on the chain of `preset`, in its first block; afterwards every pallet's invariants must hold.
pub fn on(preset: &str, test: impl FnOnce()) {
	let mut ext = sp_io::TestExternalities::default();
	ext.execute_with(|| {
		<Runtime as GenesisBuilderV1<Block>>::build_state(genesis(preset)).expect("the preset builds");
		begin();
		test();
		end();
		check();
	});
}

/// A chain's state in the middle of a block, to start from many times: genesis is the dearest part of a test.
pub struct Start {
	raw: (Vec<(Vec<u8>, (Vec<u8>, i32))>, Hash),
	parent: Option<Hash>,
}

/// The chain of `preset` with what `prepare` does in its first block, and what that returns.
pub fn beginning<R>(preset: &str, prepare: impl FnOnce() -> R) -> (Start, R) {
	let mut ext = sp_io::TestExternalities::default();
	let prepared = ext.execute_with(|| {
		<Runtime as GenesisBuilderV1<Block>>::build_state(genesis(preset)).expect("the preset builds");
		begin();
		prepare()
	});
	ext.commit_all().expect("a backend in memory");
	let parent = PARENT.with(|parent| *parent.borrow());
	(Start { raw: ext.into_raw_snapshot(), parent }, prepared)
}

impl Start {
	/// Runs `test` from here; afterwards every pallet's invariants must hold.
	pub fn on(&self, test: impl FnOnce()) {
		PARENT.with(|parent| *parent.borrow_mut() = self.parent);
		let (raw, root) = self.raw.clone();
		let mut ext = sp_io::TestExternalities::from_raw_snapshot(raw, root, Default::default());
		ext.execute_with(|| {
			test();
			end();
			check();
		});
	}
}

/// Every pallet's invariants, and what holds between them.
pub fn check() {
	use vektor_primitives::traits::Earnings;
	let watched = pallet_connectivity::SlotOf::<Runtime>::iter_keys();
	let earners: BTreeSet<_> = watched.chain(pallet_connectivity::Left::<Runtime>::iter_keys()).collect();
	let earned: Balance = earners.iter().map(Connectivity::earned).sum();
	let due = pallet_revenue::AvailabilityStream::<Runtime>::get().due;
	assert!(earned <= due, "operators have earned {earned} by being there, and {due} is there for it");
	#[cfg(feature = "try-runtime")]
	{
		use frame_support::traits::{TryState, TryStateSelect};
		<AllPalletsWithSystem as TryState<BlockNumber>>::try_state(System::block_number(), TryStateSelect::All)
			.expect("every invariant holds");
	}
}

fn begin() {
	let slot = match *pallet_babe::CurrentSlot::<Runtime>::get() {
		0 => FIRST_SLOT,
		slot => slot + 1,
	};
	begin_at(slot);
}

/// From now on blocks are written by the validator of that index, and not by the first.
pub fn author(index: u32) {
	AUTHOR.with(|author| author.set(index));
}

/// Starts a block at `slot`.
pub fn begin_at(slot: u64) {
	let number = System::block_number() + 1;
	let pre = PreDigest::SecondaryPlain(SecondaryPlainPreDigest {
		authority_index: AUTHOR.with(|author| author.get()),
		slot: slot.into(),
	});
	let digest = Digest { logs: vec![DigestItem::PreRuntime(BABE_ENGINE_ID, pre.encode())] };
	let parent = PARENT.with(|parent| *parent.borrow()).filter(|_| number > 1).unwrap_or(System::block_hash(0));
	Executive::initialize_block(&Header::new(number, Hash::default(), Hash::default(), parent, digest));
	let now = slot * <timing::SlotMs as Get<u64>>::get();
	let inherent = UncheckedExtrinsic::new_bare(RuntimeCall::Timestamp(pallet_timestamp::Call::set { now }));
	Executive::apply_extrinsic(inherent).expect("time is valid").expect("time is accepted");
}

/// Ends the block.
pub fn end() {
	let header = Executive::finalize_block();
	PARENT.with(|parent| *parent.borrow_mut() = Some(header.hash()));
}

std::thread_local! {
	static AUTHOR: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
	static PARENT: std::cell::RefCell<Option<Hash>> = const { std::cell::RefCell::new(None) };
}

/// Lets `n` blocks pass.
pub fn pass(n: u32) {
	for _ in 0..n {
		end();
		begin();
	}
}

/// A transaction of `who`'s, paying its fee in `asset` where one is given.
pub fn signed(who: Sr25519Keyring, call: RuntimeCall, tip: Balance, asset: Option<Asset>) -> UncheckedExtrinsic {
	let extension: TxExtension = (
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckMortality::from(Era::Immortal),
		frame_system::CheckNonce::from(System::account_nonce(who.to_account_id())),
		vektor_runtime::adapters::evidence::CheckWeight::new(),
		pallet_asset_conversion_tx_payment::ChargeAssetTxPayment::from(tip, asset),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	);
	let payload = SignedPayload::new(call.clone(), extension.clone()).expect("the chain has a genesis");
	let signature = payload.using_encoded(|bytes| who.sign(bytes));
	UncheckedExtrinsic::new_signed(call, who.to_account_id().into(), MultiSignature::Sr25519(signature), extension)
}

/// Sends it.
pub fn send(xt: UncheckedExtrinsic) -> ApplyExtrinsicResult {
	Executive::apply_extrinsic(xt)
}

/// Sends `call` of `who`'s with its fee in VKTR.
pub fn sign(who: Sr25519Keyring, call: impl Into<RuntimeCall>) -> ApplyExtrinsicResult {
	send(signed(who, call.into(), 0, None))
}

/// Dispatches `call` as `who`, without a fee.
pub fn dispatch(who: Sr25519Keyring, call: impl Into<RuntimeCall>) -> DispatchResultWithPostInfo {
	call.into().dispatch(RuntimeOrigin::signed(who.to_account_id()))
}

/// Dispatches `call` as root.
pub fn root(call: impl Into<RuntimeCall>) -> DispatchResultWithPostInfo {
	call.into().dispatch(RuntimeOrigin::root())
}

/// VKTR that is free.
pub fn native(who: &AccountId) -> Balance {
	Balances::free_balance(who)
}

/// USDC.
pub fn usdc(who: &AccountId) -> Balance {
	Money::balance(Asset::WithId(USDC), who)
}

/// Whether a transaction was refused before it was dispatched.
pub fn refused(result: ApplyExtrinsicResult) -> TransactionValidityError {
	result.expect_err("the transaction is invalid")
}
