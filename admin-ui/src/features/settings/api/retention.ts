import { z } from 'zod'
import type { Schema } from '@/lib/api'
import { formatCount } from '@/lib/format'
import type { Days } from './settings'

const days = (least: number) =>
  z
    .string()
    .trim()
    .refine((text) => text === '' || (/^\d{1,4}$/.test(text) && Number(text) >= least && Number(text) <= 3650), `Enter ${least} to 3,650 days, or nothing`)

export const schema = z.object({ recordings_days: days(1), transcripts_days: days(1), calls_days: days(1), webhook_logs_days: days(1), audit_days: days(30) })

export type Fields = z.infer<typeof schema>

export const KINDS: readonly { field: keyof Fields; count: keyof Schema<'RetentionCounts'>; label: string; description: string }[] = [
  { field: 'recordings_days', count: 'recordings', label: 'Recordings', description: 'One whose agent says fewer days goes sooner.' },
  { field: 'transcripts_days', count: 'transcripts', label: 'Transcripts', description: 'What was said, transcripts and analyses. Turns stay, with their times.' },
  { field: 'calls_days', count: 'calls', label: 'Calls', description: 'Conversations that have ended, with all of theirs. What was used stays counted.' },
  { field: 'webhook_logs_days', count: 'webhook_logs', label: 'Webhook log', description: 'Events and their deliveries.' },
  { field: 'audit_days', count: 'audit', label: 'Audit log', description: 'At least 30 days.' },
]

export function toFields(own: Days): Fields {
  const text = (value: number | null | undefined) => (value == null ? '' : String(value))
  return { recordings_days: text(own.recordings_days), transcripts_days: text(own.transcripts_days), calls_days: text(own.calls_days), webhook_logs_days: text(own.webhook_logs_days), audit_days: text(own.audit_days) }
}

export function toDays(fields: Fields): Days {
  const number = (text: string) => (text.trim() === '' ? null : Number(text))
  return { recordings_days: number(fields.recordings_days), transcripts_days: number(fields.transcripts_days), calls_days: number(fields.calls_days), webhook_logs_days: number(fields.webhook_logs_days), audit_days: number(fields.audit_days) }
}

/** `30 days`, `for ever`. */
export function daysShown(value: number | null | undefined): string {
  if (value == null) return 'for ever'
  return `${formatCount(value)} ${value === 1 ? 'day' : 'days'}`
}

/** What would be removed, kind by kind; empty: nothing. */
export function removals(counts: Schema<'RetentionCounts'>): { label: string; count: number }[] {
  return KINDS.map(({ label, count }) => ({ label, count: counts[count] })).filter(({ count }) => count > 0)
}
