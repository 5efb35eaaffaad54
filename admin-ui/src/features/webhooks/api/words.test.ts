import { expect, test } from 'vitest'
import { deliveryError, disabledReason, endpointState, eventsShown, pretty } from './words'

test('a disabled endpoint is disabled, however it failed before', () => {
  expect(endpointState({ is_enabled: false, failing_since: '2026-11-22T15:00:00Z' })).toBe('disabled')
  expect(endpointState({ is_enabled: true, failing_since: '2026-11-22T15:00:00Z' })).toBe('failing')
  expect(endpointState({ is_enabled: true })).toBe('enabled')
})

test('reasons and errors of later versions are still said', () => {
  expect(disabledReason('gone')).toContain('410')
  expect(disabledReason('something_new')).toBe('It is told nothing.')
  expect(deliveryError('tls_failed')).toBe('Tls failed')
})

test('subscriptions are told short', () => {
  expect(eventsShown(['*'])).toBe('All events')
  expect(eventsShown(['call.ended'])).toBe('call.ended')
  expect(eventsShown(['call.ended', 'call.started'])).toBe('2 types of events')
})

test('JSON is laid out, other text is left alone', () => {
  expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}')
  expect(pretty('<html>')).toBe('<html>')
})
