import { expect, test } from 'vitest'
import { periodOf, readPreset } from './period'
import { type Report, rowsOf } from './report'

test('periods end today or with the month, and begin where they say', () => {
  const now = new Date('2026-03-31T23:30:00Z')
  expect(periodOf('month', now)).toEqual({ from: '2026-03-01', to: '2026-03-31' })
  expect(periodOf('before', now)).toEqual({ from: '2026-02-01', to: '2026-02-28' })
  expect(periodOf('30', now)).toEqual({ from: '2026-03-02', to: '2026-03-31' })
  expect(periodOf('year', now).from).toBe('2025-04-01')
  expect(periodOf('before', new Date('2026-01-15T00:00:00Z'))).toEqual({ from: '2025-12-01', to: '2025-12-31' })
  expect([readPreset(30), readPreset('soon')]).toEqual(['30', 'month'])
})

test('days without use are there, with nothing', () => {
  const used = { conversations: 2, seconds: 90, cost_usd: { total: 0.5 } }
  const report = { from: '2026-11-20', to: '2026-11-22', days: [{ day: '2026-11-21', channel: 'phone', used }] } as unknown as Report
  expect(rowsOf(report, 'minutes')).toEqual([
    { day: '2026-11-20', phone: 0, socket: 0, http: 0 },
    { day: '2026-11-21', phone: 1.5, socket: 0, http: 0 },
    { day: '2026-11-22', phone: 0, socket: 0, http: 0 },
  ])
  expect(rowsOf(report, 'cost')[1]?.phone).toBe(0.5)
})
