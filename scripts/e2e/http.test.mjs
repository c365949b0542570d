// Every refusal of an operator's endpoint that a client can meet: status, code, words and what to do.
import assert from 'node:assert/strict'
import { connect as dial } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { connect, developer, market, order, purse, settled } from './chain.mjs'
import { commitment, heldOut, payload } from './digits.mjs'

const MAX_BODY = 64 * 1024
const AT_ONCE = 4 // for one job
const client = developer('Dave')
const nothing = '0x' + '11'.repeat(32)
let api, trade, job, body

// An order that stays open until long after this run.
const open = async (bytes, change) =>
	(await order(api, client, trade, bytes, { deadline: api.consts.jobs.maxDeadline.toNumber(), ...change })).job

before(async () => {
	api = await connect()
	trade = await market(api)
	body = payload(heldOut[7].pixels)
	job = await open(body)
})
after(() => api?.disconnect())

const ask = (path, options = {}) => fetch(`${trade.operator.endpoint}${path}`, options)
const post = (id, bytes) => ask(`/jobs/${id}/input`, { method: 'POST', body: bytes, duplex: 'half' })

// It is refused so, in words for a person, and no money moved.
async function refused(status, code, doing) {
	const held = await purse(api, client.address)
	const answer = await doing()
	const said = await answer.json()
	assert.deepEqual([answer.status, said.code], [status, code])
	assert.ok(said.message.length > 10 && said.action.length > 10, JSON.stringify(said))
	assert.doesNotMatch(JSON.stringify(said), /undefined|null/)
	assert.deepEqual(await purse(api, client.address), held)
}

test('a path that is none is refused', () => refused(404, 'unknown_path', () => ask('/nothing')))

test('a job id that is none is refused', async () => {
	for (const id of ['seven', nothing.slice(2), nothing.slice(0, -1), `${nothing}1`, '0x' + 'zz'.repeat(32)]) {
		await refused(400, 'bad_job_id', () => post(id, body))
		await refused(400, 'bad_job_id', () => ask(`/jobs/${id}`))
	}
})

test('a job that the chain does not know is refused', async () => {
	await refused(404, 'unknown_job', () => post(nothing, body))
	await refused(404, 'unknown_job', () => ask(`/jobs/${nothing}`))
})

test('another input than the one that was committed to is refused', async () => {
	await refused(422, 'payload_mismatch', () => post(job, payload(heldOut[8].pixels)))
	await refused(422, 'payload_mismatch', () => post(job, Buffer.alloc(0)))
	await refused(422, 'payload_mismatch', () => post(job, body.subarray(1)))
})

test('a body above the limit is refused, whether it says its length or not', async () => {
	await refused(413, 'too_large', () => post(job, Buffer.alloc(MAX_BODY + 1)))
	const stream = () => new Blob([Buffer.alloc(MAX_BODY + 1)]).stream()
	await refused(413, 'too_large', () => post(job, stream()))
	await refused(422, 'payload_mismatch', () => post(job, Buffer.alloc(MAX_BODY)))
})

test('a payload that is no input of the model is refused', async () => {
	const dark = payload([...heldOut[7].pixels.slice(1), 17])
	const long = Buffer.concat([payload(heldOut[7].pixels), Buffer.alloc(1)])
	for (const bytes of [dark, body.subarray(0, 95), long]) {
		const id = await open(bytes)
		await refused(422, 'malformed_input', () => post(id, bytes))
	}
})

test('a payload that the commitment is not to is refused', async () => {
	const bytes = payload(heldOut[8].pixels)
	const id = await open(bytes, { commitment: commitment(payload(heldOut[8].pixels)) })
	await refused(422, 'commitment_mismatch', () => post(id, bytes))
})

test('slow senders keep nobody from sending: the oldest gives way, the others are sent away', async () => {
	const input = payload(heldOut[7].pixels)
	const id = await open(input)
	const end = settled(api, id, ['jobs.Settled', 'jobs.ProofRefused', 'jobs.Refunded'])
	const { hostname, port } = new URL(trade.operator.endpoint)
	const head = `POST /jobs/${id}/input HTTP/1.1\r\nhost: ${hostname}\r\ncontent-length: ${input.length}\r\n\r\n`
	const slow = () => {
		const socket = dial(Number(port), hostname, () => socket.write(head))
		const answer = new Promise((done, fail) => socket.once('data', (bytes) => done(bytes.toString())).once('error', fail))
		return answer.finally(() => socket.destroy())
	}
	const answers = Promise.all(Array.from({ length: AT_ONCE + 3 }, slow))
	// By then all have been let in and three sent away again; the other four have eight seconds left.
	await setTimeout(2_000)
	await refused(404, 'unknown_job', () => post(nothing, body))
	const honest = await post(id, input)
	assert.deepEqual([honest.status, (await honest.json()).status], [202, 'accepted'])
	const count = async (form) => (await answers).filter((answer) => form.test(answer)).length
	assert.equal(await count(/^HTTP\/1.1 503 [^]*"action":".{10,}"code":"busy","message":".{10,}"/), 4)
	assert.equal(await count(/^HTTP\/1.1 408 [^]*"action":".{10,}"code":"too_slow","message":".{10,}"/), AT_ONCE - 1)
	assert.equal((await end).name, 'jobs.Settled')
})

// Last: from here on the job is not open any more.
test('an input is taken once, and whatever comes after it is not read', async () => {
	const end = settled(api, job, ['jobs.Settled', 'jobs.ProofRefused', 'jobs.Refunded'])
	const first = await post(job, body)
	assert.deepEqual([first.status, await first.json()], [202, { job: job.toHex(), status: 'accepted' }])
	const known = async (bytes) => {
		const answer = await post(job, bytes)
		assert.deepEqual([answer.status, (await answer.json()).job], [200, job.toHex()])
	}
	const other = payload(heldOut[8].pixels)
	await known(body)
	await known(other)
	assert.equal((await end).name, 'jobs.Settled')
	await known(body)
	await known(other)
})
