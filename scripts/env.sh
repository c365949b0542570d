# Settings and words that the scripts share. Sourced in the repository's root.
# shellcheck shell=bash

export CARGO_TARGET_DIR="${VEKTOR_TARGET:-$HOME/.cache/vektor/target}"
export CARGO_INCREMENTAL=0
export CARGO_TERM_COLOR="${CARGO_TERM_COLOR:-auto}"

# Set N (docs/adr/0002): always named together, since cargo unifies the features of what it builds at once.
# shellcheck disable=SC2034 # for those who source this
PROGRAMS=(-p vektor-node -p vektor-rpc -p vektor-prober -p vektor-ezkl -p vektor-session -p vektor-client -p vektor-operator -p vektor)

say() { printf '%s\n' "$*"; }

die() {
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit 1
}

build_programs() { cargo build --locked --bins "${PROGRAMS[@]}" "$@"; }

first_build() {
	if [ ! -x "$CARGO_TARGET_DIR/debug/vektor-node" ]; then
		say "The first build compiles some 1,300 crates: about 20 minutes on two cores. Later ones take a minute."
	fi
}
