import { expect, test } from 'vitest'
import { ceilingChange, ceilingSchema, countName, matches } from './words'

test('only what was touched is sent; empty gives it back, 0 is unlimited', () => {
  const fields = { concurrent_calls: '', minutes_per_month: '0', spend_per_day_usd: '2.5', requests_per_second: '9' }
  expect(ceilingChange(fields, { concurrent_calls: true, minutes_per_month: true, spend_per_day_usd: true })).toEqual({ concurrent_calls: null, minutes_per_month: 0, spend_per_day_usd: 2.5 })
})

test('limits are numbers', () => {
  const fields = { concurrent_calls: '', minutes_per_month: '', spend_per_day_usd: '', requests_per_second: '' }
  expect(ceilingSchema.safeParse(fields).success).toBe(true)
  expect(ceilingSchema.safeParse({ ...fields, concurrent_calls: '1.5' }).success).toBe(false)
  expect(ceilingSchema.safeParse({ ...fields, spend_per_day_usd: 'many' }).success).toBe(false)
})

test('tenants are found by a part of their name, or by the beginning of their id', () => {
  const tenant = { name: 'Corner Bakery', id: '01936f2e-6a5e' }
  expect(matches(tenant, ' bak ')).toBe(true)
  expect(matches(tenant, '01936F')).toBe(true)
  expect(matches(tenant, '6a5e')).toBe(false)
  expect(countName('files_without_row')).toBe('Files without row')
})
