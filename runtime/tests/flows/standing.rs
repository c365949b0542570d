//! What clients see of operators before they choose one.

use pallet_identity::{legacy::IdentityInfo, Data, Judgement};
use sp_runtime::traits::{BlakeTwo256, Hash as _};
use vektor_runtime::adapters::reads;
use vektor_runtime_api::OperatorFilter;

use super::*;

fn raw(text: &str) -> Data {
	Data::Raw(text.as_bytes().to_vec().try_into().expect("short"))
}

#[test]
fn a_judgement_and_a_data_centre_are_shown_with_the_operator_and_filter_a_list() {
	on("vektor-dev", || {
		let id = operator(OWNER, AGENT);
		let other = operator(Eve, Ferdie);
		let seen = |id| reads::operator(id).expect("it is there").identity;
		assert_eq!(seen(id), None);
		let centre = || (raw("data-centre"), raw("Tier III"));
		let info = IdentityInfo {
			display: raw("Bob's GPUs"),
			additional: vec![centre()].try_into().expect("one"),
			..Default::default()
		};
		// A sub of the identity stands for it.
		assert_ok!(dispatch(Alice, pallet_identity::Call::set_identity { info: Box::new(info.clone()) }));
		let subs = vec![(OWNER.to_account_id(), raw("cold"))];
		assert_ok!(dispatch(Alice, pallet_identity::Call::set_subs { subs }));
		let shown = seen(id).expect("an identity");
		assert_eq!((shown.name.as_deref(), shown.data_centre.as_deref()), (Some("Bob's GPUs"), Some("Tier III")));
		assert!(!shown.judged && !shown.known_good);

		let judged = OperatorFilter { judged: true, ..Default::default() };
		assert!(reads::operators(judged.clone()).is_empty());
		assert_ok!(root(pallet_identity::Call::add_registrar { account: Charlie.to_account_id().into() }));
		let (target, identity) = (Alice.to_account_id().into(), BlakeTwo256::hash_of(&info));
		let vouch = |judgement| pallet_identity::Call::provide_judgement { reg_index: 0, target, judgement, identity };
		assert_ok!(dispatch(Charlie, vouch(Judgement::Reasonable)));
		let shown = seen(id).expect("an identity");
		assert!(shown.judged && !shown.known_good);
		let listed: Vec<_> = reads::operators(judged).into_iter().map(|info| info.id).collect();
		assert_eq!(listed, [id]);
		assert_eq!(seen(other), None);
		// Whoever claims an account as a sub does not hide what that says of itself.
		let own = IdentityInfo { display: raw("Bob"), ..Default::default() };
		assert_ok!(dispatch(OWNER, pallet_identity::Call::set_identity { info: Box::new(own) }));
		assert_eq!(seen(id).and_then(|shown| shown.name).as_deref(), Some("Bob"));
	});
}

#[test]
fn a_ban_is_of_nobody_whom_the_owner_claims_as_its_sub_or_who_claims_it() {
	on("vektor-dev", || {
		let id = operator(OWNER, AGENT);
		let claim = |who: Sr25519Keyring, sub: Sr25519Keyring| {
			let info = IdentityInfo { display: raw("any"), ..Default::default() };
			assert_ok!(dispatch(who, pallet_identity::Call::set_identity { info: Box::new(info) }));
			let subs = vec![(sub.to_account_id(), raw("mine"))];
			assert_ok!(dispatch(who, pallet_identity::Call::set_subs { subs }));
		};
		claim(OWNER, Eve);
		claim(Alice, OWNER);
		assert_ok!(root(pallet_operators::Call::blacklist { operator: id }));
		let banned: Vec<_> = pallet_operators::Bans::<Runtime>::iter_keys().collect();
		assert_eq!(banned, [OWNER.to_account_id()]);
		operator(Eve, Ferdie);
		operator(Alice, Dave);
	});
}

#[test]
fn candidates_are_those_that_could_serve_the_model_best_first() {
	slice(|operator, model| {
		let found = reads::candidates(model, None, 5);
		assert_eq!(found.iter().map(|one| one.operator.id).collect::<Vec<_>>(), [operator]);
		let (near, far) = (Some("eu-west".into()), Some("asia".into()));
		assert!(reads::candidates(model, near, 1)[0].score > reads::candidates(model, far, 1)[0].score);
		assert!(reads::candidates(ModelId::default(), None, 5).is_empty());
		assert_ok!(dispatch(AGENT, pallet_operators::Call::declare_maintenance { operator, slots: 10 }));
		assert!(reads::candidates(model, None, 5).is_empty());
	});
}

#[test]
fn what_a_case_holds_is_shown_apart_from_the_rest_of_the_collateral() {
	on("vektor-dev", || {
		let id = operator(OWNER, AGENT);
		let shown = || {
			let rows = adapters::held::money(OWNER.to_account_id()).into_iter();
			let own = rows.filter(|row| ["collateral", "set aside"].contains(&row.what.as_str()));
			own.map(|row| (row.what, row.amount)).collect::<Vec<_>>()
		};
		assert_eq!(shown(), [("collateral".into(), COLLATERAL)]);
		let (offence, incident) = (vektor_primitives::Offence::FalseCapability, H256::repeat_byte(1));
		let (loss, challenger) = (None, None);
		let accuse = pallet_operators::Call::report_offence { operator: id, offence, incident, loss, challenger };
		assert_ok!(root(accuse));
		let held = COLLATERAL / 100 * 15;
		assert_eq!(shown(), [("collateral".into(), COLLATERAL - held), ("set aside".into(), held)]);
		assert_ok!(root(pallet_operators::Call::cancel_slash { case: 0 }));
		assert_eq!(shown(), [("collateral".into(), COLLATERAL)]);
	});
}
