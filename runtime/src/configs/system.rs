//! Blocks, transactions, accounts, and who may act for another.

use frame_support::{
	derive_impl,
	dispatch::DispatchClass,
	parameter_types,
	traits::{ConstU32, Contains, EitherOf, InsideBoth, InstanceFilter},
	weights::constants::{BlockExecutionWeight, ExtrinsicBaseWeight, ParityDbWeight},
	PalletId,
};
use frame_system::{
	limits::{BlockLength, BlockWeights},
	EnsureRoot,
};
use pallet_asset_conversion::PoolLocator;
use pallet_identity::legacy::IdentityInfo;
use sp_core::TypeId;
use sp_runtime::{
	traits::{AccountIdLookup, BlakeTwo256, StaticLookup, Verify},
	Perbill,
};
use sp_version::RuntimeVersion;
use vektor_primitives::{Asset, Balance, USDC};

use crate::{
	adapters::{
		burns::{Burn, Counted, Deposits},
		evidence::CheckWeight,
		votes::OnceEach,
	},
	configs::{origins::GeneralAdmin, staking},
	params::{deposit, MAXIMUM_BLOCK_LENGTH, MAXIMUM_BLOCK_WEIGHT, NORMAL_RATIO},
	timing::Days,
	AccountId, Balances, Block, MultiBlockMigrations, Nonce, OriginCaller, PalletInfo, Runtime, RuntimeCall,
	RuntimeEvent, RuntimeOrigin, RuntimeTask, SafeMode, Signature, System, TxExtension, TxPause, UncheckedExtrinsic,
	VERSION,
};

parameter_types! {
	pub const Version: RuntimeVersion = VERSION;
	/// Four hours of block hashes: the longest a mortal transaction can live.
	pub const BlockHashCount: u32 = 2_400;
	/// Const: the metadata hash is computed with an empty state, so a stored prefix would mislead hardware wallets.
	pub const SS58Prefix: u16 = 42;
	pub Length: BlockLength = BlockLength::builder()
		.max_length(MAXIMUM_BLOCK_LENGTH)
		.modify_max_length_for_class(DispatchClass::Normal, |max| *max = NORMAL_RATIO * *max)
		.build();
	pub Weights: BlockWeights = BlockWeights::builder()
		.base_block(BlockExecutionWeight::get())
		.for_class(DispatchClass::all(), |w| w.base_extrinsic = ExtrinsicBaseWeight::get())
		.for_class(DispatchClass::Normal, |w| w.max_total = Some(NORMAL_RATIO * MAXIMUM_BLOCK_WEIGHT))
		.for_class(DispatchClass::Operational, |w| {
			w.max_total = Some(MAXIMUM_BLOCK_WEIGHT);
			// Kept free of normal transactions, so that what is operational gets in when blocks are full. Reports of
			// equivocations are normal ones: their priority puts them first.
			w.reserved = Some(MAXIMUM_BLOCK_WEIGHT.saturating_sub(NORMAL_RATIO * MAXIMUM_BLOCK_WEIGHT));
		})
		.avg_block_initialization(Perbill::from_percent(10))
		.build_or_panic();
}

/// All calls but a vested transfer to an account of the protocol's: a pot's, the treasury's, a bounty's or the pool's. They count what they
/// have as what they can pay, and a lock that anybody may add would make swaps, withdrawals and payouts fail.
pub struct VestsElsewhere;

impl Contains<RuntimeCall> for VestsElsewhere {
	fn contains(call: &RuntimeCall) -> bool {
		let RuntimeCall::Vesting(pallet_vesting::Call::vested_transfer { target, .. }) = call else { return true };
		!<Runtime as frame_system::Config>::Lookup::lookup(target.clone()).is_ok_and(|target| is_the_protocols(&target))
	}
}

/// A pallet's accounts begin alike, and so does each below them; the pool's is a hash.
fn is_the_protocols(who: &AccountId) -> bool {
	type Locator = <Runtime as pallet_asset_conversion::Config>::PoolLocator;
	let bytes: &[u8] = who.as_ref();
	bytes.starts_with(&PalletId::TYPE_ID)
		|| Locator::pool_address(&Asset::Native, &Asset::WithId(USDC)).is_ok_and(|pool| pool == *who)
}

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
	/// Both brakes apply to every call that is not root's; and nobody burns without it being counted, votes more than once, or locks what
	/// the protocol holds.
	type BaseCallFilter =
		InsideBoth<InsideBoth<Counted, InsideBoth<OnceEach, VestsElsewhere>>, InsideBoth<SafeMode, TxPause>>;
	type BlockWeights = Weights;
	type BlockLength = Length;
	/// ParityDB is the node's default.
	type DbWeight = ParityDbWeight;
	type Nonce = Nonce;
	type AccountId = AccountId;
	type Lookup = AccountIdLookup<AccountId, ()>;
	type Block = Block;
	type BlockHashCount = BlockHashCount;
	type Version = Version;
	type AccountData = pallet_balances::AccountData<Balance>;
	type SystemWeightInfo = frame_system::weights::SubstrateWeight<Runtime>;
	type ExtensionsWeightInfo = frame_system::SubstrateExtensionsWeight<Runtime>;
	type SS58Prefix = SS58Prefix;
	/// A consumer is a bond, a vote, a session key or a non-sufficient asset: nobody needs more of them at once.
	type MaxConsumers = ConstU32<64>;
	type MultiBlockMigrator = MultiBlockMigrations;
}

