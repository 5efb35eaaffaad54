import type { BadgeTone } from '@/components/ui/badge'
import type { Schema } from '@/lib/api'

export type Job = Schema<'Job'>
export type JobState = Schema<'JobState'>

export const JOB_STATES: Record<JobState, { label: string; tone: BadgeTone }> = {
  ready: { label: 'Waiting', tone: 'warning' },
  running: { label: 'Running', tone: 'primary' },
  done: { label: 'Done', tone: 'success' },
  dead: { label: 'Failed', tone: 'destructive' },
}

/** The kinds of a tenant's jobs. */
export const TENANT_KINDS = [
  'finish_conversation',
  'build_transcript',
  'analyze_conversation',
  'encode_recording',
  'fetch_recording',
  'transcribe_recording',
  'transcribe_upload',
  'deliver_webhook',
  'mail_disabled_webhook',
  'check_phone_number',
  'close_stale_call',
  'erase_customer',
  'reseal_secrets',
  'rewrap_data_keys',
  'apply_retention',
] as const

/** The kinds of the platform's own. */
export const PLATFORM_KINDS = [
  'delete_tenant',
  'end_abandoned',
  'forget_expired',
  'order_number_checks',
  'order_key_changes',
  'order_stale_calls',
  'order_retention',
  'order_drafts',
  'check_models',
  'roll_up_usage',
  'sweep_orphans',
  'forget_jobs',
] as const

/** `Finish conversation` of `finish_conversation`. */
export function kindName(kind: string): string {
  const words = kind.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The ids of what a job is about, by name; the tenant is known anyway. */
export function subjectOf(subject: unknown): [string, string][] {
  if (typeof subject !== 'object' || subject === null) return []
  return Object.entries(subject as Record<string, unknown>).flatMap(([name, id]) => (typeof id === 'string' && name !== 'tenant' && name !== 'tenant_id' ? [[name.replaceAll('_', ' '), id]] : []))
}

export const mayRetry = (job: Job) => job.state === 'dead'
export const mayDiscard = (job: Job) => job.state === 'dead' || job.state === 'ready'

/** Does `work` for each, a few at once; how many of them went through, and the first that went wrong. */
export async function forEach<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<{ done: number; failed: number; error?: unknown }> {
  const queue = [...items]
  const result: { done: number; failed: number; error?: unknown } = { done: 0, failed: 0 }
  const take = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      try {
        await work(item)
        result.done++
      } catch (error) {
        result.failed++
        result.error ??= error
      }
    }
  }
  // Four: quick enough, and far below the tenant's limit of requests.
  await Promise.all(Array.from({ length: 4 }, take))
  return result
}
