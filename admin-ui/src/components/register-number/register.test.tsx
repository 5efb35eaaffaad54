import { expect, test } from 'vitest'
import { Problem } from '@/lib/api'
import { troubleOf } from './problems'
import { registration } from './schema'
import { forPeople } from './setup'

const whole = {
  phone_number: '+1 (415) 555-0100',
  account_sid: `AC${'0'.repeat(32)}`,
  auth_token: 'token',
  agent_id: 'a',
  label: '',
  recorded_by: 'switchboard',
  configure: 'manual',
}
const faults = (part: object) => registration.safeParse({ ...whole, ...part }).error?.issues.map((issue) => issue.message) ?? []

test('a number is international, however it is written', () => {
  expect(faults({})).toEqual([])
  expect(faults({ phone_number: '+49 30 / 901820' })).toEqual([])
  expect(faults({ phone_number: '(415) 555-0100' })).toEqual(['Begin with + and the country’s code, as in +1 415 555 0100'])
  expect(faults({ phone_number: '+12' })).toEqual(['This is no complete phone number'])
})

test('a SID of something else than an account is told', () => {
  expect(faults({ account_sid: `SK${'0'.repeat(32)}` })).toHaveLength(1)
})

test('each refusal of Twilio has words and advice', () => {
  for (const code of ['twilio_credentials', 'number_not_in_account', 'number_taken', 'public_url_missing', 'number_without_voice']) {
    expect(troubleOf(new Problem(422, code, 'No', 'No'))?.advice).toBeTruthy()
  }
  expect(troubleOf(new Problem(422, 'invalid', 'No', 'No'))).toBeUndefined()
})

test('the instructions name a button, not a request', () => {
  expect(forPeople('Save the configuration, have it tested (POST /phone-numbers/{id}/test), and call the number.')).toBe('Save the configuration, press Test number, and call the number.')
})
