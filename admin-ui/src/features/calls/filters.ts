import { ENDINGS } from '@/lib/conversations'

/** What the list of calls shows, as its address says. All left out: everything. */
export interface CallFilters {
  /** Words to find in transcripts. */
  q?: string
  channel?: 'phone' | 'socket' | 'http'
  status?: 'active' | 'ended'
  agent?: string
  /** The tenant's number, by its id. */
  number?: string
  customer?: string
  /** The caller's number. */
  caller?: string
  end?: string
  /** What its analysis says that came of it. */
  outcome?: string
  sentiment?: (typeof SENTIMENTS)[number]
  /** Days, as the reader's calendar has them; both included. */
  from?: string
  to?: string
}

const CHANNELS = ['phone', 'socket', 'http'] as const
const STATES = ['active', 'ended'] as const
export const SENTIMENTS = ['positive', 'neutral', 'negative', 'mixed'] as const

/** Reads the address; what it does not understand is left out. */
export function parseFilters(search: Record<string, unknown>): CallFilters {
  const filters: CallFilters = {
    q: text(search.q),
    channel: oneOf(CHANNELS, search.channel),
    status: oneOf(STATES, search.status),
    agent: text(search.agent),
    number: text(search.number),
    customer: text(search.customer),
    caller: text(search.caller),
    end: oneOf(Object.keys(ENDINGS), search.end),
    outcome: text(search.outcome),
    sentiment: oneOf(SENTIMENTS, search.sentiment),
    from: day(search.from),
    to: day(search.to),
  }
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined))
}

function text(value: unknown): string | undefined {
  // The router reads a number where there are digits alone.
  const words = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  return words === '' ? undefined : words.slice(0, 500)
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T | undefined {
  return known.find((one) => one === value)
}

function day(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined
}

/** A number as people write it, as the API wants it; what is none stays as it is. */
export function e164(caller: string): string {
  const digits = caller.replaceAll(/[\s().-]/g, '')
  if (/^\+\d{5,15}$/.test(digits)) return digits
  if (/^00\d{5,15}$/.test(digits)) return `+${digits.slice(2)}`
  return caller
}

/** The filters as the API's `GET /conversations` has them. */
export function listQuery({ channel, status, agent, number, customer, caller, end, outcome, sentiment, from, to }: CallFilters) {
  return {
    channel,
    status,
    agent_id: agent,
    phone_number_id: number,
    customer_id: customer,
    from_number: caller === undefined ? undefined : e164(caller),
    end_reason: end,
    outcome,
    sentiment,
    from: from === undefined ? undefined : midnight(from, 0),
    to: to === undefined ? undefined : midnight(to, 1),
  }
}

/** Those of the filters that searching transcripts has, too. */
export function searchQuery({ q, channel, agent, customer, from, to }: CallFilters) {
  const { from: since, to: until } = listQuery({ from, to })
  return { q, channel, agent_id: agent, customer, from: since, to: until }
}

/** The reader's midnight before a day, or `later` days after it. */
function midnight(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + later).toISOString()
}

/** How many narrow the list, the words that are searched for not counted. */
export function countFilters({ q: _, ...filters }: CallFilters): number {
  return Object.keys(filters).length
}