impl<C> frame_system::offchain::CreateTransactionBase<C> for Runtime
where
	RuntimeCall: From<C>,
{
	type RuntimeCall = RuntimeCall;
	type Extrinsic = UncheckedExtrinsic;
}

/// BABE and GRANDPA submit equivocation reports without a signature.
impl<C> frame_system::offchain::CreateBare<C> for Runtime
where
	RuntimeCall: From<C>,
{
	fn create_bare(call: RuntimeCall) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_bare(call)
	}
}

impl<C> frame_system::offchain::CreateTransaction<C> for Runtime
where
	RuntimeCall: From<C>,
{
	type Extension = TxExtension;

	fn create_transaction(call: RuntimeCall, extension: TxExtension) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_transaction(call, extension)
	}
}

/// What carries an authorised call: no nonce, no fee, no signature. What authorises it is in the call.
impl<C> frame_system::offchain::CreateAuthorizedTransaction<C> for Runtime
where
	RuntimeCall: From<C>,
{
	fn create_extension() -> TxExtension {
		(
			frame_system::AuthorizeCall::new(),
			frame_system::CheckNonZeroSender::new(),
			frame_system::CheckSpecVersion::new(),
			frame_system::CheckTxVersion::new(),
			frame_system::CheckGenesis::new(),
			frame_system::CheckMortality::from(sp_runtime::generic::Era::Immortal),
			frame_system::CheckNonce::from(0),
			CheckWeight::new(),
			pallet_asset_conversion_tx_payment::ChargeAssetTxPayment::from(0, None),
			frame_metadata_hash_extension::CheckMetadataHash::new(false),
			frame_system::WeightReclaim::new(),
		)
	}
}

impl pallet_utility::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PalletsOrigin = OriginCaller;
	type WeightInfo = pallet_utility::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	pub const MultisigDeposit: Balance = deposit(1, 88);
	pub const MultisigSignatoryDeposit: Balance = deposit(0, 32);
}

impl pallet_multisig::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type DepositBase = MultisigDeposit;
	type DepositFactor = MultisigSignatoryDeposit;
	type MaxSignatories = ConstU32<64>;
	type BlockNumberProvider = System;
	type WeightInfo = pallet_multisig::weights::SubstrateWeight<Runtime>;
}

/// What a proxy may do for the account behind it.
#[derive(
	Copy,
	Clone,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Default,
	Debug,
	codec::Encode,
	codec::Decode,
	codec::DecodeWithMemTracking,
	codec::MaxEncodedLen,
	scale_info::TypeInfo,
)]
pub enum ProxyType {
	/// Everything.
	#[default]
	#[codec(index = 0)]
	Any,
	/// Everything that cannot send money or promise it to somebody else.
	#[codec(index = 1)]
	NonTransfer,
	/// Voting, with a stake too, referenda, preimages, treasury and bounties, but for whom a bounty pays.
	#[codec(index = 2)]
	Governance,
	/// Validating, nominating, session keys, where the rewards of that go, and locking stake: stake comes back to its owner only.
	#[codec(index = 3)]
	Staking,
	/// Everyday calls of an operator: never its owner's money.
	#[codec(index = 4)]
	Operator,
	/// Rejecting what other proxies announced.
	#[codec(index = 5)]
	CancelProxy,
}

/// Identity calls that put down no deposit which another could take (a sub gets its own by `quit_sub`) and pay no registrar.
fn names(call: &RuntimeCall) -> bool {
	use pallet_identity::Call;
	matches!(
		call,
		RuntimeCall::Identity(
			Call::set_identity { .. }
				| Call::clear_identity { .. }
				| Call::cancel_request { .. }
				| Call::rename_sub { .. }
				| Call::remove_sub { .. }
				| Call::accept_username { .. }
				| Call::set_primary_username { .. }
		)
	)
}

