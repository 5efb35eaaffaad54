import { z } from 'zod'

// What the API demands, said before it is asked.
export const email = z.email('Enter an e-mail address')
export const newPassword = z.string().min(12, 'Use at least 12 characters').max(128, 'Use at most 128 characters')
export const name = z.string().trim().min(1, 'Enter a name').max(200, 'Use at most 200 characters')
