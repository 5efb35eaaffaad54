import { expect, test } from 'vitest'
import { LIMITS, type LimitKind, parseLimit } from './limits'

test('limits are whole, but for money; nothing takes one back', () => {
  const [calls, , spend] = LIMITS as [LimitKind, LimitKind, LimitKind]
  expect(parseLimit(' 10 ', calls, 1)).toBe(10)
  expect(parseLimit('', calls, 1)).toBeNull()
  expect(['0', '1.5', 'ten', '-1', '1e13'].map((text) => parseLimit(text, calls, 1))).toEqual([undefined, undefined, undefined, undefined, undefined])
  expect(parseLimit('0', calls, 0)).toBe(0)
  expect(parseLimit('2.50', spend, 0.000001)).toBe(2.5)
})
