import { z } from 'zod'
import type { BadgeTone } from '@/components/ui/badge'
import type { Schema } from '@/lib/api'

export const STATUSES: Record<Schema<'TenantStatus'>, { label: string; tone: BadgeTone }> = {
  active: { label: 'Active', tone: 'success' },
  suspended: { label: 'Suspended', tone: 'warning' },
  deleting: { label: 'Being deleted', tone: 'destructive' },
}

const whole = z
  .string()
  .trim()
  .refine((text) => text === '' || /^\d{1,9}$/.test(text), 'Enter a whole number, 0 or nothing')
const dollars = z
  .string()
  .trim()
  .refine((text) => text === '' || /^\d{1,9}(\.\d{1,6})?$/.test(text), 'Enter dollars, 0 or nothing')

export const ceilingSchema = z.object({ concurrent_calls: whole, minutes_per_month: whole, spend_per_day_usd: dollars, requests_per_second: whole })

export type CeilingFields = z.infer<typeof ceilingSchema>

export const CEILINGS: readonly { field: keyof CeilingFields; label: string; unit: string }[] = [
  { field: 'concurrent_calls', label: 'Calls at once', unit: 'calls' },
  { field: 'minutes_per_month', label: 'Minutes a month', unit: 'min' },
  { field: 'spend_per_day_usd', label: 'Providers’ cost a day', unit: 'USD' },
  { field: 'requests_per_second', label: 'Requests a second', unit: '/ s' },
]

/** What was typed, as the API takes it; a field that nobody touched is left out. Empty: the installation's; 0: unlimited. */
export function ceilingChange(fields: CeilingFields, touched: Partial<Record<keyof CeilingFields, boolean>>): Schema<'CeilingChange'> {
  const change: Schema<'CeilingChange'> = {}
  for (const { field } of CEILINGS) {
    if (touched[field]) change[field] = fields[field] === '' ? null : Number(fields[field])
  }
  return change
}

/** Whether a tenant is what somebody looks for: a part of the name, or the beginning of the id. */
export function matches({ name, id }: { name: string; id: string }, query: string): boolean {
  const wanted = query.trim().toLowerCase()
  return name.toLowerCase().includes(wanted) || id.startsWith(wanted)
}

/** `Files without row` of `files_without_row`. */
export function countName(name: string): string {
  const words = name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
