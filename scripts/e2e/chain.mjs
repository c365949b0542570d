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

export async function connect() {
	await cryptoWaitReady()
	return ApiPromise.create({ provider, noInitWarn: true })
}

export const developer = (name) => new Keyring({ type: 'sr25519', ss58Format: 42 }).addFromUri(`//${name}`)

// A refusal in the chain's own words: the error's name and its documentation in the metadata.
export class Refused extends Error {
	constructor(code, docs) {
		super(`${code}: ${docs}`)
		Object.assign(this, { code, docs })
	}
}

function refusal(api, error) {
	if (!error.isModule) return new Refused(error.type, error.toString())
	const { section, name, docs } = api.registry.findMetaError(error.asModule)
	return new Refused(`${section}.${name}`, docs.join(' ').trim())
}

// An event with its fields by the names that the metadata gives them.
const read = ({ event: { section, method, data } }) => ({
	name: `${section}.${method}`,
	...Object.fromEntries((data.names ?? []).map((name, i) => [name, data[i]])),
})

const within = (what, promise) => {
	let timer
	const late = new Promise((_, fail) => (timer = setTimeout(() => fail(new Error(`${what} did not come in time`)), PATIENCE)))
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
					else if (!status.isInBlock) return
					else if (dispatchError) fail(refusal(api, dispatchError))
					else done(events.map(read))
				})
				.catch(fail)
		}),
	)

// Waits for an event of that name about that job, in a block from now on.
export async function settled(api, job, names = ['jobs.Settled']) {
	let stop
	const seen = new Promise((done, fail) => {
		const look = (records) => {
			const found = records.map(read).find((record) => names.includes(record.name) && record.job.eq(job))
			if (found) done(found)
		}
		stop = api.query.system.events(look).catch(fail)
	})
	return within(names.join(' or '), seen).finally(async () => (await stop)?.())
}

export async function usdc(api, who) {
	const account = await api.query.assets.account(1, who)
	return account.isSome ? account.unwrap().balance.toBigInt() : 0n
}

// An operator that takes work, and the model that its owner registered.
export async function market(api) {
	const [operator] = await rpc('operators_list', { eligible: true })
	if (!operator) throw new Error('no operator takes work: start one with vektor-operator run')
	const models = await api.query.models.models.entries()
	const mine = models.find(([, model]) => model.unwrap().owner.eq(operator.owner))
	if (!mine) throw new Error('the operator has registered no model')
	const model = mine[0].args[0]
	return { operator, model, quote: await rpc('inference_quote', model.toHex(), 'USDC') }
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

// Hands the input to the operator, which takes it for an open job of its own whose commitment it matches.
export async function hand(operator, job, body) {
	const answer = await fetch(`${operator.endpoint}/jobs/${job}/input`, { method: 'POST', body })
	const said = await answer.json()
	if (!answer.ok) throw new Refused(said.code, `${said.message}. ${said.action}`)
	return said
}
