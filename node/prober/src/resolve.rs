//! Looking names up.

use std::{future::Future, net::IpAddr, sync::Arc, time::Duration};

use tokio::{net::lookup_host, sync::Semaphore, time::timeout};

use crate::Reason;

/// How many names are looked up at once: each takes one of the threads that the node has for work that blocks, until the system's
/// resolver gives up.
const AT_ONCE: usize = 64;

/// How long a name waits until it is looked up.
const WAIT: Duration = Duration::from_secs(1);

/// Looks names up.
pub trait Resolve: Send + Sync {
	/// All addresses of a name, the best first. [`Reason::NoAddress`] if it has none, [`Reason::Busy`] if it was not looked up.
	fn resolve(&self, name: &str) -> impl Future<Output = Result<Vec<IpAddr>, Reason>> + Send;
}

/// The system's resolver, and a bound on what slow names cost.
pub struct System {
	places: Arc<Semaphore>,
}

impl Default for System {
	fn default() -> Self {
		Self { places: Arc::new(Semaphore::new(AT_ONCE)) }
	}
}

impl Resolve for System {
	async fn resolve(&self, name: &str) -> Result<Vec<IpAddr>, Reason> {
		let place = timeout(WAIT, Arc::clone(&self.places).acquire_owned()).await;
		let place = place.map_err(|_| Reason::Busy)?.map_err(|_| Reason::Busy)?;
		let name = name.to_string();
		// A task of its own, because the lookup's thread is busy even when nobody waits for it any more: it keeps its place so long.
		let lookup = tokio::spawn(async move {
			let found = lookup_host((name.as_str(), 0)).await.map(|found| found.map(|address| address.ip()).collect());
			drop(place);
			found
		});
		lookup.await.map_err(|_| Reason::Busy)?.map_err(|_| Reason::NoAddress)
	}
}
