//! The real binary, as a newcomer starts it.

use std::{
	collections::BTreeSet,
	io::{BufRead, BufReader, Read, Write},
	net::TcpStream,
	path::Path,
	process::{Child, Command, Stdio},
	sync::mpsc,
	thread,
	time::{Duration, Instant},
};

use serde_json::{json, Value};

const NODE: &str = env!("CARGO_BIN_EXE_vektor-node");
const GOLDEN: &str = "tests/rpc_methods.golden";
const PATIENCE: Duration = Duration::from_secs(120);

/// A running node; dropping it stops it.
struct Node {
	child: Child,
	port: u16,
}

impl Drop for Node {
	fn drop(&mut self) {
		let _ = self.child.kill();
		let _ = self.child.wait();
	}
}

impl Node {
	/// Starts a node on free ports and waits for its RPC.
	fn start(args: &[&str]) -> Self {
		let mut child = Command::new(NODE)
			.args(args)
			.args(["--rpc-port", "0", "--port", "0", "--no-prometheus"])
			.stderr(Stdio::piped())
			.stdout(Stdio::null())
			.spawn()
			.expect("the binary is there");
		let log = BufReader::new(child.stderr.take().expect("piped"));
		let (found, port) = mpsc::channel();
		thread::spawn(move || {
			for line in log.lines().map_while(Result::ok) {
				eprintln!("{line}");
				if let Some((_, rest)) = line.split_once("JSON-RPC server: addr=127.0.0.1:") {
					let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
					let _ = found.send(digits.parse().expect("a port"));
				}
			}
		});
		let port = match port.recv_timeout(PATIENCE) {
			Ok(port) => port,
			Err(_) => {
				let _ = child.kill();
				panic!("the node did not open its RPC");
			}
		};
		Self { child, port }
	}

	/// One JSON-RPC call over HTTP.
	fn call(&self, method: &str, params: Value) -> Value {
		let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string();
		let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the RPC listens");
		write!(
			stream,
			"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
			 Connection: close\r\n\r\n{body}",
			body.len()
		)
		.expect("the RPC takes the request");
		let mut answer = String::new();
		stream.read_to_string(&mut answer).expect("the RPC answers");
		let (_, body) = answer.split_once("\r\n\r\n").expect("HTTP");
		serde_json::from_str(body).expect("JSON")
	}

	fn result(&self, method: &str, params: Value) -> Value {
		let mut answer = self.call(method, params);
		assert!(answer.get("error").is_none(), "{method}: {answer}");
		answer["result"].take()
	}

	fn finalised(&self) -> u64 {
		let head = self.result("chain_getFinalizedHead", json!([]));
		let header = self.result("chain_getHeader", json!([head]));
		let number = header["number"].as_str().expect("a number");
		u64::from_str_radix(number.trim_start_matches("0x"), 16).expect("hexadecimal")
	}

	fn wait_for_finalised(&self, number: u64) {
		let start = Instant::now();
		while self.finalised() < number {
			assert!(start.elapsed() < PATIENCE, "block {number} is not final after {PATIENCE:?}");
			thread::sleep(Duration::from_millis(200));
		}
	}
}

