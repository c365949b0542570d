// Four validators of one chain, by scripts/network: some are killed, some are cut off from the others. Finality stops where
// it must, comes back and takes nothing back. VEKTOR_LONG=1: five minutes of partition and fifty kills.
import { xxhashAsHex } from '@polkadot/util-crypto'
import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ask } from '../state.mjs'

const LONG = process.env.VEKTOR_LONG === '1'
const SHIFT = Number(process.env.VEKTOR_PORT_SHIFT ?? 0) + 90
const SCRIPT = fileURLToPath(new URL('../../network', import.meta.url))
const [PARTITION, KILLS] = LONG ? [300, 50] : [20, 2]
const RECOVERY = 60

const dir = mkdtempSync(join(tmpdir(), 'vektor-network-'))
const folder = join(dir, 'network')
const env = { ...process.env, VEKTOR_NETWORK: folder, VEKTOR_PORT_SHIFT: `${SHIFT}` }
const patient = { timeout: LONG ? 7_200_000 : 600_000 }
const ALL = [1, 2, 3, 4]
const run = promisify(execFile)
// Until the chain is up, and from the start of a step to its good end.
let failed = true

const network = async (...args) => (await run(SCRIPT, args.map(String), { env })).stdout
const rpc = (node, method, ...params) => ask(`http://127.0.0.1:${9943 + SHIFT + node}`, method, ...params)
const height = async (node, ...hash) => Number((await rpc(node, 'chain_getHeader', ...hash)).number)
const final = async (node) => height(node, await rpc(node, 'chain_getFinalizedHead'))
const of = (nodes, what) => Promise.all(nodes.map((node) => what(node)))
const since = (start) => (Date.now() - start) / 1000
const pause = (ms) => new Promise((done) => setTimeout(done, ms))

async function until(what, check) {
	for (const start = Date.now(); ; await pause(50)) {
		const found = await check()
		if (found) return found
		assert.ok(since(start) < 180, `${what}: not within 180 s`)
	}
}

const reach = (nodes, mark) => until(`${mark} is final`, async () => Math.min(...(await of(nodes, final))) >= mark)

// What each has finalised, once nothing new was for so long: votes that are on their way still arrive.
async function stalled(nodes, time) {
	const end = Date.now() + (time + 30) * 1000
	let [finals, start] = [[], Date.now()]
	while (since(start) < time) {
		await pause(250)
		const now = await of(nodes, final)
		if (`${now}` !== `${finals}`) [finals, start] = [now, Date.now()]
		assert.ok(Date.now() < end, `finality goes on: ${now}`)
	}
	return finals
}

// The hash of each block that a node has finalised.
async function history(node) {
	const heights = Array.from({ length: (await final(node)) + 1 }, (_, height) => height)
	return rpc(node, 'chain_getBlockHash', heights)
}

// How many offences the chain knows of.
async function offences() {
	const reports = xxhashAsHex('Offences', 128) + xxhashAsHex('Reports', 128).slice(2)
	return (await rpc(1, 'state_getKeysPaged', reports, 100)).length
}

before(async () => {
	assert.ok(process.env.VEKTOR_BIN, 'set VEKTOR_BIN: the folder of vektor-node and vektor')
	const buildSpec = ['build-spec', '--chain', 'vektor-local', '--disable-default-bootnode']
	const { stdout } = await run(join(process.env.VEKTOR_BIN, 'vektor-node'), buildSpec, { maxBuffer: 1 << 26 })
	const spec = JSON.parse(stdout)
	Object.assign(spec.genesis.runtimeGenesis.patch.timing.durations, { slotMs: 1_000, epochSlots: 20, sessionsPerEra: 2, hour: 5 })
	writeFileSync(join(dir, 'spec.json'), JSON.stringify(spec))
	await network('start', 4, '--chain', join(dir, 'spec.json'))
	failed = false
})

// What was started here does not outlive this process.
process.on('exit', () => {
	execFileSync(SCRIPT, failed ? ['stop'] : ['stop', '--purge'], { env, stdio: 'ignore' })
	if (!failed) rmSync(dir, { recursive: true })
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))

after(() => failed && console.error(`the logs are kept in ${folder}`))

