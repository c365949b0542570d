// Four validators and five operators: one too slow, one far, one that stops, one in maintenance, one that is well. Three validators
// probe; what the fourth says of operators is said here: without looking, twice, with another's key, and lies.
import { Keyring } from '@polkadot/api'
import { compactStripLength, u8aToHex } from '@polkadot/util'
import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect as dial, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { killAll, Program, until } from '../own/processes.mjs'
import { ask, tryState } from '../state.mjs'

const SHIFT = Number(process.env.VEKTOR_PORT_SHIFT ?? 0) + 110
const SCRIPT = fileURLToPath(new URL('../../network', import.meta.url))
const dir = mkdtempSync(join(tmpdir(), 'vektor-operators-'))
const env = {
	...process.env,
	VEKTOR_NETWORK: join(dir, 'network'),
	VEKTOR_PORT_SHIFT: `${SHIFT}`,
	VEKTOR_PROBERS: 'eu-west eu-west asia none',
}
const patient = { timeout: 1_200_000 }
const run = promisify(execFile)
const network = (...args) => run(SCRIPT, args.map(String), { env })
const bin = (name) => join(process.env.VEKTOR_BIN, name)
const url = (node) => `http://127.0.0.1:${9943 + SHIFT + node}`
const rpc = (node, method, ...params) => ask(url(node), method, ...params)
const key = (name) => new Keyring({ type: 'sr25519', ss58Format: 42 }).addFromUri(`//${name}`)
// Of this chain, in slots.
const HOUR = 20
// Thirteen windows of 24 s, and what comes before and after.
const LONG = 600_000
let api, chain, intact, failed = true

// A way between an endpoint and its agent that takes its time.
class Delay {
	constructor(to, ms) {
		this.ms = ms
		this.server = createServer((socket) => {
			const other = dial(to, '127.0.0.1')
			const late = (from, into) =>
				from.on('data', (bytes) => setTimeout(() => into.writable && into.write(bytes), this.ms / 2)).on('close', () => into.destroy()).on('error', () => into.destroy())
			late(socket, other)
			late(other, socket)
		})
	}

	listen(port) {
		return new Promise((done) => this.server.listen(port, '127.0.0.1', done))
	}
}

// name, owner, region, delay in ms (0: none), address: a prober asks at most four operators at one
const FLEET = [
	['well', 'Alice', 'eu-west', 0, '127.0.0.1'],
	['slow', 'Bob', 'eu-west', 400, '127.0.0.1'],
	['far', 'Charlie', 'asia', 400, '127.0.0.1'],
	['stopped', 'Dave', 'eu-west', 0, '127.0.0.1'],
	['away', 'Eve', 'eu-west', 0, '127.0.0.2'],
]
const fleet = {}

async function enlist([name, owner, region, delay, host], index) {
	const listen = 9960 + SHIFT + index
	const home = join(dir, name)
	const config = ['--config', join(home, 'config.toml')]
	const say = (...args) => run(bin('vektor-operator'), [...config, ...args])
	let endpoint = listen
	const way = delay ? new Delay(listen, delay) : null
	if (way) await way.listen((endpoint = listen + 20))
	const node = ['--node', `ws://127.0.0.1:${9944 + SHIFT}`]
	const where = ['--listen', `${host}:${listen}`, '--endpoint', `http://${host}:${endpoint}`, '--region', region]
	await say('init', ...node, ...where, '--class', 'H100', '--gpus', '1')
	const told = await say('register', '--owner', `//${owner}`)
	const id = told.stdout.match(/Operator\s+(0x[0-9a-f]{64})/)[1]
	const agent = new Program(name, bin('vektor-operator'), [...config, 'run'], { home, log: join(home, 'agent.log') }).start()
	fleet[name] = { id, say, agent, way }
}

const info = async (name) => rpc(1, 'operators_get', fleet[name].id)
const windows = async (name) => rpc(1, 'operators_windows', fleet[name].id)
const reached = async (...names) => Promise.all(names.map(async (name) => (await info(name)).reach))
const is = (what, reach, ...names) => until(what, async () => (await reached(...names)).every((one) => one === reach))

