// docs/operate/validate.md, word for word: a stranger's node beside one other validator, elected, paid, left with its bond. It fails when the guide goes
// stale. And deploy/: what it says of the node is true of this one.
import { Keyring } from '@polkadot/api'
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { killAll, Program, until } from './processes.mjs'
import { ask, tryState } from '../state.mjs'

const SHIFT = Number(process.env.VEKTOR_PORT_SHIFT ?? 0) + 700
const [ALICE, GUIDE, METRICS] = [9944, 9945, 9616].map((port) => `127.0.0.1:${port + SHIFT}`)
const port = (address) => address.split(':')[1]
const p2p = (n) => `/ip4/127.0.0.1/tcp/${30332 + SHIFT + n}`
// Of the network key 1, as in scripts/network.
const [ALICES_KEY, ALICES_ID] = ['1'.padStart(64, '0'), '12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp']
const at = (path) => new URL(`../../../${path}`, import.meta.url)
const read = (path) => readFileSync(at(path), 'utf8')
const dir = mkdtempSync(join(tmpdir(), 'vektor-validator-'))
const bin = (name) => join(process.env.VEKTOR_BIN, name)
const patient = { timeout: 600_000 }

const TOKEN = 10n ** 12n
const CAP = 10n ** 9n * TOKEN
// What the guide's first lines set.
const SETTINGS = { CHAIN: join(dir, 'spec.json'), KEY: '//Eve', BOND: '100000' }
// Sessions and eras of five slots of a second; a bond is free after an era. A round is an hour of the chain's at least, and one ends in every era.
const DURATIONS = { slotMs: 1000, epochSlots: 5, sessionsPerEra: 1, bondingEras: 1, slashDeferEras: 0, historyEras: 4, hour: 1 }
const ROUND = 4

const blocks = [...read('docs/operate/validate.md').matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block]) => block)
const [settings, networkKey, start, join_, status, move, leave, withdraw] = blocks
const commands = (block) => block.split('\n').filter((line) => line.trim() && !line.startsWith('#'))

