// Where every token is, on a chain of its own whose time runs: each block moves it by a slot, as fast as blocks are made.
import { Keyring } from '@polkadot/api'
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { killAll, Program } from './processes.mjs'
import { tryState } from '../state.mjs'

const SHIFT = Number(process.env.VEKTOR_PORT_SHIFT ?? 0) + 70
const NODE = `127.0.0.1:${9944 + SHIFT}`
const LAUNCH = new URL('../../../docs/operate/launch.md', import.meta.url)
const dir = mkdtempSync(join(tmpdir(), 'vektor-supply-'))
const bin = (name) => join(process.env.VEKTOR_BIN ?? '', name)
const patient = { timeout: 600_000 }

const TOKEN = 10n ** 12n
const MILLION = 1_000_000n * TOKEN
const CAP = 1_000n * MILLION
// Q1.
const TABLE = {
	'Provider Rewards': 350n * MILLION,
	'Community Treasury': 200n * MILLION,
	'Team & Advisors': 150n * MILLION,
	'Early Investors': 100n * MILLION,
	'Public Sale': 100n * MILLION,
	'Ecosystem Development': 50n * MILLION,
	'Liquidity Provisions': 50n * MILLION,
}
// Twelve months of 730.5 hours, and an hour of a dev chain has five slots.
const YEAR = 43_830n
// Of the sale a quarter is free at once, the rest comes over that time.
const [FREE, LATER] = [25n * MILLION, 75n * MILLION]
const A_SLOT = LATER / YEAR + 1n

const key = (path) => new Keyring({ type: 'sr25519', ss58Format: 42 }).addFromUri(path)
// From what Polkadot.js counts in: codecs here, bare BNs there.
const int = (number) => BigInt(number.toString())
const sum = (rows, field) => rows.reduce((sum, row) => sum + BigInt(row[field]), 0n)
const near = (is, expected, what) => {
	const off = is > expected ? is - expected : expected - is
	assert.ok(off <= A_SLOT, `${what}: ${is} is ${off} away from ${expected}, more than a slot's share`)
}
let api, chain, holder, team, bob

before(async () => {
	assert.ok(process.env.VEKTOR_BIN, 'set VEKTOR_BIN: the folder of vektor-node and vektor')
	await fetch(`http://${NODE}`).then(() => assert.fail(`${NODE} is taken: set VEKTOR_PORT_SHIFT`), () => {})
	const ports = ['--rpc-port', `${9944 + SHIFT}`, '--listen-addr', `/ip4/127.0.0.1/tcp/${30333 + SHIFT}`, '--no-prometheus']
	// With all its states: what is asked about is soon some hundred blocks back.
	const keeps = ['--base-path', join(dir, 'chain'), '--state-pruning', 'archive']
	const args = ['--dev', '--chain', 'quiver-dev', '--sealing', 'interval=1', ...ports, ...keeps]
	const node = new Program('node', bin('vektor-node'), args, { home: dir, log: join(dir, 'node.log') })
	await node.start().said(`addr=${NODE}`)
	// It connects as soon as it is loaded.
	process.env.VEKTOR_NODE = `ws://${NODE}`
	chain = await import('../chain.mjs')
	api = await chain.connect()
	;[holder, team, bob] = ['//Alice//stash', '//One', '//Bob'].map(key)
})

after(async () => {
	await api?.disconnect()
	await killAll()
	rmSync(dir, { recursive: true, force: true })
})

const send = (who, call) => chain.send(api, who, call)
const refused = (who, code, call) => chain.refused(api, who.address, code, () => send(who, call))
const free = async (who) => (await api.query.system.account(who.address)).data.free.toBigInt()
const transferable = async (who) => (await api.derive.balances.all(who.address)).transferable.toBigInt()
const line = ({ locked, perBlock, startingBlock }) => [locked, perBlock, startingBlock].map(int)
const schedules = async (who) => (await api.query.vesting.vesting(who.address)).unwrap().map(line)
const best = () => api.rpc.chain.getBlockHash()

// Slots since the first block.
async function elapsed(at) {
	const [now, first] = await Promise.all([api.query.babe.currentSlot.at(at), api.query.babe.genesisSlot.at(at)])
	return now.toBigInt() - first.toBigInt()
}

// What the chain says, which always sums up.
async function supply(at) {
	const said = await chain.rpc('tokenomics_supply', at.toHex())
	assert.equal(BigInt(said.cap), CAP)
	assert.equal(BigInt(said.issued) + sum(said.burned, 'amount'), CAP)
	assert.equal(BigInt(said.circulating), BigInt(said.issued) - BigInt(said.vesting) - sum(said.pots, 'balance'))
	return said
}
const row = ({ allocations }, name) => allocations.find((row) => row.name === name)
const burned = (said) => BigInt(said.burned.find(({ cause }) => cause === 'voluntary').amount)

