// Four validators, an operator and a client: the runtime is upgraded to the next version, whose migration reads and writes every
// job and takes some blocks, while jobs are ordered, proved and settled. VEKTOR_REHEARSAL names that version's Wasm.
import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { blake2AsHex } from '@polkadot/util-crypto'
import { heldOut, payload, predicted } from '../digits.mjs'
import { killAll, Program, until } from '../own/processes.mjs'
import { ask, tryState } from '../state.mjs'

const SHIFT = Number(process.env.VEKTOR_PORT_SHIFT ?? 0) + 80
const SCRIPT = fileURLToPath(new URL('../../network', import.meta.url))
const NODES = [1, 2, 3, 4]
const OPERATOR = `127.0.0.1:${9955 + SHIFT}`
// Ordered before the upgrade, handed over after it.
const WAITING = 3
const LONG_DEADLINE = 400

const dir = mkdtempSync(join(tmpdir(), 'vektor-upgrade-'))
const env = { ...process.env, VEKTOR_NETWORK: join(dir, 'network'), VEKTOR_PORT_SHIFT: `${SHIFT}` }
const run = promisify(execFile)
const network = (...args) => run(SCRIPT, args.map(String), { env })
const http = (node) => `http://127.0.0.1:${9943 + SHIFT + node}`
const rpc = (node, method, ...params) => ask(http(node), method, ...params)
const bin = (name) => join(process.env.VEKTOR_BIN, name)
const final = async () => rpc(1, 'chain_getFinalizedHead')
const height = async (hash) => Number((await rpc(1, 'chain_getHeader', hash)).number)
let chain, api, trade, operator
let failed = true

