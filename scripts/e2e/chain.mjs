// The chain as any public client sees it: @polkadot/api and the metadata, no custom types.
import { ApiPromise, Keyring, WsProvider } from '@polkadot/api'
import { blake2AsHex, cryptoWaitReady } from '@polkadot/util-crypto'
import { commitment } from './digits.mjs'

export const NODE = process.env.VEKTOR_NODE ?? 'ws://127.0.0.1:9944'
export const USDC = { WithId: 1 }
export const VKTR = 'Native'
const PATIENCE = 120_000

const provider = new WsProvider(NODE, 500)

// A domain RPC: @polkadot/api does not know it by name, and needs not.
export const rpc = (method, ...params) => provider.send(method, params)

// A domain subscription: what it calls with each item; ends with the function it returns.
export async function subscribe(type, method, params, item) {
	const id = await provider.subscribe(type, method, params, (error, result) => !error && item(result))
	return () => provider.unsubscribe(type, method.replace('subscribe', 'unsubscribe'), id)
}

export async function connect() {
	await cryptoWaitReady()
	// The provider would try for ever, and the process never end.
	const api = ApiPromise.create({ provider, noInitWarn: true })
	return within(`an answer from the node at ${NODE}`, api, 30_000).catch(async (error) => {
		await provider.disconnect()
		throw error
	})
}

export const developer = (name) => new Keyring({ type: 'sr25519', ss58Format: 42 }).addFromUri(`//${name}`)

// A refusal in the chain's own words: the error's name, its reason where it has one, and their documentation in the
// metadata.
export class Refused extends Error {
	constructor(code, docs, why) {
		super(`${code}${why ? ` (${why})` : ''}: ${docs}`)
		Object.assign(this, { code, docs, why })
	}
}

// What the metadata leaves without a word, or with one for programmers only.
const WORDS = {
	'system.CallFiltered': 'The chain does not take this call: it is paused, closed for good (instead of balances.burn: supply.burn), or a delegation of votes with a conviction other than 1x.',
	'pool.1002': 'The node cannot read the transaction: an argument is too long or has another form.',
	'Token.FundsUnavailable': 'The account has too little of the asset.',
	'Token.NotExpendable': 'The account would fall below the minimum balance of the asset.',
	'Token.BelowMinimum': 'The receiving account would stay below the minimum balance of the asset.',
	'Token.Frozen': 'The tokens are locked, by vesting perhaps, or the account is frozen or blocked for the asset.',
}

function refusal(api, error) {
	if (!error.isModule) {
		const code = [error.type, error.value.type].filter(Boolean).join('.')
		return new Refused(code, WORDS[code] ?? error.toString())
	}
	const { section, name, docs, fields } = api.registry.findMetaError(error.asModule)
	const code = `${section}.${name}`
	const words = WORDS[code] ?? docs.join(' ').trim()
	if (!fields.length) return new Refused(code, words)
	const { def } = api.registry.lookup.getSiType(fields[0].type)
	const reason = def.asVariant.variants.find(({ index }) => index.eq(error.asModule.error[1]))
	return new Refused(code, [words, ...reason.docs].join(' ').trim(), reason.name.toString())
}

// A transaction that never came into a block. What has no number was not the node's word.
function poolRefusal(error) {
	const code = `pool.${error.code}`
	return Number.isInteger(error.code) ? new Refused(code, WORDS[code] ?? error.message) : error
}

// An event with its fields by the names that the metadata gives them.
const read = ({ event: { section, method, data } }) => ({
	name: `${section}.${method}`,
	...Object.fromEntries((data.names ?? []).map((name, i) => [name, data[i]])),
})

