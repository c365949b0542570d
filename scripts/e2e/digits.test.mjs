// The commitment in JavaScript is the one that the circuit opens: the numbers of circuits/tests/digits.rs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commitment, heldOut, logits, payload, predicted } from './digits.mjs'

test('commitments are those of the circuit', () => {
	assert.equal(commitment(Buffer.alloc(96)), '0x2875620e99eb8e792ddd736e15a21a653ddc6724a8e6133eea0fa9adfeb75e02')
	assert.equal(commitment(payload(heldOut[0].pixels, Buffer.alloc(32, 7))), '0x174469d47d8a2798941e7a0ca8cfe18732f6c6b41fd9594710fd4a5212e4b9c9')
})

test('a payload is 64 pixels and fresh salt', () => {
	const [first, second] = [payload(heldOut[0].pixels), payload(heldOut[0].pixels)]
	assert.equal(first.length, 96)
	assert.notDeepEqual(first, second)
})

test('the largest logit is the digit, negative ones being large field elements', () => {
	const order = 21888242871839275222246405745257275088548364400416034343698204186575808495617n
	const felts = [-5n, 3n, -900n].map((n) => '0x' + ((n + order) % order).toString(16).padStart(64, '0'))
	assert.deepEqual(logits(felts), [-5n, 3n, -900n])
	assert.equal(predicted(felts), 1)
})
