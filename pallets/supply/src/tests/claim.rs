use codec::Encode;
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchErrorWithPostInfo, Pays},
	traits::Authorize,
};
use frame_system::RawOrigin;
use sp_core::{ecdsa, ed25519, Pair, H256};
use sp_keyring::Sr25519Keyring::{self, Charlie, Dave};
use sp_runtime::{
	traits::{Dispatchable, IdentifyAccount},
	transaction_validity::{
		InvalidTransaction, TransactionSource, TransactionValidityError, TransactionValidityWithRefund,
		ValidTransaction,
	},
	DispatchError::BadOrigin,
	MultiSignature, MultiSigner,
};
use vektor_primitives::{Balance, VKTR};

use crate::{mock::*, *};

const SHARE: Balance = 70 * VKTR + 1;

fn charlie() -> AccountId {
	Charlie.to_account_id()
}

/// An account that has never held anything.
fn nobody() -> AccountId {
	AccountId::new([77; 32])
}

fn airdrop() -> ExtBuilder {
	ExtBuilder::default().airdrop(vec![(charlie(), SHARE), (Dave.to_account_id(), MIN)])
}

fn sign(by: Sr25519Keyring, message: &[u8]) -> MultiSignature {
	by.sign(message).into()
}

fn good(to: &AccountId) -> MultiSignature {
	sign(Charlie, &Supply::claim_message(to))
}

fn wrapped(to: &AccountId) -> Vec<u8> {
	[b"<Bytes>".as_slice(), &Supply::claim_message(to), b"</Bytes>"].concat()
}

fn refused(error: Error<Test>) -> DispatchErrorWithPostInfo {
	sp_runtime::DispatchError::from(error).into()
}

fn call(claimant: AccountId, to: AccountId, signature: MultiSignature) -> RuntimeCall {
	Call::<Test>::claim_airdrop { claimant, to, signature }.into()
}

fn authorized(call: &RuntimeCall) -> TransactionValidityWithRefund {
	call.authorize(TransactionSource::External).expect("a claim can be authorised")
}

fn invalid(reason: InvalidTransaction) -> TransactionValidityWithRefund {
	Err(TransactionValidityError::Invalid(reason))
}

#[test]
fn the_message_is_a_name_the_genesis_and_the_receiver() {
	airdrop().build_and_execute(|| {
		let genesis = System::block_hash(0);
		assert_ne!(genesis, H256::zero());
		let expected = [b"vektor:airdrop".as_slice(), genesis.as_bytes(), &[77; 32]].concat();
		assert_eq!(Supply::claim_message(&nobody()), expected);
	});
}

#[test]
fn anybody_sends_a_claim_and_pays_nothing() {
	airdrop().build_and_execute(|| {
		let before = (balance(&alice()), balance(&bob()));

		let sent = Supply::claim_airdrop(signed(alice()), charlie(), bob(), good(&bob())).unwrap();

		assert_eq!(sent.pays_fee, Pays::No);
		assert_eq!((balance(&alice()), balance(&bob())), (before.0, before.1 + SHARE));
		assert_eq!((balance(&charlie()), balance(&Supply::airdrop_pot())), (0, MIN + MIN));
		assert_eq!(Airdrop::<Test>::get(charlie()), None);
		assert_eq!(Airdrop::<Test>::get(Dave.to_account_id()), Some(MIN));
		assert_eq!(our_events(), vec![Event::AirdropClaimed { claimant: charlie(), to: bob(), amount: SHARE }]);
		assert_eq!(Balances::total_issuance(), CAP);
	});
}

#[test]
fn a_claim_as_a_wallet_wraps_it_counts() {
	airdrop().build_and_execute(|| {
		let signature = sign(Charlie, &wrapped(&nobody()));
		assert_ok!(Supply::claim_airdrop(signed(alice()), charlie(), nobody(), signature));
		assert_eq!(balance(&nobody()), SHARE);
	});
}

#[test]
fn a_claim_that_nobody_sends_is_paid() {
	airdrop().build_and_execute(|| {
		let sent = Supply::claim_airdrop(RawOrigin::Authorized.into(), charlie(), nobody(), good(&nobody())).unwrap();
		assert_eq!(sent.pays_fee, Pays::No);
		assert_eq!(balance(&nobody()), SHARE);
		assert_eq!(our_events(), vec![Event::AirdropClaimed { claimant: charlie(), to: nobody(), amount: SHARE }]);
	});
}

