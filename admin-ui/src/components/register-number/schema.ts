import { z } from 'zod'

const digits = (text: string) => text.replace(/[\s().\-/]/g, '')

/** What the API demands of a registration, said before it is asked. */
export const registration = z.object({
  phone_number: z
    .string()
    .trim()
    .refine((text) => digits(text).startsWith('+'), 'Begin with + and the country’s code, as in +1 415 555 0100')
    .refine((text) => !digits(text).startsWith('+') || /^\+[1-9]\d{6,14}$/.test(digits(text)), 'This is no complete phone number'),
  account_sid: z
    .string()
    .trim()
    .regex(/^AC[0-9a-fA-F]{32}$/, 'An Account SID is AC and 32 characters from 0–9 and a–f'),
  auth_token: z.string().trim().min(1, 'Paste the Auth Token'),
  agent_id: z.string().min(1, 'Choose who answers'),
  label: z.string().trim().max(100, 'Use at most 100 characters'),
  recorded_by: z.enum(['switchboard', 'twilio']),
  configure: z.enum(['automatic', 'manual']),
})
