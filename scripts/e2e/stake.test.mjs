// Lock staking as a wallet does it: the call, the position, the day on which it is liquid.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { connect, developer, heir, refused, rpc, send } from './chain.mjs'

const TOKEN = 10n ** 12n
let api, who

before(async () => {
	api = await connect()
	who = await heir(api, developer('Dave'), '//staker', { vktr: 1_000n * TOKEN })
})
after(() => api?.disconnect())

const stake = (amount, tier) => send(api, who, api.tx.lockStaking.stake(amount, tier))
const positions = () => rpc('tokenomics_position', who.address)
const free = async () => (await api.query.system.account(who.address)).data.free.toBigInt()

test('the tiers are in the chain for everybody to read', async () => {
	const tiers = await api.query.lockStaking.tierTable()
	assert.deepEqual(tiers.map(({ days, yields }) => [days.toNumber(), yields.toNumber()]), [[0, 1_000_000], [30, 1_500_000], [90, 3_000_000]])
})

test('a stake leaves the account and is shown with what it is worth and when it is liquid', async () => {
	const before = await free()
	await stake(100n * TOKEN, 0)
	const events = await stake(200n * TOKEN, 2)
	const { expires } = events.find(({ name }) => name === 'lockStaking.Staked')
	assert.ok(before - (await free()) >= 300n * TOKEN)
	const [liquid, locked] = await positions()
	assert.ok(BigInt(liquid.worth) >= 100n * TOKEN - 1n && BigInt(locked.worth) >= 200n * TOKEN - 1n)
	assert.equal(locked.principal, `${200n * TOKEN}`)
	assert.equal(liquid.liquidAt, 0)
	// Ninety whole days of 120 slots from the end of the one that has begun.
	assert.equal(locked.liquidAt, expires.toNumber() * 120)
	const left = locked.liquidAt / 120 - Math.floor(locked.now / 120)
	assert.ok(left === 91 || left === 90, `${left}`)
	const rows = (await rpc('tokenomics_money', who.address)).filter(({ what }) => what === 'lock stake')
	assert.deepEqual(rows.map(({ by }) => by), ['lockStaking.unstake', 'lockStaking.unstake'])
})

test('a locked stake stays, a lock is never made shorter, and less than the least is no stake', async () => {
	const [, locked] = await positions()
	const call = (name, ...args) => () => send(api, who, api.tx.lockStaking[name](...args))
	await refused(api, who.address, 'lockStaking.StillLocked', call('unstake', locked.position, null))
	await refused(api, who.address, 'lockStaking.Shortens', call('extend', locked.position, 1))
	await refused(api, who.address, 'lockStaking.BelowMinimum', call('stake', TOKEN - 1n, 0))
	await refused(api, who.address, 'lockStaking.UnknownTier', call('stake', TOKEN, 3))
	await refused(api, who.address, 'lockStaking.UnknownPosition', call('unstake', 77, null))
})

test('a liquid stake comes back, a part of it and then all', async () => {
	const [{ position }] = await positions()
	const before = await free()
	await send(api, who, api.tx.lockStaking.unstake(position, 40n * TOKEN))
	await send(api, who, api.tx.lockStaking.unstake(position, null))
	const back = (await free()) - before
	assert.ok(back > 99n * TOKEN && back <= 101n * TOKEN, `${back}`)
	assert.equal((await positions()).length, 1)
})
