// A stake's whole life on a chain of its own whose time runs: staked, seen, voted with, held, ended by itself, taken out.
import { Keyring } from '@polkadot/api'
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { killAll, Program } from './processes.mjs'
import { tryState } from '../state.mjs'

const SHIFT = Number(process.env.VEKTOR_PORT_SHIFT ?? 0) + 80
const NODE = `127.0.0.1:${9944 + SHIFT}`
const dir = mkdtempSync(join(tmpdir(), 'vektor-vote-'))
const patient = { timeout: 600_000 }

const TOKEN = 10n ** 12n
const THOUSAND = 1_000n * TOKEN
// The general admin's, whose referenda need the least support.
const TRACK = 10
// A day of this chain's: a slot an hour, so that thirty days pass within a test.
const SLOTS = 24

const key = (path) => new Keyring({ type: 'sr25519', ss58Format: 42 }).addFromUri(path)
let api, chain, proposer, locker, saver, poll

before(async () => {
	assert.ok(process.env.VEKTOR_BIN, 'set VEKTOR_BIN: the folder of vektor-node and vektor')
	const bin = join(process.env.VEKTOR_BIN, 'vektor-node')
	await fetch(`http://${NODE}`).then(() => assert.fail(`${NODE} is taken: set VEKTOR_PORT_SHIFT`), () => {})
	const ports = ['--rpc-port', `${9944 + SHIFT}`, '--listen-addr', `/ip4/127.0.0.1/tcp/${30333 + SHIFT}`, '--no-prometheus']
	const buildSpec = ['build-spec', '--chain', 'vektor-dev', '--disable-default-bootnode']
	const spec = JSON.parse((await promisify(execFile)(bin, buildSpec, { maxBuffer: 1 << 26, env: { ...process.env, HOME: dir } })).stdout)
	spec.genesis.runtimeGenesis.patch.timing.durations.hour = 1
	writeFileSync(join(dir, 'spec.json'), JSON.stringify(spec))
	const args = ['--dev', '--chain', join(dir, 'spec.json'), '--sealing', 'interval=1', ...ports, '--base-path', join(dir, 'chain')]
	const node = new Program('node', bin, args, { home: dir, log: join(dir, 'node.log') })
	await node.start().said(`addr=${NODE}`)
	// It connects as soon as it is loaded.
	process.env.VEKTOR_NODE = `ws://${NODE}`
	chain = await import('../chain.mjs')
	api = await chain.connect()
	;[proposer, locker, saver] = ['//Alice', '//Bob', '//Charlie'].map(key)
})

after(async () => {
	await api?.disconnect()
	await killAll()
	rmSync(dir, { recursive: true, force: true })
})

const send = (who, call) => chain.send(api, who, call)
const refused = (who, code, call) => chain.refused(api, who.address, code, () => send(who, call))
const free = async (who) => (await api.query.system.account(who.address)).data.free.toBigInt()
const position = async (who) => (await chain.rpc('tokenomics_position', who.address))[0]
const referendum = async () => (await api.query.referenda.referendumInfoFor(poll)).unwrap()
const tally = async () => (await referendum()).asOngoing.tally
const near = (is, expected) => assert.ok(is <= expected && expected - is < 10n, `${is} is not ${expected}`)
const once = (balance, conviction = 'Locked1x') => ({ Standard: { vote: { aye: true, conviction }, balance } })

test('a stake is seen with its tier and its day', patient, async () => {
	const events = await send(locker, api.tx.lockStaking.stake(500n * THOUSAND, 1))
	const { expires } = events.find(({ name }) => name === 'lockStaking.Staked')
	await send(saver, api.tx.lockStaking.stake(100n * THOUSAND, 0))
	const { now, liquidAt, votes, worth } = await position(locker)
	// Thirty whole days from the end of the one that has begun; some may be over by now.
	assert.equal(liquidAt, expires.toNumber() * SLOTS)
	const left = liquidAt / SLOTS - Math.floor(now / SLOTS)
	assert.ok(left <= 31 && left > 20, `${left}`)
	assert.equal(votes, 1_500_000)
	near(BigInt(worth), 500n * THOUSAND)
	const tiers = await chain.rpc('tokenomics_apy')
	assert.deepEqual(tiers.map(({ days, yields }) => [days, yields]), [[0, 1_000_000], [30, 1_500_000], [90, 3_000_000]])
})

