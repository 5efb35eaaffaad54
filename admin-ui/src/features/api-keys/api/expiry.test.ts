import { expect, test } from 'vitest'
import { expiresAt, keyState } from './expiry'

const now = new Date('2026-11-22T15:00:00Z')

test('a choice of days is counted from now, never is null', () => {
  expect(expiresAt('30', '', now)).toBe('2026-12-22T15:00:00.000Z')
  expect(expiresAt('never', '', now)).toBeNull()
})

test('a key that ends on a date is good for the whole of that day', () => {
  const end = new Date(expiresAt('date', '2026-12-01', now) ?? '')
  expect([end.getFullYear(), end.getMonth(), end.getDate(), end.getHours()]).toEqual([2026, 11, 1, 23])
})

test.each([
  [{}, 'active'],
  [{ expires_at: '2026-12-22T15:00:00Z' }, 'active'],
  [{ expires_at: '2026-11-25T15:00:00Z' }, 'expires soon'],
  [{ expires_at: '2026-11-22T15:00:00Z' }, 'expired'],
  [{ expires_at: '2026-11-01T15:00:00Z', revoked_at: '2026-10-01T15:00:00Z' }, 'revoked'],
])('a key with %o is %s', (key, state) => {
  expect(keyState(key, now)).toBe(state)
})