// What the fourth validator's prober would do, done here.
const dave = () => key('Dave')
const call = () => api.call.connectivityApi
// What is due from the fourth, once it is.
const due = () =>
	until('a report of the fourth is due', async () => {
		const found = (await call().due(dave().publicKey)).unwrapOr(null)
		return found && { window: found[0].toNumber(), places: found[1].toNumber() }
	})
// Every place with that mark.
const all = (places, mark) => u8aToHex(Uint8Array.from({ length: Math.ceil(places / 4) }, (_, byte) => {
	let bits = 0
	for (let at = 0; at < 4; at++) if (byte * 4 + at < places) bits |= mark << (2 * at)
	return bits
}))

async function give({ window, places }, mark, { signer = dave(), shown = [] } = {}) {
	const prober = (await call().index(dave().publicKey, window)).unwrap()
	const report = { window, prober, marks: all(places, mark), shown }
	const message = (await call().toSign(report)).unwrap()
	const signature = signer.sign(message.toU8a())
	// @polkadot/api leaves the length before bytes that a runtime API returns.
	const [, encoded] = compactStripLength((await call().build(report, signature)).toU8a(true))
	return rpc(4, 'author_submitExtrinsic', u8aToHex(encoded))
}

before(async () => {
	for (const name of ['VEKTOR_BIN', 'VEKTOR_TRY_STATE']) assert.ok(process.env[name], `set ${name}: scripts/test does`)
	await network('start', 4)
	process.env.VEKTOR_NODE = `ws://127.0.0.1:${9943 + SHIFT + 1}`
	chain = await import('../chain.mjs')
	api = await chain.connect()
	// One owner after the other: each signs for itself.
	for (const [index, one] of FLEET.entries()) await enlist(one, index)
	failed = false
})

after(async () => {
	await api?.disconnect()
	await killAll()
	for (const { way } of Object.values(fleet)) way?.server.close()
	if (failed) console.error(`the logs are kept in ${dir}`)
})

process.on('exit', () => {
	execFileSync(SCRIPT, failed ? ['stop'] : ['stop', '--purge'], { env, stdio: 'ignore' })
	if (!failed) rmSync(dir, { recursive: true, force: true })
})

// From the start of a step to its good end.
const whole = (body) => async () => {
	const before = failed
	failed = true
	await body()
	failed = before
}

test('every operator shows its endpoint by itself and is watched from then on', patient, whole(async () => {
	await until('all five have been judged', async () => !(await reached(...FLEET.map(([name]) => name))).includes('Unproved'))
}))

test('one stops without a word, and one declares maintenance before', patient, whole(async () => {
	intact = await info('stopped')
	await fleet.away.say('declare-maintenance', String(20 * HOUR))
	await Promise.all([fleet.stopped.agent.kill(), fleet.away.agent.kill()])
}))

test('who answers after 150 ms is preferred less, is not slashed, and recovers', patient, whole(async () => {
	await is('the slow one is late', 'Late', 'slow')
	assert.deepEqual(await rpc(1, 'operators_cases', fleet.slow.id), [])
	const [one] = await rpc(1, 'operators_list', { owner: key('Bob').address })
	assert.equal(one.ineligible, null)
	fleet.slow.way.ms = 0
	await is('it is up again', 'Up', 'slow')
}))

test('who is far from most probers and in time for its region is not late', patient, whole(async () => {
	await is('the far one is up', 'Up', 'far')
	const judged = (await windows('far')).filter(({ counts }) => counts)
	assert.ok(judged.length > 0 && judged.every(({ verdict }) => verdict === 'up'), JSON.stringify(judged))
	// The one prober that stands in its region sees that it is slow, and is alone with it.
	assert.ok(judged.some(({ seen }) => seen.some(({ saw }) => saw === 'late')), JSON.stringify(judged))
}))

