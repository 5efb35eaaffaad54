export interface Heard {
  heard: string
  /** Made, and never heard: the caller broke in. */
  unheard: string
}

/** A reply in two: what was played, and what was not. */
export function split(generated: string, heard: string): Heard {
  if (generated.startsWith(heard)) return { heard, unheard: generated.slice(heard.length).trimStart() }
  // Spaces may differ: the speech was made sentence by sentence.
  const words = generated.trim().split(/\s+/)
  const played = heard.trim() === '' ? [] : heard.trim().split(/\s+/)
  const isStart = played.every((word, at) => words[at] === word)
  return isStart ? { heard, unheard: words.slice(played.length).join(' ') } : { heard, unheard: '' }
}

/** Steps of a turn on the media clock, milliseconds; as the API gives them. */
export interface Times {
  caller_stopped_ms?: number | null
  end_of_turn_ms?: number | null
  first_frame_sent_ms?: number | null
}

/** Milliseconds from the caller's last word to the agent's first; null: one of the two did not happen. */
export function responseMs(times: unknown): number | null {
  const { caller_stopped_ms: stopped, end_of_turn_ms: ended, first_frame_sent_ms: began } = (times ?? {}) as Times
  const from = stopped ?? ended
  if (from === undefined || from === null || began === undefined || began === null) return null
  return Math.max(0, began - from)
}

export interface ToolCall {
  id: string
  name: string
  arguments?: string
  outcome?: string | null
  latency_ms?: number | null
  result?: string | null
}

/** The API leaves their shape open. */
export function toolCalls(value: unknown): ToolCall[] {
  if (!Array.isArray(value)) return []
  return value.filter((call): call is ToolCall => typeof call === 'object' && call !== null && 'name' in call)
}
