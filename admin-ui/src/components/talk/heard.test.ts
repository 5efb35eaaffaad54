import { expect, test } from 'vitest'
import { responseMs, split, toolCalls } from './heard'

test('a reply is told apart in what was heard and what was not', () => {
  expect(split('We open at nine. We close at five.', 'We open at nine.')).toEqual({ heard: 'We open at nine.', unheard: 'We close at five.' })
  expect(split('Hello.', 'Hello.')).toEqual({ heard: 'Hello.', unheard: '' })
  expect(split('Hello.', '')).toEqual({ heard: '', unheard: 'Hello.' })
  expect(split('One.  Two.\nThree.', 'One. Two.')).toEqual({ heard: 'One. Two.', unheard: 'Three.' })
  expect(split('Something else.', 'An apology.')).toEqual({ heard: 'An apology.', unheard: '' })
})

test('the response time counts from the last word, or from the end of the turn where nobody spoke', () => {
  expect(responseMs({ caller_stopped_ms: 1_000, end_of_turn_ms: 1_500, first_frame_sent_ms: 1_700 })).toBe(700)
  expect(responseMs({ caller_stopped_ms: null, end_of_turn_ms: 1_500, first_frame_sent_ms: 1_700 })).toBe(200)
  expect(responseMs({ caller_stopped_ms: 1_000, first_frame_sent_ms: null })).toBeNull()
  expect(responseMs(null)).toBeNull()
})

test('calls of functions of any shape do no harm', () => {
  expect(toolCalls(null)).toEqual([])
  expect(toolCalls(['nonsense', { name: 'find_order', id: '1' }])).toEqual([{ name: 'find_order', id: '1' }])
})
