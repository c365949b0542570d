//! Two blocks of one author in one slot are proved to the chain, and cost their author stake.
//!
//! `sc-consensus-babe` 0.60 looks for them too, but only after its verifier has taken the seals off the headers: its report
//! proves nothing, and the chain refuses it. [`Reporting`] stands before it and sees whole headers. To the pool both reports
//! are one transaction, since their tag is the author and the slot, and it keeps the one that came first: this one.

use std::sync::Arc;

use sc_client_api::AuxStore;
use sc_consensus::{BlockCheckParams, BlockImport, BlockImportParams, ImportResult};
use sc_consensus_babe::find_pre_digest;
use sc_consensus_slots::check_equivocation;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_api::{ApiExt, ProvideRuntimeApi};
use sp_consensus::{BlockOrigin, Error, SelectChain};
use sp_consensus_babe::{check_equivocation_proof, AuthorityId, BabeApi, EquivocationProof, Slot, SlotDuration};
use sp_timestamp::Timestamp;
use vektor_runtime::Header;

use super::{Base, Block, FullClient, FullPool, FullSelectChain, Hash};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// An import of blocks before which those are reported whose author made another block in their slot.
#[derive(Clone)]
pub struct Reporting<I> {
	inner: I,
	client: Arc<FullClient>,
	pool: Arc<FullPool>,
	select_chain: FullSelectChain,
	slot_duration: SlotDuration,
}

impl<I: Sync> Reporting<I> {
	/// Before `inner`, which is BABE's import.
	pub fn new(inner: I, base: &Base, slot_duration: SlotDuration) -> Self {
		let Base { client, pool, select_chain, .. } = base;
		Self { inner, client: client.clone(), pool: pool.clone(), select_chain: select_chain.clone(), slot_duration }
	}

	/// Reports the author of this block, whose header has its seal, if it made another that came before.
	async fn report(&self, header: &Header) -> Result<()> {
		let now = Slot::from_timestamp(Timestamp::current(), self.slot_duration);
		let authors = || self.authors(header.parent_hash);
		let Some(proof) = prove(&Seen(&*self.client), now, header, authors)? else { return Ok(()) };
		log::warn!("⚖️  {} signed two blocks in slot {}: reporting it", proof.offender, proof.slot);

		// The parent knows the key's owner, but for a session's first block, where a later block does.
		let best = self.select_chain.best_chain().await?.hash();
		for at in [header.parent_hash, best] {
			let (slot, offender) = (proof.slot, proof.offender.clone());
			if let Some(owner) = self.client.runtime_api().generate_key_ownership_proof(at, slot, offender)? {
				let pool = OffchainTransactionPoolFactory::new(self.pool.clone());
				let mut api = self.client.runtime_api();
				api.register_extension(pool.offchain_transaction_pool(best));
				api.submit_report_equivocation_unsigned_extrinsic(best, proof, owner)?;
				return Ok(());
			}
		}
		Err("its key is of no validator any more".into())
	}

	/// Who may have made a child of that block: the authorities of its epoch, and of the next.
	fn authors(&self, parent: Hash) -> Result<[Vec<AuthorityId>; 2]> {
		let api = self.client.runtime_api();
		let epochs = [api.current_epoch(parent)?, api.next_epoch(parent)?];
		Ok(epochs.map(|epoch| epoch.authorities.into_iter().map(|(id, _)| id).collect()))
	}
}

#[async_trait::async_trait]
impl<I: BlockImport<Block, Error = Error> + Send + Sync> BlockImport<Block> for Reporting<I> {
	type Error = Error;

	async fn check_block(&self, block: BlockCheckParams<Block>) -> std::result::Result<ImportResult, Error> {
		self.inner.check_block(block).await
	}

