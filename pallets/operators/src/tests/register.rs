//! Joining.

use frame_support::{assert_noop, assert_ok, traits::LockableCurrency, traits::WithdrawReasons, BoundedVec};
use sp_runtime::{BuildStorage, TokenError};
use vektor_primitives::{traits::OperatorRegistry, Balance, OperatorStatus, Usd, VKTR};

use crate::{mock::*, *};

/// What a test varies of a registration.
struct Try {
	class: &'static str,
	gpus: u32,
	region: &'static str,
	uplink: u32,
	endpoint: &'static str,
	collateral: Balance,
}

const FINE: Try = Try {
	class: "H100",
	gpus: 8,
	region: "eu-west",
	uplink: 10,
	endpoint: "https://gpu.example:9955",
	collateral: 8 * PER_GPU,
};

fn attempt(with: Try) -> sp_runtime::DispatchResult {
	Registry::register(
		signed(OWNER),
		AGENT,
		name(with.class),
		with.gpus,
		region(with.region),
		with.uplink,
		endpoint(with.endpoint),
		with.collateral,
	)
}

#[test]
fn an_operator_joins_pending_and_its_collateral_moves_to_the_pot() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(attempt(FINE));
		let operator = id(OWNER, 0);
		assert_eq!(balance(OWNER), FORTUNE - 8 * PER_GPU);
		assert_eq!(balance(Registry::pot()), NATIVE_MIN + 8 * PER_GPU);
		assert_eq!(
			get(operator),
			Operator {
				owner: OWNER,
				agent: AGENT,
				class: name("H100"),
				gpus: 8,
				region: region("eu-west"),
				uplink_gbps: 10,
				endpoint: endpoint("https://gpu.example:9955"),
				status: OperatorStatus::Pending,
				collateral: 8 * PER_GPU,
				unbonding: None,
				frozen: 0,
				open_cases: 0,
				forfeitures: 0,
				bars: Bars::default(),
				maintenance: Maintenance::default(),
				place: None,
				joined: 0,
				served: false,
				open_work: 0,
				exposure: Usd(0),
				free_switch: None,
				attested: Default::default(),
			}
		);
		assert_eq!(Registry::by_agent(&AGENT), Some(operator));
		assert_eq!(Registry::payee(&operator), Some(OWNER));
		assert_eq!(
			last_event(),
			Event::Registered {
				operator,
				owner: OWNER,
				agent: AGENT,
				class: name("H100"),
				gpus: 8,
				collateral: 8 * PER_GPU,
			}
			.into()
		);
	});
}

#[test]
fn less_than_the_class_asks_is_enough_to_join() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(attempt(Try { collateral: MIN_COLLATERAL, ..FINE }));
		assert_noop!(attempt(Try { collateral: MIN_COLLATERAL - 1, ..FINE }), Error::<Test>::DepositTooLow);
	});
}

#[test]
fn a_consumer_card_is_refused() {
	ExtBuilder::build_and_execute(|| {
		for class in ["RTX-4090", "RTX4090", "h100", ""] {
			assert_noop!(attempt(Try { class, ..FINE }), Error::<Test>::UnknownClass);
		}
	});
}

#[test]
fn a_class_that_is_not_open_is_refused() {
	ExtBuilder::build_and_execute(|| {
		assert_noop!(attempt(Try { class: "B200", ..FINE }), Error::<Test>::ClassDisabled);
	});
}

#[test]
fn no_gpu_and_too_many_are_refused() {
	ExtBuilder::build_and_execute(|| {
		for gpus in [0, MAX_GPUS + 1, u32::MAX] {
			assert_noop!(attempt(Try { gpus, ..FINE }), Error::<Test>::GpusOutOfBounds);
		}
		assert_ok!(attempt(Try { gpus: MAX_GPUS, ..FINE }));
	});
}

#[test]
fn an_uplink_below_ten_gbps_is_refused() {
	ExtBuilder::build_and_execute(|| {
		assert_noop!(attempt(Try { uplink: 9, ..FINE }), Error::<Test>::UplinkTooSlow);
	});
}

