// Two processes with one validator's key, each honest by itself: they sign two blocks in one slot, and vote for two blocks in
// one round. Others see it and prove it to the chain, and the validator pays.
import { Keyring } from '@polkadot/api'
import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { killAll, Program, until } from '../own/processes.mjs'
import { ask } from '../state.mjs'

const SHIFT = Number(process.env.VEKTOR_PORT_SHIFT ?? 0) + 94
const SCRIPT = fileURLToPath(new URL('../../network', import.meta.url))
const dir = mkdtempSync(join(tmpdir(), 'vektor-equivocation-'))
const env = { ...process.env, VEKTOR_NETWORK: join(dir, 'network'), VEKTOR_PORT_SHIFT: `${SHIFT}` }
const patient = { timeout: 600_000 }
const [ALICE, BOB, CHARLIE, DAVE, SECOND_BOB, SECOND_DAVE] = [1, 2, 3, 4, 5, 6]
// One of four: the square of three quarters of what 100,000 VKTR are bonded.
const FINE = 56_250n * 10n ** 12n

const run = promisify(execFile)
const network = (...args) => run(SCRIPT, args.map(String), { env })
const bin = () => join(process.env.VEKTOR_BIN, 'vektor-node')
const rpc = (node, method, ...params) => ask(`http://127.0.0.1:${9943 + SHIFT + node}`, method, ...params)
const height = async (node, ...hash) => Number((await rpc(node, 'chain_getHeader', ...hash)).number)
const finalHeight = async () => height(ALICE, await rpc(ALICE, 'chain_getFinalizedHead'))
const key = (name) => new Keyring({ type: 'sr25519', ss58Format: 42 }).addFromUri(`//${name}`)
const since = (start) => `${((Date.now() - start) / 1000).toFixed(1)} s`
let api, chain, secondDave
// Until all is set up, and from the start of a step to its good end.
let failed = true

// A process with one of a validator's keys. It waits for those that call it, and calls nobody.
async function twin(node, type, scheme, key) {
	const home = join(dir, `twin-${node}`)
	const at = ['--chain', 'vektor-local', '--base-path', home]
	await run(bin(), ['key', 'insert', ...at, '--key-type', type, '--scheme', scheme, '--suri', key])
	const ports = ['--rpc-port', `${9943 + SHIFT + node}`, '--listen-addr', `/ip4/127.0.0.1/tcp/${30332 + SHIFT + node}`]
	const peers = ['--node-key', `${node}`.padStart(64, '0'), '--no-mdns', '--out-peers', '0', '--no-prometheus']
	const args = ['--validator', ...at, ...ports, ...peers, '--log', 'grandpa=debug']
	return new Program(`twin-${node}`, bin(), args, { home: dir, log: `${home}.log` }).start()
}

async function meet(node, others) {
	const id = await until('the twin answers', () => rpc(node, 'system_localPeerId').catch(() => null))
	const address = `/ip4/127.0.0.1/tcp/${30332 + SHIFT + node}/p2p/${id}`
	for (const other of others) await rpc(other, 'system_addReservedPeer', address)
	await until('the twin has its peers', async () => (await rpc(node, 'system_health')).peers === others.length)
}

// Alice's final blocks above `next`, until `found` has an answer for one.
async function inFinal(next, what, found) {
	return until(what, async () => {
		for (const last = await finalHeight(); next < last; ) {
			const hash = await api.rpc.chain.getBlockHash(++next)
			const [events, { block }] = [await api.query.system.events.at(hash), await api.rpc.chain.getBlock(hash)]
			const answer = found(events, block.extrinsics)
			if (answer) return answer
		}
	})
}

// That the chain knows of an offence of that kind, and has fined that validator for it.
async function fined(from, kind, name) {
	let known = false
	const [staker, amount] = await inFinal(from, `${kind} and what it costs`, (events) => {
		const data = (type) => events.filter(({ event }) => type.is(event)).map(({ event }) => event.data)
		known ||= data(api.events.offences.Offence).some((offence) => Buffer.from(offence.kind.toU8a()).toString() === kind)
		return known && data(api.events.staking.Slashed)[0]
	})
	assert.equal(`${staker}`, key(name).address)
	// What the election made of the bond is some units less.
	const less = FINE - amount.toBigInt()
	assert.ok(less >= 0n && less < 1_000n, `${amount} of ${FINE}`)
}

// The first report by that call: its arguments, and the error that it ended with.
const reported = (from, call) =>
	inFinal(from, call, (events, extrinsics) => {
		const index = extrinsics.findIndex(({ method }) => `${method.section}.${method.method}` === call)
		if (index < 0) return false
		const own = events.filter(({ phase }) => phase.eq({ ApplyExtrinsic: index })).map(({ event }) => event)
		const failure = own.find((event) => api.events.system.ExtrinsicFailed.is(event))
		const error = failure && api.registry.findMetaError(failure.data.dispatchError.asModule).name
		return { args: extrinsics[index].args, error }
	})

