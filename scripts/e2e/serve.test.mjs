// The other side of the counter: an operator and a model of one's own, registered, refused, drained and retired with
// @polkadot/api alone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { connect, developer, hand, heir, market, order, refused, rpc, send, settled, usdc, watch } from './chain.mjs'
import { heldOut, payload } from './digits.mjs'

const VKTR = 10n ** 12n
const MIN_DEADLINE = 4
const image = heldOut[13]
const ENDS = ['jobs.Settled', 'jobs.Refunded']
const zeros = (count) => '0x' + '00'.repeat(count)
let api, theirs, mine, owner, agent

// The verification key of the model that is served here, as its owner registered it: the chain is all that is asked.
async function registered(model) {
	for (let number = 1; ; number++) {
		const hash = await api.rpc.chain.getBlockHash(number)
		assert.ok(!hash.isEmpty, 'the block in which the model was registered')
		const { block: { extrinsics } } = await api.rpc.chain.getBlock(hash)
		const { method } = extrinsics.find(({ method: { section, method } }) => section === 'models' && method === 'register') ?? {}
		if (!method) continue
		const events = await api.query.system.events.at(hash).catch(() => [])
		if (!events.length || events.some(({ event: { data } }) => data.model?.eq(model))) return method.args
	}
}

before(async () => {
	api = await connect()
	theirs = await market(api)
	owner = await heir(api, developer('Ferdie'), `//owner${Date.now()}`, { vktr: 300n * VKTR, micro: 5_000_000n })
	agent = await heir(api, owner, '//agent', { vktr: 10n * VKTR })

	// A model that asks for less time, so that deadlines pass while one waits.
	const args = await registered(theirs.model)
	const [artefact, verification, needs, , scale, price, licence] = args
	const sold = await send(api, owner, api.tx.models.register(artefact, verification, needs, MIN_DEADLINE, scale, price, licence))
	const { model } = sold.find(({ name }) => name === 'models.Registered')
	const { class: kind, required } = theirs.operator
	const joined = await send(api, owner, api.tx.operators.register(agent.address, kind, 1, 'local', 10, 'http://127.0.0.1:9', required))
	const { operator } = joined.find(({ name }) => name === 'operators.Registered')
	mine = { operator: { id: operator.toHex() }, model, quote: await rpc('inference_quote', model.toHex(), 'USDC') }
})
after(() => api?.disconnect())

const no = (code, who, call) => refused(api, owner.address, code, () => send(api, who, call))
const deliver = (job, outputs, proof) => api.tx.jobs.deliver(job, outputs, { Groth16: proof })
const late = () => ({ deadline: api.consts.jobs.maxDeadline.toNumber() })
const ordered = (change) => order(api, owner, mine, payload(image.pixels), change)

test('an operator that has not said that it serves gets no job', async () => {
	const { why } = await refused(api, owner.address, 'jobs.Ineligible', () => ordered())
	assert.equal(why, 'NotActive')
	await send(api, agent, api.tx.operators.activate(mine.operator.id))
})

test('evidence of another form is refused with the reason', async () => {
	const { job } = await ordered(late())
	const bad = async (reason, outputs, proof) => {
		const { why } = await no('jobs.BadEvidence', agent, deliver(job, outputs, proof))
		assert.equal(why, reason)
	}
	const ten = Array(10).fill(zeros(32))
	await bad('ProofLength', ten, '0x')
	await bad('ProofLength', ten, zeros(127))
	await bad('OutputCount', ten.slice(1), zeros(128))
	await bad('OutputCount', [], zeros(128))
	await bad('NonCanonicalPublic', [...ten.slice(1), '0x' + 'ff'.repeat(32)], zeros(128))
	await bad('NotOnCurve', ten, '0x' + 'ff'.repeat(128))
	assert.equal((await rpc('inference_job', job.toHex())).state, 'open')
})

