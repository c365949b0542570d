// The digits model as a client sees it: pixels and salt become a payload, the payload a commitment.
import { Field } from '@noble/curves/abstract/modular.js'
import { grainGenConstants, poseidonSponge } from '@noble/curves/abstract/poseidon.js'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'

const Fp = Field(21888242871839275222246405745257275088548364400416034343698204186575808495617n)
const CHUNK = 24

// Poseidon as circomlib has it for four inputs; noble and arkworks derive the same constants from the same generator.
const options = { Fp, t: 5, roundsFull: 8, roundsPartial: 60 }
const { roundConstants, mds } = grainGenConstants(options)
const sponge = poseidonSponge({ ...options, rate: 4, capacity: 1, sboxPower: 5, mds, roundConstants })

const littleEndian = (bytes) => BigInt('0x' + Buffer.from(bytes).reverse().toString('hex'))

// What is sent to the operator: 64 pixels of 0 to 16, then 32 random bytes.
export const payload = (pixels, salt = randomBytes(32)) => Buffer.concat([Buffer.from(pixels), salt])

// What the chain is told: the payload's four numbers of 24 bytes, hashed; a field element, big-endian.
export function commitment(bytes) {
	const hash = sponge()
	hash.absorb([0, 1, 2, 3].map((i) => littleEndian(bytes.subarray(i * CHUNK, (i + 1) * CHUNK))))
	return '0x' + hash.squeeze(1)[0].toString(16).padStart(64, '0')
}

// The logits behind proved outputs: a negative one is written as the field's order less its size.
export const logits = (outputs) => outputs.map((felt) => BigInt(felt)).map((felt) => (felt > Fp.ORDER / 2n ? felt - Fp.ORDER : felt))

// The digit with the largest logit.
export function predicted(outputs) {
	const signed = logits(outputs)
	return signed.indexOf(signed.reduce((a, b) => (a > b ? a : b)))
}

// Images that the model was not trained on, each with its true label.
export const heldOut = JSON.parse(readFileSync(new URL('../../circuits/digits/heldout.json', import.meta.url)))
