//! The calls, typed. Arguments go by name: their order is the metadata's.

use codec::Encode;
use subxt::{
	ext::scale_decode::visitor::{decode_with_visitor, IgnoreVisitor},
	Metadata,
};
use vektor_primitives::{
	Asset, Balance, Evidence, JobId, ModelId, Needs, OperatorId, Outputs, SessionKeys, Usd, Verification,
};

use crate::{AccountId, Error, Result, H256};

/// A call, before the chain's metadata is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
	pallet: &'static str,
	name: &'static str,
	args: Vec<(&'static str, Value)>,
}

/// An argument.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
	Bytes(Vec<u8>),
	Calls(Vec<Call>),
}

impl Value {
	fn bytes(&self, metadata: &Metadata) -> Result<Vec<u8>> {
		match self {
			Self::Bytes(bytes) => Ok(bytes.clone()),
			Self::Calls(calls) => {
				let length = codec::Compact(u32::try_from(calls.len()).unwrap_or(u32::MAX)).encode();
				calls.iter().try_fold(length, |bytes, call| Ok([bytes, call.bytes(metadata)?].concat()))
			}
		}
	}
}

impl Call {
	/// The call `pallet.name`, so far without arguments.
	pub fn new(pallet: &'static str, name: &'static str) -> Self {
		Self { pallet, name, args: Vec::new() }
	}

	/// With one more argument, of the name that the metadata gives it.
	pub fn with(self, name: &'static str, value: impl Encode) -> Self {
		self.with_raw(name, value.encode())
	}

	/// With one more argument, as its bytes.
	pub fn with_raw(mut self, name: &'static str, value: Vec<u8>) -> Self {
		self.args.push((name, Value::Bytes(value)));
		self
	}

	/// As people write it: `jobs.submit`.
	pub fn path(&self) -> String {
		let mut pallet = self.pallet.to_string();
		if let Some(first) = pallet.get_mut(..1) {
			first.make_ascii_lowercase();
		}
		format!("{pallet}.{}", self.name)
	}

	/// The call's bytes, each argument checked against the type that the chain declares for it.
	pub(crate) fn bytes(&self, metadata: &Metadata) -> Result<Vec<u8>> {
		let missing = || Error::Shape(format!("the chain has no call {}", self.path()));
		let pallet = metadata.pallet_by_name(self.pallet).ok_or_else(missing)?;
		let variant = pallet.call_variant_by_name(self.name).ok_or_else(missing)?;
		if variant.fields.len() != self.args.len() {
			let wanted: Vec<_> = variant.fields.iter().filter_map(|field| field.name.as_deref()).collect();
			return Err(Error::Shape(format!("{} takes ({})", self.path(), wanted.join(", "))));
		}
		let mut bytes = vec![pallet.call_index(), variant.index];
		for field in &variant.fields {
			let name = field.name.as_deref().unwrap_or_default();
			let (_, value) = self.args.iter().find(|(arg, _)| *arg == name).ok_or_else(|| {
				Error::Shape(format!("{} has an argument {name} that is not known here", self.path()))
			})?;
			let value = value.bytes(metadata)?;
			let rest = &mut value.as_slice();
			let read = decode_with_visitor(rest, field.ty.id, metadata.types(), IgnoreVisitor::new());
			if read.is_err() || !rest.is_empty() {
				return Err(Error::Shape(format!("{}: the chain declares {name} with another type", self.path())));
			}
			bytes.extend_from_slice(&value);
		}
		Ok(bytes)
	}
}

/// `utility.batch_all`: all of them or none.
pub fn all(calls: Vec<Call>) -> Call {
	let mut call = Call::new("Utility", "batch_all");
	call.args.push(("calls", Value::Calls(calls)));
	call
}

/// What an operator says of itself when it registers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
	/// The hot key.
	pub agent: AccountId,
	/// The hardware class, such as `H100`.
	pub class: String,
	/// How many GPUs.
	pub gpus: u32,
	/// The region, such as `eu-west`.
	pub region: String,
	/// The uplink in gigabits per second.
	pub uplink_gbps: u32,
	/// Where the agent listens.
	pub endpoint: String,
	/// Collateral in VKTR's smallest unit.
	pub collateral: Balance,
}

