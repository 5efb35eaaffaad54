import { expect, test } from 'vitest'
import { forEach, kindName, subjectOf } from './words'

test('kinds and subjects are told in words, of later versions too', () => {
  expect(kindName('finish_conversation')).toBe('Finish conversation')
  expect(subjectOf({ tenant: 't1', phone_number: 'p1', count: 3 })).toEqual([['phone number', 'p1']])
  expect(subjectOf(null)).toEqual([])
})

test('one that fails does not keep the others back', async () => {
  const result = await forEach([1, 2, 3, 4, 5, 6], (n) => (n % 3 === 0 ? Promise.reject(new Error(`no ${n}`)) : Promise.resolve()))
  expect(result).toMatchObject({ done: 4, failed: 2 })
  expect((result.error as Error).message).toBe('no 3')
})
