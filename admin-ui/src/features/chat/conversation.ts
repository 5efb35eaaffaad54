// What is known of a conversation, from what happens to it. Pure: the socket is in use-talk.ts, the sound in audio/.
import type { Schema } from '@/lib/api'
import type { EndReason, Incoming } from './protocol'

/** Of the line. `taken`: it goes on in another window. `refused`: it was never opened. */
export type Line = 'closed' | 'connecting' | 'open' | 'reconnecting' | 'ended' | 'taken' | 'refused'

/** Who has the word. */
export type Activity = 'listening' | 'thinking' | 'speaking' | 'interrupted'

export type Entry =
  | { kind: 'said'; id: string; text: string; how: 'spoken' | 'typed'; turn?: number }
  | { kind: 'reply'; id: string; turn: number; text: string; heard?: string; interrupted: boolean }
  | { kind: 'note'; id: string; text: string }

export interface Conversation {
  line: Line
  activity: Activity
  /** The sound of the agent is in the room. */
  playing: boolean
  entries: readonly Entry[]
  /** The row, once the server has told it. */
  id?: string
  persona?: string
  voice?: string
  /** Why it is over. */
  reason?: string
  /** Numbers entries. */
  serial: number
}

export const nothing: Conversation = { line: 'closed', activity: 'listening', playing: false, entries: [], serial: 0 }

export type Happening =
  | { kind: 'dialled' }
  | { kind: 'message'; message: Incoming }
  | { kind: 'typed'; text: string }
  | { kind: 'playing'; playing: boolean }
  | { kind: 'lost' }
  | { kind: 'taken' }
  | { kind: 'refused'; why: string }
  | { kind: 'ended'; why: string }
  /** What the server keeps of the conversation. */
  | { kind: 'remembered'; turns: readonly Remembered[] }
  | { kind: 'left' }

/** A turn as the API gives it. */
export type Remembered = Pick<Schema<'Turn'>, 'number' | 'prompt_kind' | 'prompt_text' | 'generated_text' | 'heard_text' | 'interrupted'>

export function after(now: Conversation, happened: Happening): Conversation {
  switch (happened.kind) {
    case 'dialled':
      return { ...now, line: now.line === 'reconnecting' ? 'reconnecting' : 'connecting', activity: 'listening', reason: undefined }
    case 'message':
      return told(now, happened.message)
    case 'typed':
      return thinking(add(now, { kind: 'said', text: happened.text, how: 'typed' }))
    case 'playing':
      return played(now, happened.playing)
    case 'lost':
      return now.line === 'ended' ? now : { ...now, line: 'reconnecting', activity: 'listening', playing: false }
    case 'taken':
      return { ...now, line: 'taken', activity: 'listening', playing: false }
    case 'refused':
      return { ...now, line: 'refused', activity: 'listening', playing: false, reason: happened.why }
    case 'ended':
      return { ...now, line: 'ended', activity: 'listening', playing: false, reason: happened.why }
    case 'remembered':
      return { ...now, entries: remembered(now.entries, happened.turns) }
    case 'left':
      return nothing
  }
}

function told(now: Conversation, message: Incoming): Conversation {
  switch (message.type) {
    case 'session':
      return { ...now, line: 'open', id: message.conversation_id, persona: message.persona, voice: message.voice }
    case 'transcription': {
      if (message.text === '') return { ...add(now, { kind: 'note', text: 'No words were understood.' }), activity: 'listening' }
      return thinking(add(now, { kind: 'said', text: message.text, how: 'spoken', turn: message.turn }))
    }
    case 'saying':
      return { ...reply(now, message.turn, (text) => ({ text: joined(text, message.text), interrupted: false })), activity: 'speaking' }
    case 'conversation_response':
      return answered(now, message)
    case 'clear':
      // The agent holds its breath: it goes on, or the turn ends as interrupted.
      return { ...now, activity: 'listening' }
    case 'error':
      return add(now, { kind: 'note', text: FAILURES[message.code] ?? sentence(message.message) })
    case 'ended':
      // The process stops, or another window has it: how the socket closes tells which.
      if (now.line === 'ended' || message.reason.kind === 'draining') return now
      return { ...now, line: 'ended', activity: 'listening', reason: ending(message.reason) }
    case 'audio_response':
    case 'mark':
      return now
  }
}