/// `operators.register`, signed by the owner.
pub fn register_operator(r: &Registration) -> Call {
	Call::new("Operators", "register")
		.with("agent", r.agent)
		.with("class", r.class.as_bytes())
		.with("gpus", r.gpus)
		.with("region", r.region.as_bytes())
		.with("uplink_gbps", r.uplink_gbps)
		.with("endpoint", r.endpoint.as_bytes())
		.with("collateral", r.collateral)
}

/// `lockStaking.stake`, signed by who stakes.
pub fn stake(amount: Balance, tier: u8) -> Call {
	Call::new("LockStaking", "stake").with("amount", codec::Compact(amount)).with("tier", tier)
}

/// `lockStaking.extend`, signed by who staked.
pub fn extend(position: u32, tier: u8) -> Call {
	Call::new("LockStaking", "extend").with("position", position).with("tier", tier)
}

/// `lockStaking.unstake`, signed by who staked; all of it where no amount is given.
pub fn unstake(position: u32, amount: Option<Balance>) -> Call {
	Call::new("LockStaking", "unstake").with("position", position).with("amount", amount)
}

/// `operators.activate`, signed by owner or agent.
pub fn activate(operator: OperatorId) -> Call {
	Call::new("Operators", "activate").with("operator", operator)
}

/// `operators.bond_extra`, signed by the owner.
pub fn bond_extra(operator: OperatorId, amount: Balance) -> Call {
	Call::new("Operators", "bond_extra").with("operator", operator).with("amount", amount)
}

/// `operators.set_agent`, signed by the owner.
pub fn set_agent(operator: OperatorId, agent: AccountId) -> Call {
	Call::new("Operators", "set_agent").with("operator", operator).with("agent", agent)
}

/// `operators.update`, signed by owner or agent.
pub fn update(operator: OperatorId, region: &str, endpoint: &str) -> Call {
	Call::new("Operators", "update")
		.with("operator", operator)
		.with("region", Some(region.as_bytes()))
		.with("endpoint", Some(endpoint.as_bytes()))
}

/// `operators.declareMaintenance`, signed by owner or agent.
pub fn declare_maintenance(operator: OperatorId, slots: u32) -> Call {
	Call::new("Operators", "declare_maintenance").with("operator", operator).with("slots", slots)
}

/// `connectivity.answerActivation`, signed by the agent.
pub fn answer_activation(operator: OperatorId, window: u32, prober: u16, signature: [u8; 64]) -> Call {
	Call::new("Connectivity", "answer_activation")
		.with("operator", operator)
		.with("window", window)
		.with("prober", prober)
		.with("signature", signature)
}

/// `operators.drain`, signed by owner or agent.
pub fn drain(operator: OperatorId) -> Call {
	Call::new("Operators", "drain").with("operator", operator)
}

/// `operators.unbond`, signed by the owner.
pub fn unbond(operator: OperatorId) -> Call {
	Call::new("Operators", "unbond").with("operator", operator)
}

/// `operators.withdraw_unbonded`, signed by the owner.
pub fn withdraw_unbonded(operator: OperatorId) -> Call {
	Call::new("Operators", "withdraw_unbonded").with("operator", operator)
}

/// What a model's owner registers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewModel {
	/// The hash of what is served.
	pub artefact: [u8; 32],
	/// The verification key, the order of its public inputs, and who ran its setup.
	pub verification: Verification,
	/// What an operator's hardware must have.
	pub needs: Needs,
	/// The shortest deadline a job may set, in live slots.
	pub min_deadline: u32,
	/// What an output is divided by to have the network's own number.
	pub output_scale: u32,
	/// The price of one inference.
	pub price: Usd,
	/// The licence, as an SPDX expression.
	pub licence: String,
}