const within = (what, promise, patience = PATIENCE) => {
	let timer
	const late = new Promise((_, fail) => (timer = setTimeout(() => fail(new Error(`${what} did not come in time`)), patience)))
	return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

// Signs, sends and waits for the block: the transaction's events, or a Refused.
export const send = (api, signer, call) =>
	within(
		'the block',
		new Promise((done, fail) => {
			call
				.signAndSend(signer, { nonce: -1 }, ({ status, events, dispatchError }) => {
					if (status.isInvalid || status.isDropped || status.isUsurped) fail(new Error(`the pool says ${status.type}`))
					// A sealed chain may say at once that it is final, and nothing before.
					else if (!status.isInBlock && !status.isFinalized) return
					else if (dispatchError) fail(refusal(api, dispatchError))
					else done(events.map(read))
				})
				.catch((error) => fail(poolRefusal(error)))
		}),
	)

// The first best block from now on for which `found` has an answer: that answer.
export async function watch(api, what, found) {
	let stop
	const seen = new Promise((done, fail) => {
		const look = async (header) => {
			const answer = await found(header)
			if (answer) done(answer)
		}
		stop = api.rpc.chain.subscribeNewHeads((header) => look(header).catch(fail)).catch(fail)
	})
	return within(what, seen).finally(async () => (await stop)?.())
}

// Waits for an event of that name about that job, in a block from now on.
export const settled = (api, job, names = ['jobs.Settled']) =>
	watch(api, names.join(' or '), async ({ hash }) =>
		(await eventsAt(api, hash)).map(read).find((record) => names.includes(record.name) && record.job.eq(job)),
	)

// Of that block, by the metadata of its own runtime: the chain may have been upgraded since.
const eventsAt = async (api, hash) => (await api.at(hash)).query.system.events()

export async function usdc(api, who) {
	const account = await api.query.assets.account(1, who)
	return account.isSome ? account.unwrap().balance.toBigInt() : 0n
}

// All of an account's USDC: what it has, and what waits in escrow for its jobs.
export async function purse(api, who) {
	const held = await rpc('tokenomics_money', who)
	return { has: `${await usdc(api, who)}`, held: held.filter(({ what }) => what === 'escrow').map(({ of, amount }) => [of, amount]) }
}

// A key of nobody else's, with exactly that much of both assets: `path` is derived from the payer's own.
export async function heir(api, payer, path, { vktr = 0n, micro = 0n }) {
	const key = payer.derive(path)
	const gifts = [vktr && api.tx.balances.transferKeepAlive(key.address, vktr), micro && api.tx.assets.transfer(1, key.address, micro)]
	await send(api, payer, api.tx.utility.batchAll(gifts.filter(Boolean)))
	return key
}

const answers = ({ endpoint }) => fetch(`${endpoint}/health`).then(({ ok }) => ok, () => false)

// An operator that takes work and answers, and the model that its owner registered.
export async function market(api) {
	const models = await api.query.models.models.entries()
	for (const operator of await rpc('operators_list', { eligible: true })) {
		const mine = models.find(([, model]) => model.unwrap().owner.eq(operator.owner))
		if (!mine || !(await answers(operator))) continue
		const model = mine[0].args[0]
		return { operator, model, quote: await rpc('inference_quote', model.toHex(), 'USDC') }
	}
	throw new Error('no operator takes work: start one with vektor-operator run')
}

// The call that orders one inference; `change` overrides any argument.
export function submit(api, { operator, model, quote }, body, change = {}) {
	const order = {
		model,
		commitment: commitment(body),
		payload: blake2AsHex(body),
		maxPrice: quote.amount,
		asset: USDC,
		deadline: quote.minDeadline,
		assign: { Operator: operator.id },
		...change,
	}
	return api.tx.jobs.submit(...Object.values(order))
}

// Orders one inference: the fields of the event `Submitted`.
export async function order(api, client, trade, body, change) {
	const events = await send(api, client, submit(api, trade, body, change))
	return events.find(({ name }) => name === 'jobs.Submitted')
}

// What it was refused with: an error that has that code, speaks to a person and moved none of the account's USDC.
export async function refused(api, who, code, doing) {
	const before = await purse(api, who)
	const error = await doing().then(
		() => {
			throw new Error(`${code} was expected, and it was done`)
		},
		(error) => error,
	)
	if (!(error instanceof Refused) || error.code !== code) throw new Error(`${code} was expected`, { cause: error })
	const speaks = error.docs.length >= 20 && !/undefined|\[object|[{}]/.test(error.message)
	if (!speaks) throw new Error(`${code} says nothing to a person: ${error.message}`)
	const after = await purse(api, who)
	if (JSON.stringify(after) !== JSON.stringify(before)) throw new Error(`${code} moved money`)
	return error
}

// Hands the input to the operator, which takes it for an open job of its own whose commitment it matches.
export async function hand(operator, job, body) {
	const answer = await fetch(`${operator.endpoint}/jobs/${job}/input`, { method: 'POST', body })
	const said = await answer.json()
	if (!answer.ok) throw new Refused(said.code, `${said.message}. ${said.action}`)
	return said
}
