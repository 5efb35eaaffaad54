import { formatCount, formatMoney } from '@/lib/format'
import type { Limits } from './api/queries'

export interface LimitKind {
  key: keyof Limits
  label: string
  /** What counts. */
  meaning: string
  format: (value: number) => string
  isMoney?: boolean
}

export const LIMITS: readonly LimitKind[] = [
  { key: 'concurrent_calls', label: 'Calls at once', meaning: 'Phone calls and voice sockets that are open now. One more is refused.', format: formatCount },
  { key: 'minutes_per_month', label: 'Minutes this month', meaning: 'Of calls and sockets since the first of the month (UTC), running ones included.', format: formatCount },
  { key: 'spend_per_day_usd', label: 'Spend today', meaning: 'Estimated cost of providers since midnight (UTC). What has no known price is not in it.', format: formatMoney, isMoney: true },
  { key: 'requests_per_second', label: 'Requests a second', meaning: 'HTTP requests of all keys and people together.', format: formatCount },
]

/** A limit as it is written into a field: '' takes it back. Undefined: it is none. */
export function parseLimit(text: string, { isMoney }: LimitKind, least: number): number | null | undefined {
  const words = text.trim()
  if (words === '') return null
  const value = Number(words)
  if (!Number.isFinite(value) || value < least || value > 1e12) return undefined
  return isMoney || Number.isInteger(value) ? value : undefined
}
