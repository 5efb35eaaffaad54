import { expect, test } from 'vitest'
import { asProblem, problemOf } from './problem'

const answer = (status: number, body: object, headers: Record<string, string> = {}) => new Response(JSON.stringify(body), { status, headers })

test('an invalid value is put to its field', async () => {
  const problem = await problemOf(answer(422, { code: 'invalid', title: 'Unprocessable Entity', detail: 'limits.silence_s: must be 1 to 60' }))
  expect(problem.errors).toEqual({ 'limits.silence_s': 'Must be 1 to 60' })
})

test('other problems name no field, whatever is in their words', async () => {
  const problem = await problemOf(answer(409, { code: 'conflict', title: 'Conflict', detail: 'number: taken' }))
  expect(problem.errors).toEqual({})
  expect(problem.code).toBe('conflict')
})

test('an answer that is no problem document still says something', async () => {
  const problem = await problemOf(new Response('<html>', { status: 502, statusText: 'Bad Gateway', headers: { 'x-request-id': 'r1' } }))
  expect(problem).toMatchObject({ status: 502, code: 'unknown', detail: 'Bad Gateway', requestId: 'r1' })
})

test('how long to wait is kept', async () => {
  const problem = await problemOf(answer(429, { code: 'throttled', detail: 'tried too often' }, { 'retry-after': '30' }))
  expect(problem.retryAfter).toBe(30)
})

test('a failure of the network is the server not reached', () => {
  expect(asProblem(new TypeError('Failed to fetch')).isOffline).toBe(true)
})