function answered(now: Conversation, message: Extract<Incoming, { type: 'conversation_response' }>): Conversation {
  const { turn, text, heard_text: heard, interrupted } = message
  const isKnown = now.entries.some((entry) => entry.kind === 'reply' && entry.turn === turn)
  // Broken into before it said a word: there is nothing to show.
  const shown = text === '' && !isKnown ? now : reply(now, turn, (said) => ({ text: text || said, heard, interrupted }))
  // The answer to what came after it may be on its way already.
  const isLast = newest(now) <= turn
  if (interrupted) return { ...shown, activity: isLast ? 'interrupted' : now.activity }
  return { ...shown, activity: isLast && !now.playing ? 'listening' : now.activity }
}

/** Turns from before this page, in front; and what was missed of those that it saw begin. */
function remembered(entries: readonly Entry[], turns: readonly Remembered[]): Entry[] {
  const seen = new Map(turns.map((turn) => [turn.number, turn]))
  const lived = new Set(entries.flatMap((entry) => (entry.kind === 'reply' ? [entry.turn] : [])))
  const first = Math.min(...lived, ...entries.flatMap((entry) => (entry.kind === 'said' && entry.turn !== undefined ? [entry.turn] : [])))
  // Something was typed whose turn is not known yet: it may be among these.
  const isWaiting = entries.length > 0 && first === Number.POSITIVE_INFINITY
  const earlier = isWaiting ? [] : turns.filter((turn) => turn.number < first)
  const completed = entries.map((entry) => {
    const turn = entry.kind === 'reply' && entry.heard === undefined ? seen.get(entry.turn) : undefined
    return turn && entry.kind === 'reply' ? { ...entry, text: turn.generated_text || entry.text, heard: turn.heard_text, interrupted: turn.interrupted } : entry
  })
  return [...earlier.flatMap(entriesOf), ...completed]
}

function entriesOf(turn: Remembered): Entry[] {
  const { number, prompt_kind, prompt_text, generated_text, heard_text, interrupted } = turn
  const how = prompt_kind === 'speech' ? 'spoken' : 'typed'
  const said: Entry[] = prompt_text ? [{ kind: 'said', id: `said-${number}`, text: prompt_text, how, turn: number }] : []
  const reply: Entry[] = generated_text ? [{ kind: 'reply', id: `reply-${number}`, turn: number, text: generated_text, heard: heard_text, interrupted }] : []
  return [...said, ...reply]
}

function played(now: Conversation, playing: boolean): Conversation {
  if (playing) return { ...now, playing, activity: 'speaking' }
  return { ...now, playing, activity: now.activity === 'speaking' ? 'listening' : now.activity }
}

function thinking(now: Conversation): Conversation {
  return { ...now, activity: 'thinking' }
}

/** The highest turn that anybody spoke in. */
function newest(now: Conversation): number {
  return now.entries.reduce((turn, entry) => ('turn' in entry && entry.turn !== undefined ? Math.max(turn, entry.turn) : turn), 0)
}

function add(now: Conversation, entry: WithoutId): Conversation {
  return { ...now, serial: now.serial + 1, entries: [...now.entries, { ...entry, id: `live-${now.serial}` }] }
}

type WithoutId = Entry extends infer Kind ? (Kind extends Entry ? Omit<Kind, 'id'> : never) : never
type Reply = Extract<Entry, { kind: 'reply' }>

/** Changes the reply of this turn, or begins it. */
function reply(now: Conversation, turn: number, change: (text: string) => Pick<Reply, 'text' | 'heard' | 'interrupted'>): Conversation {
  if (!now.entries.some((entry) => entry.kind === 'reply' && entry.turn === turn)) {
    return add(now, { kind: 'reply', turn, ...change('') })
  }
  const entries = now.entries.map((entry) => (entry.kind === 'reply' && entry.turn === turn ? { ...entry, ...change(entry.text) } : entry))
  return { ...now, entries }
}

function joined(before: string, next: string): string {
  return before === '' ? next : `${before} ${next}`
}

const FAILURES: Record<string, string | undefined> = {
  payload_too_large: 'That was too long to send.',
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** Why a conversation ended, for people. */
export function ending({ kind, to }: EndReason): string {
  switch (kind) {
    case 'agent_hung_up':
      return 'The agent ended the conversation.'
    case 'caller_hung_up':
      return 'You ended the conversation.'
    case 'transferred':
      return to ? `The agent would transfer a telephone call to ${to} now.` : 'The agent would transfer a telephone call now.'
    case 'silence':
      return 'Nobody had spoken for a while, so the agent ended the conversation.'
    case 'max_duration':
      return 'The conversation reached the longest time that the agent allows.'
    case 'failed':
      return 'Speech or language failed for good, so the conversation could not go on.'
    default:
      return 'The conversation is over.'
  }
}
