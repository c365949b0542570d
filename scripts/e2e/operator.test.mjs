// The whole life of an operator as Polkadot.js shows it: every call by name, every event with fields that speak, every refusal with its
// reason. What votes do on a real chain, sudo does here.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { connect, developer, heir, refused, rpc, send, watch } from './chain.mjs'

const ONE = 10n ** 12n
const sudo = developer('Alice')
let api, owner, agent, id

const signed = (who, section, method, ...args) => send(api, who, api.tx[section][method](...args))
const named = (events, name) => events.find((event) => event.name === name) ?? assert.fail(`no ${name} in ${events.map((event) => event.name)}`)
const info = () => rpc('operators_get', id.toHex())
const no = (code, who, method, ...args) => refused(api, who.address, `operators.${code}`, () => signed(who, 'operators', method, ...args))

// As root; the events, or the error that root's call ended with.
async function root(method, ...args) {
	const events = await signed(sudo, 'sudo', 'sudo', api.tx.operators[method](...args))
	assert.ok(named(events, 'sudo.Sudid').sudoResult.isOk, `${method}: ${named(events, 'sudo.Sudid').sudoResult}`)
	return events
}

before(async () => {
	api = await connect()
	const path = `//life${Date.now()}`
	owner = await heir(api, developer('Eve'), path, { vktr: 200n * ONE, micro: 0n })
	agent = await heir(api, developer('Eve'), `${path}agent`, { vktr: 5n * ONE, micro: 0n })
})
after(() => api?.disconnect())

test('an operator joins with what the chain takes and is told why not with what it does not', async () => {
	const join = (klass, gpus, uplink, collateral) => [agent.address, klass, gpus, 'eu-west', uplink, 'http://127.0.0.1:9955', collateral]
	await no('UnknownClass', owner, 'register', ...join('RTX-4090', 1, 10, 50n * ONE))
	await no('ClassDisabled', owner, 'register', ...join('B200', 1, 10, 100n * ONE))
	await no('UplinkTooSlow', owner, 'register', ...join('H100', 1, 9, 50n * ONE))
	const registered = named(await signed(owner, 'operators', 'register', ...join('H100', 1, 10, 12n * ONE)), 'operators.Registered')
	assert.equal(`${registered.owner}`, owner.address)
	id = registered.operator
	// A quarter of 50 is enough to start.
	await no('CollateralTooLow', agent, 'activate', id)
	named(await signed(owner, 'operators', 'bondExtra', id, ONE), 'operators.CollateralAdded')
	named(await signed(agent, 'operators', 'activate', id), 'operators.Activated')
	const { status, required, collateral, reputation, reach } = await info()
	assert.deepEqual([status, required, collateral, reach], ['Active', `${50n * ONE}`, `${13n * ONE}`, 'Unproved'])
	assert.ok(reputation > 0 && reputation <= 500)
	assert.ok((await rpc('operators_list', { owner: owner.address })).length === 1)
})

test('maintenance is declared within its budget', async () => {
	const budget = api.consts.operators.maintenanceBudget.toNumber()
	await no('BudgetSpent', agent, 'declareMaintenance', id, budget + 1)
	const { until } = named(await signed(agent, 'operators', 'declareMaintenance', id, 2), 'operators.MaintenanceDeclared')
	assert.ok(until.toNumber() > 0)
	await no('InMaintenance', agent, 'declareMaintenance', id, 1)
})

test('an accusation waits, is shown, can be cancelled, and else takes its part and burns it', async () => {
	const accuse = (number) => ['SlowResponses', `0x${`${number}`.padStart(64, '0')}`, null, null]
	const first = named(await root('reportOffence', id, ...accuse(1)), 'operators.Accused')
	const [shown] = await rpc('operators_cases', id.toHex())
	// 1 % of 13, which is less than what is required.
	assert.deepEqual([shown.offence, BigInt(shown.amount)], ['SlowResponses', (13n * ONE) / 100n])
	const held = (await rpc('tokenomics_money', owner.address)).find(({ what }) => what === 'collateral')
	assert.ok(held, 'the collateral is shown')
	named(await root('cancelSlash', first.case), 'operators.SlashCancelled')
	assert.deepEqual(await rpc('operators_cases', id.toHex()), [])

	const second = named(await root('reportOffence', id, 'NetworkAttack', `0x${'2'.padStart(64, '0')}`, null, null), 'operators.Accused')
	await no('Barred', agent, 'activate', id)
	const slashed = await watch(api, 'the slash', async ({ hash }) => {
		const events = await (await api.at(hash)).query.system.events()
		return events.map(({ event }) => event).find((event) => api.events.operators.Slashed.is(event) && event.data.case.eq(second.case))
	})
	const { taken, burned } = slashed.data
	assert.deepEqual([taken.toBigInt(), burned.toBigInt()], [(13n * ONE * 15n) / 100n, (13n * ONE * 15n) / 100n])
	assert.equal(BigInt((await info()).collateral), (13n * ONE * 85n) / 100n)
})

test('who is banned does not come again until it is pardoned, and then leaves with what is left', async () => {
	named(await root('blacklist', id), 'operators.Barred')
	assert.deepEqual([(await info()).status, (await info()).barred], ['Blacklisted', 4294967295])
	await no('Banned', owner, 'register', sudo.address, 'H100', 1, 'eu-west', 10, 'http://127.0.0.1:9955', 13n * ONE)
	named(await root('pardon', owner.address, id), 'operators.Pardoned')
	named(await signed(owner, 'operators', 'unbond', id), 'operators.UnbondingStarted')
	await no('StillBonded', owner, 'withdrawUnbonded', id)
	await no('Leaving', agent, 'activate', id)
})