	async fn import_block(&self, block: BlockImportParams<Block>) -> std::result::Result<ImportResult, Error> {
		// Blocks that come with a first sync are too old for a report, and some have no verified seal.
		let fresh = !matches!(block.origin, BlockOrigin::NetworkInitialSync | BlockOrigin::WarpSync);
		if fresh && !block.with_state() {
			if let Err(error) = self.report(&block.post_header()).await {
				log::warn!("⚖️  Two blocks of one author in one slot cannot be looked for: {error}");
			}
		}
		self.inner.import_block(block).await
	}
}

/// The proof that the author of this block, whose header has its seal, made another in its slot that `seen` knows. Of those
/// who may be its author, the one whose signature both bear.
fn prove(
	seen: &impl AuxStore,
	now: Slot,
	header: &Header,
	authors: impl FnOnce() -> Result<[Vec<AuthorityId>; 2]>,
) -> Result<Option<EquivocationProof<Header>>> {
	let claim = find_pre_digest::<Block>(header)?;
	let index = claim.authority_index();
	let Some(pair) = check_equivocation(seen, now, claim.slot(), header, &index)? else { return Ok(None) };
	Ok(authors()?.into_iter().find_map(|mut authorities| {
		let index = usize::try_from(index).ok().filter(|index| *index < authorities.len())?;
		let offender = authorities.swap_remove(index);
		let (first_header, second_header) = (pair.first_header.clone(), pair.second_header.clone());
		let proof = EquivocationProof { offender, slot: pair.slot, first_header, second_header };
		check_equivocation_proof(proof.clone()).then_some(proof)
	}))
}

/// The database's place for whole headers of the last slots, beside the one that BABE's import has for headers without seals.
struct Seen<'a, A>(&'a A);

impl<A> Seen<'_, A> {
	fn key(key: &[u8]) -> Vec<u8> {
		[b"vektor:sealed_headers:", key].concat()
	}
}

impl<A: AuxStore> AuxStore for Seen<'_, A> {
	fn insert_aux<
		'a,
		'b: 'a,
		'c: 'a,
		I: IntoIterator<Item = &'a (&'c [u8], &'c [u8])>,
		D: IntoIterator<Item = &'a &'b [u8]>,
	>(
		&self,
		insert: I,
		delete: D,
	) -> sp_blockchain::Result<()> {
		let insert: Vec<_> = insert.into_iter().map(|(key, value)| (Self::key(key), *value)).collect();
		let delete: Vec<_> = delete.into_iter().map(|key| Self::key(key)).collect();
		let insert: Vec<_> = insert.iter().map(|(key, value)| (&key[..], *value)).collect();
		let delete: Vec<_> = delete.iter().map(|key| &key[..]).collect();
		self.0.insert_aux(&insert, &delete)
	}

	fn get_aux(&self, key: &[u8]) -> sp_blockchain::Result<Option<Vec<u8>>> {
		self.0.get_aux(&Self::key(key))
	}
}

#[cfg(test)]
mod tests {
	use std::{cell::RefCell, collections::HashMap};

