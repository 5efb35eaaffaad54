import { isRecord } from '@/lib/conversations'
import type { Turn } from './api/detail'

/** Steps of a reply, in the order in which they usually happen. */
export const STEPS = [
  { key: 'end_of_turn_ms', label: 'End of turn', meaning: 'It was sure that the caller had finished.', color: 'var(--chart-5)' },
  { key: 'transcript_final_ms', label: 'Transcript', meaning: 'The caller’s words were known.', color: 'var(--chart-3)' },
  { key: 'first_token_ms', label: 'First token', meaning: 'The language model began to answer.', color: 'var(--chart-2)' },
  { key: 'first_speech_byte_ms', label: 'First audio', meaning: 'The voice began to come.', color: 'var(--chart-4)' },
  { key: 'first_frame_sent_ms', label: 'Sent', meaning: 'The first sound went to the caller: the reply’s latency ends here.', color: 'var(--chart-1)' },
  { key: 'first_mark_echoed_ms', label: 'Heard', meaning: 'The first words had been played to the caller.', color: 'var(--muted)' },
] as const

export type Step = (typeof STEPS)[number]

export interface Stage {
  step: Step
  /** Milliseconds after the caller's last word. */
  from: number
  to: number
}

export interface TurnLatency {
  turn: number
  kind: string
  /** From one step to the next, as they happened. */
  stages: Stage[]
  /** From the caller's last word to the first sound of the reply; undefined: one of them is not known. */
  replyMs: number | undefined
  /** Where the last stage ends. */
  totalMs: number
}

/** What a turn took; undefined: nothing is known of it, as of what was written. */
export function latencyOf(turn: Turn): TurnLatency | undefined {
  const times = isRecord(turn.times) ? turn.times : {}
  const known = STEPS.flatMap((step) => {
    const at = times[step.key]
    return typeof at === 'number' ? [{ step, at }] : []
  })
  const first = known[0]
  if (!first) return undefined
  const stopped = typeof times.caller_stopped_ms === 'number' ? times.caller_stopped_ms : undefined
  // Where nobody spoke before, the first step is the beginning.
  const origin = stopped ?? Math.min(...known.map(({ at }) => at))
  known.sort((one, other) => one.at - other.at)
  const stages: Stage[] = []
  let before = 0
  for (const { step, at } of known) {
    // Guesses begin before the caller has finished: what was ready by then took no time of theirs.
    const to = Math.max(before, at - origin)
    stages.push({ step, from: before, to })
    before = to
  }
  const sent = known.find(({ step }) => step.key === 'first_frame_sent_ms')
  const replyMs = stopped !== undefined && sent && sent.at >= stopped ? sent.at - stopped : undefined
  return { turn: turn.number, kind: turn.prompt_kind, stages, replyMs, totalMs: before }
}

/** Nearest rank; undefined of none. */
export function percentile(values: readonly number[], percent: number): number | undefined {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)]
}