#[test]
fn the_smallest_share_makes_an_account() {
	airdrop().build_and_execute(|| {
		let signature = sign(Dave, &Supply::claim_message(&nobody()));
		assert_ok!(Supply::claim_airdrop(signed(alice()), Dave.to_account_id(), nobody(), signature));
		assert_eq!(balance(&nobody()), MIN);
	});
}

#[test]
fn keys_of_every_kind_claim() {
	let (edwards, secp) = (ed25519::Pair::from_seed(&[3; 32]), ecdsa::Pair::from_seed(&[4; 32]));
	let edwards_account = MultiSigner::from(edwards.public()).into_account();
	let secp_account = MultiSigner::from(secp.public()).into_account();
	let list = vec![(edwards_account.clone(), VKTR), (secp_account.clone(), 2 * VKTR)];
	ExtBuilder::default().airdrop(list).build_and_execute(|| {
		let signature = edwards.sign(&Supply::claim_message(&nobody())).into();
		assert_ok!(Supply::claim_airdrop(signed(alice()), edwards_account, nobody(), signature));
		let signature = secp.sign(&wrapped(&nobody())).into();
		assert_ok!(Supply::claim_airdrop(signed(alice()), secp_account, nobody(), signature));
		assert_eq!(balance(&nobody()), 3 * VKTR);
	});
}

#[test]
fn a_share_is_claimed_once() {
	airdrop().build_and_execute(|| {
		let claim = |to: AccountId| Supply::claim_airdrop(signed(alice()), charlie(), to.clone(), good(&to));
		assert_ok!(claim(nobody()));
		assert_noop!(claim(nobody()), refused(Error::<Test>::NothingToClaim));
		assert_noop!(claim(bob()), refused(Error::<Test>::NothingToClaim));
		assert_eq!(balance(&nobody()), SHARE);
	});
}

#[test]
fn who_is_not_on_the_list_claims_nothing() {
	airdrop().build_and_execute(|| {
		let signature = sign(Sr25519Keyring::Alice, &Supply::claim_message(&nobody()));
		assert_noop!(
			Supply::claim_airdrop(signed(alice()), alice(), nobody(), signature),
			refused(Error::<Test>::NothingToClaim)
		);
	});
}

#[test]
fn a_signature_that_is_not_the_claimants_is_refused() {
	airdrop().build_and_execute(|| {
		let message = Supply::claim_message(&nobody());
		let elsewhere = [b"vektor:airdrop".as_slice(), &H256::repeat_byte(1).encode(), &nobody().encode()].concat();
		for signature in [
			sign(Dave, &message),
			good(&bob()),
			sign(Charlie, &elsewhere),
			sign(Charlie, &[b"<Bytes>".as_slice(), &message].concat()),
			sign(Charlie, b""),
			MultiSignature::Ed25519([0; 64].into()),
		] {
			assert_noop!(
				Supply::claim_airdrop(signed(alice()), charlie(), nobody(), signature.clone()),
				refused(Error::<Test>::BadSignature)
			);
			assert_eq!(authorized(&call(charlie(), nobody(), signature)), invalid(InvalidTransaction::BadProof));
		}
		assert_eq!(Airdrop::<Test>::get(charlie()), Some(SHARE));
	});
}

#[test]
fn neither_root_nor_none_claims() {
	airdrop().build_and_execute(|| {
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(Supply::claim_airdrop(origin, charlie(), nobody(), good(&nobody())), BadOrigin);
		}
	});
}

#[test]
fn a_good_claim_comes_into_a_block_once() {
	airdrop().build_and_execute(|| {
		let expected = ValidTransaction {
			priority: 0,
			requires: vec![],
			provides: vec![("vektor:airdrop", charlie()).encode()],
			longevity: 64,
			propagate: true,
		};
		// The tag is the claimant's alone: a second receiver does not make a second claim.
		for signature in [good(&nobody()), sign(Charlie, &wrapped(&nobody()))] {
			let (valid, refund) = authorized(&call(charlie(), nobody(), signature)).unwrap();
			assert_eq!((valid, refund), (expected.clone(), frame_support::weights::Weight::zero()));
		}
		assert_eq!(authorized(&call(charlie(), bob(), good(&bob()))).unwrap().0.provides, expected.provides);
		let other = sign(Dave, &Supply::claim_message(&nobody()));
		let (other, _) = authorized(&call(Dave.to_account_id(), nobody(), other)).unwrap();
		assert_ne!(other.provides, expected.provides);
	});
}