test('it votes with all its weight by one call, and as Polkadot.js votes', patient, async () => {
	const proposal = { Inline: api.tx.system.remark('0x01').method.toHex() }
	poll = (await api.query.referenda.referendumCount()).toNumber()
	await send(proposer, api.tx.referenda.submit({ Origins: 'GeneralAdmin' }, proposal, { After: 1 }))

	await refused(proposer, 'lockStaking.NoVotes', api.tx.lockStaking.vote(poll, 'Aye'))
	await refused(saver, 'lockStaking.OneConviction', api.tx.convictionVoting.vote(poll, once(THOUSAND, 'Locked6x')))
	await refused(saver, 'convictionVoting.InsufficientFunds', api.tx.convictionVoting.vote(poll, once(200n * THOUSAND)))
	await refused(saver, 'system.CallFiltered', api.tx.convictionVoting.delegate(TRACK, locker.address, 'Locked2x', THOUSAND))

	await send(saver, api.tx.convictionVoting.vote(poll, once(90n * THOUSAND)))
	assert.equal((await tally()).ayes.toBigInt(), 90n * THOUSAND)
	await send(saver, api.tx.lockStaking.vote(poll, 'Aye'))
	near((await tally()).ayes.toBigInt(), 100n * THOUSAND)

	// What is not being decided yet may outlast thirty days; what is ends before.
	await send(proposer, api.tx.referenda.placeDecisionDeposit(poll))
	await chain.watch(api, 'the decision', async () => (await referendum()).asOngoing.deciding.isSome)
	await send(locker, api.tx.lockStaking.vote(poll, 'Aye'))
	near((await tally()).ayes.toBigInt(), 850n * THOUSAND)
	const casting = (await api.query.convictionVoting.votingFor(locker.address, TRACK)).asCasting
	assert.equal(casting.votes.length, 1)
})

test('it stays while it votes, and the referendum is decided', patient, async () => {
	await refused(locker, 'lockStaking.StillLocked', api.tx.lockStaking.unstake((await position(locker)).position, null))
	const { position: liquid } = await position(saver)
	await refused(saver, 'lockStaking.VotesRunning', api.tx.lockStaking.unstake(liquid, null))
	await chain.watch(api, 'the decision', async () => (await referendum()).isApproved)
	await send(saver, api.tx.convictionVoting.removeVote(TRACK, poll))
	await send(saver, api.tx.convictionVoting.unlock(TRACK, saver.address))
	// Whoever won stays for a week more.
	await refused(saver, 'lockStaking.VotesRunning', api.tx.lockStaking.unstake(liquid, null))
})

test('its lock ends by itself, and it comes back with its yield', patient, async () => {
	await chain.watch(api, 'the end of the lock', async () => (await position(locker)).liquidAt === 0)
	const { position: number, worth, principal, votes } = await position(locker)
	assert.equal(votes, 1_000_000)
	assert.equal(BigInt(principal), 500n * THOUSAND)
	assert.ok(BigInt(worth) > 500n * THOUSAND)
	await refused(locker, 'lockStaking.VotesRunning', api.tx.lockStaking.unstake(number, null))
	await send(locker, api.tx.convictionVoting.removeVote(TRACK, poll))
	await send(locker, api.tx.convictionVoting.unlock(TRACK, locker.address))
	const had = await free(locker)
	await send(locker, api.tx.lockStaking.unstake(number, null))
	const back = (await free(locker)) - had
	assert.ok(back >= BigInt(worth) - TOKEN, `${back} of ${worth}`)
	assert.deepEqual(await chain.rpc('tokenomics_position', locker.address), [])
})

const skip = !process.env.VEKTOR_TRY_STATE && 'set VEKTOR_TRY_STATE: the program that checks every invariant of a state'
test('after all that every invariant holds', { ...patient, skip }, () => tryState(`http://${NODE}`))
