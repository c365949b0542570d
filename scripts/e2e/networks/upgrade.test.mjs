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
import { blake2AsHex, xxhashAsHex } from '@polkadot/util-crypto'
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

// Whether the migration goes on after that block, whatever metadata a client has.
const item = (pallet, name) => xxhashAsHex(pallet, 128) + xxhashAsHex(name, 128).slice(2)
const isMigrating = async (hash) => (await rpc(1, 'state_getStorage', item('MultiBlockMigrations', 'Cursor'), hash)) !== null

// A client who orders one after the other until told to stop. What it signed for the version before, and was in no block at the
// upgrade, is void: it tells the client so, and nothing was paid.
async function stream(key, orders) {
	for (let sample = 10; !orders.stop; sample = 10 + ((sample - 9) % (heldOut.length - 10))) {
		const args = ['--node', process.env.VEKTOR_NODE, 'submit', '--key', key, '--sample', `${sample}`, '--deadline', `${LONG_DEADLINE}`]
		const submit = new Program('client', bin('vektor'), args, { home: dir, log: join(dir, 'client.log') }).start().mayEnd()
		const { code } = await submit.closed
		const job = submit.lines.map((line) => /^Job (0x[0-9a-f]{64}) in escrow/.exec(line)).find(Boolean)?.[1]
		if (job) orders.jobs.push({ job, sample })
		else orders.void.push(submit.lines.at(-1))
		if (code !== 0 && (job || orders.void.length > 3)) throw new Error(submit.tail())
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
	const streaming = stream('//Dave', orders)
	// Its failure is this test's, at whatever is waited for then.
	let fault
	streaming.catch((error) => (fault = error))
	const meanwhile = (what, check) => until(what, () => (fault ? Promise.reject(fault) : check()))
	await meanwhile('two jobs of the stream are settled', () => orders.jobs.length >= 2)

	// Sudo until the DAO takes over: it names the code, and anybody brings it.
	const code = `0x${readFileSync(process.env.VEKTOR_REHEARSAL).toString('hex')}`
	const was = await rpc(1, 'state_getRuntimeVersion')
	await chain.send(api, alice, api.tx.sudo.sudo(api.tx.system.authorizeUpgrade(blake2AsHex(code))))
	const from = await height(await final())
	const upgrade = await api.tx.system.applyAuthorizedUpgrade(code).signAsync(chain.developer('Eve'), { nonce: -1 })
	await rpc(1, 'author_submitExtrinsic', upgrade.toHex())

	// The final blocks in which the migration ran, and how much each held: one step in a block.
	const [steps, held] = [[], new Set()]
	let next = from
	await meanwhile('the migration is done, for good', async () => {
		for (const last = await height(await final()); next < last; ) {
			const before = await rpc(1, 'chain_getBlockHash', next)
			const hash = await rpc(1, 'chain_getBlockHash', ++next)
			if (!(await isMigrating(before))) continue
			steps.push(next)
			held.add((await rpc(1, 'chain_getBlock', hash)).block.extrinsics.length)
			if (!(await isMigrating(hash))) return true
		}
	})
	const past = await rpc(1, 'state_getKeysPaged', item('MultiBlockMigrations', 'Historic'), 10)
	assert.equal(past.length, 1, 'it succeeded')
	for (const node of NODES) {
		const { specVersion, transactionVersion } = await rpc(node, 'state_getRuntimeVersion')
		assert.deepEqual([specVersion, transactionVersion], [was.specVersion + 1, was.transactionVersion])
	}
	assert.ok(steps.length > WAITING, `a step for each job: ${steps.length}`)
	assert.deepEqual([...held], [1], 'the time of the block, and no transaction')

	// What was ordered before is proved and settled after it, and so is what comes then.
	const soFar = orders.jobs.length
	for (const { job, bytes } of waiting) await chain.hand(trade.operator, job, bytes)
	for (const { job } of waiting) await isSettled(job)
	await meanwhile('three jobs more of the stream', () => orders.jobs.length >= soFar + 3)
	orders.stop = true
	await streaming

	const jobs = [...waiting, ...orders.jobs]
	for (const { job, sample } of jobs) right(sample, (await state(job)).outputs)
	const price = BigInt(trade.quote.amount)
	const paid = [waiting, orders.jobs].map(({ length }) => price * BigInt(length))
	for (const { job } of orders.jobs) await isSettled(job)
	const now = await until('nothing is held for them any more', async () => {
		const now = await purses()
		return now.every(({ held }) => held.length === 0) && now
	})
	assert.deepEqual(now.map(({ has }, i) => BigInt(before[i].has) - BigInt(has)), paid)
	const { issued, burned, cap } = await rpc(1, 'tokenomics_supply', await final())
	const gone = burned.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
	assert.equal(BigInt(issued) + gone, BigInt(cap))
	const invariants = await tryState(http(1))

	t.diagnostic(`version ${was.specVersion + 1} at all four, its migration took ${steps.length} blocks, ${steps[0]} to ${steps.at(-1)}`)
	t.diagnostic(`${jobs.length} jobs settled: ${WAITING} ordered before and handed over after it, ${orders.jobs.length} one after the other all along`)
	t.diagnostic(`orders that the upgrade made void: ${[orders.void.length, ...orders.void].join('; ')}`)
	t.diagnostic(invariants)
	failed = false
})
