import { expect, test } from 'vitest'
import { type Conversation, durationOf, endingOf, isLive, modelName, sentence } from './conversations'

const conversation = (more: object) => ({ channel: 'phone', status: 'ended', started_at: '2026-11-22T15:00:00Z', ended_at: '2026-11-22T15:01:05Z', ...more }) as Conversation

test('an end is told in words, with where a call went and which limit stood in its way', () => {
  expect(endingOf({ kind: 'silence' })?.label).toBe('Silence')
  expect(endingOf({ kind: 'transferred', to: '+14155550100' })?.meaning).toContain('+14155550100')
  expect(endingOf({ kind: 'refused', limit: 'concurrent_calls' })?.meaning).toContain('concurrent calls')
  expect(endingOf({ kind: 'something_new' })?.label).toBe('Something new')
  expect(endingOf(null)).toBeUndefined()
})

test('Twilio says how long a call was, the clock how long anything else', () => {
  expect(durationOf(conversation({ call: { duration_s: 61 } }))).toBe(61)
  expect(durationOf(conversation({}))).toBe(65)
  expect(durationOf(conversation({ ended_at: null }), new Date('2026-11-22T15:00:10Z'))).toBe(10)
})

test('an open chat is nobody on the line', () => {
  expect(isLive(conversation({ status: 'active' }))).toBe(true)
  expect(isLive(conversation({ status: 'active', channel: 'http' }))).toBe(false)
  expect(isLive(conversation({}))).toBe(false)
})

test('names are written as sentences', () => {
  expect(sentence('no_speech')).toBe('No speech')
})

test('a chat that was left is no broken line', () => {
  expect(endingOf({ kind: 'silence' }, 'http')).toMatchObject({ label: 'Left', tone: 'neutral' })
  expect(endingOf({ kind: 'line_broken' }, 'http')).toMatchObject({ label: 'Left', tone: 'neutral' })
  expect(endingOf({ kind: 'line_broken' }, 'phone')).toMatchObject({ label: 'Line broken', tone: 'destructive' })
})

test('a model is named without who serves it', () => {
  expect(modelName('openai:gpt-6-luna')).toBe('gpt-6-luna')
  expect(modelName('openai@localhost:11434:llama3.2:latest')).toBe('llama3.2:latest')
  expect(modelName('openai@models.example.com:mixtral')).toBe('mixtral')
  expect(modelName('built-in:moonshine-tiny')).toBe('moonshine-tiny')
})
