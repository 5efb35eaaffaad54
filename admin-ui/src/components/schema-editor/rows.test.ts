import { expect, test } from 'vitest'
import { EMPTY_SCHEMA, type Row, faultOf, rowsOf, schemaOf } from './rows'

const rows: Row[] = [
  { name: 'size', kind: 'string', description: 'Of the pizza', required: true, choices: ['small', 'large'] },
  { name: 'count', kind: 'integer', description: '', required: false, choices: [] },
  { name: 'toppings', kind: 'array', description: '', required: false, choices: [] },
]

test('rows become a schema and come back from it', () => {
  const schema = schemaOf(rows)
  expect(schema).toEqual({
    type: 'object',
    properties: {
      size: { type: 'string', description: 'Of the pizza', enum: ['small', 'large'] },
      count: { type: 'integer' },
      toppings: { type: 'array', items: { type: 'string' } },
    },
    required: ['size'],
  })
  expect(rowsOf(schema)).toEqual(rows)
})

test('a schema that says more than rows can is left to JSON', () => {
  const property = (schema: object) => rowsOf({ type: 'object', properties: { a: schema } })
  expect(property({ type: 'string', pattern: '^a' })).toBeUndefined()
  expect(property({ type: 'object', properties: {} })).toBeUndefined()
  expect(property({ type: 'array', items: { type: 'number' } })).toBeUndefined()
  expect(property({ type: 'integer', enum: [1, 2] })).toBeUndefined()
  expect(rowsOf({ type: 'object', properties: {}, additionalProperties: false })).toBeUndefined()
  expect(rowsOf({ type: 'string' })).toBeUndefined()
})

test('faults are told in words', () => {
  expect(faultOf(EMPTY_SCHEMA)).toBeUndefined()
  expect(faultOf('{')).toMatch(/not JSON/)
  expect(faultOf('[]')).toMatch(/schema of an object/)
  expect(faultOf('{"type":"object","properties":{},"required":["a"]}')).toMatch(/"a", which is not/)
})