// The first block above that height with an event of that name, and the event's record.
const next = (name, height = 0) =>
	chain.watch(api, name, async ({ hash, number }) => {
		if (number.toNumber() <= height) return
		const records = await api.query.system.events.at(hash)
		const record = records.find(({ event: { section, method } }) => `${section}.${method}` === name)
		return record && { hash, record, height: number.toNumber() }
	})

// In a block that is so many slots further.
const pass = async (slots) => {
	const end = (await elapsed(await best())) + slots
	return chain.watch(api, `slot ${end}`, async ({ hash }) => (await elapsed(hash)) >= end && hash)
}

// A node that refuses to start leaves its temporary folder behind.
const options = { maxBuffer: 1 << 26, timeout: 300_000, env: { ...process.env, HOME: dir, TMPDIR: dir } }
const program = (name, ...args) => promisify(execFile)(bin(name), args, options)
const vektor = async (...args) => (await program('vektor', '--node', `ws://${NODE}`, ...args)).stdout

test('the table is that of the document, and every token is somewhere', patient, async () => {
	const at = await best()
	const said = await supply(at)
	const table = said.allocations.map(({ name, amount }) => [name, BigInt(amount)])
	assert.deepEqual(table, Object.entries(TABLE))
	assert.equal(sum(said.allocations, 'amount'), CAP)
	for (const name of ['Team & Advisors', 'Early Investors']) assert.equal(row(said, name).unlocked, '0')

	const then = await pass(50n)
	const [first, later] = [said, await supply(then)].map((said) => BigInt(row(said, 'Public Sale').unlocked))
	assert.ok(first >= FREE && later > first)
	assert.equal(first, FREE + (LATER * (await elapsed(at))) / YEAR)
	assert.equal(later, FREE + (LATER * (await elapsed(then))) / YEAR)
})

test('Polkadot.js shows what of the sale is still locked', patient, async () => {
	assert.deepEqual(await schedules(holder), [[LATER, A_SLOT, 0n]])

	const { freeBalance, frameSystemAccountInfo } = await api.derive.balances.account(holder.address)
	assert.deepEqual([freeBalance, frameSystemAccountInfo.frozen].map(int), [TABLE['Public Sale'] + TOKEN, LATER])

	const from = await elapsed(await best())
	const { vestingLocked, vestedClaimable, vesting, ...shown } = await api.derive.balances.all(holder.address)
	const until = await elapsed(await best())
	// The lock stays as it is until somebody calls `vest`.
	assert.deepEqual([vestingLocked, shown.transferable].map(int), [LATER, FREE + TOKEN])
	assert.deepEqual(vesting.map(line), [[LATER, A_SLOT, 0n]])
	near(int(vesting[0].endBlock) * A_SLOT, LATER, 'what is free at the last block')
	const claimable = int(vestedClaimable)
	assert.equal(int(vesting[0].vested), claimable)
	// It counts blocks where the chain counts slots: what a `vest` in the next block would set free, later where a slot had no
	// block, never earlier.
	assert.ok(claimable >= from * A_SLOT && claimable <= (until + 1n) * A_SLOT, `${claimable}, slots ${from} to ${until}`)
})

test('what has come free can be transferred after a vest, and not a unit more', patient, async () => {
	await pass(200n)
	const seen = next('vesting.VestingUpdated')
	const events = await send(holder, api.tx.vesting.vest())
	const fee = events.find(({ name }) => name === 'transactionPayment.TransactionFeePaid').actualFee.toBigInt()
	const { hash, record } = await seen
	const [can, slots] = [await transferable(holder), await elapsed(hash)]
	near(can + fee - TOKEN, FREE + (LATER * slots) / YEAR, 'what is free')
	// A slot's share is rounded up, and each of them counts.
	assert.equal(int(record.event.data.unvested), LATER - A_SLOT * slots)
	assert.equal(can + fee - TOKEN, FREE + A_SLOT * slots)

	const gift = (amount) => api.tx.balances.transferKeepAlive(bob.address, amount)
	await refused(holder, 'Token.Frozen', gift(can + 1n))
	const left = await transferable(holder)
	// The fee is paid out of the same.
	const most = left - (await gift(left).paymentInfo(holder)).partialFee.toBigInt() * 2n
	const had = await free(bob)
	await send(holder, gift(most))
	assert.equal(await free(bob), had + most)
})

test('the team sees a lump after a year and the rest, and can transfer nothing of it', patient, async () => {
	const all = TABLE['Team & Advisors']
	const [lump, rest] = [all / 4n, all - all / 4n]
	assert.deepEqual(await schedules(team), [
		[lump, lump, YEAR - 1n],
		[rest, rest / (3n * YEAR) + 1n, YEAR],
	])
	const { vestingLocked, vestedClaimable } = await api.derive.balances.all(team.address)
	assert.deepEqual([int(vestingLocked), int(vestedClaimable)], [all, 0n])

	// The token beside its share pays the fees.
	await refused(team, 'Token.Frozen', api.tx.balances.transferKeepAlive(bob.address, TOKEN))
	await send(team, api.tx.vesting.vest())
	await refused(team, 'Token.Frozen', api.tx.balances.transferKeepAlive(bob.address, TOKEN))
})

