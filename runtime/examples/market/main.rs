//! Replays the market buy against models of markets and of attackers: the real pallets of this runtime on a chain in
//! memory. Writes the tables of `docs/market.md` and the chart `docs/market.svg`; the same numbers on every run.

mod attacks;
mod chain;
mod convert;
mod report;

use std::{
	io,
	sync::{
		atomic::{AtomicUsize, Ordering},
		Mutex,
	},
};

use attacks::{donation, sandwich, stop, straddle, Means, Victim, AFTER};
use convert::{Case, Outcome, Pace};
use report::{chart, number, percent, table, Line};

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/market.md");
const CHART: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/market.svg");
const BEGIN: &str = "<!-- begin: written by the example market -->\n";
const END: &str = "<!-- end: written by the example market -->\n";

const REVENUES: [f64; 6] = [0.025, 0.05, 0.1, 0.15, 0.2, 0.3];
const RESALES: [f64; 4] = [0.0, 0.5, 0.7, 1.0];

/// Runs each, as many at once as the machine has processors, and keeps their order.
fn all<T: Sync, R: Send>(cases: &[T], run: impl Fn(&T) -> R + Sync) -> Vec<R> {
	let next = AtomicUsize::new(0);
	let done = Mutex::new(Vec::new());
	let threads = std::thread::available_parallelism().map_or(1, |threads| threads.get());
	std::thread::scope(|scope| {
		for _ in 0..threads {
			scope.spawn(|| loop {
				let index = next.fetch_add(1, Ordering::Relaxed);
				let Some(case) = cases.get(index) else { break };
				let result = run(case);
				done.lock().expect("nobody panics while they hold it").push((index, result));
			});
		}
	});
	let mut done = done.into_inner().expect("nobody panics while they hold it");
	done.sort_by_key(|(index, _)| *index);
	done.into_iter().map(|(_, result)| result).collect()
}

/// The rows of conversion, each under its name.
fn conversion_rows(cases: &[(&str, Case)], outcomes: &[Outcome]) -> Vec<Vec<String>> {
	let row = |((name, case), out): (&(&str, Case), &Outcome)| {
		let tries = f64::from(out.clips + out.refusals());
		let causes: Vec<_> = out
			.refused
			.iter()
			.map(|(cause, count)| format!("{cause} {}", percent(f64::from(*count) / tries, 1)))
			.collect();
		let lots: Vec<_> = out.converted.iter().map(|part| number(part * 100.0, 0)).collect();
		vec![
			name.to_string(),
			percent(case.revenue, 1),
			percent(case.resale, 0),
			out.clips.to_string(),
			if causes.is_empty() { "none".into() } else { causes.join(", ") },
			out.idle.to_string(),
			lots.join(", ") + " %",
			percent(out.daily, 1),
			percent(out.premium, 2),
		]
	};
	cases.iter().zip(outcomes).map(row).collect()
}

const CONVERSION: [&str; 9] = [
	"how",
	"revenue a day",
	"sold again",
	"clips",
	"refused, of all tries",
	"idle intervals",
	"each lot in its round",
	"bought a day",
	"paid above fair",
];

fn conversion() -> (String, String) {
	let case = |revenue, resale| Case { revenue, resale, pace: Pace::Even, noise: true, deep: false };
	let grid = || RESALES.into_iter().flat_map(move |resale| REVENUES.map(|revenue| case(revenue, resale)));
	let mut cases: Vec<_> = grid().map(|case| ("paced", case)).collect();
	let paced = cases.len();
	for (revenue, resale) in [(0.05, 0.0), (0.1, 0.0), (0.15, 0.0), (0.1, 0.7), (0.2, 0.7)] {
		cases.push(("calm", Case { noise: false, ..case(revenue, resale) }));
	}
	for revenue in [0.05, 0.1, 0.2] {
		cases.push(("deep", Case { deep: true, ..case(revenue, 0.0) }));
	}
	let other = cases.len();
	let variants = [("unpaced", Pace::Fast), ("unpaced, loosest", Pace::Loose)];
	for (name, pace) in variants {
		for (revenue, resale) in [(0.1, 0.0), (0.2, 0.0), (0.2, 0.7)] {
			cases.push((name, Case { pace, ..case(revenue, resale) }));
		}
	}
	let outcomes = all(&cases, |(_, case)| case.run());
	let rows = conversion_rows(&cases, &outcomes);
	let mut text = table(
		"1. Conversion",
		"The pool is the only market. Three rounds, after one that is not counted.",
		&CONVERSION,
		&rows[..paced],
	);
	text += &table(
		"1a. The same in other worlds",
		"*calm*: no strangers, no walk. *deep*: a deep market elsewhere brings the price back after each clip.",
		&CONVERSION,
		&rows[paced..other],
	);
	text += &table(
		"1b. Other engines",
		"*unpaced*: the largest clip in each interval, with the same guards and with the loosest that can be set.",
		&CONVERSION,
		&rows[other..],
	);
	let of = |resale| cases[..paced].iter().zip(&outcomes).filter(move |((_, case), _)| case.resale == resale);
	text += &reserves(RESALES.map(|resale| {
		let whole = |(_, out): &(_, &Outcome)| out.converted.iter().all(|part| *part >= 0.95);
		let strict = of(resale).take_while(whole).last().map(|((_, case), _)| case.revenue);
		// What the busiest engine bought: more revenue than that waits for ever.
		let most = of(resale).next_back().map(|(_, out)| out.daily);
		(resale, strict, most)
	}));
	let mean = |out: &Outcome| 100.0 * out.converted.iter().sum::<f64>() / out.converted.len() as f64;
	let lines = RESALES.map(|resale| Line {
		name: percent(resale, 0),
		points: of(resale).map(|((_, case), out)| (100.0 * case.revenue, mean(out))).collect(),
	});
	(text, chart("Of a day's revenue, what is VKTR a day later", &lines))
}