/// Runs a node that must refuse to start, and gives what it said.
fn refusal(args: &[&str]) -> String {
	let output = Command::new(NODE)
		.args(args)
		.args(["--rpc-port", "0", "--port", "0", "--no-prometheus"])
		.output()
		.expect("the binary is there");
	assert!(!output.status.success());
	String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_dev_chain_finalises_and_offers_the_promised_methods() {
	let node = Node::start(&["--dev", "--tmp"]);

	let properties = node.result("system_properties", json!([]));
	assert_eq!(properties, json!({ "tokenSymbol": "VKTR", "tokenDecimals": 12, "ss58Format": 42 }));

	let listed = node.result("rpc_methods", json!([]));
	let methods: BTreeSet<&str> =
		listed["methods"].as_array().expect("a list").iter().map(|name| name.as_str().expect("a name")).collect();
	let methods = methods.into_iter().map(|name| format!("{name}\n")).collect::<String>();
	let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join(GOLDEN);
	if std::env::var_os("UPDATE_GOLDEN").is_some() {
		std::fs::write(&golden, &methods).expect("the golden file is writable");
	}
	let promised = std::fs::read_to_string(&golden).expect("the golden file is there");
	assert_eq!(methods, promised, "rpc_methods changed: if that is meant, run again with UPDATE_GOLDEN=1");

	let nothing = format!("0x{}", "00".repeat(32));
	assert_eq!(node.result("operators_get", json!([nothing])), Value::Null);
	assert_eq!(node.result("operators_list", json!([])), json!([]));
	assert_eq!(node.result("inference_job", json!([nothing])), Value::Null);
	assert_eq!(node.call("inference_quote", json!([nothing, "USDC"]))["error"]["code"], 20003);
	assert_eq!(node.call("inference_quote", json!([nothing, "DOT"]))["error"]["code"], -32602);
	assert_eq!(node.call("inference_verifyEvidence", json!(["0x00", "0x00"]))["error"]["code"], 20004);
	assert_eq!(node.call("tokenomics_split", json!([nothing]))["error"]["code"], 20001);
	let split = node.result("tokenomics_split", json!([]));
	let shares = split.as_object().expect("shares").values().map(|share| share.as_u64().expect("parts per million"));
	assert_eq!(shares.sum::<u64>(), 1_000_000);

	node.wait_for_finalised(3);
}

#[test]
fn instant_sealing_starts_with_a_final_block() {
	let node = Node::start(&["--dev", "--tmp", "--sealing", "instant"]);
	node.wait_for_finalised(1);
}

#[test]
fn a_sealed_chain_outruns_the_clock_and_cannot_return_to_consensus() {
	let dir = tempfile::tempdir().expect("a folder");
	let base = dir.path().to_str().expect("UTF-8");
	{
		// Timestamps more than 30 seconds ahead are refused under consensus.
		let node = Node::start(&["--dev", "--base-path", base, "--sealing", "interval=100"]);
		node.wait_for_finalised(60);
	}
	let said = refusal(&["--dev", "--base-path", base]);
	assert!(said.contains("sealed on demand"), "{said}");
	let node = Node::start(&["--dev", "--base-path", base, "--sealing", "interval=100"]);
	node.wait_for_finalised(61);
}

#[test]
fn a_database_of_consensus_is_not_sealed() {
	let dir = tempfile::tempdir().expect("a folder");
	let base = dir.path().to_str().expect("UTF-8");
	Node::start(&["--dev", "--base-path", base]).wait_for_finalised(1);
	let said = refusal(&["--dev", "--base-path", base, "--sealing", "instant"]);
	assert!(said.contains("made by consensus"), "{said}");
}

#[test]
fn sealing_is_refused_where_it_makes_no_sense() {
	let said = refusal(&["--chain", "vektor-local", "--tmp", "--sealing", "instant"]);
	assert!(said.contains("development chains only"), "{said}");
	let said = refusal(&["--dev", "--tmp", "--bob", "--sealing", "instant"]);
	assert!(said.contains("--alice"), "{said}");
	let said = refusal(&["--dev", "--tmp", "--sealing", "sometimes"]);
	assert!(said.contains("interval=MS"), "{said}");
}

#[test]
fn an_unknown_chain_is_refused_with_the_list() {
	let said = refusal(&["--chain", "nexus-of-nowhere", "--tmp"]);
	for name in ["`nexus-of-nowhere`", "vektor", "vektor-local", "quiver-dev"] {
		assert!(said.contains(name), "{said}");
	}
}

#[test]
fn a_production_chain_that_nobody_has_launched_does_not_start() {
	let said = refusal(&["--chain", "vektor", "--tmp"]);
	assert!(said.contains("pool.usdcProvider"), "{said}");
	let said = refusal(&["--chain", "nexus", "--tmp"]);
	assert!(said.contains("nobody validates"), "{said}");
}
