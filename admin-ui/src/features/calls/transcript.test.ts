import { expect, test } from 'vitest'
import type { Turn } from './api/detail'
import { type Line, lineAt, unheard, withTools } from './transcript'

test('what was cut off is what follows the words that were heard', () => {
  expect(unheard('It is on its way,', 'It is on its way, and will be with you tomorrow.')).toBe('and will be with you tomorrow.')
  expect(unheard('it is - on', 'It is on its way.')).toBe('its way.')
  expect(unheard('', 'Hello there.')).toBe('Hello there.')
  expect(unheard('Hello there.', 'Hello there.')).toBe('')
  expect(unheard('Something else', 'It is on its way.')).toBeUndefined()
})

test('the line at a moment is the last that has begun', () => {
  const lines = [{ start_ms: 0 }, { start_ms: 1_000 }, { start_ms: 2_500 }]
  expect([-1, 0, 999, 1_000, 9_000].map((ms) => lineAt(lines, ms))).toEqual([-1, 0, 0, 1, 2])
})

test('a tool’s lines get their calls in order', () => {
  const line = (text: string, speaker: string) => ({ text, speaker, turn: 1 }) as Line
  const call = (name: string, result: string) => ({ name, arguments: '{}', outcome: 'done', latency_ms: 5, result })
  const turns = [{ number: 1, tool_calls: [call('find', 'one'), call('order', 'two'), call('find', 'three')] }] as Turn[]
  const found = withTools([line('Hi', 'agent'), line('find', 'tool'), line('order', 'tool'), line('find', 'tool'), line('find', 'tool')], turns)
  expect(found.map(({ call }) => call?.result)).toEqual([undefined, 'one', 'two', 'three', undefined])
})