	use sp_consensus_babe::{
		digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest},
		AuthorityPair,
	};
	use sp_core::{crypto::Pair, H256};
	use sp_runtime::{Digest, DigestItem};

	use super::*;

	#[derive(Default)]
	struct Database(RefCell<HashMap<Vec<u8>, Vec<u8>>>);

	impl AuxStore for Database {
		fn insert_aux<
			'a,
			'b: 'a,
			'c: 'a,
			I: IntoIterator<Item = &'a (&'c [u8], &'c [u8])>,
			D: IntoIterator<Item = &'a &'b [u8]>,
		>(
			&self,
			insert: I,
			delete: D,
		) -> sp_blockchain::Result<()> {
			let mut map = self.0.borrow_mut();
			map.extend(insert.into_iter().map(|(key, value)| (key.to_vec(), value.to_vec())));
			for key in delete {
				map.remove(*key);
			}
			Ok(())
		}

		fn get_aux(&self, key: &[u8]) -> sp_blockchain::Result<Option<Vec<u8>>> {
			Ok(self.0.borrow().get(key).cloned())
		}
	}

	const SLOT: u64 = 1_000_000;

	fn author(index: u32) -> AuthorityPair {
		AuthorityPair::from_string(&format!("//{index}"), None).unwrap()
	}

	/// The authorities of a parent's epoch, none of whom sign in these tests, and of the next.
	fn authors() -> Result<[Vec<AuthorityId>; 2]> {
		Ok([(10..13), (0..3)].map(|indices| indices.map(|index| author(index).public()).collect()))
	}

	/// A block of that slot with that content, as author `index` of the epoch, without a seal.
	fn bare(slot: u64, index: u32, content: u8) -> Header {
		let claim = SecondaryPlainPreDigest { authority_index: index, slot: slot.into() };
		let claim = DigestItem::babe_pre_digest(PreDigest::SecondaryPlain(claim));
		let content = H256::repeat_byte(content);
		let digest = Digest { logs: vec![claim] };
		Header { parent_hash: H256::zero(), number: 7, state_root: content, extrinsics_root: content, digest }
	}

	/// The same, signed by `by`.
	fn block(slot: u64, index: u32, content: u8, by: &AuthorityPair) -> Header {
		let mut header = bare(slot, index, content);
		header.digest.push(DigestItem::babe_seal(by.sign(header.hash().as_ref())));
		header
	}

	fn see(seen: &Database, header: &Header) -> Option<EquivocationProof<Header>> {
		prove(&Seen(seen), SLOT.into(), header, authors).unwrap()
	}

	#[test]
	fn two_blocks_of_one_author_in_one_slot_are_proved_with_their_seals() {
		let seen = Database::default();
		let (first, second) = (block(SLOT, 1, 1, &author(1)), block(SLOT, 1, 2, &author(1)));
		assert_eq!(see(&seen, &first), None);
		let proof = see(&seen, &second).unwrap();
		assert_eq!(proof.offender, author(1).public());
		assert_eq!((&proof.first_header, &proof.second_header), (&first, &second));
		assert!(check_equivocation_proof(proof));
	}

	#[test]
	fn what_is_no_offence_is_not_reported() {
		let seen = Database::default();
		let first = block(SLOT, 1, 1, &author(1));
		assert_eq!(see(&seen, &first), None);
		assert_eq!(see(&seen, &first), None, "the same block once more");
		assert_eq!(see(&seen, &block(SLOT, 2, 2, &author(2))), None, "another author in that slot");
		assert_eq!(see(&seen, &block(SLOT - 1, 1, 3, &author(1))), None, "the same author in another slot");
		assert_eq!(see(&seen, &block(SLOT, 1, 4, &author(2))), None, "who says that it is another author");
		assert_eq!(see(&seen, &block(SLOT, 9, 5, &author(1))), None, "an author of no authority");
		assert_eq!(see(&seen, &block(SLOT, 9, 6, &author(1))), None, "an author of no authority");
	}

	#[test]
	fn headers_without_seals_prove_nothing() {
		let seen = Database::default();
		assert_eq!(see(&seen, &bare(SLOT, 1, 1)), None);
		assert_eq!(see(&seen, &bare(SLOT, 1, 2)), None);
	}

	#[test]
	fn it_keeps_apart_from_what_babe_s_own_import_remembers() {
		let seen = Database::default();
		let (bare, sealed) = (bare(SLOT, 1, 1), block(SLOT, 1, 1, &author(1)));
		assert_eq!(check_equivocation(&seen, SLOT.into(), SLOT.into(), &bare, &1u32).unwrap(), None);
		assert_eq!(see(&seen, &sealed), None);
		assert_eq!(check_equivocation(&seen, SLOT.into(), SLOT.into(), &bare, &1u32).unwrap(), None);
	}

	#[test]
	fn old_slots_are_forgotten() {
		let seen = Database::default();
		for slot in 0..2_100 {
			prove(&Seen(&seen), slot.into(), &bare(slot, 1, 1), authors).unwrap();
		}
		let kept = seen.0.borrow().len();
		assert!((1_000..1_200).contains(&kept), "{kept} rows");
	}
}
