// A model in an enclave, from an allowed image to jobs that are paid: its input is sealed by the client and opened nowhere else. The
// hardware is emulated: keys that everybody knows, which only development chains trust. Its own chain in a folder of its own.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test as step } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { killAll, Program, until } from './processes.mjs'
import { ask, tryState } from '../state.mjs'

const SHIFT = Number(process.env.VEKTOR_PORT_SHIFT ?? 0) + 30
const port = (usual) => usual + SHIFT
const NODE = `127.0.0.1:${port(9944)}`
const WS = `ws://${NODE}`
const [OWNER, RIVAL, CLIENT] = ['//Bob', '//Dave', '//Charlie']
const patient = { timeout: 600_000 }

// What emulated machines measure, and the versions that they run: `vektor-session`.
const MEASUREMENT = '02'.repeat(48)
const FLOOR = { Snp: { fmc: null, bootLoader: 4, tee: 1, snp: 22, microcode: 200 } }
// A report of an emulated GPU, and what it was asked with.
const GPU = fileURLToPath(new URL('../../../pallets/verifiers/nvidia/sample/', import.meta.url))
const [NONCE, AT] = ['05'.repeat(32), '1800000000']
const NUMBERS = [31_415_926, -27_182_818, 161_803]
const SUM = NUMBERS.reduce((sum, n) => sum + n)
// The sum of the numbers that it is given, and the negative of it. While it runs the sealed input is on the operator's disk.
const SERVE = `#!/bin/sh
sum=0
for number in $(cat); do sum=$((sum + number)); done
sleep 2
echo "$sum"
echo "$((-sum))"
`

const dir = mkdtempSync(join(tmpdir(), 'vektor-session-'))
const plain = join(dir, 'numbers.txt')
const [ours, rivals] = ['operator', 'rival'].map((name, i) => ({
	name,
	folder: join(dir, name),
	config: join(dir, name, 'config.toml'),
	listen: `127.0.0.1:${port(9955 + i)}`,
}))
const run = promisify(execFile)
let api, chain, alice, model, failed = true

const bin = (name) => join(process.env.VEKTOR_BIN, name)
const options = { env: { ...process.env, HOME: dir } }
const program = (name, file, args) => new Program(name, bin(file), args, { home: dir, log: join(dir, `${name}.log`) })
const vektor = async (...args) => JSON.parse((await run(bin('vektor'), ['--node', WS, '--json', ...args], options)).stdout)
// What the command says where it refuses.
const refused = (...args) => vektor(...args).then(() => assert.fail('refused'), ({ stderr }) => stderr)
const registration = ({ folder }) => JSON.parse(readFileSync(join(folder, 'registration.json')))
const sessions = ({ folder }) => vektor('session', registration({ folder }).operator)
const submit = (...more) => vektor('--key', CLIENT, 'submit', '--model', model, '--input', plain, ...more)

async function root(...calls) {
	const events = await chain.send(api, alice, api.tx.sudo.sudo(api.tx.utility.batchAll(calls)))
	const { sudoResult } = events.find(({ name }) => name === 'sudo.Sudid')
	assert.ok(sudoResult.isOk, `${sudoResult}`)
}

async function register({ config, listen }, owner) {
	const say = (...args) => run(bin('vektor-operator'), ['--config', config, ...args], options)
	await say('init', '--node', WS, '--listen', listen, '--endpoint', `http://${listen}`, '--class', 'H100', '--gpus', '1')
	await say('register', '--owner', owner)
}

// Both say that they have the same GPU.
function serve({ name, config }) {
	const script = join(dir, 'serve.sh')
	writeFileSync(script, SERVE, { mode: 0o755 })
	const table = `\n[session]\nplatform = "emulated"\ngpus = [7]\n\n[[session.model]]\nmodel = "${model}"\ncommand = ["${script}"]\n`
	appendFileSync(config, table)
	return program(name, 'vektor-operator', ['--config', config, 'run']).start()
}

before(async () => {
	assert.ok(process.env.VEKTOR_BIN, 'set VEKTOR_BIN: the folder of vektor-node, vektor-operator and vektor')
	assert.ok(process.env.VEKTOR_TRY_STATE, 'set VEKTOR_TRY_STATE: the program that checks every invariant of a state')
	await fetch(`http://${NODE}`).then(() => assert.fail(`${NODE} is taken: set VEKTOR_PORT_SHIFT`), () => {})
	const node = program('node', 'vektor-node', [
		...['--dev', '--base-path', join(dir, 'chain'), '--rpc-port', port(9944)].map(String),
		...['--no-prober', '--no-mdns', '--no-prometheus', '--listen-addr', `/ip4/127.0.0.1/tcp/${port(30333)}`],
	])
	await node.start().said(`addr=${NODE}`)
	await until('the node has a block', async () => Number((await ask(`http://${NODE}`, 'chain_getHeader')).number) > 0)
	// It connects as soon as it is loaded.
	process.env.VEKTOR_NODE = WS
	chain = await import('../chain.mjs')
	api = await chain.connect()
	alice = chain.developer('Alice')
	writeFileSync(plain, NUMBERS.join(' '))
	await register(ours, OWNER)
	failed = false
}, patient)

