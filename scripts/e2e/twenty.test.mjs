// Twenty handwritten digits in a row, each proved, verified on the chain and paid; what NumPy says is what was proved.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { connect, developer, hand, market, order, rpc, settled, usdc } from './chain.mjs'
import { heldOut, logits, payload, predicted } from './digits.mjs'

const COUNT = 20
const ACCURACY = 0.96
const client = developer('Charlie')
let api, trade

before(async () => {
	api = await connect()
	trade = await market(api)
})
after(() => api?.disconnect())

// The reference of circuits/digits: another language, another library. Debian's NumPy belongs to Debian's Python, which
// is not always the first in the path.
function reference() {
	const script = fileURLToPath(new URL('../../circuits/digits/reference.py', import.meta.url))
	const pythons = process.env.PYTHON ? [process.env.PYTHON] : ['python3', '/usr/bin/python3']
	const runs = pythons.map((python) => spawnSync(python, [script, '--check'], { encoding: 'utf8', maxBuffer: 1 << 24 }))
	const run = runs.find(({ status }) => status === 0 || status === 1) ?? runs[0]
	assert.equal(run.status, 0, `reference.py: ${run.stderr || run.error}`)
	return JSON.parse(run.stdout)
}

// What is in each lot, by its number.
const lots = async () => new Map((await rpc('tokenomics_lots', 100)).map(({ lot, assetIn }) => [lot, BigInt(assetIn)]))

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0n)

test(`${COUNT} digits in a row are proved, paid and read as NumPy reads them`, async () => {
	const numpy = reference()
	assert.equal(numpy.images, heldOut.length)
	assert.ok(numpy.accuracy >= ACCURACY, `NumPy reads ${numpy.accuracy} right`)

	const price = BigInt(trade.quote.amount)
	const [held, collected] = [await usdc(api, client.address), await lots()]
	const paid = []
	// From all over the set, none twice.
	for (let n = 0; n < COUNT; n++) {
		const at = Math.floor((n * heldOut.length) / COUNT)
		const body = payload(heldOut[at].pixels)
		const { job } = await order(api, client, trade, body)
		const end = settled(api, job, ['jobs.Settled', 'jobs.ProofRefused', 'jobs.Refunded'])
		await hand(trade.operator, job, body)
		const settlement = await end
		assert.equal(settlement.name, 'jobs.Settled')
		assert.equal(settlement.paid.toBigInt(), price)
		paid.push(settlement)

		const { outputs } = await rpc('inference_job', job.toHex())
		assert.deepEqual(logits(outputs), numpy.logits[at].map(BigInt), `image ${at}`)
		assert.equal(predicted(outputs), numpy.logits[at].indexOf(Math.max(...numpy.logits[at])), `image ${at}`)
	}
	assert.equal(new Set(paid.map(({ job }) => job.toHex())).size, COUNT)

	assert.equal(held - (await usdc(api, client.address)), price * BigInt(COUNT))
	assert.equal(sum(paid.map(({ direct, queued }) => direct.toBigInt() + queued.toBigInt())), price * BigInt(COUNT))
	// A round may have ended in between: then a new lot collects.
	const now = await lots()
	for (const number of new Set(paid.map(({ lot }) => lot.toNumber()))) {
		const queued = sum(paid.filter(({ lot }) => lot.eq(number)).map(({ queued }) => queued.toBigInt()))
		assert.equal(now.get(number) - (collected.get(number) ?? 0n), queued, `lot ${number}`)
	}
	const percent = (100 * numpy.accuracy).toFixed(1)
	console.log(`${paid.length} digits proved and paid; NumPy reads ${percent} % of ${numpy.images} held-out images right`)
})
