import { DAYS, type Days } from './api/queries'

/** The period that an address names; a month without one. */
export function readDays(days: unknown): Days {
  return DAYS.find((one) => one === String(days)) ?? '30'
}
