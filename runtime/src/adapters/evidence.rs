//! How much of a block evidence may take: where transactions come in, since what fails rolls back all that its call has noted.

use codec::{Decode, DecodeWithMemTracking, Encode};
use frame_support::{
	dispatch::{DispatchInfo, GetDispatchInfo, PostDispatchInfo},
	ensure,
	pallet_prelude::{TransactionSource, TransactionValidity, Weight},
};
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{Implication, TransactionExtension, ValidateResult},
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	DispatchResult,
};

use crate::{Runtime, RuntimeCall, RuntimeOrigin, Verification};

type Sdk = frame_system::CheckWeight<Runtime>;

/// The SDK's check of a block's weight, and that evidence takes no more than its share of it: one that does not fit waits for another
/// block. Clients know it by the SDK's name: it adds nothing to a transaction either.
#[derive(Clone, PartialEq, Eq, Default, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct CheckWeight;

impl CheckWeight {
	/// The extension.
	pub fn new() -> Self {
		Self
	}

	/// Sets evidence's weight aside and says how much that is: no more than the transaction declares, and so pays for. A call that declares
	/// less than what is in it (`with_weight`) runs it for nobody who has to pay, or not at all.
	fn set_aside(call: &RuntimeCall, info: &DispatchInfo) -> Result<Weight, TransactionValidityError> {
		let weight = evidence(call).min(info.call_weight);
		let fits = weight.ref_time() == 0 || Verification::reserve(weight);
		ensure!(fits, InvalidTransaction::ExhaustsResources);
		Ok(weight)
	}
}

impl TransactionExtension<RuntimeCall> for CheckWeight {
	const IDENTIFIER: &'static str = "CheckWeight";
	type Implicit = ();
	type Val = u32;
	/// What was set aside for evidence.
	type Pre = Weight;

	fn weight(&self, call: &RuntimeCall) -> Weight {
		let noting = match evidence(call).ref_time() {
			0 => Weight::zero(),
			_ => <Runtime as frame_system::Config>::DbWeight::get().reads_writes(1, 1),
		};
		TransactionExtension::<RuntimeCall>::weight(&Sdk::new(), call).saturating_add(noting)
	}

	fn validate(
		&self,
		origin: RuntimeOrigin,
		call: &RuntimeCall,
		info: &DispatchInfo,
		len: usize,
		implicit: (),
		implication: &impl Implication,
		source: TransactionSource,
	) -> ValidateResult<u32, RuntimeCall> {
		// No block would ever have room.
		let weight = evidence(call).min(info.call_weight);
		ensure!(weight.ref_time() <= Verification::evidence_limit(), InvalidTransaction::ExhaustsResources);
		Sdk::new().validate(origin, call, info, len, implicit, implication, source)
	}

	fn prepare(
		self,
		length: u32,
		origin: &RuntimeOrigin,
		call: &RuntimeCall,
		info: &DispatchInfo,
		len: usize,
	) -> Result<Weight, TransactionValidityError> {
		let aside = Self::set_aside(call, info)?;
		Sdk::new().prepare(length, origin, call, info, len)?;
		Ok(aside)
	}

	fn post_dispatch_details(
		aside: Weight,
		info: &DispatchInfo,
		post: &PostDispatchInfo,
		len: usize,
		result: &DispatchResult,
	) -> Result<Weight, TransactionValidityError> {
		if aside.ref_time() > 0 {
			// All else that the transaction declared may be what was not used: that is nobody's evidence.
			let others = info.total_weight().saturating_sub(aside);
			Verification::release(post.calc_unspent(info).saturating_sub(others));
		}
		<Sdk as TransactionExtension<RuntimeCall>>::post_dispatch_details((), info, post, len, result)
	}

	fn bare_validate(call: &RuntimeCall, info: &DispatchInfo, len: usize) -> TransactionValidity {
		Sdk::bare_validate(call, info, len)
	}

	fn bare_validate_and_prepare(
		call: &RuntimeCall,
		info: &DispatchInfo,
		len: usize,
	) -> Result<(), TransactionValidityError> {
		Sdk::bare_validate_and_prepare(call, info, len)
	}

	fn bare_post_dispatch(
		info: &DispatchInfo,
		post: &mut PostDispatchInfo,
		len: usize,
		result: &DispatchResult,
	) -> Result<(), TransactionValidityError> {
		<Sdk as TransactionExtension<RuntimeCall>>::bare_post_dispatch(info, post, len, result)
	}
}

/// What of a call's weight is evidence: all of it, or what the calls in it come to.
fn evidence(call: &RuntimeCall) -> Weight {
	use pallet_jobs::Call as Jobs;
	use pallet_multisig::Call as Multisig;
	use pallet_proxy::Call as Proxy;
	use pallet_sudo::Call as Sudo;
	use pallet_utility::Call as Utility;
	use pallet_verification::Call as Evidence;
	match call {
		RuntimeCall::Utility(
			Utility::batch { calls } | Utility::batch_all { calls } | Utility::force_batch { calls },
		) => calls.iter().map(evidence).fold(Weight::zero(), |sum, weight| sum.saturating_add(weight)),
		RuntimeCall::Utility(Utility::if_else { main, fallback }) => evidence(main).saturating_add(evidence(fallback)),
		RuntimeCall::Utility(
			Utility::as_derivative { call, .. }
			| Utility::dispatch_as { call, .. }
			| Utility::dispatch_as_fallible { call, .. }
			| Utility::with_weight { call, .. },
		)
		| RuntimeCall::Proxy(Proxy::proxy { call, .. } | Proxy::proxy_announced { call, .. })
		| RuntimeCall::Multisig(Multisig::as_multi_threshold_1 { call, .. } | Multisig::as_multi { call, .. })
		| RuntimeCall::Sudo(
			Sudo::sudo { call } | Sudo::sudo_unchecked_weight { call, .. } | Sudo::sudo_as { call, .. },
		) => evidence(call),
		RuntimeCall::Jobs(Jobs::deliver { .. })
		| RuntimeCall::Verification(Evidence::attest_session { .. } | Evidence::post_collateral { .. }) => {
			call.get_dispatch_info().call_weight
		}
		_ => Weight::zero(),
	}
}
