import { expect, test } from 'vitest'
import { listQuery, parseFilters } from './filters'
import { formatOf, parseMetadata, writeMetadata } from './metadata'

test('an address says by what customers are looked for', () => {
  expect(parseFilters({ by: 'phone', q: 14155550100 })).toEqual({ by: 'phone', q: '14155550100' })
  expect(parseFilters({ by: 'colour', q: ' ' })).toEqual({})
  expect(listQuery({ q: 'Ada' })).toEqual({ name: 'Ada' })
  expect(listQuery({ by: 'external_id', q: 'c1' })).toEqual({ external_id: 'c1' })
  expect(listQuery({})).toEqual({})
})

test('metadata is an object or nothing', () => {
  expect(parseMetadata('{"plan": "gold"}')).toEqual({ plan: 'gold' })
  expect(parseMetadata(' ')).toEqual({})
  expect(parseMetadata('[1]')).toBeUndefined()
  expect(parseMetadata('{plan}')).toBeUndefined()
  expect(writeMetadata({})).toBe('')
})

test('a file is read by its ending', () => {
  expect(['a.CSV', 'b.jsonl', 'c.ndjson', 'd.xlsx'].map(formatOf)).toEqual(['text/csv', 'application/x-ndjson', 'application/x-ndjson', undefined])
})
