// The whole life of a job, from order to settlement or refund, against a dev chain with a running operator.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { connect, developer, hand, market, order, refused, rpc, send, settled, submit, subscribe, usdc, VKTR, watch } from './chain.mjs'
import { heldOut, payload, predicted } from './digits.mjs'

const client = developer('Eve')
const stranger = developer('Ferdie')
const ENDS = ['jobs.Settled', 'jobs.ProofRefused', 'jobs.Refunded']
let api, trade

before(async () => {
	api = await connect()
	trade = await market(api)
})
after(() => api?.disconnect())

// What the operator says of a job.
const said = async (job) => (await (await fetch(`${trade.operator.endpoint}/jobs/${job}`)).json()).status

// The delivery of a job in the block that settled it, as anybody can read it.
async function delivery(block) {
	const { block: { extrinsics } } = await api.rpc.chain.getBlock(block)
	return extrinsics.find(({ method: { section, method } }) => section === 'jobs' && method === 'deliver')
}

test('a job is submitted, proved, delivered and settled, and every step is told in order', async () => {
	const image = heldOut[1]
	const price = BigInt(trade.quote.amount)
	const held = await usdc(api, client.address)
	const told = []
	const filter = { client: client.address, model: trade.model.toHex() }
	const stop = await subscribe('inference_jobEvent', 'inference_subscribeJobs', [filter], (notice) => told.push(notice))

	const body = payload(image.pixels)
	const { job } = await order(api, client, trade, body)
	assert.equal(await usdc(api, client.address), held - price)
	assert.equal(await said(job), 'waiting for its input')

	const end = settled(api, job, ENDS)
	assert.equal((await hand(trade.operator, job, body)).status, 'accepted')
	const paid = await end
	assert.equal(paid.name, 'jobs.Settled')
	assert.equal(paid.operator.toHex(), trade.operator.id)
	assert.equal(paid.paid.toBigInt(), price)
	assert.equal(paid.direct.toBigInt() + paid.queued.toBigInt(), paid.paid.toBigInt())

	const record = await rpc('inference_job', job.toHex())
	assert.equal(record.state, 'settled')
	assert.equal(predicted(record.outputs), image.label)
	const lot = (await rpc('tokenomics_lots', 100)).find((lot) => lot.lot === paid.lot.toNumber())
	assert.ok(BigInt(lot.assetIn) >= paid.queued.toBigInt())

	// Finality follows a few blocks behind.
	await watch(api, 'the events of the job', () => told.length >= 3)
	await stop()
	assert.deepEqual(told.map(({ kind }) => kind), ['submitted', 'delivered', 'settled'])
	assert.ok(told.every((notice) => notice.job === job.toHex() && notice.operator === trade.operator.id))
	assert.ok(told[0].block < told[1].block && told[1].block === told[2].block && told[1].index < told[2].index)
	const { number } = await api.rpc.chain.getHeader(told[2].hash)
	assert.equal(number.toNumber(), told[2].block)
})

test('a job is paid in VKTR at the price of the pool, and joins the lot without a swap', async () => {
	const quote = await rpc('inference_quote', trade.model.toHex(), 'VKTR')
	// 0.10 USD a token at first; tests and purchases move it a little.
	const tokens = Number(quote.amount) / 1e12
	const dollars = Number(trade.quote.amount) / 1e6
	assert.ok(tokens > dollars * 8 && tokens < dollars * 12, `${tokens} for ${dollars} USD`)
	const body = payload(heldOut[3].pixels)
	// A price that rises meanwhile asks for less, one that falls for more.
	const maxPrice = (BigInt(quote.amount) * 11n) / 10n
	const { job } = await order(api, client, trade, body, { asset: VKTR, maxPrice })
	const end = settled(api, job, ENDS)
	await hand(trade.operator, job, body)
	const paid = await end
	assert.equal(paid.name, 'jobs.Settled')
	assert.ok(paid.asset.isNative)
	const lots = await rpc('tokenomics_lots', 100)
	const lot = lots.find(({ lot, asset }) => lot === paid.lot.toNumber() && asset === 'Native')
	assert.ok(BigInt(lot.assetIn) >= paid.queued.toBigInt(), JSON.stringify(lots))
})

test('a settled job stays settled: no refund, no second order, no second delivery, no copied one', async () => {
	const body = payload(heldOut[2].pixels)
	const { job } = await order(api, client, trade, body)
	let block
	const end = watch(api, 'the settlement', async ({ hash }) => {
		block = hash
		return (await rpc('inference_job', job.toHex(), hash.toHex())).state === 'settled'
	})
	await hand(trade.operator, job, body)
	await end

	await refused(api, client.address, 'jobs.NothingToRefund', () => send(api, client, api.tx.jobs.expire(job)))
	await refused(api, client.address, 'jobs.DuplicateCommitment', () => order(api, client, trade, body))

	// The proof is public now. It is worth nothing to whoever copies it, nor is the operator's own transaction once more.
	const real = await delivery(block)
	await refused(api, stranger.address, 'jobs.NotYourJob', () => send(api, stranger, api.tx.jobs.deliver(...real.method.args)))
	// Outdated, banned for a while, or still known, depending on how far the pool is with its cleaning.
	await assert.rejects(api.rpc.author.submitExtrinsic(real.toHex()), ({ code }) => [1010, 1012, 1013].includes(code))
	assert.equal((await rpc('inference_job', job.toHex())).state, 'settled')
	// The operator is sure once the block is final.
	assert.match(await said(job), /^(delivering|settled)$/)
	const again = await hand(trade.operator, job, body)
	assert.equal(again.job, job.toHex())
})

test('a stranger cannot deliver an open job', async () => {
	const { job } = await order(api, client, trade, payload(heldOut[3].pixels), { deadline: api.consts.jobs.maxDeadline })
	const proof = { Groth16: '0x' + '00'.repeat(128) }
	await refused(api, client.address, 'jobs.NotYourJob', () => send(api, stranger, api.tx.jobs.deliver(job, [], proof)))
	await refused(api, client.address, 'jobs.NotYourJob', () => send(api, client, api.tx.jobs.deliver(job, [], proof)))
	await refused(api, client.address, 'jobs.NotExpired', () => send(api, client, api.tx.jobs.expire(job)))
})

test('a job without an input is refunded to the unit, by itself', async () => {
	const held = await usdc(api, client.address)
	const body = payload(heldOut[4].pixels)
	const { job, deadline } = await order(api, client, trade, body)
	assert.equal(await usdc(api, client.address), held - BigInt(trade.quote.amount))

	const back = await settled(api, job, ENDS)
	assert.equal(back.name, 'jobs.Refunded')
	assert.equal(back.client.toString(), client.address)
	assert.equal(back.amount.toBigInt(), BigInt(trade.quote.amount))
	assert.equal(await usdc(api, client.address), held)
	const { state, now, outputs } = await rpc('inference_job', job.toHex())
	assert.equal(state, 'refunded')
	assert.ok(now > deadline.toNumber())
	assert.deepEqual(outputs, [])

	await refused(api, client.address, 'jobs.NothingToRefund', () => send(api, client, api.tx.jobs.expire(job)))
	await refused(api, client.address, 'job_closed', () => hand(trade.operator, job, body))
	assert.equal(await said(job), 'refunded')
	await refused(api, client.address, 'jobs.DuplicateCommitment', () => send(api, client, submit(api, trade, body)))
	assert.equal(await usdc(api, client.address), held)
})
