// Programs under test: started, read line by line, killed without warning, started again.
import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { appendFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const PATIENCE = 180_000
const programs = new Set()
const heard = new EventEmitter()

// Waits until `check` finds something, and looks at every line that any program prints. Fails when a program that should
// run has ended by itself.
export async function until(what, check, patience = PATIENCE) {
	const end = Date.now() + patience
	for (;;) {
		for (const program of programs) program.mustRun()
		const found = await check()
		if (found) return found
		if (Date.now() > end) throw new Error(`${what}: not within ${patience / 1000} s${tails()}`)
		await once(heard, 'line', { signal: AbortSignal.timeout(50) }).catch(() => {})
	}
}

const tails = () => [...programs].filter(({ end }) => !end).map((program) => program.tail()).join('')

export class Program {
	constructor(name, file, args, { home, log }) {
		Object.assign(this, { name, file, args, home, log })
		programs.add(this)
	}

	// From now on it should run, until it is killed or may end.
	start() {
		const env = { ...process.env, HOME: this.home }
		const child = spawn(this.file, this.args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
		Object.assign(this, { child, lines: [], end: null, wanted: true })
		for (const stream of [child.stdout, child.stderr]) createInterface(stream).on('line', (line) => this.#hear(line))
		this.closed = once(child, 'close').then(
			([code, signal]) => (this.end = { code, signal }),
			(error) => (this.end = { error: error.message }),
		)
		return this
	}

	#hear(line) {
		this.lines.push(line)
		appendFileSync(this.log, `${line}\n`)
		heard.emit('line')
	}

	// The first line since its start that matches.
	said(pattern) {
		return until(`${this.name} says ${pattern}`, () => this.lines.map((line) => line.match(pattern)).find(Boolean))
	}

	mustRun() {
		if (this.wanted && this.end) throw new Error(`${this.name} ended by itself: ${JSON.stringify(this.end)}${this.tail()}`)
	}

	mayEnd() {
		this.wanted = false
		return this
	}

	// How it ended, once it has.
	ended() {
		return until(`${this.name} ends`, () => this.mayEnd().end)
	}

	async kill() {
		this.mayEnd().child?.kill('SIGKILL')
		await this.closed
	}

	tail() {
		return `\n-- the end of ${this.name}'s output\n${this.lines?.slice(-15).join('\n')}`
	}
}

export const killAll = () => Promise.all([...programs].map((program) => program.kill()))

// What was started here does not outlive this process.
process.on('exit', () => programs.forEach((program) => program.child?.kill('SIGKILL')))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))
