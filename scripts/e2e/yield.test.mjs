// What clients paid, followed by events: from their escrows into a lot, through the pool, to operators and stakers. Last, since a round
// has to end first.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { connect, rpc, watch } from './chain.mjs'

// A round of a dev chain and what it takes to buy what it set aside.
const ROUND = 130
let api

before(async () => (api = await connect()))
after(() => api?.disconnect())

const lots = async () => (await rpc('tokenomics_lots', 100)).filter(({ asset }) => asset !== 'Native')
const events = async (height) => {
	const records = await api.query.system.events.at(await api.rpc.chain.getBlockHash(height))
	return records.map(({ event: { section, method, data } }) => ({ name: `${section}.${method}`, data }))
}
const named = (records, name, lot) => records.filter((record) => record.name === name && (lot === undefined || record.data.lot.eq(lot)))

test('a lot of USDC is bought, divided seventy to thirty, and its operators are paid by their agent', { timeout: 400_000 }, async () => {
	const closed = async () => (await lots()).find(({ state }) => state === 'Closed')
	// A round may have to end first, and another to begin.
	const patient = async () => {
		for (let round = 0; round < 3; round++) {
			const lot = await watch(api, 'a closed lot', closed).catch(() => undefined)
			if (lot) return lot
		}
		throw new Error(`no lot was closed in ${3 * ROUND} s: ${JSON.stringify(await lots())}`)
	}
	const lot = await patient()
	const bought = BigInt(lot.bought)

	const all = await events(lot.claimable)
	const [{ data: end }] = named(all, 'revenue.LotClosed', lot.lot)
	assert.equal(end.bought.toBigInt(), bought)
	assert.equal(end.operators.toBigInt() + end.stakers.toBigInt() + end.burned.toBigInt(), bought)
	assert.equal(end.stakers.toBigInt(), (bought * 3n) / 10n)
	assert.equal(end.operators.toBigInt(), BigInt(lot.nativeShares))
	const swaps = named(all, 'buyback.Bought')
	assert.ok(swaps.some(({ data }) => data.spent.toBigInt() > 0n && data.got.toBigInt() > 0n))
	// What dollars buy at about 0.10 USD a token.
	const tokens = Number(bought) / 1e12
	const dollars = Number(lot.assetIn) / 1e6
	assert.ok(tokens > dollars * 8 && tokens < dollars * 12, `${tokens} for ${dollars} USD`)

	// The agent looks every ten blocks.
	const paid = await watch(api, 'the claim', async ({ number }) => {
		for (let height = lot.claimable; height <= Math.min(number.toNumber(), lot.claimable + 40); height++) {
			const [claim] = named(await events(height), 'revenue.Claimed', lot.lot)
			if (claim) return claim.data
		}
	})
	const operator = await rpc('operators_get', paid.operator.toHex())
	assert.equal(paid.account.toString(), operator.owner)
	assert.ok(paid.native.toBigInt() > 0n && paid.native.toBigInt() <= BigInt(lot.nativeShares))
	const left = await rpc('tokenomics_accrued', paid.operator.toHex())
	assert.ok(left.every((row) => row.lot !== lot.lot || row.asset === 'Native'))
})
