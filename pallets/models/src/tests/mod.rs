mod challenge;
mod errors;
mod invariants;
mod register;
mod retire;
mod set_price;
mod try_state;
mod views;

use frame_support::BoundedVec;
use sp_core::H256;
use sp_runtime::DispatchResult;
use vektor_primitives::{KeySetup, ModelId, Needs, PublicSlot, Usd, Verification};

use crate::{mock::*, Event};

pub fn verification(key: &[u8]) -> Verification {
	Verification::Groth16 {
		key: BoundedVec::truncate_from(key.to_vec()),
		layout: BoundedVec::truncate_from(vec![PublicSlot::Commitment, PublicSlot::Binding, PublicSlot::Outputs(10)]),
		setup: KeySetup::SingleParty,
	}
}

/// What a registration is made of; tests change one part.
#[derive(Clone, Debug)]
pub struct Draft {
	pub artefact: H256,
	pub key: Vec<u8>,
	pub needs: Needs,
	pub min_deadline: u32,
	pub output_scale: u32,
	pub price: u128,
	pub licence: Vec<u8>,
}

impl Default for Draft {
	fn default() -> Self {
		Self {
			artefact: H256::repeat_byte(1),
			key: vec![1; 100],
			needs: Needs { memory_gb: 80 },
			min_deadline: 20,
			output_scale: 256,
			price: 50_000,
			licence: b"Apache-2.0".to_vec(),
		}
	}
}

impl Draft {
	pub fn register(self, owner: AccountId) -> DispatchResult {
		let verification = verification(&self.key);
		self.verified_by(owner, verification)
	}

	pub fn verified_by(self, owner: AccountId, verification: Verification) -> DispatchResult {
		Registry::register(
			RuntimeOrigin::signed(owner),
			self.artefact,
			verification,
			self.needs,
			self.min_deadline,
			self.output_scale,
			Usd(self.price),
			BoundedVec::truncate_from(self.licence),
		)
	}
}

/// Registers and returns the id.
pub fn registered(owner: AccountId) -> ModelId {
	Draft::default().register(owner).unwrap();
	let Some(RuntimeEvent::Registry(Event::Registered { model, .. })) = System::events().pop().map(|r| r.event) else {
		panic!("no model was registered")
	};
	model
}

pub fn free(who: AccountId) -> u128 {
	Balances::free_balance(who)
}
