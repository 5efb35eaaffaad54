import type { Schema } from './api'

/** A conversation as lists show it. */
export type Conversation = Schema<'ConversationSummary'>
export type Channel = Conversation['channel']

export const CHANNELS: Record<Channel, string> = { phone: 'Phone', socket: 'Browser', http: 'Chat' }

export interface Ending {
  label: string
  tone: 'neutral' | 'warning' | 'destructive'
  /** What it means, in a sentence. */
  meaning: string
}

/** Every kind of `end_reason`, in words. */
export const ENDINGS: Record<string, Ending> = {
  caller_hung_up: { label: 'Caller hung up', tone: 'neutral', meaning: 'The caller ended the conversation.' },
  agent_hung_up: { label: 'Agent hung up', tone: 'neutral', meaning: 'The agent said goodbye and ended the call.' },
  transferred: { label: 'Transferred', tone: 'neutral', meaning: 'The agent put the caller through to somebody else.' },
  silence: { label: 'Silence', tone: 'warning', meaning: 'Nobody spoke for as long as the agent waits.' },
  max_duration: { label: 'Longest duration', tone: 'warning', meaning: 'The call lasted as long as the agent allows.' },
  line_broken: { label: 'Line broken', tone: 'destructive', meaning: 'The connection was lost and nobody came back.' },
  failed: { label: 'Failed', tone: 'destructive', meaning: 'Speech or language providers failed for good, and the caller was told so.' },
  refused: { label: 'Refused', tone: 'destructive', meaning: 'A limit left no room for it.' },
}

/** A chat has no line: it ends when nobody writes any more. */
const LEFT: Ending = { label: 'Left', tone: 'neutral', meaning: 'Nobody wrote any more.' }

/** How a conversation ended; undefined: it goes on. */
export function endingOf(reason: unknown, channel?: Channel): Ending | undefined {
  if (!isRecord(reason) || typeof reason.kind !== 'string') return undefined
  const { kind, to, limit } = reason
  if (channel === 'http' && (kind === 'silence' || kind === 'line_broken')) return LEFT
  const known = ENDINGS[kind] ?? { label: sentence(kind), tone: 'neutral', meaning: 'The conversation is over.' }
  if (kind === 'transferred' && typeof to === 'string') return { ...known, meaning: `The agent put the caller through to ${to}.` }
  if (kind === 'refused' && typeof limit === 'string') return { ...known, meaning: `The limit on ${words(limit)} left no room for it.` }
  return known
}

/** Somebody is on the line now. A chat that is open is not: it may be so for a day. */
export function isLive(conversation: Conversation): boolean {
  return conversation.status === 'active' && conversation.channel !== 'http'
}

/** Seconds, of one that goes on: until now. */
export function durationOf(conversation: Conversation, now: Date = new Date()): number {
  const { call, started_at, ended_at } = conversation
  if (typeof call?.duration_s === 'number') return call.duration_s
  return Math.max(0, (new Date(ended_at ?? now).getTime() - new Date(started_at).getTime()) / 1000)
}

/** `snake_case` as people write it. */
export function sentence(name: string): string {
  const text = words(name)
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function words(name: string): string {
  return name.replaceAll(/[_-]+/g, ' ')
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `gpt-6-luna` of `openai@localhost:4011:gpt-6-luna`: the model without who serves it. */
export function modelName(served: string): string {
  return served.replace(/^(built-in|openai)(@[^:]+(:\d+)?)?:/, '')
}