test('a report without looking, with another key, or twice is refused', patient, whole(async () => {
	await assert.rejects(give(await due(), 0), /1010|Invalid Transaction/i)
	await assert.rejects(give(await due(), 2, { signer: key('Eve') }), /1010|Invalid Transaction/i)
	// That all are down needs no answer to be shown: it counts, as one voice of four.
	await until('a report that all are down is in a block, and once more is refused', async () => {
		const mine = await due()
		await give(mine, 2)
		const { prober } = { prober: (await call().index(dave().publicKey, mine.window)).unwrap() }
		const stored = await until('it is there or too late', async () => {
			const there = (await api.query.connectivity.reports(mine.window, prober)).isSome
			const over = (await due()).window !== mine.window
			return (there && 'there') || (over && 'late')
		})
		if (stored === 'late') return false
		await assert.rejects(give(mine, 2), /1010|Invalid Transaction|Stale|stale|outdated/i)
		return true
	})
}))

test('a lying minority changes nothing', patient, whole(async () => {
	let lies = 0
	for (let last = -1; lies < 3; ) {
		const mine = await due()
		if (mine.window === last) {
			await new Promise((done) => setTimeout(done, 500))
			continue
		}
		last = mine.window
		// One that comes too late for its window is no lie.
		await give(mine, 2).then(() => lies++, (error) => assert.match(`${error}`, /1010|Invalid Transaction|outdated/i))
	}
	const lied = (await windows('well')).filter(({ seen }) => seen.some(({ saw }) => saw === 'down'))
	assert.ok(lied.length > 0, 'no lie was recorded')
	const judged = lied.filter(({ counts }) => counts)
	assert.ok(judged.every(({ verdict }) => verdict === 'up'), JSON.stringify(judged))
	assert.deepEqual(await reached('well'), ['Up'])
}))

test('who is down for over an hour is slashed exactly once, and who declared maintenance is not', patient, whole(async () => {
	const before = intact
	await is('the stopped one is found down', 'Down', 'stopped')
	const opened = await until('it is accused', async () => (await rpc(1, 'operators_cases', fleet.stopped.id))[0], LONG)
	assert.equal(opened.offence, 'Downtime')
	// Half a percent of what its class asks.
	assert.equal(BigInt(opened.amount), BigInt(before.required) * 5n / 1_000n)
	const { stdout } = await fleet.stopped.say('status')
	assert.match(stdout, /Case \d+\s+Downtime/)
	assert.match(stdout, /Missed\s+window \d+\s+down, counts/)
	const after = await until('the slash is taken', async () => {
		const now = await info('stopped')
		return BigInt(now.collateral) < BigInt(before.collateral) && now
	})
	assert.equal(BigInt(before.collateral) - BigInt(after.collateral), BigInt(opened.amount))
	// It stays down, and pays no more.
	const seen = (await windows('stopped')).at(-1).window
	await until('three windows more', async () => (await windows('stopped')).at(-1).window >= seen + 3)
	assert.deepEqual(await rpc(1, 'operators_cases', fleet.stopped.id), [])
	assert.equal((await info('stopped')).collateral, after.collateral)

	const away = await info('away')
	assert.deepEqual(await rpc(1, 'operators_cases', fleet.away.id), [])
	assert.equal(away.collateral, before.collateral)
	assert.equal(away.ineligible, 'Maintenance')
	const excused = (await windows('away')).filter(({ verdict }) => verdict === 'declared maintenance')
	assert.ok(excused.length > 0)
}))

test('validators who looked have points for it, who did not has none, and the state is sound', patient, whole(async () => {
	// A block is 20 points, a report 2.
	const eras = await api.query.staking.erasRewardPoints.entries()
	const rests = (name) =>
		eras.flatMap(([, { individual }]) => [...individual].filter(([who]) => `${who}` === key(name).address).map(([, points]) => points.toNumber() % 20))
	assert.ok(['Alice', 'Bob', 'Charlie'].some((name) => rests(name).some((rest) => rest > 0)), 'no report was paid for')
	assert.ok(rests('Dave').every((rest) => rest === 0), 'a report without looking was paid for')
	await tryState(url(1))
}))
