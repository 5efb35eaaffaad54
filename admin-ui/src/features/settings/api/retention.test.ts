import { expect, test } from 'vitest'
import { daysShown, removals, schema, toDays, toFields } from './retention'

test('an empty field leaves it to the installation', () => {
  expect(toFields({ recordings_days: 30 }).calls_days).toBe('')
  expect(toDays(toFields({ recordings_days: 30 }))).toEqual({ recordings_days: 30, transcripts_days: null, calls_days: null, webhook_logs_days: null, audit_days: null })
})

test('the audit log is kept for thirty days at least', () => {
  const fields = toFields({})
  expect(schema.safeParse({ ...fields, audit_days: '29' }).success).toBe(false)
  expect(schema.safeParse({ ...fields, audit_days: '30', recordings_days: '1' }).success).toBe(true)
  expect(schema.safeParse({ ...fields, calls_days: '1.5' }).success).toBe(false)
})

test('what would go is told without the kinds of which nothing goes', () => {
  expect(removals({ recordings: 2, transcripts: 0, calls: 0, webhook_logs: 0, audit: 1 })).toEqual([
    { label: 'Recordings', count: 2 },
    { label: 'Audit log', count: 1 },
  ])
  expect([daysShown(null), daysShown(1), daysShown(3650)]).toEqual(['for ever', '1 day', '3,650 days'])
})
