import type { ApiKey } from './keys'

const DAY_MS = 86_400_000

/** How soon an end is worth a warning. */
const SOON_DAYS = 7

export const EXPIRIES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'One year' },
  { value: 'date', label: 'On a date…' },
  { value: 'never', label: 'Never' },
] as const

export type Expiry = (typeof EXPIRIES)[number]['value']

/** The moment that a choice means; a date ends with its day, here. Null: never. */
export function expiresAt(expiry: Expiry, date: string, now: Date = new Date()): string | null {
  if (expiry === 'never') return null
  if (expiry === 'date') return new Date(`${date}T23:59:59`).toISOString()
  return new Date(now.getTime() + Number(expiry) * DAY_MS).toISOString()
}

export type KeyState = 'active' | 'expires soon' | 'expired' | 'revoked'

export function keyState(key: Pick<ApiKey, 'revoked_at' | 'expires_at'>, now: Date = new Date()): KeyState {
  if (key.revoked_at) return 'revoked'
  if (!key.expires_at) return 'active'
  const left = new Date(key.expires_at).getTime() - now.getTime()
  if (left <= 0) return 'expired'
  return left <= SOON_DAYS * DAY_MS ? 'expires soon' : 'active'
}
