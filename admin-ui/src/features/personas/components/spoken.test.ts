import { expect, test } from 'vitest'
import { spoken } from './spoken'

test('nobody hears curly brackets', () => {
  expect(spoken('Hi {{customer.name|there}}!')).toBe('Hi there!')
  expect(spoken('Hi {{customer.name}}! How are you?')).toBe('Hi! How are you?')
  expect(spoken('Hello.')).toBe('Hello.')
})
