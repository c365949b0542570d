// A bounded load against a running chain, and what it does to it: node load.mjs URL TRANSFERS [JOBS] [RATE] [SENDERS], RATE a second, 0 for as many as it takes. Transfers that keep their sender alive, each to a
// fresh account; jobs of the digits model where the chain has an operator that serves it. Prints one JSON document. The chain needs //Alice with money, and is
// loaded as any client could: over WebSocket, signed transactions, nothing but @polkadot/api. Works on other Substrate chains too, without jobs.
import { ApiPromise, Keyring, WsProvider } from '@polkadot/api'
import { cryptoWaitReady, randomAsU8a } from '@polkadot/util-crypto'

const [url, transfers, jobs = 0, rate = 0, senders = 200] = [process.argv[2], ...process.argv.slice(3).map(Number)]
if (!url || !(transfers >= 0)) throw new Error('usage: node load.mjs URL TRANSFERS [JOBS] [RATE] [SENDERS]')
// Sent at once at most: a node's pool holds some thousands.
const WINDOW = 4_000
const IDLE = 60_000

await cryptoWaitReady()
const api = await ApiPromise.create({ provider: new WsProvider(url), noInitWarn: true })
const alice = new Keyring({ type: 'sr25519' }).addFromUri('//Alice')
const slot = api.consts.babe?.expectedBlockTime ?? api.consts.timestamp.minimumPeriod.muln(2)

// Blocks as they come: how many transfers they hold, how far finality is behind.
const blocks = []
let [final, included, last] = [0, 0, Date.now()]
await api.rpc.chain.subscribeFinalizedHeads(({ number }) => (final = number.toNumber()))
await api.rpc.chain.subscribeNewHeads(async ({ number, hash }) => {
	const at = Date.now()
	const height = number.toNumber()
	const lag = height - final
	const { block } = await api.rpc.chain.getBlock(hash)
	const held = block.extrinsics.filter(({ method }) => `${method.section}.${method.method}` === 'balances.transferKeepAlive').length
	// A sibling of a block that was counted is not counted again.
	const twin = blocks.find((other) => other.height === height)
	if (twin) return Object.assign(twin, { transfers: Math.max(twin.transfers, held) })
	blocks.push({ height, at, transfers: held, lag })
	included = blocks.reduce((sum, { transfers }) => sum + transfers, 0)
	if (held) last = at
})

// Everyone who sends gets what its transfers cost, from Alice and in one block.
const keys = Array.from({ length: senders }, (_, i) => alice.derive(`//load//${Date.now()}//${i}`))
const each = Math.ceil(transfers / senders)
const worth = api.consts.balances.existentialDeposit.toBigInt()
const sample = await api.tx.balances.transferKeepAlive(alice.address, worth).paymentInfo(alice)
// The fee rises with full blocks.
const needed = BigInt(each + 1) * (worth + 20n * sample.partialFee.toBigInt()) + worth
await new Promise((done, fail) => {
	const gifts = keys.map(({ address }) => api.tx.balances.transferKeepAlive(address, needed))
	api.tx.utility.batchAll(gifts).signAndSend(alice, ({ status, dispatchError }) => {
		if (dispatchError) fail(new Error(`Alice could not pay: ${dispatchError}`))
		else if (status.isInBlock) done()
	}).catch(fail)
})

// Signing is the client's work and no part of what is measured.
const [genesisHash, { specVersion, transactionVersion }] = [api.genesisHash, api.runtimeVersion]
const options = { genesisHash, blockHash: genesisHash, era: 0, runtimeVersion: { specVersion, transactionVersion } }
const signed = []
for (let nonce = 0; nonce < each; nonce++) {
	for (const key of keys) {
		if (signed.length === transfers) break
		signed.push(api.tx.balances.transferKeepAlive(randomAsU8a(32), worth).sign(key, { ...options, nonce }).toHex())
	}
}

// Jobs go beside, one after the other: a client's way, with escrow, input and proof.
async function work() {
	const done = []
	if (!jobs) return done
	process.env.VEKTOR_NODE = url
	const { connect, developer, hand, market, order, settled } = await import('./chain.mjs')
	const { heldOut, payload } = await import('./digits.mjs')
	const client = await connect()
	const [who, trade] = [developer('Dave'), await market(client)]
	for (let i = 0; i < jobs; i++) {
		const began = Date.now()
		const body = payload(heldOut[i % heldOut.length].pixels)
		const { job } = await order(client, who, trade, body)
		const end = settled(client, job, ['jobs.Settled', 'jobs.ProofRefused', 'jobs.Refunded'])
		await hand(trade.operator, job, body)
		done.push({ end: (await end).name, ms: Date.now() - began })
	}
	await client.disconnect()
	return done
}

const began = Date.now()
const before = included
const working = work()
let refused = 0
for (let sent = 0; sent < signed.length; ) {
	const early = () => rate && sent / rate > (Date.now() - began) / 1_000
	while (early() || sent - refused - (included - before) >= WINDOW) await new Promise((go) => setTimeout(go, 50))
	// One of each sender at a time, so that none overtakes its own predecessor: a pool keeps few of those, and drops the rest.
	const part = signed.slice(sent, sent + senders)
	sent += part.length
	const answers = await Promise.allSettled(part.map((bytes) => api.rpc.author.submitExtrinsic(bytes)))
	refused += answers.filter(({ status }) => status === 'rejected').length
}
const all = before + transfers - refused
while (included < all && Date.now() - last < IDLE) await new Promise((go) => setTimeout(go, 200))
const finished = await working

// From the first block with a transfer of ours to the last: what the chain did, not how fast it was asked.
const loaded = blocks.filter(({ at, transfers }) => at >= began && transfers > 0)
const seconds = loaded.length > 1 ? (loaded.at(-1).at - loaded[0].at) / 1_000 : 0
const counted = loaded.slice(1).reduce((sum, { transfers }) => sum + transfers, 0)
const during = blocks.filter(({ at }) => at >= began && at <= last)
const sorted = finished.map(({ ms }) => ms).sort((a, b) => a - b)
console.log(
	JSON.stringify(
		{
			chain: `${await api.rpc.system.chain()}`,
			node: `${await api.rpc.system.name()} ${await api.rpc.system.version()}`,
			slotMs: Number(slot),
			transfers: { asked: transfers, rate: rate || null, refused, included: included - before, seconds, perSecond: seconds ? Math.round((10 * counted) / seconds) / 10 : null },
			most: Math.max(0, ...during.map(({ transfers }) => transfers)),
			lag: { most: Math.max(0, ...during.map(({ lag }) => lag)), mean: during.length ? during.reduce((sum, { lag }) => sum + lag, 0) / during.length : null },
			jobs: { asked: jobs, settled: finished.filter(({ end }) => end === 'jobs.Settled').length, medianMs: sorted[sorted.length >> 1] ?? null },
			blocks: during.map(({ height, transfers, lag, at }) => ({ height, transfers, lag, ms: at - began })),
		},
		null,
		'\t',
	),
)
await api.disconnect()
// The jobs' connection tries for ever.
process.exit(included < all ? 1 : 0)