after(async () => {
	await api?.disconnect()
	await killAll()
	if (failed) console.error(`the logs and the chain are kept in ${dir}`)
	else rmSync(dir, { recursive: true, force: true })
})

// Each goes on where the one before it ended.
const test = (name, body) =>
	step(name, patient, async (t) => {
		if (failed) return t.skip('an earlier case failed and left things as they were')
		failed = true
		await body(t)
		failed = false
	})

test('a model names an image that governance allows', async () => {
	const terms = ['--artefact', plain, '--outputs', '2', '--price', '0.05', '--min-deadline', '20']
	const registering = ['--key', OWNER, 'model', 'register', '--session', `snp:${MEASUREMENT}`, ...terms]
	assert.match(await refused(...registering), /governance does not allow the image 0x/)

	const certificates = ['leaf.der', 'chip.der', 'model.der'].map((name) => join(GPU, name))
	const shown = ['--proof', join(GPU, 'report.bin'), '--nonce', NONCE, '--certificates', ...certificates]
	const { facts } = await vektor('verify', '--kind', 'nvidia', '--key', join(GPU, 'root.der'), '--at', AT, ...shown)
	const { allowImage } = api.tx.verification
	await root(
		allowImage({ Snp: `0x${MEASUREMENT}` }, FLOOR),
		allowImage({ GpuFirmware: facts.firmwareDigest }, 'Gpu'),
		allowImage({ GpuDriver: facts.driverDigest }, 'Gpu'),
	)
	const registered = await vektor(...registering)
	assert.deepEqual([registered.assurance, registered.setup, registered.outputs], ['Tee', 'Hardware', 2])
	model = registered.id
	const { scheme } = (await vektor('model', 'show', model)).model
	const [[image]] = (await api.query.verification.images.entries()).filter(([, floor]) => floor.unwrap().isSnp)
	assert.ok(JSON.stringify(scheme).includes(image.args[0].toHex()), JSON.stringify(scheme))
})

test('nothing is sealed to an operator without a session', async () => {
	const { operator } = registration(ours)
	assert.match(await refused('--key', CLIENT, 'submit', '--model', model, '--input', plain), new RegExp(`${operator} has attested none`))
	assert.deepEqual(await sessions(ours), [])
})

test('an input that only the enclave can read is answered, and the job is paid', async () => {
	serve(ours)
	await until('a session', async () => (await sessions(ours)).length)
	const [{ session }] = await sessions(ours)
	assert.deepEqual([session.current, session.devices.length], [true, 1])

	const { job } = await submit('--no-wait')
	const settled = chain.settled(api, job.id)
	const kept = join(ours.folder, 'jobs', `${job.id.slice(2)}.json`)
	const files = [readFileSync(kept, 'utf8')]
	const clients = join(dir, '.vektor', 'jobs')
	files.push(...readdirSync(clients).map((name) => readFileSync(join(clients, name), 'latin1')))
	const secret = NUMBERS.join(' ')
	for (const text of [secret, Buffer.from(secret).toString('hex')]) {
		assert.ok(files.every((file) => !file.includes(text)), 'the input is nowhere on a disk but where it came from')
	}
	// A salt, the key that it was sealed with and the tag beside it.
	assert.equal(JSON.parse(files[0]).payload.length / 2, secret.length + 32 + 32 + 16)

	const done = await vektor('job', job.id, '--wait')
	assert.equal(done.job.state, 'settled')
	assert.deepEqual(done.integers, [`${SUM}`, `${-SUM}`])
	assert.deepEqual([done.assurance, done.setup], ['Tee', 'Hardware'])
	const { assurance, setup } = await settled
	assert.deepEqual([`${assurance}`, `${setup}`], ['Tee', 'Hardware'])
})

test('a GPU has one operator', async () => {
	await register(rivals, RIVAL)
	const rival = serve(rivals)
	await rival.said(/DeviceInUse/)
	assert.deepEqual(await sessions(rivals), [])
	await rival.kill()
})

test('when something is trusted no more the agent attests anew by itself', async () => {
	const [{ session: before }] = await sessions(ours)
	const attested = chain.watch(api, 'another session', async ({ hash }) => {
		const records = await (await api.at(hash)).query.system.events()
		return records.some(({ event: { section, method } }) => `${section}.${method}` === 'verification.SessionAttested')
	})
	await root(api.tx.verification.revokeCertificate(`0x${'11'.repeat(32)}`, true))
	await attested
	const [{ session: now }] = await sessions(ours)
	assert.equal(now.current, true)
	assert.deepEqual(now.keys, before.keys, 'what was sealed before still opens')
	const { job, integers } = await submit()
	assert.equal(job.state, 'settled')
	assert.deepEqual(integers, [`${SUM}`, `${-SUM}`])
})

test('after all that every invariant holds', () => tryState(`http://${NODE}`))