test('the airdrop is claimed once, by signature, to any account, and costs the sender nothing', patient, async () => {
	const wrapped = (message) => Buffer.concat([Buffer.from('<Bytes>'), message, Buffer.from('</Bytes>')])
	const claims = [
		{ claimant: key('//Eve//stash'), to: key(`//${Date.now()}//one`), amount: 1_000n * TOKEN, wrap: (message) => message },
		{ claimant: key('//Ferdie//stash'), to: key(`//${Date.now()}//two`), amount: 2_500n * TOKEN, wrap: wrapped },
	]
	const thief = key('//Mallory')
	const unclaimed = async () => BigInt((await supply(await best())).unclaimedAirdrop)
	for (const { claimant, to, amount, wrap } of claims) {
		assert.equal(await free(claimant), 0n)
		const message = Buffer.concat([Buffer.from('vektor:airdrop'), api.genesisHash.toU8a(), to.publicKey])
		const claim = (whom) => api.tx.supply.claimAirdrop(claimant.address, whom.address, { Sr25519: claimant.sign(wrap(message)) })
		await refused(bob, 'supply.BadSignature', claim(thief))
		const [had, open] = [await free(bob), await unclaimed()]
		const events = await send(bob, claim(to))
		assert.equal(events.find(({ name }) => name === 'supply.AirdropClaimed').amount.toBigInt(), amount)
		assert.deepEqual([await free(to), await free(bob), await unclaimed()], [amount, had, open - amount])
		await refused(bob, 'supply.NothingToClaim', claim(to))
	}
	assert.equal(await unclaimed(), 0n)
})

test('validators are paid by the chain itself, and nothing is minted for it', patient, async () => {
	let last = { height: 0, emitted: 0n }
	for (const era of ['an era', 'the next']) {
		const { hash, record, height } = await next('staking.Rewarded', last.height)
		// After the block's transactions, of which none is anybody's.
		assert.ok(record.phase.isFinalization, era)
		const { block } = await api.rpc.chain.getBlock(hash)
		assert.ok(block.extrinsics.every(({ isSigned }) => !isSigned), era)
		assert.ok(int(record.event.data.amount) > 0n, era)
		// An era is longer than a round.
		const emitted = BigInt((await supply(hash)).emission.validators)
		assert.ok(emitted > last.emitted, era)
		last = { height, emitted }
	}
})

test('what people burn is counted, and no other way is open', patient, async () => {
	const amount = 12_345_678_901_234n
	await refused(bob, 'system.CallFiltered', api.tx.balances.burn(amount, true))
	await refused(bob, 'supply.NothingToBurn', api.tx.supply.burn(0))
	const was = burned(await supply(await best()))
	await send(bob, api.tx.supply.burn(amount))
	assert.equal(burned(await supply(await best())), was + amount)
})

test('vektor supply shows the same to people and to programs', patient, async () => {
	// Amounts move while they are asked for.
	const parts = (value) => Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shape(part)]))
	const shape = (value) => (typeof value === 'object' ? parts(value) : typeof value)
	const table = ({ allocations }) => allocations.map(({ name, amount }) => [name, amount])
	const [said, printed] = [await supply(await best()), JSON.parse(await vektor('supply', '--json'))]
	assert.deepEqual(shape(printed), shape(said))
	assert.deepEqual(table(printed), table(said))

	const text = await vektor('supply')
	assert.match(text, /^cap +1,000,000,000 QUIV +100\.00 %$/m)
	assert.match(text, /^Team & Advisors +150,000,000 +15\.00 % +0 +0\.00 %$/m)
	assert.match(text, /^voluntary +12\.3456$/m)
})

const skip = !process.env.VEKTOR_TRY_STATE && 'set VEKTOR_TRY_STATE: the program that checks every invariant of a state'
test('after all that every invariant holds', { ...patient, skip }, () => tryState(`http://${NODE}`))

test('a production chain of Vektor needs a pool, which a beneficiary file names', patient, async () => {
	const buildSpec = (...args) => program('vektor-node', 'build-spec', '--chain', 'vektor', '--disable-default-bootnode', ...args)
	const no = ({ code, stderr }) => code === 1 && stderr.includes('pool.usdcProvider')
	await assert.rejects(buildSpec(), no)
	const start = ['--chain', 'vektor', '--tmp', '--no-prometheus', '--rpc-port', `${9945 + SHIFT}`]
	await assert.rejects(program('vektor-node', ...start), no)

	const file = join(dir, 'launch.json')
	writeFileSync(file, readFileSync(LAUNCH, 'utf8').match(/^```json\n([^]*?)^```$/m)[1])
	const { stdout } = await buildSpec('--beneficiaries', file)
	assert.equal(JSON.parse(stdout).id, 'vektor')
})
