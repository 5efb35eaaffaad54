import { expect, test } from 'vitest'
import { formatBytes, formatDuration, formatLatency, formatMoney, formatPhone, formatRelative } from './format'

test.each([
  [0, '0:00'],
  [65, '1:05'],
  [59.6, '1:00'],
  [3723, '1:02:03'],
])('%d seconds are %s', (seconds, shown) => {
  expect(formatDuration(seconds)).toBe(shown)
})

test.each([
  ['+15005550006', '+1 (500) 555-0006'],
  ['+4930901820', '+49 309 018 20'],
  ['anonymous', 'anonymous'],
])('%s is written %s', (number, shown) => {
  expect(formatPhone(number)).toBe(shown)
})

test('small sums of money keep their digits', () => {
  expect(formatMoney(0)).toBe('$0.00')
  expect(formatMoney(0.0042)).toBe('$0.0042')
  expect(formatMoney(1234.567)).toBe('$1,234.57')
})

test('latencies and sizes choose their unit', () => {
  expect([formatLatency(480), formatLatency(1250)]).toEqual(['480 ms', '1.25 s'])
  expect([formatBytes(0), formatBytes(1536), formatBytes(300 * 1024 * 1024)]).toEqual(['0 B', '1.5 KB', '300 MB'])
})

test('times near now are told from now', () => {
  const now = new Date('2026-11-22T15:00:00Z')
  expect(formatRelative('2026-11-22T14:59:30Z', now)).toBe('just now')
  expect(formatRelative('2026-11-22T14:55:00Z', now)).toBe('5 min. ago')
  expect(formatRelative('2026-11-21T15:00:00Z', now)).toBe('yesterday')
})
