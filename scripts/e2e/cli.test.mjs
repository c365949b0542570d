// The client's command, as a person uses it who owns USDC and nothing else.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { connect, developer, heir, market, NODE, usdc } from './chain.mjs'

const GIFT = 1_000_000n
const home = mkdtempSync(join(tmpdir(), 'vektor-cli-'))
let api, price, who

before(async () => {
	assert.ok(process.env.VEKTOR_BIN, 'set VEKTOR_BIN: the folder of vektor')
	api = await connect()
	price = BigInt((await market(api)).quote.amount)
	const path = `//cli${Date.now()}`
	who = (await heir(api, developer('Charlie'), path, { micro: GIFT })).address
	writeFileSync(join(home, 'key'), `//Charlie${path}`, { mode: 0o600 })
})
after(async () => {
	await api?.disconnect()
	rmSync(home, { recursive: true, force: true })
})

// What it prints, and how it ends.
async function vektor(...args) {
	const all = ['--node', NODE, '--json', '--key', join(home, 'key'), ...args]
	const options = { env: { ...process.env, HOME: home } }
	const { code = 0, stdout, stderr } = await promisify(execFile)(join(process.env.VEKTOR_BIN, 'vektor'), all, options).catch((e) => e)
	return { code, said: JSON.parse(stdout), stderr }
}

test('who owns only USDC orders and is served, and never needs VKTR', async () => {
	const { code, said, stderr } = await vektor('submit', '--sample', '7')
	assert.equal(code, 0, stderr)
	assert.equal(said.job.state, 'settled')
	assert.equal((await api.query.system.account(who)).data.free.toBigInt(), 0n)
	const fee = GIFT - price - (await usdc(api, who))
	assert.ok(fee > 0n && fee < 20_000n, `the fee is ${fee} micro-USDC`)
})

test('what is in escrow is shown with its way out, and the job can be waited for later', async () => {
	const { code, said } = await vektor('submit', '--sample', '8', '--no-wait')
	assert.deepEqual([code, said.job.state], [0, 'open'])
	const money = await vektor('money')
	const [escrow] = money.said.held
	assert.deepEqual([escrow.what, escrow.of, escrow.amount, escrow.by], ['escrow', said.job.id, `${price}`, 'jobs.expire'])
	assert.deepEqual(money.said.balances.vktr, '0')

	const done = await vektor('job', said.job.id, '--wait')
	assert.deepEqual([done.code, done.said.job.state], [0, 'settled'])
	assert.deepEqual((await vektor('money')).said.held, [])
	assert.deepEqual(readdirSync(join(home, '.vektor', 'jobs')), [])
})

test('who demands to pay the fee in VKTR and has none is refused, and nothing is left behind', async () => {
	const before = await usdc(api, who)
	const { code, said } = await vektor('submit', '--sample', '9', '--fee', 'vktr')
	assert.deepEqual([code, said.error.code], [1, 'refused'])
	assert.match(said.error.message, /cannot pay the fee/)
	assert.equal(await usdc(api, who), before)
	assert.deepEqual(readdirSync(join(home, '.vektor', 'jobs')), [])
})
