// Every refusal of an order that a client can meet on the chain: each says why to a person and moves no money.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { connect, developer, heir, market, order, refused, rpc, send, usdc } from './chain.mjs'
import { heldOut, payload } from './digits.mjs'

const client = developer('Ferdie')
const nothing = '0x' + '11'.repeat(32)
const image = heldOut[6]
const ONE_VKTR = 10n ** 12n
let api, trade, price, floor

before(async () => {
	api = await connect()
	trade = await market(api)
	price = BigInt(trade.quote.amount)
	floor = (await api.query.assets.asset(1)).unwrap().minBalance.toBigInt()
})
after(() => api?.disconnect())

// An order that is refused with that error.
const no = (code, change, body = payload(image.pixels), who = client) =>
	refused(api, who.address, code, () => order(api, who, trade, body, change))

// Another path each time, so that a second run on the same chain finds nothing of the first.
const poor = (name, gift) => heir(api, client, `//${name}${Date.now()}`, gift)

// Open until long after this run, so that no refund comes in between.
const late = () => ({ deadline: api.consts.jobs.maxDeadline.toNumber() })

test('an unknown model is refused', () => no('jobs.UnknownModel', { model: nothing }))

test('an unknown operator is refused, with the reason', async () => {
	const { why } = await no('jobs.Ineligible', { assign: { Operator: nothing } })
	assert.equal(why, 'Unknown')
})

test('a deadline below the minimum of the model is refused', async () => {
	await no('jobs.DeadlineTooShort', { deadline: trade.quote.minDeadline - 1 })
	await no('jobs.DeadlineTooShort', { deadline: 0 })
})

test('a deadline above the longest is refused', () => no('jobs.DeadlineTooLong', { deadline: late().deadline + 1 }))

test('a price above the most that the client pays is refused', async () => {
	await no('jobs.PriceAboveMax', { maxPrice: price - 1n })
	await no('jobs.PriceAboveMax', { maxPrice: 0 })
})

test('payment in another asset is refused', () => no('jobs.UnsupportedAsset', { asset: { WithId: 7 } }))

test('a commitment that is no field element is refused', async () => {
	await no('jobs.NonCanonicalCommitment', { commitment: '0x' + 'ff'.repeat(32) })
	// The field's order itself: one more than the largest element.
	await no('jobs.NonCanonicalCommitment', { commitment: '0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001' })
})

test('a second order with the same commitment is refused, that of another client is not', async () => {
	const body = payload(image.pixels)
	await order(api, client, trade, body, late())
	await no('jobs.DuplicateCommitment', late(), body)
	const other = await poor('other', { vktr: ONE_VKTR, micro: price + floor })
	assert.ok((await order(api, other, trade, body, late())).job)
})

test('whoever has too little USDC is refused, and to the unit', async () => {
	const without = await poor('without', { vktr: ONE_VKTR })
	await no('Token.FundsUnavailable', late(), payload(image.pixels), without)
	const short = await poor('short', { vktr: ONE_VKTR, micro: price + floor - 1n })
	await no('Token.NotExpendable', late(), payload(image.pixels), short)
	await send(api, client, api.tx.assets.transfer(1, short.address, 1))
	await order(api, short, trade, payload(image.pixels), late())
	assert.equal(await usdc(api, short.address), floor)
})

test('whoever cannot pay the fee is refused before a block', async () => {
	const broke = await poor('broke', { micro: price * 2n })
	await no('pool.1010', {}, payload(image.pixels), broke)
})

test('an argument that is too long or not of the type is refused before a block', async () => {
	const proof = { Groth16: '0x' + '00'.repeat(257) }
	await refused(api, client.address, 'pool.1002', () => send(api, client, api.tx.jobs.deliver(nothing, [], proof)))
	const outputs = Array(256).fill(nothing)
	await refused(api, client.address, 'pool.1002', () => send(api, client, api.tx.jobs.deliver(nothing, outputs, { Groth16: '0x' })))
})

test('nobody delivers or expires a job that is not there', async () => {
	const proof = { Groth16: '0x' + '00'.repeat(128) }
	await refused(api, client.address, 'jobs.UnknownJob', () => send(api, client, api.tx.jobs.deliver(nothing, [], proof)))
	await refused(api, client.address, 'jobs.UnknownJob', () => send(api, client, api.tx.jobs.expire(nothing)))
})

test('a refused order costs its fee in VKTR and nothing else', async () => {
	const free = async () => (await api.query.system.account(client.address)).data.free.toBigInt()
	const before = await free()
	await no('jobs.PriceAboveMax', { maxPrice: 0 })
	const fee = before - (await free())
	assert.ok(fee > 0n && fee < ONE_VKTR, `${fee}`)
})

// The domain RPC: the number, and words that name what was asked for.
const asked = async (code, words, ...call) => {
	const error = await rpc(...call).then(
		() => assert.fail(`${code} was expected`),
		(error) => error,
	)
	assert.equal(error.code, code, error.message)
	assert.match(error.message, words)
}

test('the domain RPC says why it does not answer', async () => {
	const model = trade.model.toHex()
	await asked(20003, /UnsupportedAsset/, 'inference_quote', model, { WithId: 7 })
	await asked(20003, /UnknownModel/, 'inference_quote', nothing, 'USDC')
	await asked(20001, /Unknown block/, 'inference_job', nothing, nothing)
	await asked(20004, /encoding of the statement/, 'inference_verifyEvidence', '0x00', '0x00')
	await asked(-32602, /expected one of .*USDC/, 'inference_quote', model, 'DOT')
	await asked(-32602, /32 bytes/, 'inference_job', '0x12')
	assert.equal(await rpc('inference_job', nothing), null)
	assert.equal(await rpc('operators_get', nothing), null)
})
