import { expect, test } from 'vitest'
import { ACTIONS, actionName, actorName, asQuery, targetKind } from './words'

test('actions are told in words', () => {
  expect(actionName('agent.rolled_back')).toBe('Agent rolled back')
  expect(actionName('api_key.created')).toBe('API key created')
  expect(actionName('odd')).toBe('Odd')
  expect(new Set(ACTIONS).size).toBe(ACTIONS.length)
})

test('who has no name is told by their kind', () => {
  expect(actorName({ actor_kind: 'system', actor_name: null })).toBe('System')
  expect(actorName({ actor_kind: 'user', actor_name: 'Ada' })).toBe('Ada')
})

test('the last day counts whole', () => {
  const { from, to } = asQuery({ from: '2026-11-22', to: '2026-11-22' })
  expect(new Date(to ?? '').getTime() - new Date(from ?? '').getTime()).toBe(86_400_000)
  expect(asQuery({}).from).toBeUndefined()
})

test('an action tells what kind of thing it was done to', () => {
  expect([targetKind('phone_number.tested'), targetKind('limits.changed'), targetKind('vault.rotated')]).toEqual(['phone_number', 'tenant', 'tenant'])
  expect([targetKind('user.signed_in'), targetKind('user.signed_up')]).toEqual(['session', 'user'])
})
