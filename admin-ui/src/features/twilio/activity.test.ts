import { expect, test } from 'vitest'
import { activity } from './activity'

const event = (type: string, data: unknown) => ({ id: type, type, data, created_at: '2026-01-01T10:00:00Z' })
const call = { call_id: 'a', from: '+14155550198', to: '+14155550100' }

test('a call comes, ends and leaves something behind', () => {
  const lines = activity([event('transcript.ready', call), event('call.ended', { ...call, end_reason: 'agent_hung_up' }), event('call.started', call)])
  expect(lines.map((line) => line.text)).toEqual([
    'The transcript of the call of +1 (415) 555-0198 is complete',
    'The call of +1 (415) 555-0198 ended: the agent hung up',
    '+1 (415) 555-0198 called +1 (415) 555-0100',
  ])
  expect(lines.every((line) => line.call === 'a')).toBe(true)
})

test('a line leads to the conversation where it is named', () => {
  expect(activity([event('call.started', { ...call, conversation_id: 'c' })])[0]?.call).toBe('c')
})

test('what did not happen on the telephone is left out', () => {
  expect(activity([event('conversation.started', {}), event('transcript.ready', {}), event('webhook.disabled', {}), event('sung', null)])).toEqual([])
})

test('a number that was changed at Twilio, and a failure, stand out', () => {
  const [drift, failed] = activity([event('number.drifted', { phone_number: '+14155550100', phone_number_id: 'n' }), event('call.ended', { ...call, end_reason: 'failed' })])
  expect(drift).toMatchObject({ tone: 'warning', number: 'n' })
  expect(failed).toMatchObject({ tone: 'destructive' })
})
