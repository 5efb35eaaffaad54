import { expect, test } from 'vitest'
import { type Settings, fieldOf, openVariables, schema, tabOf, toForm, toSettings } from './form'

const settings: Settings = {
  persona: 'calm_concierge',
  instructions: 'Sell {{order.size|large}} pizza',
  greets: true,
  greeting: null,
  greeting_interruptible: false,
  model: null,
  temperature: 0.5,
  max_tokens: null,
  voice: null,
  speed: null,
  language: 'de',
  tools: ['t'],
  turns: { end_complete_ms: 400, end_unknown_ms: null, end_incomplete_ms: null, barge_in_after_ms: null, barge_in_sure_ms: null, keys_gap_ms: null, interruptible: null },
  limits: { idle_prompt_after_s: null, silence_s: 20, max_duration_s: null },
  recording: { mode: 'off', announcement: null, retention_days: null, transcribe: true },
  transfer_to: null,
  may_end_call: true,
  variables: { 'order.size': 'small' },
  time_zone: null,
}

test('settings go through the form unchanged', () => {
  const form = toForm('Pizza', settings)
  expect(schema.safeParse(form).success).toBe(true)
  expect(toSettings(form, settings)).toEqual(settings)
})

test('analysis is sent to a server that has it', () => {
  const analysis = { enabled: true, instructions: null, outcomes: [{ name: 'sold', description: 'They bought' }], fields: { type: 'object', properties: {} }, model: null }
  const before = { ...settings, analysis }
  expect(toSettings(toForm('Pizza', before), before).analysis).toEqual(analysis)
  expect(toSettings(toForm('Pizza', settings), settings)).not.toHaveProperty('analysis')
})

const faults = (change: (form: ReturnType<typeof toForm>) => void) => {
  const form = toForm('Pizza', settings)
  change(form)
  return schema.safeParse(form).error?.issues.map((issue) => issue.path.join('.')) ?? []
}

test('what the API would refuse is told at its field', () => {
  expect(faults((form) => (form.turns.end_complete_ms = '100'))).toEqual(['turns.end_complete_ms'])
  expect(faults((form) => (form.turns.end_complete_ms = '480.5'))).toEqual(['turns.end_complete_ms'])
  expect(faults((form) => (form.temperature = '2.1'))).toEqual(['temperature'])
  expect(faults((form) => (form.recording.mode = 'consent'))).toEqual(['recording.announcement'])
  expect(faults((form) => (form.transfer_to = '555'))).toEqual(['transfer_to'])
  expect(faults((form) => form.variables.push({ name: 'order.size', value: '' }))).toEqual(['variables.1.name'])
  expect(faults((form) => form.variables.push({ name: 'call.from', value: '' }))).toEqual(['variables.1.name'])
})

test('a refusal of a group goes to the part that its words name', () => {
  expect(fieldOf('turns', 'End_complete_ms must be between 200 and 5000')).toBe('turns.end_complete_ms')
  expect(fieldOf('recording', 'Retention_days must be between 1 and 3650')).toBe('recording.retention_days')
  expect(fieldOf('recording', 'Line 1, character 4: there is no such variable')).toBe('recording.announcement')
  expect(fieldOf('greeting', 'Line 1')).toBe('greeting')
  expect(tabOf('turns.end_complete_ms')).toBe('turns')
  expect(tabOf('greeting')).toBe('conversation')
})

test('variables without a value are found', () => {
  expect(openVariables(['Hi {{customer.name|there}}, {{size}} and {{ crust | thin }}', '{{size}} {{now}}'], ['crust'])).toEqual(['size'])
})