// All on one chain: what follows a failure would say nothing.
const step = (doing) => async (t) => {
	if (failed) return t.skip('an earlier step failed and left things as they were')
	failed = true
	await doing((figures) => t.diagnostic(figures))
	failed = false
}

test('four validators finalise', patient, step(async (say) => {
	const all = JSON.parse(await network('status', '--json'))
	assert.deepEqual(all.map(({ up, peers }) => [up, peers]), ALL.map(() => [true, 3]))
	const [start, from] = [Date.now(), Math.max(...all.map(({ final }) => final))]
	await reach(ALL, from + 5)
	say(`5 blocks are final at all four after ${since(start).toFixed(1)} s`)
}))

test('one killed: finality goes on; two: it stalls; both back: it recovers', patient, step(async (say) => {
	await network('kill', 4)
	const [start, from] = [Date.now(), Math.max(...(await of([1, 2, 3], final)))]
	await reach([1, 2, 3], from + 5)
	say(`one killed: 5 blocks more are final at the other three after ${since(start).toFixed(1)} s`)

	await network('kill', 3)
	const finals = await stalled([1, 2], 15)
	say(`two killed: no block is final for 15 s beyond ${finals}, best ${await of([1, 2], height)}`)

	const begin = Date.now()
	await of([3, 4], (node) => network('restart', node))
	const up = since(begin)
	await reach(ALL, Math.max(...finals) + 1)
	const recovered = since(begin)
	say(`both restarted: they answer after ${up.toFixed(1)} s, finality is back at all four ${(recovered - up).toFixed(1)} s later`)
	// How long a node takes to start says how busy this machine is.
	assert.ok(recovered - up < RECOVERY, `finality recovered ${recovered - up} s after the restart`)
}))

test('two cut off from two: nothing is final, and nothing that was is reverted', patient, step(async (say) => {
	const before = await of(ALL, history)
	await network('partition', '1,2', '3,4')
	const heights = await of(ALL, height)
	const finals = await stalled(ALL, PARTITION)
	const [during, grown] = [await of(ALL, history), await of(ALL, height)]
	const forks = await of([1, 3], (node) => rpc(node, 'chain_getBlockHash', Math.min(...grown)))
	assert.notEqual(...forks)
	assert.ok(grown.every((now, i) => now > heights[i]), `each side makes blocks: ${heights} became ${grown}`)
	say(`cut for ${PARTITION} s: final ${finals}, best ${grown}, on two forks`)

	const start = Date.now()
	await network('heal')
	const joined = since(start)
	await reach(ALL, Math.max(...grown))
	say(`healed: peers after ${joined.toFixed(1)} s, the longer fork is final at all four after ${since(start).toFixed(1)} s`)
	const [longest] = (await of(ALL, history)).sort((a, b) => b.length - a.length)
	for (const past of [...before, ...during, ...(await of(ALL, history))]) {
		const both = Math.min(past.length, longest.length)
		assert.deepEqual(past.slice(0, both), longest.slice(0, both))
	}
}))

test('kill -9 during import: the database opens and the node catches up', patient, step(async (say) => {
	const [node, others, imports, catches] = [2, [1, 3, 4], [], []]
	const kill = () => process.kill(Number(readFileSync(join(folder, `${node}.pid`))), 'SIGKILL')
	const above = (mark) =>
		until(`a block above ${mark}`, async () => {
			const now = await height(node).catch(() => 0)
			return now > mark && now
		})
	for (let kills = 0; kills < KILLS; kills += 2) {
		// As a block comes in.
		const had = await above(await height(node))
		kill()
		await until('it falls behind', async () => (await height(1)) > had + 5)

		// As it imports what it missed.
		const restarted = network('restart', node).catch((error) => error)
		const at = await above(had)
		kill()
		imports.push(`${at - had} of ${(await height(1)) - had}`)
		await restarted

		const start = Date.now()
		await network('restart', node)
		await reach([node], Math.max(...(await of(others, final))))
		catches.push(since(start))
	}
	say(`killed ${KILLS} times, half of them while it imported what it had missed: after ${imports.join(', ')} blocks`)
	say(`it opened its database each time; with the others again ${Math.max(...catches).toFixed(1)} s after its start at the latest`)
	say(`offences that honest validators were reported for meanwhile: ${await offences()}`)
}))