/// The rule and what follows from it: the largest daily revenue at which nearly all of every lot was bought in its
/// round, and the most that a day bought.
fn reserves(factors: [(f64, Option<f64>, Option<f64>); 4]) -> String {
	let header = [
		"sold again",
		"counted by",
		"daily revenue per USDC of reserve",
		"for 1,000 USD",
		"for 10,000 USD",
		"for 100,000 USD",
	];
	let mut rows = Vec::new();
	for (resale, strict, most) in factors {
		for (name, factor) in [("95 % of every lot in its round", strict), ("no queue that grows", most)] {
			let mut row = vec![percent(resale, 0), name.into()];
			row.push(factor.map_or("less than was tried".into(), |factor| number(factor, 3)));
			row.extend([1e3, 1e4, 1e5].map(|revenue| factor.map_or("-".into(), |factor| number(revenue / factor, 0))));
			rows.push(row);
		}
	}
	table(
		"2. The USDC that a revenue needs in the pool",
		"`reserve = daily revenue / factor`, in USDC.",
		&header,
		&rows,
	)
}

fn sandwiches() -> String {
	let parts = [0.0, 0.25, 0.5, 0.75, 0.9];
	let cases: Vec<_> = [Victim::Guarded, Victim::Loose, Victim::Whole]
		.into_iter()
		.flat_map(|victim| parts.map(|part| (victim, part)))
		.collect();
	let rows = all(&cases, |(victim, part)| {
		let best = sandwich(*victim, *part);
		let name = match best.victim {
			Victim::Guarded => "guards as they are",
			Victim::Loose => "loosest guards",
			Victim::Whole => "whole lot at any price",
		};
		vec![
			name.into(),
			percent(best.part, 0),
			number(best.clip, 0),
			number(best.gain, if best.gain.abs() < 1.0 { 4 } else { 2 }),
			number(best.size, 0),
			number(best.gain_of_5_000, 2),
			best.refused_from.map_or("never".into(), |size| number(size, 0)),
		]
	});
	let header =
		["purchase", "part of the pool", "clip", "best gain", "by a trade of", "gain by 5,000", "refused from"];
	table(
		"3. A sandwich around one purchase",
		"In USD. Trades from 10 to about 2,000,000 USD were tried.",
		&header,
		&rows,
	)
}

