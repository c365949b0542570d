// Every invariant of every pallet, over a running chain's whole state: node state.mjs http://127.0.0.1:9944
import { execFile } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

// The storage key of the runtime's code, `:code`.
const CODE = '0x3a636f6465'

export async function ask(node, method, ...params) {
	const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
	const answer = await fetch(node, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
	const { result, error } = await answer.json()
	if (error) throw new Error(`${method}: ${error.message} ${error.data ?? ''}`)
	return result
}

// At the finalised head. What the program says, or an error with what it says.
export async function tryState(node) {
	const program = process.env.VEKTOR_TRY_STATE
	if (!program) throw new Error('set VEKTOR_TRY_STATE: the example try_state of vektor-runtime, built with its feature try-runtime')
	const [at, pairs] = [await ask(node, 'chain_getFinalizedHead'), []]
	for (let keys = [null]; (keys = await ask(node, 'state_getKeysPaged', '0x', 1000, keys.at(-1), at)).length; ) {
		// No invariant reads the code, and that of a debug build is longer than an answer may be.
		const read = keys.filter((key) => key !== CODE)
		const [{ changes }] = await ask(node, 'state_queryStorageAt', read, at)
		pairs.push(...changes)
	}
	const dir = mkdtempSync(join(tmpdir(), 'vektor-state-'))
	try {
		writeFileSync(join(dir, 'state.json'), JSON.stringify(pairs))
		const { stdout } = await promisify(execFile)(program, [join(dir, 'state.json')], { maxBuffer: 1 << 28 })
		return stdout.trim()
	} catch (error) {
		throw new Error(`try_state: ${error.stderr || error.message}`)
	} finally {
		rmSync(dir, { recursive: true, force: true })
	}
}

if (fileURLToPath(import.meta.url) === realpathSync(process.argv[1])) console.log(await tryState(process.argv[2]))
