import type { Schema } from '@/lib/api'
import { formatPhone } from '@/lib/format'

/** A line of the log. */
export interface Activity {
  id: string
  at: string
  label: string
  tone: 'neutral' | 'success' | 'warning' | 'destructive'
  text: string
  /** Where more is: a conversation, or a call. */
  call?: string
  number?: string
}

/** The API leaves open what an event holds. */
type Data = Partial<Record<string, unknown>>

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** Why an agent's call ended, for people; others simply end. */
const ENDS: Record<string, string | undefined> = {
  caller_hung_up: 'the caller hung up',
  agent_hung_up: 'the agent hung up',
  transferred: 'transferred',
  silence: 'nobody spoke',
  max_duration: 'it lasted as long as it may',
  failed: 'speech or language failed',
  refused: 'a limit was reached',
}

/** What happened on the telephone and to its numbers; what happened elsewhere is left out. */
export function activity(events: readonly Schema<'TenantEvent'>[]): Activity[] {
  return events.flatMap((event) => {
    const data = typeof event.data === 'object' && event.data !== null ? (event.data as Data) : {}
    const line = told(event.type, data)
    return line ? [{ id: event.id, at: event.created_at, ...line }] : []
  })
}

function told(type: string, data: Data): Omit<Activity, 'id' | 'at'> | undefined {
  const [from, to] = [text(data.from), text(data.to)]
  const call = text(data.call_id) && (text(data.conversation_id) ?? text(data.call_id))
  const who = from ? formatPhone(from) : 'A caller'
  const whose = from ? `of ${who}` : 'of a caller'
  switch (type) {
    case 'call.started':
      return { label: 'Call', tone: 'neutral', text: to ? `${who} called ${formatPhone(to)}` : `${who} called`, call }
    case 'call.ended': {
      const kind = text(data.end_reason) ?? ''
      const why = ENDS[kind]
      const isBad = kind === 'failed' || kind === 'refused'
      return { label: 'Ended', tone: isBad ? 'destructive' : 'success', text: `The call ${whose} ended${why ? `: ${why}` : ''}`, call }
    }
    case 'recording.ready':
      return call ? { label: 'Recording', tone: 'neutral', text: `The recording of the call ${whose} can be played`, call } : undefined
    case 'transcript.ready':
      return call ? { label: 'Transcript', tone: 'neutral', text: `The transcript of the call ${whose} is complete`, call } : undefined
    case 'analysis.ready':
      return call ? { label: 'Analysis', tone: 'neutral', text: `The call ${whose} has been analysed`, call } : undefined
    case 'number.drifted': {
      const number = text(data.phone_number)
      return { label: 'Changed', tone: 'warning', text: `${number ? formatPhone(number) : 'A number'} was changed at Twilio: its calls may not come here`, number: text(data.phone_number_id) }
    }
    case 'model.shutdown':
      return { label: 'Model', tone: 'warning', text: `${text(data.model) ?? 'A model'} goes out of service${text(data.shutdown_date) ? ` on ${text(data.shutdown_date)}` : ''}` }
    default:
      return undefined
  }
}