fn straddles() -> String {
	const CAPITAL: [f64; 3] = [1e4, 1e5, 1e6];
	let sizes = [1e3, 2e3, 5e3, 7.5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6];
	let resales = [0.0, 0.7, 1.0];
	let mut cases = Vec::new();
	for resale in resales {
		for size in sizes {
			cases.push((resale, size, true));
			// More at once is refused.
			if size <= 1e4 {
				cases.push((resale, size, false));
			}
		}
	}
	let tried = all(&cases, |(resale, size, patient)| straddle(*resale, *size, *patient));
	let mut rows = Vec::new();
	for resale in resales {
		for (index, after) in AFTER.into_iter().enumerate() {
			let mut row = vec![percent(resale, 0), after.to_string()];
			let ends = |most: f64| {
				let fits = tried.iter().filter(move |tried| tried.resale == resale && tried.size <= most);
				let ends = fits.filter_map(move |tried| tried.ends[index].map(|(gain, spent)| (gain, spent, tried)));
				ends.max_by(|one, other| one.0.total_cmp(&other.0)).expect("the smallest stops nothing")
			};
			row.push(number(ends(1e3).1, 0));
			for most in CAPITAL {
				let (gain, spent, best) = ends(most);
				let how = if best.patient { "" } else { " (at once)" };
				row.push(number(gain, 1));
				row.push(percent(gain / spent, 1));
				row.push(format!("{}{how}", number(best.size, 0)));
			}
			rows.push(row);
		}
	}
	let header = [
		"sold again",
		"clips",
		"bought back",
		"gain, up to 10,000",
		"of it",
		"by",
		"gain, up to 100,000",
		"of it",
		"by",
		"gain, up to 1,000,000",
		"of it",
		"by",
	];
	let note = "In USD. The lot is a tenth of the pool's dollars, paced over a day.";
	table("4. Buying before purchases and selling after them", note, &header, &rows)
}

fn stops() -> String {
	let mut cases = Vec::new();
	for delay in [Some(1), Some(10), None] {
		cases.push((Means::Hold, delay, 600));
		for blocks in [600, 14_400] {
			cases.push((Means::Watch, delay, blocks));
		}
	}
	for blocks in [600, 14_400] {
		cases.push((Means::Author, Some(1), blocks));
	}
	let rows = all(&cases, |(means, delay, blocks)| {
		let out = stop(*means, *delay, *blocks);
		let name = match out.means {
			Means::Hold => "holds the price all the time",
			Means::Watch => "only while the engine may buy",
			Means::Author => "writes every purchase's parent block",
		};
		let delay = match (out.means, out.delay) {
			(Means::Author, _) => "too late".into(),
			(_, Some(delay)) => format!("after {delay}"),
			(_, None) => "never".into(),
		};
		let time = if out.blocks == 600 { "an hour" } else { "a day" };
		vec![
			name.into(),
			delay,
			time.into(),
			number(out.cost, 0),
			number(out.capital, 0),
			out.refusals.to_string(),
			out.clips.to_string(),
			percent(out.converted, 1),
		]
	});
	let header = [
		"attacker",
		"arbitrage, blocks",
		"for",
		"cost",
		"most money out",
		"refusals",
		"clips made",
		"of the lot bought",
	];
	table("5. Keeping the engine from buying", "In USD. The lot is a twentieth of the pool's dollars.", &header, &rows)
}

fn donations() -> String {
	let mut cases = vec![(true, 0.0, false)];
	for early in [false, true] {
		cases.extend([0.001, 0.01, 0.014, 0.02, 0.05, 0.1, 1.0].map(|part| (true, part, early)));
		cases.extend([0.01, 0.1, 0.3, 0.5, 1.0].map(|part| (false, part, early)));
	}
	let given = all(&cases, |(usdc, part, early)| donation(*usdc, *part, *early));
	let normal = given[0].clip.expect("nothing is wrong with the price");
	let rows: Vec<_> = given
		.iter()
		.map(|out| {
			let what = match out {
				out if out.part == 0.0 => "nothing".into(),
				out => format!("{} of the {}", percent(out.part, 1), if out.usdc { "USDC" } else { "VKTR" }),
			};
			let when = if out.early { "an hour before" } else { "in the parent block" };
			let refused = out.refused.map(|cause| format!("{cause:?}")).unwrap_or_default();
			vec![
				what,
				when.into(),
				number(out.loss, 0),
				out.clip.map_or(refused, |clip| number(clip, 2)),
				out.clip.map_or("-".into(), |clip| percent(clip / normal - 1.0, 2)),
				out.clip.map_or("-".into(), |_| number(out.price, 5)),
			]
		})
		.collect();
	let header = ["sent to the pool", "when", "lost by the sender", "clip", "more than without", "USD for a VKTR"];
	table("6. Donations to the pool before a clip", "In USD. The lot is due at once.", &header, &rows)
}

fn main() -> io::Result<()> {
	let (mut text, chart) = conversion();
	text += &sandwiches();
	text += &straddles();
	text += &stops();
	text += &donations();
	print!("{text}");
	let document = std::fs::read_to_string(DOCUMENT)?;
	let parts = document.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
	let (before, after) = parts.ok_or_else(|| io::Error::other("docs/market.md has lost its two marks"))?;
	std::fs::write(DOCUMENT, format!("{before}{BEGIN}\n{text}{END}{after}"))?;
	std::fs::write(CHART, chart)
}