/// Calls that keep bounties going: none says who is paid, or who may say so.
fn tends(call: &RuntimeCall) -> bool {
	use pallet_bounties::Call as Bounty;
	use pallet_child_bounties::Call as Child;
	matches!(
		call,
		RuntimeCall::Bounties(
			Bounty::propose_bounty { .. }
				| Bounty::accept_curator { .. }
				| Bounty::unassign_curator { .. }
				| Bounty::extend_bounty_expiry { .. }
				| Bounty::claim_bounty { .. }
		) | RuntimeCall::ChildBounties(
			Child::accept_curator { .. }
				| Child::unassign_curator { .. }
				| Child::claim_child_bounty { .. }
				| Child::close_child_bounty { .. }
		)
	)
}

/// Calls that say that a stake's rewards go elsewhere.
fn rewards_others(call: &RuntimeCall) -> bool {
	use pallet_staking::{Call, RewardDestination};
	match call {
		RuntimeCall::Staking(Call::set_payee { .. }) => true,
		RuntimeCall::Staking(Call::bond { payee, .. }) => {
			!matches!(payee, RewardDestination::Staked | RewardDestination::Stash)
		}
		_ => false,
	}
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	fn filter(&self, call: &RuntimeCall) -> bool {
		use RuntimeCall as C;
		match self {
			Self::Any => true,
			// A list of what is allowed: a pallet that comes later is closed until somebody opens it here.
			Self::NonTransfer => {
				matches!(call, C::System(..) | C::Utility(..) | C::Session(..))
					|| names(call) || Self::Governance.filter(call)
					|| Self::Operator.filter(call)
					|| Self::CancelProxy.filter(call)
					|| (Self::Staking.filter(call) && !rewards_others(call))
			}
			Self::Governance => {
				matches!(
					call,
					C::Referenda(..)
						| C::ConvictionVoting(..)
						| C::Preimage(..) | C::Whitelist(..)
						| C::Treasury(..) | C::Utility(..)
				) || staking::votes(call)
					|| tends(call)
			}
			Self::Staking => {
				matches!(call, C::Staking(..) | C::Session(..) | C::VoterList(..) | C::Utility(..))
					|| staking::keeps(call)
			}
			Self::Operator => crate::configs::inference::everyday(call) || matches!(call, C::Utility(..)),
			Self::CancelProxy => matches!(call, C::Proxy(pallet_proxy::Call::reject_announcement { .. })),
		}
	}

	fn is_superset(&self, other: &Self) -> bool {
		match (self, other) {
			(mine, theirs) if mine == theirs => true,
			(Self::Any, _) => true,
			(Self::NonTransfer, Self::Governance | Self::Operator | Self::CancelProxy) => true,
			_ => false,
		}
	}
}

parameter_types! {
	pub const ProxyDepositBase: Balance = deposit(1, 8);
	pub const ProxyDepositFactor: Balance = deposit(0, 33);
	pub const AnnouncementDepositBase: Balance = deposit(1, 8);
	pub const AnnouncementDepositFactor: Balance = deposit(0, 66);
}

impl pallet_proxy::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type ProxyType = ProxyType;
	type ProxyDepositBase = ProxyDepositBase;
	type ProxyDepositFactor = ProxyDepositFactor;
	type MaxProxies = ConstU32<32>;
	type MaxPending = ConstU32<32>;
	type CallHasher = BlakeTwo256;
	type AnnouncementDepositBase = AnnouncementDepositBase;
	type AnnouncementDepositFactor = AnnouncementDepositFactor;
	type BlockNumberProvider = System;
	type WeightInfo = pallet_proxy::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	pub const IdentityDeposit: Balance = deposit(1, 258);
	pub const IdentityByteDeposit: Balance = deposit(0, 1);
	pub const UsernameDeposit: Balance = deposit(0, 32);
	pub const SubAccountDeposit: Balance = deposit(1, 53);
}

/// Who speaks for the chain in everyday matters: root or the general admin's track.
pub type Admin = EitherOf<EnsureRoot<AccountId>, GeneralAdmin>;

impl pallet_identity::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type BasicDeposit = IdentityDeposit;
	type ByteDeposit = IdentityByteDeposit;
	type UsernameDeposit = UsernameDeposit;
	type SubAccountDeposit = SubAccountDeposit;
	type MaxSubAccounts = ConstU32<100>;
	type IdentityInformation = IdentityInfo<ConstU32<100>>;
	type MaxRegistrars = ConstU32<20>;
	/// Burned: a forfeited deposit belongs to nobody.
	type Slashed = Burn<Deposits>;
	type ForceOrigin = Admin;
	type RegistrarOrigin = Admin;
	type OffchainSignature = Signature;
	type SigningPublicKey = <Signature as Verify>::Signer;
	type UsernameAuthorityOrigin = Admin;
	type PendingUsernameExpiration = Days<7>;
	type UsernameGracePeriod = Days<30>;
	type MaxSuffixLength = ConstU32<7>;
	type MaxUsernameLength = ConstU32<32>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
	type WeightInfo = pallet_identity::weights::SubstrateWeight<Runtime>;
}
