//! The tracks of referenda. Curves and deposits are code; periods are counted in the chain's own hours.

extern crate alloc;

use alloc::borrow::Cow;
use pallet_referenda::{Curve, Track, TrackInfo, TracksInfo};
use sp_runtime::{str_array, FixedI64};
use vektor_primitives::{Balance, VKTR};

use crate::{configs::origins::Origin, timing::hours, OriginCaller};

/// Periods in hours of governance.
struct Row {
	id: u16,
	name: &'static str,
	max_deciding: u32,
	deposit: Balance,
	prepare: u32,
	decision: u32,
	confirm: u32,
	enactment: u32,
	approval: Curve,
	support: Curve,
}

const fn percent(n: u128) -> FixedI64 {
	FixedI64::from_rational(n, 100)
}

/// Four fifths at the start, over half at the end.
const BROAD: Curve = Curve::make_reciprocal(4, 28, percent(80), percent(50), percent(100));
/// Half of all votes at the start, a trace at the end.
const FALLING: Curve = Curve::make_linear(28, 28, percent(0), percent(50));
/// A twentieth at the start, a trace at the end.
const LIGHT: Curve = Curve::make_reciprocal(1, 28, percent(5), percent(0), percent(50));

const ROWS: [Row; 7] = [
	Row {
		id: 0,
		name: "root",
		max_deciding: 1,
		deposit: 100_000 * VKTR,
		prepare: 2,
		decision: 14 * 24,
		confirm: 24,
		enactment: 24,
		approval: BROAD,
		support: FALLING,
	},
	Row {
		id: 1,
		name: "whitelisted_caller",
		max_deciding: 10,
		deposit: 10_000 * VKTR,
		prepare: 1,
		decision: 14 * 24,
		confirm: 1,
		enactment: 1,
		approval: BROAD,
		support: LIGHT,
	},
	Row {
		id: 10,
		name: "general_admin",
		max_deciding: 10,
		deposit: 5_000 * VKTR,
		prepare: 1,
		decision: 14 * 24,
		confirm: 3,
		enactment: 1,
		approval: BROAD,
		support: LIGHT,
	},
	Row {
		id: 11,
		name: "treasurer",
		max_deciding: 10,
		deposit: 1_000 * VKTR,
		prepare: 2,
		decision: 14 * 24,
		confirm: 48,
		enactment: 24,
		approval: BROAD,
		support: FALLING,
	},
	// From submission to enactment in at most five days: a slash can be cancelled in seven.
	Row {
		id: 12,
		name: "discipline",
		max_deciding: 20,
		deposit: 1_000 * VKTR,
		prepare: 1,
		decision: 4 * 24,
		confirm: 12,
		enactment: 1,
		approval: BROAD,
		support: LIGHT,
	},
	Row {
		id: 20,
		name: "referendum_canceller",
		max_deciding: 100,
		deposit: 10_000 * VKTR,
		prepare: 1,
		decision: 7 * 24,
		confirm: 3,
		enactment: 1,
		approval: BROAD,
		support: LIGHT,
	},
	Row {
		id: 21,
		name: "referendum_killer",
		max_deciding: 100,
		deposit: 50_000 * VKTR,
		prepare: 1,
		decision: 7 * 24,
		confirm: 3,
		enactment: 1,
		approval: BROAD,
		support: LIGHT,
	},
];

impl Row {
	fn info(&self) -> TrackInfo<Balance, u32> {
		TrackInfo {
			name: str_array(self.name),
			max_deciding: self.max_deciding,
			decision_deposit: self.deposit,
			prepare_period: hours(self.prepare),
			decision_period: hours(self.decision),
			confirm_period: hours(self.confirm),
			min_enactment_period: hours(self.enactment),
			min_approval: self.approval.clone(),
			min_support: self.support.clone(),
		}
	}
}

/// The stock tracks.
pub struct Tracks;

impl TracksInfo<Balance, u32> for Tracks {
	type Id = u16;
	type RuntimeOrigin = OriginCaller;

	fn tracks() -> impl Iterator<Item = Cow<'static, Track<u16, Balance, u32>>> {
		ROWS.iter().map(|row| Cow::Owned(Track { id: row.id, info: row.info() }))
	}

	// The default builds every track for each look-up.
	fn info(id: u16) -> Option<Cow<'static, TrackInfo<Balance, u32>>> {
		ROWS.iter().find(|row| row.id == id).map(|row| Cow::Owned(row.info()))
	}

	fn track_for(origin: &OriginCaller) -> Result<u16, ()> {
		match origin {
			OriginCaller::system(frame_system::RawOrigin::Root) => Ok(0),
			OriginCaller::Origins(Origin::WhitelistedCaller) => Ok(1),
			OriginCaller::Origins(Origin::GeneralAdmin) => Ok(10),
			OriginCaller::Origins(Origin::Treasurer) => Ok(11),
			OriginCaller::Origins(Origin::Discipline) => Ok(12),
			OriginCaller::Origins(Origin::ReferendumCanceller) => Ok(20),
			OriginCaller::Origins(Origin::ReferendumKiller) => Ok(21),
			_ => Err(()),
		}
	}
}
