// From an ONNX file to a job that is proved by ezkl and paid: a model of our own, registered by its owner, served by an operator,
// ordered by a client who salts the input. Its own chain in a folder of its own. VEKTOR_MODELS: which of scripts/ezkl/make's.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { killAll, Program, until } from '../own/processes.mjs'
import { ask, tryState } from '../state.mjs'

const SHIFT = Number(process.env.VEKTOR_PORT_SHIFT ?? 0) + 70
const port = (usual) => usual + SHIFT
const NODE = `127.0.0.1:${port(9944)}`
const WS = `ws://${NODE}`
const OPERATOR = `127.0.0.1:${port(9955)}`
const MODELS = (process.env.VEKTOR_MODELS ?? 'mlp').split(' ')
const EZKL = process.env.VEKTOR_EZKL ?? join(homedir(), '.cache/vektor/ezkl')
// The programs have a home of their own.
process.env.VEKTOR_EZKL = EZKL
const TOOL = join(import.meta.dirname, '../../ezkl/ezkl')
// Live slots of a second: longer than the slowest proof.
const DEADLINE = 400
const OWNER = '//Bob'
const CLIENT = '//Charlie'

const dir = mkdtempSync(join(tmpdir(), 'vektor-ezkl-'))
const config = join(dir, 'operator', 'config.toml')
const run = promisify(execFile)
let operator
let failed = true

const bin = (name) => join(process.env.VEKTOR_BIN, name)
const rpc = (method, ...params) => ask(`http://${NODE}`, method, ...params)
const program = (name, file, args) => new Program(name, bin(file), args, { home: dir, log: join(dir, `${name}.log`) })

async function vektor(...args) {
	const { stdout } = await run(bin('vektor'), ['--node', WS, '--json', ...args], { env: { ...process.env, HOME: dir } })
	return JSON.parse(stdout)
}

// What the command says where it refuses.
const refused = (...args) => vektor(...args).then(() => assert.fail('refused'), ({ code, stderr }) => ({ code, stderr }))

before(async () => {
	assert.ok(process.env.VEKTOR_BIN, 'set VEKTOR_BIN: the folder of vektor-node, vektor-operator and vektor')
	assert.ok(process.env.VEKTOR_TRY_STATE, 'set VEKTOR_TRY_STATE: the program that checks every invariant of a state')
	const node = program('node', 'vektor-node', [
		...['--dev', '--base-path', join(dir, 'chain'), '--rpc-port', port(9944), '--prometheus-port', port(9615)].map(String),
		...['--no-prober', '--no-mdns', '--listen-addr', `/ip4/127.0.0.1/tcp/${port(30333)}`],
	])
	node.start()
	await node.said(`addr=${NODE}`)
	await until('the node has a block', async () => Number((await rpc('chain_getHeader')).number) > 0)
	const say = (...args) => run(bin('vektor-operator'), ['--config', config, ...args])
	await say('init', '--node', WS, '--listen', OPERATOR, '--endpoint', `http://${OPERATOR}`)
	await say('register', '--owner', OWNER)
	operator = program('operator', 'vektor-operator', ['--config', config, 'run'])
	failed = false
})

after(async () => {
	await killAll()
	if (failed) console.error(`the logs and the chain are kept in ${dir}`)
	else rmSync(dir, { recursive: true, force: true })
})

for (const name of MODELS) {
	const folder = join(EZKL, name)
	const file = (of) => join(folder, of)

	test(`${name}: from ONNX to a job that is proved and paid`, { timeout: 30 * 60_000 }, async (t) => {
		if (failed) return t.skip('an earlier case failed and left things as they were')
		failed = true
		const { run_args } = JSON.parse(readFileSync(file('settings.json')))
		const sources = ['--onnx', file('network.onnx'), '--settings', file('settings.json'), '--vka', file('vka.bin')]
		const terms = ['--price', '0.05', '--min-deadline', '20']
		const { id: model } = await vektor('--key', OWNER, 'model', 'register', ...sources, ...terms)
		const listed = (await vektor('models')).find((row) => row.model.id === model)
		assert.equal(listed.verified, false, 'nobody has had the time to challenge it')
		assert.equal(listed.model.setup, 'SingleParty', 'a development string: everybody could forge, and the record says so')

		await operator.kill()
		appendFileSync(
			config,
			`\n[[ezkl]]\nmodel = "${model}"\nfolder = "${folder}"\nsrs = "${join(EZKL, `kzg-${run_args.logrows}.srs`)}"\n` +
				(name === MODELS[0] ? `\n[tools]\nezkl = "${TOOL}"\n` : ''),
		)
		operator.start()
		await operator.said(/connected to/)

		// The input of the example without its salt, which the client draws anew.
		const { input_data } = JSON.parse(readFileSync(file('input.json')))
		const plain = join(dir, `${name}-plain.json`)
		writeFileSync(plain, JSON.stringify(input_data[0].slice(0, -16)))
		const input = join(dir, `${name}-input.json`)
		const settings = ['--settings', file('settings.json')]
		await vektor('commit-input', ...settings, '--input', plain, '--out', input)

		const order = ['--key', CLIENT, 'submit', '--model', model, '--input', input, ...settings, '--deadline', `${DEADLINE}`]
		const done = await vektor(...order)
		assert.equal(done.job.state, 'settled')
		const said = JSON.parse(readFileSync(file('witness.json'))).pretty_elements.rescaled_outputs[0].map(Number)
		assert.deepEqual(done.numbers.map((x) => x.toFixed(2)), said.map((x) => x.toFixed(2)), 'salt changes no answer')
		// The same input again: the commitment is taken.
		const again = await refused(...order)
		assert.match(again.stderr, /commitment/)
		await tryState(`http://${NODE}`)
		failed = false
	})
}
