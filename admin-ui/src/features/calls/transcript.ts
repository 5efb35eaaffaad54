import type { Schema } from '@/lib/api'
import { isRecord } from '@/lib/conversations'
import type { Turn } from './api/detail'

export type Line = Schema<'TranscriptLine'>

export interface ToolCall {
  name: string
  /** JSON as the model wrote it. */
  arguments: string
  outcome: string | undefined
  latencyMs: number | undefined
  result: string | undefined
}

/** The functions that a turn called. */
export function toolCallsOf(turn: Turn): ToolCall[] {
  if (!Array.isArray(turn.tool_calls)) return []
  return turn.tool_calls.filter(isRecord).map((call: Record<string, unknown>) => ({
    name: text(call.name) ?? 'unnamed',
    arguments: text(call.arguments) ?? '',
    outcome: text(call.outcome),
    latencyMs: typeof call.latency_ms === 'number' ? call.latency_ms : undefined,
    result: text(call.result),
  }))
}

function text(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Every line with the tool's call that it tells of, where it is one: the first such line of a turn is its first call. */
export function withTools(lines: readonly Line[], turns: readonly Turn[]): { line: Line; call: ToolCall | undefined }[] {
  const calls = new Map(turns.map((turn) => [turn.number, toolCallsOf(turn)]))
  return lines.map((line) => {
    const ofTurn = line.speaker === 'tool' && typeof line.turn === 'number' ? calls.get(line.turn) : undefined
    const at = ofTurn?.findIndex(({ name }) => name === line.text) ?? -1
    return { line, call: at < 0 ? undefined : ofTurn?.splice(at, 1)[0] }
  })
}

/** What the agent was about to say and nobody heard; undefined: what was heard is no beginning of it. */
export function unheard(heard: string, generated: string): string | undefined {
  const said = heard.split(/\s+/).map(bare).filter(Boolean)
  const all = [...generated.matchAll(/\S+/g)]
  let at = 0
  for (const word of said) {
    // A dash of its own is no word.
    while (all[at] && bare(all[at]?.[0] ?? '') === '') at++
    if (bare(all[at]?.[0] ?? '') !== word) return undefined
    at++
  }
  const next = all[at]
  return next ? generated.slice(next.index) : ''
}

function bare(word: string): string {
  return word.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** The line that is spoken at this moment, or was the last: its place; -1: none has begun. */
export function lineAt(lines: readonly { start_ms: number }[], ms: number): number {
  let [low, high] = [0, lines.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle]?.start_ms ?? 0) <= ms) low = middle + 1
    else high = middle
  }
  return low - 1
}
