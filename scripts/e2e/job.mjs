// One inference from order to settlement, with nothing but @polkadot/api: node job.mjs [number of the image]
import { connect, developer, hand, market, rpc, send, settled, submit, usdc } from './chain.mjs'
import { heldOut, payload, predicted } from './digits.mjs'

const image = heldOut[Number(process.argv[2] ?? 0)]
const client = developer('Dave')
const api = await connect()
try {
	const trade = await market(api)
	const before = await usdc(api, client.address)
	const body = payload(image.pixels)

	const events = await send(api, client, submit(api, trade, body))
	const { job } = events.find(({ name }) => name === 'jobs.Submitted')
	console.log(`submitted ${job} to ${trade.operator.id}`)

	const end = settled(api, job, ['jobs.Settled', 'jobs.ProofRefused', 'jobs.Refunded'])
	await hand(trade.operator, job, body)
	console.log('the operator has the input and is proving')

	const { name, ...fields } = await end
	console.log(name)
	for (const [field, value] of Object.entries(fields)) console.log(`  ${field}: ${JSON.stringify(value.toHuman())}`)
	if (name !== 'jobs.Settled') throw new Error('the job was not settled')
	const { outputs } = await rpc('inference_job', job.toHex())
	console.log(`the proved outputs say ${predicted(outputs)}; a person wrote ${image.label}`)
	const after = await usdc(api, client.address)
	console.log(`paid ${before - after} micro-USDC`)
} finally {
	await api.disconnect()
}
