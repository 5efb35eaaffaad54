import { expect, test } from 'vitest'
import { heights, ticks } from './scale'

test('marks are round, and reach beyond the highest value', () => {
  expect(ticks([0.4, 1.7])).toEqual([0, 0.5, 1, 1.5, 2])
  expect(ticks([926, 2148.5])).toEqual([0, 1000, 2000, 3000])
  expect(ticks([10])).toEqual([0, 5, 10])
})

test('what is counted has no halves', () => {
  expect(ticks([1])).toEqual([0, 1])
  expect(ticks([0, 3])).toEqual([0, 1, 2, 3])
  expect(ticks([0, 0])).toEqual([0, 1])
})

test('parts of a day stand on each other, lines do not', () => {
  const rows = [{ day: '2026-11-22', a: 2, b: 3 }, { day: '2026-11-23', a: null, b: 1 }]
  expect(heights(rows, ['a', 'b'], true)).toEqual([5, 1])
  expect(heights(rows, ['a', 'b'], false)).toEqual([3, 1])
})