// The block style of YAML, and what it says: no anchors, no folding.
function yaml(text) {
	const lines = text.split('\n').filter((line) => /^ *[^ #]/.test(line))
	const depth = (line) => line.search(/[^ ]/)
	const isItem = (line) => line.trim().startsWith('- ')
	const scalar = (word) => {
		const quoted = word.match(/^'(.*)'$/)?.[1]
		assert.ok(quoted ?? !/^[!&*{}|>%@`"',-]|: | #|:$/.test(word), `quote it: ${word}`)
		return quoted ?? word
	}
	const value = (from) => {
		const isList = isItem(lines[0])
		const all = isList ? [] : {}
		while (lines.length && depth(lines[0]) === from && isItem(lines[0]) === isList) {
			if (isList) {
				lines[0] = lines[0].replace('- ', '  ')
				all.push(/^ *\w+:( |$)/.test(lines[0]) ? value(from + 2) : scalar(lines.shift().trim()))
				continue
			}
			const line = lines.shift()
			const [, key, rest] = line.match(/^ *(\w+):(?: (.+))?$/) ?? assert.fail(line)
			assert.ok(!(key in all), line)
			all[key] = rest ? scalar(rest) : value(depth(lines[0]))
		}
		return all
	}
	const all = value(0)
	assert.deepEqual(lines, [])
	return all
}

const eve = new Keyring({ type: 'sr25519', ss58Format: 42 }).addFromUri(SETTINGS.KEY)
const ferdie = new Keyring({ type: 'sr25519', ss58Format: 42 }).addFromUri('//Ferdie')
const [seen, faults] = [new Set(), []]
// A program that ends at once leaves nothing to wait for, and this process would end before it says so.
const awake = setInterval(() => {}, 1000)
let api, chain, stop, node, keys

// Word for word, as another shell of the stranger's.
const bash = (block) => promisify(execFile)('bash', ['-e', '-c', block], { maxBuffer: 1 << 26 })
const json = async (...args) => JSON.parse((await promisify(execFile)('vektor', [...args, '--json'])).stdout)
// What the guide quotes of `status`. The guide's node may be a moment behind the other.
const tells = (pattern) => until(`status tells ${pattern}`, async () => pattern.test((await bash(status)).stdout))
const stands = () => json('validator', 'status', SETTINGS.KEY)

// Two that make blocks a second apart often make two in one slot, and `vektor` waits for a block, not for its finality.
async function transact(block) {
	const nonce = async () => (await (await api.at(await api.rpc.chain.getFinalizedHead())).query.system.account(eve.address)).nonce.toNumber()
	const before = await nonce()
	const { stdout } = await bash(block)
	await chain.watch(api, 'its finality', async () => (await nonce()) > before)
	return stdout
}

const elected = async () => (await api.query.session.validators()).some((who) => who.eq(eve.address))
const era = async () => (await api.query.staking.activeEra()).unwrap().index.toNumber()
const ledger = async (hash) => (await (hash ? await api.at(hash) : api).query.staking.ledger(eve.address)).unwrapOr(null)
const bonded = async (hash) => (await ledger(hash))?.active.toBigInt() ?? 0n

// The chain's own account of all tokens, which always sums up.
async function supply(hash) {
	const said = await chain.rpc('tokenomics_supply', hash)
	seen.add(hash)
	const burned = said.burned.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
	if (BigInt(said.cap) !== CAP || BigInt(said.issued) + burned !== CAP) faults.push(`${hash}: ${JSON.stringify(said)}`)
	return said
}
const pot = ({ pots }, name) => BigInt(pots.find((pot) => pot.name === name).balance)

before(async () => {
	assert.ok(process.env.VEKTOR_BIN, 'set VEKTOR_BIN: the folder of vektor-node and vektor')
	for (const address of [ALICE, GUIDE]) {
		await fetch(`http://${address}`).then(() => assert.fail(`${address} is taken: set VEKTOR_PORT_SHIFT`), () => {})
	}
	const buildSpec = ['build-spec', '--chain', 'vektor-local', '--disable-default-bootnode']
	const spec = JSON.parse((await promisify(execFile)(bin('vektor-node'), buildSpec, { maxBuffer: 1 << 26, env: { ...process.env, HOME: dir } })).stdout)
	const { patch } = spec.genesis.runtimeGenesis
	for (const list of [patch.staking.stakers, patch.session.keys]) list.splice(1)
	Object.assign(patch.timing.durations, DURATIONS)
	patch.supply.parameters.roundLength = ROUND
	spec.bootNodes = [`${p2p(1)}/p2p/${ALICES_ID}`]
	writeFileSync(SETTINGS.CHAIN, JSON.stringify(spec))

	// The guide's commands name no port: these add it, so that other chains may run beside. Nothing is found but by the spec.
	const run = `--rpc-port ${port(GUIDE)} --prometheus-port ${port(METRICS)} --listen-addr ${p2p(2)} --no-mdns`
	const wrapped = {
		'vektor-node': `case "$1" in key) exec '${bin('vektor-node')}' "$@" ;; *) exec '${bin('vektor-node')}' "$@" ${run} ;; esac`,
		vektor: `exec '${bin('vektor')}' "$@" --node ws://${GUIDE}`,
	}
	mkdirSync(join(dir, 'bin'))
	for (const [name, line] of Object.entries(wrapped)) writeFileSync(join(dir, 'bin', name), `#!/bin/sh\n${line}\n`, { mode: 0o755 })
	delete process.env.XDG_DATA_HOME
	Object.assign(process.env, SETTINGS, { PATH: `${join(dir, 'bin')}:${process.env.PATH}`, HOME: dir })

	// It is asked about every block: with its states, of forks too.
	const keeps = ['--base-path', join(dir, 'alice'), '--state-pruning', 'archive']
	const net = ['--node-key', ALICES_KEY, '--rpc-port', port(ALICE), '--listen-addr', p2p(1), '--no-prometheus', '--no-mdns']
	const args = ['--chain', SETTINGS.CHAIN, '--alice', ...keeps, ...net]
	await new Program('Alice', bin('vektor-node'), args, { home: dir, log: join(dir, 'alice.log') }).start().said(`addr=${ALICE}`)
	// It connects as soon as it is loaded.
	process.env.VEKTOR_NODE = `ws://${ALICE}`
	chain = await import('../chain.mjs')
	api = await chain.connect()
	stop = await api.rpc.chain.subscribeNewHeads(({ hash }) => supply(hash.toHex()).catch((error) => faults.push(error.message)))
})

after(async () => {
	clearInterval(awake)
	stop?.()
	await api?.disconnect()
	await killAll()
	rmSync(dir, { recursive: true, force: true })
})

test('from a built node to being elected it takes five commands at most', () => {
	assert.equal(blocks.length, 8, 'settings, network key, start, join, status, move, leave, withdraw')
	assert.deepEqual(commands(settings).map((line) => line.match(/^(\w+)=\S/)?.[1]), Object.keys(SETTINGS))
	const needed = [networkKey, start, join_, status].flatMap(commands)
	assert.ok(needed.length <= 5, needed.join('\n'))
	// Then bash becomes the node, and what ends the one ends the other.
	assert.equal(commands(start).length, 1)
})

test('the node starts, finds the network by its spec and follows it', patient, async () => {
	await bash(networkKey)
	node = new Program('the guide', 'bash', ['-c', start], { home: dir, log: join(dir, 'guide.log') })
	await node.start().said(`addr=${GUIDE}`)
	await until('it follows', async () => {
		const [health, head] = await Promise.all([ask(`http://${GUIDE}`, 'system_health'), ask(`http://${GUIDE}`, 'chain_getHeader')])
		const ahead = (await api.rpc.chain.getHeader()).number.toNumber() - Number(head.number)
		return health.peers === 1 && !health.isSyncing && Number(head.number) > 0 && ahead < 3
	})
})

test('keys with the proof of another account are refused', patient, async () => {
	const made = await json('validator', 'keys', '--owner', eve.address)
	const call = api.tx.session.setKeys(made.keys, made.proof)
	await chain.refused(api, ferdie.address, 'session.InvalidProof', () => chain.send(api, ferdie, call))
	assert.ok((await api.query.session.nextKeys(ferdie.address)).isNone)
})

test('it joins and is elected', patient, async () => {
	assert.match(await transact(join_), /^Bonded +100000 VKTR.*\nKeys .*, of this node\nElection +stands for it/m)
	assert.equal(await bonded(), BigInt(SETTINGS.BOND) * TOKEN)
	await chain.watch(api, 'the election', elected)
	await tells(/^Keys .*, of this node\nElection +in this session's set/m)
	;({ keys } = await stands())
})

test('it makes blocks, and is paid out of the era pot by the chain itself', patient, async () => {
	const authored = async () => {
		const { individual } = await api.query.staking.erasRewardPoints(await era())
		return [...individual].some(([who, points]) => who.eq(eve.address) && points.toNumber() > 0)
	}
	await chain.watch(api, 'a block of its own', authored)
	await node.said(/Prepared block for proposing/)
	await node.said(/Idle \(1 peers\), best: #/)
	const { hash, before, events } = await chain.watch(api, 'its pay', async ({ hash, parentHash }) => {
		const events = (await (await api.at(hash)).query.system.events()).map(({ event }) => event)
		const isPaid = events.some((event) => api.events.staking.Rewarded.is(event) && event.data.stash.eq(eve.address))
		return isPaid && { hash: hash.toHex(), before: parentHash.toHex(), events }
	})
	const sum = (kind, field, of = () => true) =>
		events.filter((event) => kind.is(event) && of(event.data)).reduce((sum, { data }) => sum + data[field].toBigInt(), 0n)
	const { Rewarded } = api.events.staking
	const paid = sum(Rewarded, 'amount')
	// A round may have ended in the same block.
	const added = sum(api.events.supply.RoundEnded, 'validators')
	const [was, is] = [await supply(before), await supply(hash)]
	assert.ok(pot(was, 'era rewards') + added - pot(is, 'era rewards') >= paid, `${paid} did not come out of the era pot`)
	assert.equal(was.issued, is.issued)
	assert.equal((await bonded(hash)) - (await bonded(before)), sum(Rewarded, 'amount', ({ stash }) => stash.eq(eve.address)))
})

test('every metric that deploy/ names is served', patient, async () => {
	const served = await (await fetch(`http://${METRICS}/metrics`)).text()
	const names = new Set([...served.matchAll(/^(\w+)/gm)].map(([name]) => name))
	for (const file of ['deploy/alerts.yml', 'deploy/grafana.json']) {
		const named = new Set(read(file).match(/\bsubstrate_\w+/g))
		assert.ok(named.size > 3, file)
		assert.deepEqual([...named].filter((name) => !names.has(name)), [], file)
	}
})

test('the files of deploy/ can be read, and start the node as the guide does', () => {
	const { panels, uid } = JSON.parse(read('deploy/grafana.json'))
	assert.ok(uid && panels.length > 5)
	for (const { title, targets } of panels) assert.ok(title && targets.every(({ expr }) => expr), title)
	const { rule_files: [rules], scrape_configs: jobs } = yaml(read('deploy/prometheus.yml'))
	assert.equal(rules, 'alerts.yml')
	const named = jobs.map((job) => job.job_name)
	for (const { alert, expr, labels, annotations, ...rest } of yaml(read('deploy/alerts.yml')).groups.flatMap(({ rules }) => rules)) {
		assert.ok(alert && expr && rest.for && labels.severity && annotations.summary, alert)
		// A job by another name would never alarm.
		for (const [, job] of expr.matchAll(/job="([^"]+)"/g)) assert.ok(named.includes(job), `${alert}: ${job}`)
	}
	// What it is called and where it keeps its data is the server's.
	const options = start.replaceAll('"', '').split(/\s+/).filter((word) => word.startsWith('--'))
	assert.ok(options.includes('--validator'))
	const unit = read('deploy/vektor-node.service').match(/^ExecStart=.*$/m)[0].split(' ')
	const image = JSON.parse(read('deploy/Containerfile').match(/^CMD (.*)$/m)[1])
	for (const option of options) assert.ok(unit.includes(option) && image.includes(option), option)
})

test('it moves to new keys and goes on', patient, async () => {
	await transact(move)
	const now = await stands()
	assert.notEqual(now.keys, keys)
	assert.deepEqual([now.keysHere, now.commission], [true, 50_000_000])
	const inForce = await chain.watch(api, 'the new keys in force', async ({ number }) => {
		const authorities = await api.query.babe.authorities()
		return authorities.some(([key]) => now.keys.startsWith(key.toHex())) && number.toNumber()
	})
	// Of two neither is final without the other.
	await chain.watch(api, 'finality by the new keys', async () => {
		const { number } = await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead())
		return number.toNumber() > inForce + 1
	})
})

test('it leaves, and withdraws its bond with all that it earned', patient, async () => {
	const had = (await api.query.system.account(eve.address)).data.free.toBigInt()
	const bond = await bonded()
	await transact(leave)
	await chain.watch(api, 'the end of its last set', async () => !(await elected()))
	await tells(/^Election +does not stand$/m)
	let last = await era()
	while ((await api.query.staking.erasStakersOverview(last, eve.address)).isNone) last -= 1
	await chain.watch(api, 'its last pay', async () => (await api.query.staking.claimedRewards(last, eve.address)).length > 0)
	// What it was paid since it left is free.
	assert.equal(await bonded(), 0n)
	await chain.watch(api, 'the end of the bonding time', async () => {
		const due = await era()
		return (await ledger()).unlocking.every((chunk) => chunk.era.toNumber() <= due)
	})
	// All of it.
	await tells(/^Bonded .*(\nUnbonding .* takes it out)+\nKeys/m)
	await transact(withdraw)
	assert.equal(await ledger(), null)
	assert.ok((await api.query.session.nextKeys(eve.address)).isNone)
	const { data } = await api.query.system.account(eve.address)
	assert.equal(data.reserved.toBigInt(), 0n)
	assert.ok(data.free.toBigInt() > had + bond, `${data.free}`)
})

test('what exists and what was burned were the cap in every block', () => {
	assert.deepEqual(faults, [])
	assert.ok(seen.size > 30, `${seen.size}`)
})

const skip = !process.env.VEKTOR_TRY_STATE && 'set VEKTOR_TRY_STATE: the program that checks every invariant of a state'
test('after all that every invariant holds', { ...patient, skip }, () => tryState(`http://${ALICE}`))