before(async () => {
	for (const name of ['VEKTOR_BIN', 'VEKTOR_TRY_STATE', 'VEKTOR_REHEARSAL']) assert.ok(process.env[name], `set ${name}: scripts/test does`)
	await network('start', 4)
	const node = `ws://127.0.0.1:${9944 + SHIFT}`
	const config = ['--config', join(dir, 'operator', 'config.toml')]
	const say = (...args) => run(bin('vektor-operator'), [...config, ...args])
	await say('init', '--node', node, '--listen', OPERATOR, '--endpoint', `http://${OPERATOR}`)
	await say('register', '--owner', '//Bob')
	operator = new Program('operator', bin('vektor-operator'), [...config, 'run'], { home: dir, log: join(dir, 'operator.log') }).start()
	await operator.said(/connected to/)
	process.env.VEKTOR_NODE = node
	chain = await import('../chain.mjs')
	api = await chain.connect()
	trade = await until('an operator that takes work', () => chain.market(api).catch(() => null))
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

const right = (sample, outputs) => assert.equal(predicted(outputs), heldOut[sample].logits.indexOf(Math.max(...heldOut[sample].logits)))
const state = async (job) => rpc(1, 'inference_job', job, await final())
const isSettled = (job) => until(`job ${job} is settled for good`, async () => (await state(job))?.state === 'settled')

// A client who orders one after the other until told to stop. What it signed for the version before is void after the
// upgrade and never was in a block: it signs it anew.
async function stream(who, orders) {
	for (let sample = 10; !orders.stop; sample++) {
		const bytes = payload(heldOut[sample].pixels)
		const { job } = await chain.order(api, who, trade, bytes, { deadline: LONG_DEADLINE }).catch((error) => {
			orders.void.push(`${error.message}`)
			return {}
		})
		if (!job) continue
		await chain.hand(trade.operator, `${job}`, bytes)
		orders.jobs.push({ job: `${job}`, sample, at: Date.now() })
		await isSettled(`${job}`)
	}
}

test('a running network is upgraded while jobs are settled', { timeout: 900_000 }, async (t) => {
	failed = true
	const [waits, streams, alice] = ['Charlie', 'Dave', 'Alice'].map(chain.developer)
	const purses = () => Promise.all([waits, streams].map((who) => chain.purse(api, who.address)))
	const before = await purses()

	const waiting = []
	for (let sample = 0; sample < WAITING; sample++) {
		const bytes = payload(heldOut[sample].pixels)
		const { job } = await chain.order(api, waits, trade, bytes, { deadline: LONG_DEADLINE })
		waiting.push({ job: `${job}`, sample, bytes })
	}
	const orders = { jobs: [], void: [], stop: false }
	const streaming = stream(streams, orders)
	await until('two jobs of the stream are settled', () => orders.jobs.length > 2)

	// Sudo until the DAO takes over: it names the code, and anybody brings it.
	const code = `0x${readFileSync(process.env.VEKTOR_REHEARSAL).toString('hex')}`
	const was = await rpc(1, 'state_getRuntimeVersion')
	await chain.send(api, alice, api.tx.sudo.sudo(api.tx.system.authorizeUpgrade(blake2AsHex(code))))
	const from = await height(await final())
	await chain.send(api, chain.developer('Eve'), api.tx.system.applyAuthorizedUpgrade(code))

	// The final blocks in which the migration ran, and whether they held anything but what each block must.
	const [steps, extra] = [[], []]
	let next = from
	await until('the migration is done, for good', async () => {
		for (const last = await height(await final()); next < last; ) {
			const hash = await rpc(1, 'chain_getBlockHash', ++next)
			const at = await api.at(hash)
			const events = (await at.query.system.events()).map(({ event }) => `${event.section}.${event.method}`)
			assert.ok(!events.includes('multiBlockMigrations.UpgradeFailed'))
			const moved = events.some((name) => /^multiBlockMigrations\.Migration(Advanced|Completed)$/.test(name))
			if (moved) steps.push(next)
			const signed = (await rpc(1, 'chain_getBlock', hash)).block.extrinsics.length
			if (moved) extra.push(signed)
			if (events.includes('multiBlockMigrations.UpgradeCompleted')) return true
		}
	})
	for (const node of NODES) {
		const { specVersion, transactionVersion } = await rpc(node, 'state_getRuntimeVersion')
		assert.deepEqual([specVersion, transactionVersion], [was.specVersion + 1, was.transactionVersion])
	}
	assert.ok(steps.length > WAITING, `a step for each job: ${steps.length}`)
	assert.equal(steps.at(-1) - steps[0], steps.length - 1, 'one after the other')
	assert.equal(new Set(extra).size, 1, `nothing but inherents: ${extra}`)

	// What was ordered before is proved and settled after it, and so is what comes then.
	const soFar = orders.jobs.length
	for (const { job, bytes } of waiting) await chain.hand(trade.operator, job, bytes)
	for (const { job } of waiting) await isSettled(job)
	await until('three jobs more of the stream', () => orders.jobs.length >= soFar + 3)
	orders.stop = true
	await streaming

	const jobs = [...waiting, ...orders.jobs]
	for (const { job, sample } of jobs) right(sample, (await state(job)).outputs)
	const price = BigInt(trade.quote.amount)
	const paid = [waiting, orders.jobs].map(({ length }) => price * BigInt(length))
	const now = await until('nothing is held for them any more', async () => {
		const now = await purses()
		return now.every(({ held }) => held.length === 0) && now
	})
	assert.deepEqual(now.map(({ has }, i) => before[i].has - has), paid)
	const { issued, burned, cap } = await rpc(1, 'tokenomics_supply', await final())
	const gone = burned.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
	assert.equal(BigInt(issued) + gone, BigInt(cap))
	const invariants = await tryState(http(1))

	t.diagnostic(`version ${was.specVersion + 1} at all four, its migration took ${steps.length} blocks, ${steps[0]} to ${steps.at(-1)}`)
	t.diagnostic(`${jobs.length} jobs settled: ${WAITING} ordered before and handed over after it, ${orders.jobs.length} one after the other all along`)
	t.diagnostic(`orders that the upgrade made void, and that were signed anew: ${orders.void.length}${orders.void.map((why) => `; ${why}`).join('')}`)
	t.diagnostic(invariants)
	failed = false
})
