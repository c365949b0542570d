// The life of a job and every refusal that a client can meet, against a dev chain with a running operator.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { connect, developer, hand, market, Refused, rpc, send, settled, submit, usdc, VKTR } from './chain.mjs'
import { heldOut, payload, predicted } from './digits.mjs'

const client = developer('Eve')
const nothing = '0x' + '11'.repeat(32)
let api, trade

before(async () => {
	api = await connect()
	trade = await market(api)
})
after(() => api?.disconnect())

// The job of a new order, and the payload that goes with it.
async function order(image, change) {
	const body = payload(image.pixels)
	const events = await send(api, client, submit(api, trade, body, change))
	return { body, ...events.find(({ name }) => name === 'jobs.Submitted') }
}

// The order is refused with that error, its documentation speaks to a person, and no money moved.
async function refused(code, change, body = payload(heldOut[0].pixels)) {
	const held = await usdc(api, client.address)
	const error = await send(api, client, submit(api, trade, body, change)).then(
		() => assert.fail(`${code} was expected`),
		(error) => error,
	)
	assert.ok(error instanceof Refused, `${error}`)
	assert.equal(error.code, code)
	assert.ok(error.docs.length > 20, `${code} is explained: ${error.docs}`)
	assert.equal(await usdc(api, client.address), held)
}

test('a job is submitted, proved, delivered and settled', async () => {
	const image = heldOut[1]
	const held = await usdc(api, client.address)
	const { job, body } = await order(image)
	assert.equal(await usdc(api, client.address), held - BigInt(trade.quote.amount))

	const end = settled(api, job, ['jobs.Settled', 'jobs.ProofRefused', 'jobs.Refunded'])
	await hand(trade.operator, job, body)
	const paid = await end
	assert.equal(paid.name, 'jobs.Settled')
	assert.equal(paid.operator.toHex(), trade.operator.id)
	assert.equal(paid.paid.toBigInt(), BigInt(trade.quote.amount))
	assert.equal(paid.direct.toBigInt() + paid.queued.toBigInt(), paid.paid.toBigInt())

	const record = await rpc('inference_job', job.toHex())
	assert.equal(record.state, 'settled')
	assert.equal(predicted(record.outputs), image.label)
	const lot = (await rpc('tokenomics_lots', 100)).find((lot) => lot.lot === paid.lot.toNumber())
	assert.ok(BigInt(lot.assetIn) >= paid.queued.toBigInt())
})

test('an unknown model is refused', () => refused('jobs.UnknownModel', { model: nothing }))

test('an unknown operator is refused', () => refused('jobs.Ineligible', { assign: { Operator: nothing } }))

test('a deadline below the minimum of the model is refused', () =>
	refused('jobs.DeadlineTooShort', { deadline: trade.quote.minDeadline - 1 }))

test('a price above the most that the client pays is refused', () =>
	refused('jobs.PriceAboveMax', { maxPrice: BigInt(trade.quote.amount) - 1n }))

test('payment in VKTR is refused while the chain has no price source', () => refused('jobs.NoPrice', { asset: VKTR }))

test('a second order with the same commitment is refused, that of another client is not', async () => {
	const { body } = await order(heldOut[2])
	await refused('jobs.DuplicateCommitment', {}, body)
	const events = await send(api, developer('Ferdie'), submit(api, trade, body))
	assert.ok(events.some(({ name }) => name === 'jobs.Submitted'))
})

test('a commitment that is no field element is refused', () =>
	refused('jobs.NonCanonicalCommitment', { commitment: '0x' + 'ff'.repeat(32) }))

test('an operator takes no input but the one that was committed to, and says what to do', async () => {
	const { job } = await order(heldOut[3])
	const body = payload(heldOut[4].pixels)
	for (const [id, code] of [[job, 'payload_mismatch'], [nothing, 'unknown_job'], ['seven', 'bad_job_id']]) {
		await assert.rejects(hand(trade.operator, id, body), (error) => error.code === code && error.docs.length > 20)
	}
})

test('a job that is not past its deadline cannot be expired', async () => {
	const { job } = await order(heldOut[5])
	await assert.rejects(send(api, client, api.tx.jobs.expire(job)), { code: 'jobs.NotExpired' })
})