#[test]
fn a_claim_of_nothing_comes_into_no_block() {
	airdrop().build_and_execute(|| {
		let stranger = sign(Sr25519Keyring::Alice, &Supply::claim_message(&nobody()));
		assert_eq!(authorized(&call(alice(), nobody(), stranger)), invalid(InvalidTransaction::Stale));
		let claim = call(charlie(), nobody(), good(&nobody()));
		assert!(authorized(&claim).is_ok());
		assert_ok!(claim.clone().dispatch(RawOrigin::Authorized.into()));
		assert_eq!(authorized(&claim), invalid(InvalidTransaction::Stale));
	});
}

/// There it would be nobody's: its row would be gone, and the pot would keep it.
#[test]
fn the_airdrops_own_pot_receives_no_share() {
	airdrop().build_and_execute(|| {
		let pot = Supply::airdrop_pot();
		for signature in [good(&pot), sign(Charlie, &wrapped(&pot))] {
			for origin in [signed(alice()), RawOrigin::Authorized.into()] {
				assert_noop!(
					Supply::claim_airdrop(origin, charlie(), pot.clone(), signature.clone()),
					refused(Error::<Test>::BadReceiver)
				);
			}
			assert_eq!(authorized(&call(charlie(), pot.clone(), signature)), invalid(InvalidTransaction::Call));
		}
		assert_eq!(Airdrop::<Test>::get(charlie()), Some(SHARE));
		// The share is not lost: another receiver gets it.
		assert_ok!(Supply::claim_airdrop(signed(alice()), charlie(), nobody(), good(&nobody())));
	});
}

#[test]
fn while_claims_are_paused_none_comes_into_a_block() {
	airdrop().build_and_execute(|| {
		let claim = call(charlie(), nobody(), good(&nobody()));
		assert!(authorized(&claim).is_ok());

		Paused::set(true);
		assert_eq!(authorized(&claim), invalid(InvalidTransaction::Call));
		// It would have been free, and failed.
		let filtered = frame_system::Error::<Test>::CallFiltered;
		assert_noop!(claim.clone().dispatch(RawOrigin::Authorized.into()), sp_runtime::DispatchError::from(filtered));

		Paused::set(false);
		assert!(authorized(&claim).is_ok());
		assert_ok!(claim.dispatch(RawOrigin::Authorized.into()));
		assert_eq!(balance(&nobody()), SHARE);
	});
}

#[test]
fn no_other_call_comes_without_a_signature() {
	airdrop().build_and_execute(|| {
		let burn: RuntimeCall = Call::<Test>::burn { amount: 1 }.into();
		assert!(burn.authorize(TransactionSource::External).is_none());
	});
}

/// A claim that comes into a block is free: none may fail there.
#[test]
fn what_comes_into_a_block_is_paid() {
	airdrop().build_and_execute(|| {
		let pots = [Supply::emission_pot(), Supply::era_pot(), Supply::stream_pot()];
		let receivers = [nobody(), alice(), bob(), charlie(), TreasuryAccount::get()];
		for to in receivers.into_iter().chain(pots) {
			let claim = call(charlie(), to.clone(), good(&to));
			assert!(authorized(&claim).is_ok());
			let before = balance(&Supply::airdrop_pot());
			frame_support::storage::with_transaction(|| {
				let result = claim.dispatch(RawOrigin::Authorized.into());
				assert_eq!(result.map(|sent| sent.pays_fee), Ok(Pays::No), "{to:?}");
				assert_eq!(balance(&Supply::airdrop_pot()), before - SHARE);
				assert_eq!(Airdrop::<Test>::get(charlie()), None);
				sp_runtime::TransactionOutcome::Rollback(Ok::<_, sp_runtime::DispatchError>(()))
			})
			.unwrap();
		}
	});
}
