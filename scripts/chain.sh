# A dev chain and an operator on this machine, for demo and test. Sourced after env.sh; both end with the shell.
# shellcheck shell=bash disable=SC2034 # what demo and test use of it

# VEKTOR_PORT_SHIFT moves every port, for a second chain beside a running one.
SHIFT="${VEKTOR_PORT_SHIFT:-0}"
NODE_WS="ws://127.0.0.1:$((9944 + SHIFT))"
NODE_HTTP="http://127.0.0.1:$((9944 + SHIFT))"
OPERATOR_HTTP="http://127.0.0.1:$((9955 + SHIFT))"
METRICS_HTTP="http://127.0.0.1:$((9615 + SHIFT))"
export VEKTOR_NODE="$NODE_WS" # for scripts/e2e
BIN="$CARGO_TARGET_DIR/debug"
RUN_DIR="$(mktemp -d)"
children=()

# Ends what was started; keeps the logs where something failed.
chain_stop() {
	local status=$? child
	trap - EXIT INT TERM
	for child in ${children[@]+"${children[@]}"}; do kill "$child" 2>/dev/null || true; done
	for child in ${children[@]+"${children[@]}"}; do wait "$child" 2>/dev/null || true; done
	if [ "$status" -eq 0 ] || [ "$status" -eq 130 ]; then
		rm -rf "$RUN_DIR"
		exit 0
	fi
	local file
	for file in "$RUN_DIR"/*.log; do
		if [ -s "$file" ]; then
			printf '\n-- the end of %s\n' "$file" >&2
			tail -n 30 "$file" >&2
		fi
	done
	exit "$status"
}
trap chain_stop EXIT
trap 'exit 130' INT TERM

# await WHAT SECONDS CHILD COMMAND...: until the command succeeds; fails when the time is up or the child has ended.
await() {
	local what="$1" left="$2" child="$3"
	shift 3
	until "$@" >/dev/null 2>&1; do
		kill -0 "$child" 2>/dev/null || die "$what ended by itself"
		left=$((left - 1))
		[ "$left" -gt 0 ] || die "$what is not ready in time"
		sleep 1
	done
}

node_rpc() {
	curl -sf -H 'content-type: application/json' -d "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"$1\",\"params\":[${2:-}]}" "$NODE_HTTP"
}

# Our node, not another at another port: a node whose port is taken listens at a free one.
has_a_block() {
	grep -q "addr=${NODE_HTTP#http://}" "$RUN_DIR/node.log" &&
		node_rpc chain_getHeader | grep -q -E '"number":"0x([1-9a-f]|[0-9a-f]{2,})'
}

is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/${1##*:}") 2>/dev/null; }

chain_start() {
	local url
	for url in "$NODE_HTTP" "$OPERATOR_HTTP" "$METRICS_HTTP"; do
		if is_taken "$url"; then die "something listens at $url already: stop it, or set VEKTOR_PORT_SHIFT=100"; fi
	done
	"$BIN/vektor-node" --dev --tmp --rpc-port "${NODE_HTTP##*:}" --port "$((30333 + SHIFT))" \
		--prometheus-port "${METRICS_HTTP##*:}" >"$RUN_DIR/node.log" 2>&1 &
	children+=($!)
	await vektor-node 300 $! has_a_block
}

operator_cli() { "$BIN/vektor-operator" --config "$RUN_DIR/operator/config.toml" "$@"; }

# An operator of //Bob's: its own keys, a proving key made on this machine, registered with its model and serving.
operator_start() {
	operator_cli init --node "$NODE_WS" --listen "${OPERATOR_HTTP#http://}" --endpoint "$OPERATOR_HTTP" \
		>"$RUN_DIR/operator-init.log" 2>&1
	operator_cli register --owner //Bob >"$RUN_DIR/operator-register.log" 2>&1
	"$BIN/vektor-operator" --config "$RUN_DIR/operator/config.toml" run >"$RUN_DIR/operator.log" 2>&1 &
	children+=($!)
	await vektor-operator 60 $! curl -sf "$OPERATOR_HTTP/health"
}
