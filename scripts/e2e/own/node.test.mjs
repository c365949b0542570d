// The node's commands on a chain of their own: blocks out of one database and into another, and a block for each transaction.
import { ApiPromise, Keyring, WsProvider } from '@polkadot/api'
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { killAll, Program, until } from './processes.mjs'
import { ask } from '../state.mjs'

const SHIFT = Number(process.env.VEKTOR_PORT_SHIFT ?? 0) + 60
const NODE = `127.0.0.1:${9944 + SHIFT}`
const dir = mkdtempSync(join(tmpdir(), 'vektor-node-'))
const file = join(process.env.VEKTOR_BIN ?? '', 'vektor-node')

after(async () => {
	await killAll()
	rmSync(dir, { recursive: true, force: true })
})

async function start(name, ...args) {
	const ports = ['--rpc-port', `${9944 + SHIFT}`, '--listen-addr', `/ip4/127.0.0.1/tcp/${30333 + SHIFT}`, '--no-prometheus']
	const node = new Program(name, file, ['--dev', ...ports, ...args], { home: dir, log: join(dir, `${name}.log`) }).start()
	await node.said(`addr=${NODE}`)
	return node
}

const rpc = (method, ...params) => ask(`http://${NODE}`, method, ...params)
const command = (name, base, ...args) =>
	promisify(execFile)(file, [name, ...args, '--chain', 'vektor-dev', '--base-path', join(dir, base)], { maxBuffer: 1 << 26 })
const info = async (base) => JSON.parse((await command('chain-info', base)).stdout)

const skip = process.env.VEKTOR_LONG !== '1' && 'eight starts of the node: with VEKTOR_LONG=1'
test('blocks are exported, checked, imported elsewhere and taken back', { timeout: 600_000, skip }, async () => {
	const node = await start('first', '--base-path', join(dir, 'first'))
	await until('six blocks', async () => Number((await rpc('chain_getHeader')).number) >= 6)
	node.mayEnd().child.kill('SIGTERM')
	await node.closed

	const first = await info('first')
	await command('check-block', 'first', '3')
	const blocks = join(dir, 'blocks')
	await command('export-blocks', 'first', '--from', '1', blocks)
	await command('import-blocks', 'second', blocks)
	const second = await info('second')
	assert.deepEqual([second.genesis_hash, second.best_hash], [first.genesis_hash, first.best_hash])
	await command('revert', 'second', '2')
	assert.equal((await info('second')).best_number, first.best_number - 2)
	await command('purge-chain', 'second', '-y')
	assert.equal((await info('second')).best_number, 0)
})

test('with instant sealing each transaction has a block, final at once', { timeout: 600_000 }, async () => {
	const node = await start('instant', '--tmp', '--sealing', 'instant')
	const api = await ApiPromise.create({ provider: new WsProvider(`ws://${NODE}`), noInitWarn: true })
	try {
		const [alice, bob] = ['//Alice', '//Bob'].map((name) => new Keyring({ type: 'sr25519' }).addFromUri(name))
		const height = async () => (await api.rpc.chain.getHeader()).number.toNumber()
		const from = await height()
		for (const amount of [1, 2, 3]) {
			await new Promise((done, fail) => {
				const call = api.tx.balances.transferKeepAlive(bob.address, BigInt(amount) * 10n ** 12n)
				call.signAndSend(alice, { nonce: -1 }, ({ status }) => status.isFinalized && done()).catch(fail)
			})
			assert.equal(await height(), from + amount)
		}
		assert.equal(`${await api.rpc.chain.getFinalizedHead()}`, `${await api.rpc.chain.getBlockHash()}`)
	} finally {
		await api.disconnect()
		await node.kill()
	}
})