/// `models.register`, signed by the model's owner.
pub fn register_model(m: &NewModel) -> Call {
	Call::new("Models", "register")
		.with("artefact", m.artefact)
		.with("verification", &m.verification)
		.with("needs", m.needs)
		.with("min_deadline", m.min_deadline)
		.with("output_scale", m.output_scale)
		.with("price", m.price)
		.with("licence", m.licence.as_bytes())
}

/// `models.challenge`, signed by anybody: a model's key is not that of its network, for reasons of that hash.
pub fn challenge_model(model: ModelId, reasons: [u8; 32]) -> Call {
	Call::new("Models", "challenge").with("model", model).with("reasons", reasons)
}

/// What a client orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
	/// Of which model.
	pub model: ModelId,
	/// The commitment to the input: a field element, big-endian.
	pub commitment: [u8; 32],
	/// `blake2_256` of the payload that the operator will be sent.
	pub payload: [u8; 32],
	/// The most that the escrow may take.
	pub max_price: Balance,
	/// In what is paid.
	pub asset: Asset,
	/// Live slots from inclusion to the deadline.
	pub deadline: u32,
	/// Who serves.
	pub operator: OperatorId,
}

/// `Assign::Operator` of `jobs.submit`.
#[derive(Encode)]
enum Assign {
	#[codec(index = 1)]
	Operator(OperatorId),
}

/// `jobs.submit`, signed by the client.
pub fn submit_job(o: &Order) -> Call {
	Call::new("Jobs", "submit")
		.with("model", o.model)
		.with("commitment", o.commitment)
		.with("payload", o.payload)
		.with("max_price", o.max_price)
		.with("asset", &o.asset)
		.with("deadline", o.deadline)
		.with("assign", Assign::Operator(o.operator))
}

/// `jobs.deliver`, signed by the agent.
pub fn deliver(job: JobId, outputs: &Outputs, evidence: &Evidence) -> Call {
	Call::new("Jobs", "deliver").with("job", job).with("outputs", outputs).with("evidence", evidence)
}

/// Which authority of Intel's issued the certificate of a platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode)]
pub enum PckAuthority {
	/// That of platforms with one processor.
	#[codec(index = 0)]
	Processor,
	/// That of platforms with several.
	#[codec(index = 1)]
	Platform,
}

/// The quote of a CPU.
#[derive(Clone, Debug, PartialEq, Eq, Encode)]
pub enum Quote {
	/// AMD SEV-SNP.
	#[codec(index = 0)]
	Snp {
		/// The root that issued the chip's certificate: its id.
		root: H256,
		/// The report.
		report: Vec<u8>,
		/// The certificate of the chip's key, DER.
		vcek: Vec<u8>,
	},
	/// Intel TDX.
	#[codec(index = 1)]
	Tdx {
		/// Which collateral it goes with: the root's id, the kind of platform (FMSPC), who issues its certificates.
		family: (H256, [u8; 6], PckAuthority),
		/// The quote.
		quote: Vec<u8>,
	},
}

/// The report of a GPU, and the certificates of the key that signed it.
#[derive(Clone, Debug, PartialEq, Eq, Encode)]
pub struct GpuEvidence {
	/// The root: its id.
	pub root: H256,
	/// Request and response of GET_MEASUREMENTS.
	pub report: Vec<u8>,
	/// The GPU's certificate, DER.
	pub leaf: Vec<u8>,
	/// Those between it and the root, DER, the root's first.
	pub intermediates: Vec<Vec<u8>>,
}

/// `verification.attestSession`, signed by the agent: an enclave made these keys.
pub fn attest_session(keys: SessionKeys, block: u32, quote: &Quote, gpus: &[GpuEvidence]) -> Call {
	Call::new("Verification", "attest_session")
		.with("keys", keys)
		.with("block", block)
		.with("quote", quote)
		.with("gpus", gpus)
}

/// `jobs.expire`, signed by anyone.
pub fn expire(job: JobId) -> Call {
	Call::new("Jobs", "expire").with("job", job)
}

/// `revenue.claim`, signed by anyone: what a lot owes an operator goes to its owner.
pub fn claim(operator: OperatorId, lot: u32, asset: &Asset) -> Call {
	Call::new("Revenue", "claim").with("operator", operator).with("lot", codec::Compact(lot)).with("asset", asset)
}