#[test]
fn regions_and_endpoints_that_nobody_could_read_are_refused() {
	ExtBuilder::build_and_execute(|| {
		for region in ["", "eu west", "eu\nwest", "<b>", "é"] {
			assert_noop!(attempt(Try { region, ..FINE }), Error::<Test>::InvalidRegion);
		}
		for endpoint in ["", "http://", "ftp://a", "gpu.example", "http://a b", "http://a\n", "HTTP://a"] {
			assert_noop!(attempt(Try { endpoint, ..FINE }), Error::<Test>::InvalidEndpoint);
		}
	});
}

#[test]
fn one_agent_key_serves_one_operator() {
	ExtBuilder::build_and_execute(|| {
		registered();
		for owner in [OWNER, 2] {
			assert_noop!(try_register(owner, AGENT, PER_GPU), Error::<Test>::AgentInUse);
		}
		assert_ok!(try_register(2, 12, PER_GPU));
	});
}

#[test]
fn an_owner_has_so_many_operators_and_no_more() {
	ExtBuilder::build_and_execute(|| {
		for agent in 11..14 {
			assert_ok!(try_register(OWNER, agent, PER_GPU));
		}
		assert_noop!(try_register(OWNER, 14, PER_GPU), Error::<Test>::TooManyOperators);
		assert_eq!(Registry::owned_by(&OWNER).len(), 3);
	});
}

#[test]
fn money_that_is_not_there_is_not_taken() {
	ExtBuilder::build_and_execute(|| {
		assert_noop!(attempt(Try { collateral: FORTUNE + 1, ..FINE }), TokenError::FundsUnavailable);
		// Paying would take the owner below the existential deposit.
		assert_noop!(attempt(Try { collateral: FORTUNE, ..FINE }), TokenError::NotExpendable);
	});
}

#[test]
fn tokens_under_a_vesting_lock_do_not_become_collateral() {
	ExtBuilder::build_and_execute(|| {
		Balances::set_lock(*b"vesting ", &OWNER, FORTUNE - PER_GPU, WithdrawReasons::all());
		assert_noop!(attempt(Try { collateral: PER_GPU + 1, ..FINE }), TokenError::Frozen);
		assert_ok!(attempt(Try { collateral: PER_GPU, ..FINE }));
		assert_noop!(Registry::bond_extra(signed(OWNER), id(OWNER, 0), VKTR), TokenError::Frozen);
	});
}

#[test]
fn registering_twice_gives_two_ids_and_none_comes_again() {
	ExtBuilder::build_and_execute(|| {
		let first = unbonding();
		Now::set(PERIOD);
		assert_ok!(Registry::withdraw_unbonded(signed(OWNER), first));
		assert_ne!(registered(), first);
	});
}

#[test]
fn when_ids_have_run_out_nobody_registers() {
	ExtBuilder::build_and_execute(|| {
		Registrations::<Test>::put(u32::MAX);
		assert_noop!(try_register(OWNER, AGENT, PER_GPU), Error::<Test>::Overflow);
	});
}

#[test]
fn only_a_signed_account_registers() {
	ExtBuilder::build_and_execute(|| {
		assert_noop!(
			Registry::register(
				RuntimeOrigin::root(),
				AGENT,
				name("H100"),
				1,
				region("eu"),
				10,
				BoundedVec::new(),
				PER_GPU
			),
			sp_runtime::DispatchError::BadOrigin
		);
	});
}

#[test]
#[should_panic(expected = "there twice")]
fn a_genesis_with_a_class_twice_is_refused() {
	let classes = vec![class("H100"), class("H100")];
	let _ = GenesisConfig::<Test> { classes, ..Default::default() }.build_storage();
}

#[test]
#[should_panic(expected = "not a valid hardware class")]
fn a_genesis_with_a_class_without_collateral_is_refused() {
	let classes = vec![HardwareClass { collateral_per_gpu: 0, ..class("H100") }];
	let _ = GenesisConfig::<Test> { classes, ..Default::default() }.build_storage();
}
