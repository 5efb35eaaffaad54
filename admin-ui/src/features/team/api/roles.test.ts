import { expect, test } from 'vitest'
import { mayChange, rolesToGive } from './roles'

test('nobody gives more than they have', () => {
  expect(rolesToGive('admin').map(({ value }) => value)).toEqual(['viewer', 'member', 'admin'])
  expect(rolesToGive('owner').map(({ value }) => value)).toContain('owner')
})

test('owners are changed by owners alone, others by admins too', () => {
  expect(mayChange('admin', 'owner')).toBe(false)
  expect(mayChange('owner', 'owner')).toBe(true)
  expect(mayChange('admin', 'admin')).toBe(true)
  expect(mayChange('member', 'viewer')).toBe(false)
})
