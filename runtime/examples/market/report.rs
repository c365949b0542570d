//! What was measured, as Markdown and as a chart.

use std::fmt::Write;

/// A table in Markdown under its heading.
pub fn table(title: &str, note: &str, header: &[&str], rows: &[Vec<String>]) -> String {
	let mut out = format!("### {title}\n\n");
	if !note.is_empty() {
		out += &format!("{note}\n\n");
	}
	let line = |cells: Vec<&str>| format!("| {} |\n", cells.join(" | "));
	out += &line(header.to_vec());
	// Words to the left, numbers to the right.
	out += &line(header.iter().enumerate().map(|(index, _)| if index == 0 { "---" } else { "---:" }).collect());
	for row in rows {
		out += &line(row.iter().map(String::as_str).collect());
	}
	out + "\n"
}

/// `1234.5` with `0` decimals is `1,235`; with `1` it is `1,234.5`.
pub fn number(value: f64, decimals: usize) -> String {
	let text = format!("{:.decimals$}", value.abs());
	let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
	let digits = whole.len();
	let mut out = String::new();
	for (index, digit) in whole.chars().enumerate() {
		if index > 0 && (digits - index).is_multiple_of(3) {
			out.push(',');
		}
		out.push(digit);
	}
	let is_zero = text.chars().all(|digit| matches!(digit, '0' | '.'));
	let sign = if value < 0.0 && !is_zero { "-" } else { "" };
	format!("{sign}{out}{rest}")
}

pub fn percent(part: f64, decimals: usize) -> String {
	format!("{} %", number(part * 100.0, decimals))
}

/// A line of the chart: its name, and points in percent of the reserve and of the lot.
pub struct Line {
	pub name: String,
	pub points: Vec<(f64, f64)>,
}

const COLOURS: [&str; 4] = ["#d1495b", "#c77d0a", "#2e8b57", "#3b7dd8"];
const LEFT: f64 = 70.0;
const TOP: f64 = 56.0;
const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 280.0;
/// The ends of the axes, in percent.
const WIDEST: f64 = 30.0;

/// Lines over daily revenue, readable on a light and on a dark page.
pub fn chart(title: &str, lines: &[Line]) -> String {
	let x = |percent: f64| LEFT + percent / WIDEST * WIDTH;
	let y = |percent: f64| TOP + (1.0 - percent / 100.0) * HEIGHT;
	let (right, bottom) = (LEFT + WIDTH, TOP + HEIGHT);
	let mut out = String::from(
		r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 400" role="img" font-family="sans-serif"
	font-size="13">
<style>
text { fill: #767676; } .axis { stroke: #767676; } .grid { stroke: #999; stroke-opacity: 0.35; }
@media (prefers-color-scheme: dark) { text { fill: #ddd; } .axis { stroke: #ddd; } }
</style>
"##,
	);
	let mut put = |text: String| writeln!(out, "{text}").expect("a string takes text");
	put(format!("<title>{title}</title>"));
	put(format!(r#"<text x="{LEFT}" y="28" font-size="15" font-weight="bold">{title}</text>"#));
	for percent in [0.0, 25.0, 50.0, 75.0, 100.0] {
		let at = y(percent);
		put(format!(r#"<line class="grid" x1="{LEFT}" x2="{right}" y1="{at}" y2="{at}"/>"#));
		put(format!(r#"<text x="{}" y="{}" text-anchor="end">{percent} %</text>"#, LEFT - 8.0, at + 4.0));
	}
	for percent in [0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0] {
		let at = x(percent);
		put(format!(r#"<line class="axis" x1="{at}" x2="{at}" y1="{bottom}" y2="{}"/>"#, bottom + 5.0));
		put(format!(r#"<text x="{at}" y="{}" text-anchor="middle">{percent}</text>"#, bottom + 20.0));
	}
	put(format!(r#"<line class="axis" x1="{LEFT}" x2="{right}" y1="{bottom}" y2="{bottom}"/>"#));
	put(format!(r#"<line class="axis" x1="{LEFT}" x2="{LEFT}" y1="{TOP}" y2="{bottom}"/>"#));
	let middle = (LEFT + right) / 2.0;
	put(format!(
		r#"<text x="{middle}" y="{}" text-anchor="middle">revenue a day, % of the pool's USDC</text>"#,
		bottom + 44.0
	));
	put(format!(r#"<text x="{}" y="{}">sold again</text>"#, right + 24.0, TOP + 4.0));
	for (index, (line, colour)) in lines.iter().zip(COLOURS).enumerate() {
		let dashes = ["", "8 4", "3 3", "12 4 3 4"][index];
		let points: Vec<_> = line.points.iter().map(|(a, b)| format!("{:.1},{:.1}", x(*a), y(*b))).collect();
		put(format!(
			r#"<polyline fill="none" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dashes}" points="{}"/>"#,
			points.join(" ")
		));
		for (a, b) in &line.points {
			put(format!(r#"<circle cx="{:.1}" cy="{:.1}" r="3.5" fill="{colour}"/>"#, x(*a), y(*b)));
		}
		let (from, at) = (right + 24.0, TOP + 26.0 + 24.0 * index as f64);
		put(format!(
			r#"<path d="M{from} {at} h40" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dashes}"/>"#
		));
		put(format!(r#"<text x="{}" y="{}">{}</text>"#, from + 50.0, at + 4.0, line.name));
	}
	out + "</svg>\n"
}
