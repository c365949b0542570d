//! Offences: an accusation opens a case, a case waits, governance may cancel it, and then it takes what its row says.

mod tick;
mod types;

use frame_support::{ensure, pallet_prelude::Weight, traits::Get};
use sp_core::H256;
use sp_runtime::{DispatchError, DispatchResult};
use vektor_math::{slash::slash_shares, split::pro_rata};
use vektor_primitives::{
	pot,
	traits::{Burn, Discipline, LiveClock, LiveTime, PriceSource, Slashes, Watch},
	Asset, Balance, CaseId, Loss, Offence, OperatorId, OperatorStatus, Ppm, Usd, USDC,
};

pub use types::*;

use crate::{
	Bans, Bar, Bars, Bursts, CaseQueue, Cases, CasesOf, Config, Error, Event, Incidents, LastCase, NextCase, Offences,
	Operator, Operators, Pallet, RosterSize, Tiers, WeightInfo,
};

pub(crate) type CaseOf<T> = Case<<T as frame_system::Config>::AccountId>;
pub(crate) type LossOf<T> = Loss<<T as frame_system::Config>::AccountId>;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_report_offence(
		operator: OperatorId,
		offence: Offence,
		incident: H256,
		loss: Option<LossOf<T>>,
		challenger: Option<T::AccountId>,
	) -> DispatchResult {
		ensure!(offence != Offence::FalsifiedResult, Error::<T>::NeedsProof);
		Self::open_case(operator, offence, incident, loss, challenger).map(drop)
	}

	/// Opens a case: what it may take is set aside, and a ban holds at once.
	fn open_case(
		operator: OperatorId,
		offence: Offence,
		incident: H256,
		loss: Option<LossOf<T>>,
		challenger: Option<T::AccountId>,
	) -> Result<CaseId, DispatchError> {
		let now = T::Clock::now();
		let terms = Offences::<T>::get(offence).ok_or(Error::<T>::UnknownOffence)?;
		let mut record = Operators::<T>::get(operator).ok_or(Error::<T>::UnknownOperator)?;
		ensure!(!Incidents::<T>::contains_key(operator, incident), Error::<T>::AlreadyAccused);
		let last = LastCase::<T>::get(operator, offence);
		ensure!(last.is_none_or(|at| now >= at.saturating_add(terms.pause)), Error::<T>::TooSoon);
		ensure!(record.open_cases < T::MaxCases::get(), Error::<T>::TooManyCases);

		let case = NextCase::<T>::get();
		NextCase::<T>::put(case.checked_add(1).ok_or(Error::<T>::Overflow)?);
		let taking = Self::taking(&record, offence, &terms)?;
		match taking {
			Taking::Part(amount) => record.frozen = record.frozen.checked_add(amount).ok_or(Error::<T>::Overflow)?,
			Taking::All => record.forfeitures = record.forfeitures.saturating_add(1),
		}
		record.open_cases = record.open_cases.saturating_add(1);
		match terms.ban {
			Ban::None => (),
			Ban::For(slots) => {
				// However long it is, it ends.
				let until = now.saturating_add(slots).min(Bar::FOREVER.saturating_sub(1));
				Self::bar(&operator, &mut record, Some(case), until);
			}
			Ban::Forever => Self::bar(&operator, &mut record, Some(case), Bar::FOREVER),
		}
		Operators::<T>::insert(operator, &record);

		let due = now.saturating_add(terms.appeal);
		Incidents::<T>::insert(operator, incident, case);
		LastCase::<T>::insert(operator, offence, now);
		CasesOf::<T>::insert(operator, case, ());
		CaseQueue::<T>::insert(due, case, ());
		Cases::<T>::insert(
			case,
			Case { operator, offence, incident, taking, loss, challenger, opened: now, due, state: CaseState::Open },
		);
		Self::deposit_event(Event::Accused { case, operator, offence, incident, taking, due });
		Self::count_burst(now);
		Ok(case)
	}

	/// What a case takes: of a judged offence no more than the operator's tier allows.
	fn taking(record: &Operator<T::AccountId>, offence: Offence, terms: &OffenceTerms) -> Result<Taking, Error<T>> {
		if terms.fraction >= Ppm::ONE {
			return Ok(Taking::All);
		}
		let most = match offence {
			Offence::FalsifiedResult => Ppm::ONE,
			// Below the lowest tier no more than in it.
			_ => Self::tier_of(record)
				.or_else(|| Tiers::<T>::get().into_iter().next())
				.map_or(Ppm::ONE, |tier| tier.max_slash),
		};
		let fraction = terms.fraction.min(most);
		let base = Self::required(record).min(record.collateral);
		pro_rata(base, fraction.0.into(), Ppm::ONE.0.into()).map(Taking::Part).ok_or(Error::<T>::Overflow)
	}

	/// Bars an operator and its owner, whose account alone is banned: an identity has subs that nobody asked.
	pub(crate) fn bar(
		operator: &OperatorId,
		record: &mut Operator<T::AccountId>,
		case: Option<CaseId>,
		until: LiveTime,
	) {
		let (bar, now) = (Bar { case, until }, T::Clock::now());
		record.bars.add(bar, now);
		record.status = Self::barred(record.bars.until());
		Self::leave_roster(record);
		T::Watch::rest(operator);
		Bans::<T>::mutate(&record.owner, |bans| bans.add(bar, now));
		Self::deposit_event(Event::Barred { operator: *operator, case, until });
	}

	fn barred(until: Option<LiveTime>) -> OperatorStatus {
		match until {
			Some(Bar::FOREVER) => OperatorStatus::Blacklisted,
			Some(_) => OperatorStatus::Suspended,
			None => OperatorStatus::Draining,
		}
	}

	/// Ends a bar that `case` brought; what else bars stays.
	fn unbar(operator: &OperatorId, record: &mut Operator<T::AccountId>, case: CaseId) {
		Bans::<T>::mutate_exists(&record.owner, |slot| {
			*slot = slot.take().and_then(|mut bans| {
				bans.remove(case);
				bans.until().map(|_| bans)
			});
		});
		if record.bars.remove(case) {
			record.status = Self::barred(record.bars.until());
			if record.bars.until().is_none() {
				Self::deposit_event(Event::Pardoned { owner: record.owner.clone(), operator: Some(*operator) });
			}
		}
	}

	pub(crate) fn do_cancel_slash(id: CaseId) -> DispatchResult {
		let case = Cases::<T>::get(id).ok_or(Error::<T>::UnknownCase)?;
		ensure!(case.state == CaseState::Open, Error::<T>::CaseClosed);
		Operators::<T>::mutate_extant(case.operator, |record| {
			Self::release(record, &case);
			Self::unbar(&case.operator, record, id);
		});
		Self::forget_case(id, &case);
		Self::deposit_event(Event::SlashCancelled { case: id, operator: case.operator });
		Ok(())
	}

	pub(crate) fn do_blacklist(operator: OperatorId) -> DispatchResult {
		Self::try_mutate(&operator, |record| {
			Self::bar(&operator, record, None, Bar::FOREVER);
			Ok(())
		})
	}

	pub(crate) fn do_pardon(owner: T::AccountId, operator: Option<OperatorId>) -> DispatchResult {
		let banned = Bans::<T>::take(&owner).until().is_some();
		let barred = operator.map_or(Ok(false), |operator| {
			Self::try_mutate(&operator, |record| {
				ensure!(record.owner == owner, Error::<T>::NotOwner);
				let barred = record.bars.until().is_some();
				if barred {
					record.bars = Bars::default();
					record.status = OperatorStatus::Draining;
				}
				Ok(barred)
			})
		})?;
		ensure!(banned || barred, Error::<T>::NotBarred);
		Self::deposit_event(Event::Pardoned { owner, operator });
		Ok(())
	}

	pub(crate) fn do_resume_slashing() -> DispatchResult {
		Bursts::<T>::try_mutate(|burst| {
			ensure!(burst.stopped, Error::<T>::NotStopped);
			*burst = Burst::default();
			Self::deposit_event(Event::SlashingResumed);
			Ok(())
		})
	}

	pub(crate) fn do_set_offence(offence: Offence, terms: Option<OffenceTerms>) -> DispatchResult {
		match terms {
			Some(terms) => {
				ensure!(terms.fit(offence), Error::<T>::InvalidOffence);
				Offences::<T>::insert(offence, terms);
			}
			None => Offences::<T>::remove(offence),
		}
		Self::deposit_event(Event::OffenceSet { offence, terms });
		Ok(())
	}

	pub(crate) fn do_set_tier(tier: StakeTier, keep: bool) -> DispatchResult {
		ensure!(tier.is_valid(), Error::<T>::InvalidTier);
		Tiers::<T>::try_mutate(|tiers| {
			tiers.retain(|other| other.name != tier.name);
			if keep {
				ensure!(tiers.iter().all(|other| other.min_stake != tier.min_stake), Error::<T>::InvalidTier);
				let at = tiers.iter().take_while(|other| other.min_stake < tier.min_stake).count();
				tiers.try_insert(at, tier.clone()).map_err(|_| Error::<T>::TooManyTiers)?;
			}
			Ok::<_, Error<T>>(())
		})?;
		Self::deposit_event(Event::TierSet { tier, kept: keep });
		Ok(())
	}

	/// Too many cases in a short time are more likely our mistake than everybody's.
	fn count_burst(now: LiveTime) {
		let most =
			T::BurstCases::get().max(RosterSize::<T>::get().checked_div(T::BurstShare::get()).unwrap_or_default());
		Bursts::<T>::mutate(|burst| {
			if now >= burst.since.saturating_add(T::Day::get()) {
				burst.since = now;
				burst.cases = 0;
			}
			burst.cases = burst.cases.saturating_add(1);
			if burst.cases > most && !burst.stopped {
				burst.stopped = true;
				Self::deposit_event(Event::SlashingStopped { cases: burst.cases });
			}
		});
	}

	/// Takes what the case may take. An error may have changed something: the caller rolls back.
	fn slash(id: CaseId, mut case: CaseOf<T>) -> DispatchResult {
		let mut record = Operators::<T>::get(case.operator).ok_or(Error::<T>::UnknownOperator)?;
		let taken = match case.taking {
			Taking::Part(amount) => amount.min(record.collateral),
			Taking::All => record.collateral,
		};
		let (victim, challenger) = (Self::victim(&case)?, case.challenger.as_ref());
		let rate = if challenger.is_some() { T::ChallengerShare::get() } else { Ppm(0) };
		let planned = slash_shares(taken, victim.as_ref().map_or(0, |(_, loss)| *loss), rate.0);
		let pot = Self::pot();
		let pay = |who: Option<&T::AccountId>, amount: Balance| match who {
			// What an account refuses is burned.
			Some(who) if pot::would_take::<T::AccountId, T::Money>(&Asset::Native, who, amount) => {
				pot::transfer::<T::AccountId, T::Money>(&Asset::Native, &pot, who, amount).map(|()| amount)
			}
			_ => Ok(0),
		};
		let victim = pay(victim.as_ref().map(|(who, _)| who), planned.victim)?;
		let challenger = pay(challenger, planned.challenger)?;
		let burned = taken.saturating_sub(victim).saturating_sub(challenger);
		if burned > 0 {
			T::SlashBurn::burn(&pot, burned)?;
		}

		record.collateral = record.collateral.saturating_sub(taken);
		Self::release(&mut record, &case);
		Operators::<T>::insert(case.operator, &record);
		T::Watch::offers(&case.operator, Self::offer(&record));
		let value = T::Prices::worth_at_least(taken).unwrap_or_default();
		CaseQueue::<T>::remove(case.due, id);
		case.due = T::Clock::now().saturating_add(T::CaseHistory::get());
		// What the victim has is compensated for.
		case.state = CaseState::Slashed { taken, value, left: taken.saturating_sub(victim) };
		CaseQueue::<T>::insert(case.due, id, ());
		CasesOf::<T>::remove(case.operator, id);
		let (operator, offence) = (case.operator, case.offence);
		Cases::<T>::insert(id, case);
		Self::deposit_event(Event::Slashed { case: id, operator, offence, taken, victim, challenger, burned });
		Ok(())
	}

	/// Who gets what it lost, in VKTR at the highest price: whoever sets the price down gains nothing.
	fn victim(case: &CaseOf<T>) -> Result<Option<(T::AccountId, Balance)>, Error<T>> {
		let Some(Loss { victim, value }) = case.loss.as_ref().filter(|_| T::PaysVictims::get()) else {
			return Ok(None);
		};
		let amount = T::Prices::native_at_most(*value).map_err(|_| Error::<T>::NoPrice)?;
		Ok(Some((victim.clone(), amount)))
	}

	/// Gives free what a case held back.
	fn release(record: &mut Operator<T::AccountId>, case: &CaseOf<T>) {
		match case.taking {
			Taking::Part(amount) => record.frozen = record.frozen.saturating_sub(amount),
			Taking::All => record.forfeitures = record.forfeitures.saturating_sub(1),
		}
		record.open_cases = record.open_cases.saturating_sub(1);
	}

	fn forget_case(id: CaseId, case: &CaseOf<T>) {
		CaseQueue::<T>::remove(case.due, id);
		CasesOf::<T>::remove(case.operator, id);
		Cases::<T>::remove(id);
	}
}