// All reports of two blocks in final blocks, and whether they failed.
async function reports(from) {
	const found = []
	for (let last = await finalHeight(), height = from + 1; height <= last; height++) {
		const hash = await api.rpc.chain.getBlockHash(height)
		const [events, { block }] = [await api.query.system.events.at(hash), await api.rpc.chain.getBlock(hash)]
		for (const [index, { method }] of block.extrinsics.entries()) {
			if (`${method.section}.${method.method}` !== 'babe.reportEquivocationUnsigned') continue
			const own = events.filter(({ phase }) => phase.eq({ ApplyExtrinsic: index }))
			found.push({ height, failed: own.some(({ event }) => api.events.system.ExtrinsicFailed.is(event)) })
		}
	}
	return found
}

// Each two blocks of one author in one slot from now on, as any client sees them.
async function twoBlocks() {
	const [seen, pairs] = [new Map(), []]
	pairs.stop = await api.rpc.chain.subscribeAllHeads((header) => {
		// The author's number and the slot, after the kind of claim.
		const claim = Buffer.from(header.digest.logs[0].asPreRuntime[1].toU8a(true).slice(1, 13))
		const [author, slot] = [claim.readUInt32LE(0), claim.readBigUInt64LE(4)]
		const other = seen.get(`${slot} ${author}`)
		if (other && !other.hash.eq(header.hash)) pairs.push({ author, slot, first: other, second: header })
		seen.set(`${slot} ${author}`, header)
	})
	return pairs
}
const oneParent = ({ first, second }) => first.parentHash.eq(second.parentHash)

before(async () => {
	assert.ok(process.env.VEKTOR_BIN, 'set VEKTOR_BIN: the folder of vektor-node and vektor')
	await twin(SECOND_BOB, 'babe', 'sr25519', '//Bob')
	secondDave = await twin(SECOND_DAVE, 'gran', 'ed25519', '//Dave')
	await network('start', 4)
	process.env.VEKTOR_NODE = `ws://127.0.0.1:${9943 + SHIFT + ALICE}`
	chain = await import('../chain.mjs')
	api = await chain.connect()
	failed = false
})

after(async () => {
	await api?.disconnect()
	await killAll()
	if (failed) console.error(`the logs are kept in ${dir}`)
})

// What was started here does not outlive this process.
process.on('exit', () => {
	execFileSync(SCRIPT, failed ? ['stop'] : ['stop', '--purge'], { env, stdio: 'ignore' })
	if (!failed) rmSync(dir, { recursive: true })
})

// Both on one chain.
const step = (doing) => async (t) => {
	if (failed) return t.skip('an earlier step failed and left things as they were')
	failed = true
	await doing((figures) => t.diagnostic(figures))
	failed = false
}

test('two blocks in one slot', patient, step(async (say) => {
	const [from, pairs] = [await finalHeight(), await twoBlocks()]
	await meet(SECOND_BOB, [ALICE, CHARLIE])
	const start = Date.now()
	await until('two blocks of one author in one slot on one parent', () => pairs.some(oneParent))
	say(`Bob signed two blocks in one slot on one parent ${since(start)} after his processes met`)

	const { error } = await reported(from, 'babe.reportEquivocationUnsigned')
	assert.equal(error, undefined)
	pairs.stop()
	await fined(from, 'babe:equivocatio', 'Bob')
	// The SDK's own report, which proves nothing, would fail.
	const all = await reports(from)
	assert.ok(all.length > 0 && all.every(({ failed }) => !failed), JSON.stringify(all))
	say(`the offence and the slash are final ${since(start)} after they met, reported by a validator; reports in blocks: ${all.length}`)
}))

test('two votes in one round', patient, step(async (say) => {
	// Dave's vote in this round waits for a third. Alice and Charlie make a fork of their own.
	await network('partition', `${ALICE},${CHARLIE}`, `${BOB},${DAVE}`)
	const [cut, from] = [await height(ALICE), await finalHeight()]
	await until('a fork', async () => (await height(ALICE)) > cut + 2)
	// With a third vote beside Alice the rounds would go on, and this one be forgotten.
	await network('kill', CHARLIE)
	const { round } = (await rpc(ALICE, 'grandpa_roundState')).best
	const start = Date.now()
	await meet(SECOND_DAVE, [ALICE])
	await secondDave.said(new RegExp(`Casting prevote for round ${round}\\b`))
	await network('heal')
	const { args, error } = await reported(from, 'grandpa.reportEquivocationUnsigned')
	assert.equal(error, undefined)
	await fined(from, 'grandpa:equivoca', 'Dave')
	const vote = args[0].equivocation
	const { roundNumber, first, second } = vote.value
	const votes = [first, second].map(([{ targetNumber, targetHash }]) => `${targetNumber} (${`${targetHash}`.slice(0, 10)})`)
	say(`Dave cast a ${vote.type} for ${votes.join(' and ')} in round ${roundNumber}`)
	say(`the offence and the slash are final ${since(start)} after they met, reported by a validator`)
}))
