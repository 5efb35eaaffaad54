// What differs between two versions of an agent, field by field.
import type { Settings } from './form'

export interface Change {
  path: string
  label: string
  /** As people read it; empty: not set. */
  before: string
  after: string
  /** Long enough for its words to be compared. */
  isText: boolean
}

const LABELS: Record<string, string> = {
  persona: 'Persona',
  instructions: 'Instructions',
  greets: 'Speaks first',
  greeting: 'Greeting',
  greeting_interruptible: 'Greeting can be interrupted',
  model: 'Model',
  temperature: 'Temperature',
  max_tokens: 'Longest reply (tokens)',
  voice: 'Voice',
  speed: 'Speed',
  language: 'Callers speak',
  tools: 'Tools',
  'turns.end_complete_ms': 'End of a complete sentence (ms)',
  'turns.end_unknown_ms': 'End of an unclear sentence (ms)',
  'turns.end_incomplete_ms': 'End of an incomplete sentence (ms)',
  'turns.barge_in_after_ms': 'Pauses after speech of (ms)',
  'turns.barge_in_sure_ms': 'Interrupted after speech of (ms)',
  'turns.keys_gap_ms': 'Wait after a key (ms)',
  'turns.interruptible': 'Callers can interrupt',
  'limits.idle_prompt_after_s': 'Asks after silence of (s)',
  'limits.silence_s': 'Hangs up after silence of (s)',
  'limits.max_duration_s': 'Longest conversation (s)',
  'recording.mode': 'Recording',
  'recording.announcement': 'Recording announcement',
  'recording.retention_days': 'Recordings kept (days)',
  'recording.transcribe': 'Recordings are transcribed',
  'analysis.enabled': 'Analysis after the call',
  'analysis.instructions': 'Analysis: instructions',
  'analysis.outcomes': 'Analysis: outcomes',
  'analysis.fields': 'Analysis: fields',
  'analysis.model': 'Analysis: model',
  transfer_to: 'Transfers to',
  may_end_call: 'May hang up',
  variables: 'Variables',
  time_zone: 'Time zone',
}

const GROUPS = ['turns', 'limits', 'recording', 'analysis']

type Json = Record<string, unknown>

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The settings by path. A null group is a group of nulls. */
function leaves(settings: Json): Map<string, unknown> {
  const found = new Map<string, unknown>()
  for (const [key, value] of Object.entries(settings)) {
    if (GROUPS.includes(key) && isJson(value)) for (const [part, inner] of Object.entries(value)) found.set(`${key}.${part}`, inner)
    else if (!GROUPS.includes(key)) found.set(key, value)
  }
  return found
}

/** `toolName`: what a tool's id is called. */
export function changesBetween(before: Settings, after: Settings, toolName: (id: string) => string): Change[] {
  const [old, now] = [leaves(before), leaves(after)]
  const order = Object.keys(LABELS)
  const paths = [...new Set([...old.keys(), ...now.keys()])].sort((a, b) => place(order, a) - place(order, b))
  return paths.flatMap((path) => {
    const [from, to] = [old.get(path), now.get(path)].map((value) => words(path, value, toolName)) as [string, string]
    if (from === to) return []
    return [{ path, label: LABELS[path] ?? path, before: from, after: to, isText: isLong(from) || isLong(to) }]
  })
}

function place(order: string[], path: string): number {
  const at = order.indexOf(path)
  return at < 0 ? order.length : at
}

const isLong = (text: string) => text.length > 60 || text.includes('\n')

function words(path: string, value: unknown, toolName: (id: string) => string): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (path === 'tools' && Array.isArray(value)) return value.map((id) => toolName(String(id))).join('\n')
  if (path === 'analysis.outcomes' && Array.isArray(value)) return (value as { name: string; description: string }[]).map(({ name, description }) => `${name}: ${description}`).join('\n')
  if (path === 'variables' && isJson(value)) return Object.entries(value).map(([name, text]) => `${name} = ${String(text)}`).join('\n')
  return JSON.stringify(value, null, 2)
}
