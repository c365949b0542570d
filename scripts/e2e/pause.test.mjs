// A chain that is paused: orders are refused, deadlines stand still, and afterwards everything goes on. These tests stop the
// chain for everybody: run them alone (node --test --test-concurrency=1).
import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { connect, developer, hand, heir, market, order, refused, rpc, send, settled, usdc, watch } from './chain.mjs'
import { heldOut, payload } from './digits.mjs'

// Sudo and issuer of USDC on development chains, and here the client.
const alice = developer('Alice')
const nothing = '0x' + '11'.repeat(32)
const ENDS = ['jobs.Settled', 'jobs.ProofRefused', 'jobs.Refunded']
let api, trade

before(async () => {
	api = await connect()
	trade = await market(api)
})
afterEach(release)
after(() => api?.disconnect())

async function root(call) {
	const events = await send(api, alice, api.tx.sudo.sudo(call))
	const { sudoResult } = events.find(({ name }) => name === 'sudo.Sudid')
	assert.ok(sudoResult.isOk, `${sudoResult}`)
}

const pause = (call) => root(api.tx.txPause.pause(['Jobs', call]))
const resume = (call) => root(api.tx.txPause.unpause(['Jobs', call]))

// Whatever a test that failed has left paused.
async function release() {
	for (const [{ args: [name] }] of await api.query.txPause.pausedCalls.entries()) await root(api.tx.txPause.unpause(name))
	if ((await api.query.safeMode.enteredUntil()).isSome) await root(api.tx.safeMode.forceExit())
}

const blocks = async (count) => {
	const from = (await api.rpc.chain.getHeader()).number.toNumber()
	await watch(api, `${count} blocks`, ({ number }) => number.toNumber() >= from + count)
}
const clock = async (job) => (await rpc('inference_job', job.toHex())).now
const paused = (doing) => refused(api, alice.address, 'system.CallFiltered', doing)

test('while orders are paused they are refused, and only they', async () => {
	const body = payload(heldOut[9].pixels)
	const { job } = await order(api, alice, trade, body, { deadline: 60 })
	await pause('submit')
	await paused(() => order(api, alice, trade, payload(heldOut[9].pixels)))
	await refused(api, alice.address, 'jobs.UnknownJob', () => send(api, alice, api.tx.jobs.expire(nothing)))

	// What was ordered before is delivered, and its deadline comes nearer.
	const now = await clock(job)
	const end = settled(api, job, ENDS)
	await hand(trade.operator, job, body)
	assert.equal((await end).name, 'jobs.Settled')
	assert.ok((await clock(job)) > now)

	await resume('submit')
	const again = await order(api, alice, trade, payload(heldOut[9].pixels))
	assert.equal((await settled(api, again.job, ENDS)).name, 'jobs.Refunded')
})

test('in safe mode nothing moves, and no deadline passes', async () => {
	const held = await usdc(api, alice.address)
	const price = BigInt(trade.quote.amount)
	const body = payload(heldOut[10].pixels)
	const { job, deadline } = await order(api, alice, trade, body)
	await root(api.tx.safeMode.forceEnter())
	await paused(() => order(api, alice, trade, payload(heldOut[10].pixels)))
	await paused(() => send(api, alice, api.tx.jobs.expire(job)))
	await paused(() => send(api, alice, api.tx.jobs.deliver(job, [], { Groth16: '0x' })))
	await paused(() => send(api, alice, api.tx.assets.transfer(1, developer('Eve').address, 1)))

	const now = await clock(job)
	await blocks(trade.quote.minDeadline + 3)
	const { state, now: later } = await rpc('inference_job', job.toHex())
	assert.deepEqual([state, later], ['open', now])
	assert.ok(later <= deadline.toNumber())
	assert.equal(await usdc(api, alice.address), held - price)

	await root(api.tx.safeMode.forceExit())
	const end = settled(api, job, ENDS)
	await hand(trade.operator, job, body)
	assert.equal((await end).name, 'jobs.Settled')
	assert.ok((await clock(job)) > now)
})

test('an input that was handed over during a pause is delivered after it', async () => {
	const body = payload(heldOut[11].pixels)
	const { job } = await order(api, alice, trade, body, { deadline: 20 })
	await pause('deliver')
	const now = await clock(job)
	assert.equal((await hand(trade.operator, job, body)).status, 'accepted')
	// Long enough to prove and to try.
	await blocks(8)
	const { state, now: later } = await rpc('inference_job', job.toHex())
	assert.deepEqual([state, later], ['open', now])

	await resume('deliver')
	assert.equal((await settled(api, job, ENDS)).name, 'jobs.Settled')
})

test('a refund that the account refuses waits in escrow, and nothing is judged during a pause', async () => {
	const price = BigInt(trade.quote.amount)
	const floor = (await api.query.assets.asset(1)).unwrap().minBalance.toBigInt()
	const client = await heir(api, alice, `//blocked${Date.now()}`, { vktr: 10n ** 12n, micro: price + floor })
	const { job } = await order(api, client, trade, payload(heldOut[12].pixels))
	await send(api, alice, api.tx.assets.block(1, client.address))

	const expire = () => send(api, client, api.tx.jobs.expire(job))
	const deferred = await settled(api, job, [...ENDS, 'jobs.RefundDeferred'])
	assert.equal(deferred.name, 'jobs.RefundDeferred')
	assert.equal(deferred.amount.toBigInt(), price)
	assert.equal((await rpc('inference_job', job.toHex())).state, 'refundDue')
	await refused(api, client.address, 'jobs.RefundRefused', expire)

	await pause('deliver')
	await refused(api, client.address, 'jobs.NotJudging', expire)
	await resume('deliver')

	const back = settled(api, job, ['jobs.Refunded'])
	await send(api, alice, api.tx.assets.thaw(1, client.address))
	await blocks(1)
	// The chain may have been first.
	await expire().catch((error) => assert.equal(error.code, 'jobs.NothingToRefund'))
	assert.equal((await back).amount.toBigInt(), price)
	assert.equal(await usdc(api, client.address), price + floor)
	await refused(api, client.address, 'jobs.NothingToRefund', expire)
})