/// `revenue.claim_work`, signed by anyone: what a round's work earned an operator goes to its owner.
pub fn claim_work(operator: OperatorId, round: u32) -> Call {
	Call::new("Revenue", "claim_work").with("operator", operator).with("round", codec::Compact(round))
}

/// `revenue.claim_availability`, signed by anyone: what an operator earned by being there goes to its owner.
pub fn claim_availability(operator: OperatorId) -> Call {
	Call::new("Revenue", "claim_availability").with("operator", operator)
}

/// `balances.transfer_keep_alive`: VKTR from the signer to `to`.
pub fn transfer(to: AccountId, amount: Balance) -> Call {
	let to: subxt::utils::MultiAddress<AccountId, ()> = to.into();
	Call::new("Balances", "transfer_keep_alive").with("dest", to).with("value", codec::Compact(amount))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_call_is_named_as_people_write_it() {
		assert_eq!(activate(OperatorId::default()).path(), "operators.activate");
	}

	#[test]
	fn a_challenge_carries_the_model_and_the_hash_of_its_reasons() {
		let call = challenge_model(ModelId::default(), [7; 32]);
		assert_eq!(call.path(), "models.challenge");
		assert_eq!(call.args, [("model", Value::Bytes(vec![0; 32])), ("reasons", Value::Bytes(vec![7; 32]))]);
	}

	#[test]
	fn evidence_of_a_session_is_encoded_as_the_runtime_reads_it() {
		let keys = SessionKeys { signing: H256([1; 32]), sealing: H256([2; 32]) };
		let snp = Quote::Snp { root: H256([3; 32]), report: vec![4; 1_184], vcek: vec![5; 1_300] };
		let gpu =
			GpuEvidence { root: H256([6; 32]), report: vec![7], leaf: vec![8], intermediates: vec![vec![9], vec![]] };
		let call = attest_session(keys, 7, &snp, &[gpu]);
		assert_eq!(call.path(), "verification.attest_session");
		let args: Vec<_> = call
			.args
			.iter()
			.map(|(name, value)| match value {
				Value::Bytes(bytes) => (*name, bytes.as_slice()),
				Value::Calls(_) => panic!("{name} is no call"),
			})
			.collect();
		let quote = [&[0][..], &[3; 32], &[0x81, 0x12], &[4; 1_184], &[0x51, 0x14], &[5; 1_300]].concat();
		let gpus = [&[4][..], &[6; 32], &[4, 7, 4, 8, 8, 4, 9, 0]].concat();
		let keys = [[1; 32], [2; 32]].concat();
		let expected = [("keys", keys), ("block", vec![7, 0, 0, 0]), ("quote", quote), ("gpus", gpus)];
		assert_eq!(args, expected.each_ref().map(|(name, bytes)| (*name, bytes.as_slice())));

		let tdx = Quote::Tdx { family: (H256([3; 32]), [4; 6], PckAuthority::Platform), quote: vec![5; 2] };
		assert_eq!(tdx.encode(), [&[1][..], &[3; 32], &[4; 6], &[1, 8, 5, 5]].concat());
	}

	#[test]
	fn arguments_are_encoded_as_the_runtime_reads_them() {
		let call = submit_job(&Order {
			model: ModelId::default(),
			commitment: [1; 32],
			payload: [2; 32],
			max_price: 5,
			asset: Asset::WithId(1),
			deadline: 20,
			operator: OperatorId::default(),
		});
		let arg = |name: &str| match &call.args.iter().find(|(arg, _)| *arg == name).unwrap().1 {
			Value::Bytes(bytes) => bytes.clone(),
			Value::Calls(_) => panic!("{name} is no call"),
		};
		assert_eq!(arg("asset"), [1, 1, 0, 0, 0]);
		assert_eq!(arg("assign")[0], 1);
		assert_eq!(arg("deadline"), [20, 0, 0, 0]);
		assert_eq!(arg("max_price").len(), 16);
	}
}
