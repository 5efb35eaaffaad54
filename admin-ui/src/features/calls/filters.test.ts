import { expect, test } from 'vitest'
import { countFilters, e164, listQuery, parseFilters, searchQuery } from './filters'

test('an address is read, and what it does not understand is left out', () => {
  expect(parseFilters({ channel: 'phone', status: 'gone', q: ' refund ', from: '2026-11-01', to: 'soon', end: 'silence', more: 1 })).toEqual({
    channel: 'phone',
    q: 'refund',
    from: '2026-11-01',
    end: 'silence',
  })
  expect(parseFilters({ q: 4815 })).toEqual({ q: '4815' })
  expect(parseFilters({ from: '2026-13-45' })).toEqual({})
})

test('days are the reader’s, and the last one is whole', () => {
  const { from, to } = listQuery({ from: '2026-11-22', to: '2026-11-22' })
  expect(new Date(to ?? 0).getTime() - new Date(from ?? 0).getTime()).toBe(86_400_000)
  expect(new Date(from ?? 0).getHours()).toBe(0)
})

test('a caller’s number is taken as people write it', () => {
  expect(e164('+1 (415) 555-0100')).toBe('+14155550100')
  expect(e164('0049 30 123456')).toBe('+4930123456')
  expect(e164('anonymous')).toBe('anonymous')
})

test('searching leaves out what it cannot narrow by', () => {
  expect(searchQuery({ q: 'refund', caller: '+14155550100', agent: 'a' })).toEqual({ q: 'refund', agent_id: 'a', channel: undefined, customer: undefined, from: undefined, to: undefined })
  expect(countFilters({ q: 'refund', agent: 'a', end: 'silence' })).toBe(2)
})
