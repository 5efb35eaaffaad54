import { expect, test } from 'vitest'
import type { Schema } from '@/lib/api'
import { BLANK, missingParameter, schema, toChange, toForm, toNew } from './form'

const tool: Schema<'HttpTool'> = {
  id: '1',
  name: 'order_status',
  description: 'Looks up an order',
  parameters: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
  method: 'GET',
  url: 'https://example.com/orders/{id}',
  headers: { Accept: 'application/json' },
  secret_headers: [{ name: 'Authorization', last_four: 'cret' }, { name: 'X-Key' }],
  timeout_ms: 5000,
  created_at: '2026-11-22T15:00:00Z',
  updated_at: '2026-11-22T15:00:00Z',
}

test('a tool fits its form, and a change of nothing changes no secret', () => {
  const form = toForm(tool)
  expect(schema.safeParse(form).success).toBe(true)
  expect(toChange(form, tool)).not.toHaveProperty('secret_headers')
  expect(toChange(form, tool)).toMatchObject({ parameters: tool.parameters, headers: tool.headers, response: null, speak_while_waiting: null })
})

test('secrets are set, replaced and taken away by name', () => {
  const form = toForm(tool)
  form.secrets = [
    { name: 'Authorization', value: 'Bearer new', kept: true },
    { name: 'X-New', value: 'a', kept: false },
  ]
  expect(toChange(form, tool).secret_headers).toEqual({ 'X-Key': null, Authorization: 'Bearer new', 'X-New': 'a' })
  expect(toNew({ ...BLANK, secrets: [{ name: 'A', value: 'b', kept: false }] }).secret_headers).toEqual({ A: 'b' })
})

test('a parameter of the address must be required', () => {
  expect(missingParameter(tool.url, JSON.stringify(tool.parameters))).toBeUndefined()
  expect(missingParameter('https://a.example/{x}', BLANK.parameters)).toBe('x')
  const faults = schema.safeParse({ ...toForm(tool), url: 'https://a.example/{x}' }).error?.issues
  expect(faults).toEqual([expect.objectContaining({ path: ['url'], message: '{x} must be a parameter, and required' })])
})

test('a new secret without a value is refused', () => {
  const form = { ...toForm(tool), secrets: [{ name: 'A', value: '', kept: false }] }
  expect(schema.safeParse(form).error?.issues[0]?.path).toEqual(['secrets', 0, 'value'])
})