impl<T: Config> Discipline<T::AccountId> for Pallet<T> {
	fn accuse(
		operator: &OperatorId,
		offence: Offence,
		incident: H256,
		loss: Option<LossOf<T>>,
		challenger: Option<T::AccountId>,
	) -> Result<CaseId, DispatchError> {
		frame_support::storage::with_storage_layer(|| Self::open_case(*operator, offence, incident, loss, challenger))
	}

	fn accuse_weight() -> Weight {
		T::WeightInfo::report_offence()
	}
}

impl<T: Config> Slashes for Pallet<T> {
	fn compensate(id: CaseId, asset: &Asset, amount: Balance) -> DispatchResult {
		let mut case = Cases::<T>::get(id).ok_or(Error::<T>::UnknownCase)?;
		let CaseState::Slashed { taken, value, left } = case.state else {
			return Err(Error::<T>::CaseOpen.into());
		};
		let native = match asset {
			Asset::Native => amount,
			Asset::WithId(USDC) => Self::in_native(amount, value, taken).ok_or(Error::<T>::NoPrice)?,
			Asset::WithId(_) => return Err(Error::<T>::NoPrice.into()),
		};
		let left = left.checked_sub(native).ok_or(Error::<T>::MoreThanSlashed)?;
		case.state = CaseState::Slashed { taken, value, left };
		Cases::<T>::insert(id, case);
		Ok(())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn setup() -> CaseId {
		crate::benchmarking::slashed_case::<T>()
	}
}

impl<T: Config> Pallet<T> {
	/// So many micro-USD of a slash of `taken` that was worth `value`, in VKTR, rounded up.
	fn in_native(amount: Balance, value: Usd, taken: Balance) -> Option<Balance> {
		let down = pro_rata(amount, taken, value.0)?;
		match pro_rata(down, value.0, taken) {
			Some(back) if back >= amount => Some(down),
			_ => down.checked_add(1),
		}
	}
}