test('a proof of another job does not hold: the fee is lost, nothing is paid, the job stays open', async () => {
	const body = payload(image.pixels)
	const real = await order(api, owner, theirs, body)
	let block
	const end = watch(api, 'the settlement', async ({ hash }) => {
		block = hash
		return (await rpc('inference_job', real.job.toHex(), hash.toHex())).state === 'settled'
	})
	await hand(theirs.operator, real.job, body)
	await end
	const { block: { extrinsics } } = await api.rpc.chain.getBlock(block)
	const [, outputs, evidence] = extrinsics.find(({ method: { method } }) => method === 'deliver').method.args

	// The same key, the same input, the same outputs: only the binding tells them apart.
	const { job } = await order(api, owner, mine, body, late())
	const held = await usdc(api, owner.address)
	const free = async () => (await api.query.system.account(agent.address)).data.free.toBigInt()
	const before = await free()
	const events = await send(api, agent, api.tx.jobs.deliver(job, outputs, evidence))
	const { reason } = events.find(({ name }) => name === 'jobs.ProofRefused')
	assert.equal(reason.type, 'DoesNotHold')
	assert.ok((await free()) < before)
	assert.equal(await usdc(api, owner.address), held)
	assert.equal((await rpc('inference_job', job.toHex())).state, 'open')
})

// Two transactions may get the same nonce here: then the pool takes one.
const inBlock = ({ code }) => code?.startsWith('jobs.')

// Sends a call in every block of a job's life until it is refused with `last`: what became of each. One comes in the block
// after the deadline, before the refund at its end: `there` tells it. On a machine too slow for that another job is tried.
async function throughout(last, there, call) {
	for (let tries = 0; tries < 3; tries++) {
		const { job } = await ordered()
		const ends = []
		const sent = []
		await watch(api, 'the end of the job', async () => {
			sent.push(send(api, agent, call(job)).then((done) => ends.push(done), (error) => inBlock(error) && ends.push(error)))
			return ends.some(({ code }) => code === last)
		})
		await Promise.all(sent)
		assert.equal((await rpc('inference_job', job.toHex())).state, 'refunded')
		if (ends.some(there)) return ends
	}
	return assert.fail('no block after the deadline took the call in time')
}

test('after its deadline a job is delivered no more', async () => {
	const outputs = Array(10).fill(zeros(32))
	const ends = await throughout('jobs.NotOpen', ({ code }) => code === 'jobs.DeadlinePassed', (job) => deliver(job, outputs, '0x'))
	assert.deepEqual([...new Set(ends.map(({ code }) => code))], ['jobs.BadEvidence', 'jobs.DeadlinePassed', 'jobs.NotOpen'])
})

test('anybody may send the escrow back once the deadline has passed, for nothing', async () => {
	const held = await usdc(api, owner.address)
	const ends = await throughout('jobs.NothingToRefund', Array.isArray, (job) => api.tx.jobs.expire(job))
	const [done, ...others] = ends.filter(Array.isArray)
	assert.equal(others.length, 0)
	const of = (name) => done.find((event) => event.name === name)
	assert.equal(of('jobs.Refunded').amount.toBigInt(), BigInt(mine.quote.amount))
	assert.ok(of('system.ExtrinsicSuccess').dispatchInfo.paysFee.isNo)
	const codes = new Set(ends.map(({ code }) => code).filter(Boolean))
	assert.deepEqual([...codes], ['jobs.NotExpired', 'jobs.NothingToRefund'])
	assert.equal(await usdc(api, owner.address), held)
})

test('an operator takes no input of another operator\'s job, nor of a model that it does not serve', async () => {
	const body = payload(image.pixels)
	const other = await order(api, owner, mine, body, late())
	await refused(api, owner.address, 'not_mine', () => hand(theirs.operator, other.job, body))
	const bytes = payload(image.pixels)
	const unserved = await order(api, owner, { ...mine, operator: theirs.operator }, bytes, late())
	await refused(api, owner.address, 'unknown_model', () => hand(theirs.operator, unserved.job, bytes))
})

test('a drained operator gets no job, and a retired model none either', async () => {
	const open = await ordered()
	await send(api, agent, api.tx.operators.drain(mine.operator.id))
	const { why } = await refused(api, owner.address, 'jobs.Ineligible', () => ordered())
	assert.equal(why, 'NotActive')

	await send(api, owner, api.tx.models.retire(mine.model))
	// The open job may be refunded at any moment, which is the owner's money too: so somebody else's is looked at.
	await refused(api, developer('Ferdie').address, 'jobs.UnknownModel', () => ordered())
	await assert.rejects(rpc('inference_quote', mine.model.toHex(), 'USDC'), ({ code }) => code === 20003)
	// What was open before goes its way.
	const { state } = await rpc('inference_job', open.job.toHex())
	if (state === 'open') await settled(api, open.job, ENDS)
	assert.equal((await rpc('inference_job', open.job.toHex())).state, 'refunded')
})
