use std::{
	collections::{HashMap, VecDeque},
	sync::{Arc, Mutex},
};

use tokio::sync::Notify;
use vektor_primitives::JobId;

use super::lock;

/// Inputs that are received at once.
pub const MAX_AT_ONCE: usize = 64;

/// Inputs that are received at once for one job: its id is public, so anybody may send something to hold a place.
pub const MAX_FOR_ONE: usize = 4;

/// Who is sending an input, of each job the oldest first.
#[derive(Default)]
pub struct Door(Mutex<HashMap<JobId, VecDeque<Arc<Notify>>>>);

/// Somebody who is sending, until this is dropped.
pub struct Place<'a> {
	door: &'a Door,
	job: JobId,
	taken: Arc<Notify>,
}

impl Door {
	/// Lets somebody in who sends the input of a job. Where there is no place, the job's oldest sender gives theirs up: who sends an input is
	/// soon done, and who sends none must not keep the others out.
	pub fn enter(&self, job: JobId) -> Option<Place<'_>> {
		let mut inside = lock(&self.0);
		let all = inside.values().map(VecDeque::len).sum::<usize>();
		if all >= MAX_AT_ONCE || inside.get(&job).is_some_and(|senders| senders.len() >= MAX_FOR_ONE) {
			inside.get_mut(&job)?.pop_front()?.notify_one();
		}
		let taken = Arc::new(Notify::new());
		inside.entry(job).or_default().push_back(taken.clone());
		Some(Place { door: self, job, taken })
	}
}

impl Place<'_> {
	/// Waits until another has taken it.
	pub async fn taken(&self) {
		self.taken.notified().await;
	}
}

impl Drop for Place<'_> {
	fn drop(&mut self) {
		let mut inside = lock(&self.door.0);
		let Some(senders) = inside.get_mut(&self.job) else { return };
		senders.retain(|sender| !Arc::ptr_eq(sender, &self.taken));
		if senders.is_empty() {
			inside.remove(&self.job);
		}
	}
}

#[cfg(test)]
mod tests {
	use futures::FutureExt;

	use super::*;

	fn job(n: usize) -> JobId {
		JobId(vektor_primitives::hash(&(n as u64)))
	}

	fn is_taken(place: &Place<'_>) -> bool {
		place.taken().now_or_never().is_some()
	}

	#[test]
	fn one_job_does_not_take_the_places_of_others() {
		let door = Door::default();
		let other = door.enter(job(1)).unwrap();
		let places: Vec<_> = (0..2 * MAX_AT_ONCE).map(|_| door.enter(job(0)).unwrap()).collect();
		assert!(!is_taken(&other));
		assert_eq!(places.iter().filter(|place| !is_taken(place)).count(), MAX_FOR_ONE);
		assert!(door.enter(job(2)).is_some());
	}

	#[test]
	fn a_jobs_oldest_sender_gives_way_to_the_newest() {
		let door = Door::default();
		let mut places: Vec<_> = (0..=MAX_FOR_ONE).map(|_| door.enter(job(0)).unwrap()).collect();
		assert!(is_taken(&places.remove(0)));
		places.pop();
		let newest = door.enter(job(0)).unwrap();
		assert!(places.iter().chain([&newest]).all(|place| !is_taken(place)), "one had left");
	}

	#[test]
	fn all_jobs_together_have_so_many_places() {
		let door = Door::default();
		let mut places: Vec<_> = (0..MAX_AT_ONCE).map(|n| door.enter(job(n)).unwrap()).collect();
		assert!(door.enter(job(MAX_AT_ONCE)).is_none());
		places.push(door.enter(job(0)).unwrap());
		assert!(is_taken(&places[0]), "of its own job");
		drop(places);
		assert!(lock(&door.0).is_empty());
	}
}
