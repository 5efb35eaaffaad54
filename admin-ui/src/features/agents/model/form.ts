import { z } from 'zod'
import { faultOf } from '@/components/schema-editor'
import type { Schema } from '@/lib/api'
import type { AgentTab } from './tabs'

/** After-call analysis, as the API has it. */
export interface Analysis {
  enabled: boolean
  instructions?: string | null
  outcomes: { name: string; description: string }[]
  fields?: unknown
  model?: string | null
}

export type Settings = Schema<'Settings'> & { analysis?: Analysis | null }

/** Seconds that a conversation may last at most: four hours. */
const LONGEST_S = 14_400

const upTo = (longest: number) => z.string().max(longest, `Use at most ${longest.toLocaleString('en')} characters`)

/** Text of a number, or empty: the default. */
function number(least: number, most: number, unit = '', whole = true) {
  const words = `Enter ${least.toLocaleString('en')} to ${most.toLocaleString('en')}${unit && ` ${unit}`}${whole ? ', a whole number' : ''}, or nothing`
  return z.string().refine((text) => {
    if (text.trim() === '') return true
    const value = Number(text)
    return value >= least && value <= most && (!whole || Number.isInteger(value))
  }, words)
}

const ms = (least: number, most: number) => number(least, most, 'ms')
const seconds = number(1, LONGEST_S, 's')

export const schema = z
  .object({
    name: z.string().trim().min(1, 'Enter a name').max(200, 'Use at most 200 characters'),
    persona: z.string(),
    instructions: upTo(20_000),
    greets: z.boolean(),
    greeting: upTo(1_000),
    greeting_interruptible: z.boolean(),
    voice: upTo(200),
    speed: number(0.25, 4, '', false),
    language: z.string(),
    model: upTo(200),
    temperature: number(0, 2, '', false),
    max_tokens: number(1, 2_000),
    tools: z.array(z.string()).max(32, 'Choose at most 32'),
    turns: z.object({
      end_complete_ms: ms(200, 5_000),
      end_unknown_ms: ms(200, 5_000),
      end_incomplete_ms: ms(200, 5_000),
      barge_in_after_ms: ms(30, 2_000),
      barge_in_sure_ms: ms(100, 5_000),
      keys_gap_ms: ms(500, 10_000),
      interruptible: z.boolean(),
    }),
    limits: z.object({ idle_prompt_after_s: seconds, silence_s: seconds, max_duration_s: seconds }),
    recording: z.object({ mode: z.enum(['off', 'on', 'consent']), announcement: upTo(1_000), retention_days: number(1, 3_650, 'days'), transcribe: z.boolean() }),
    analysis: z.object({
      enabled: z.boolean(),
      instructions: upTo(5_000),
      outcomes: z
        .array(
          z.object({
            name: z.string().regex(/^[a-z0-9_-]{1,64}$/, 'Use small letters, digits, _ and -'),
            description: z.string().trim().min(1, 'Tell the model when it is this one').max(300, 'Use at most 300 characters'),
          }),
        )
        .max(20, 'Use at most 20'),
      fields: z.string().superRefine((text, context) => {
        const fault = text.trim() === '' ? undefined : faultOf(text)
        if (fault) context.addIssue({ code: 'custom', message: fault })
      }),
      model: upTo(200),
    }),
    transfer_to: z.string().trim().regex(/^(|\+[1-9]\d{6,14}|sip:[^\s@]+@[^\s@]+)$/, 'Enter a number such as +14155550100, or sip:user@host'),
    may_end_call: z.boolean(),
    variables: z
      .array(
        z.object({
          name: z
            .string()
            .trim()
            .regex(/^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*$/, 'Use letters, digits, _, - and dots, a letter first')
            .refine((name) => !['customer', 'call', 'agent', 'now'].includes(name.split('.')[0] ?? ''), 'This name is the platform’s own'),
          value: upTo(500),
        }),
      )
      .max(50, 'Use at most 50'),
    time_zone: z.string().trim(),
  })
  .superRefine((agent, context) => {
    if (agent.recording.mode === 'consent' && agent.recording.announcement.trim() === '') {
      context.addIssue({ code: 'custom', path: ['recording', 'announcement'], message: 'To ask for consent takes an announcement' })
    }
    agent.variables.forEach(({ name }, at) => {
      if (agent.variables.findIndex((other) => other.name === name) < at) context.addIssue({ code: 'custom', path: ['variables', at, 'name'], message: 'This name is there already' })
    })
  })

export type AgentForm = z.infer<typeof schema>

/** What the language select shows for "the persona's". */
export const ANY_LANGUAGE = 'any'

const text = (value: string | number | null | undefined) => (value == null ? '' : String(value))

export function toForm(name: string, settings: Settings): AgentForm {
  const { turns, limits, recording, analysis } = settings
  return {
    name,
    persona: settings.persona ?? 'friendly_guide',
    instructions: text(settings.instructions),
    greets: settings.greets ?? true,
    greeting: text(settings.greeting),
    greeting_interruptible: settings.greeting_interruptible ?? true,
    voice: text(settings.voice),
    speed: text(settings.speed),
    language: settings.language ?? ANY_LANGUAGE,
    model: text(settings.model),
    temperature: text(settings.temperature),
    max_tokens: text(settings.max_tokens),
    tools: settings.tools ?? [],
    turns: {
      end_complete_ms: text(turns?.end_complete_ms),
      end_unknown_ms: text(turns?.end_unknown_ms),
      end_incomplete_ms: text(turns?.end_incomplete_ms),
      barge_in_after_ms: text(turns?.barge_in_after_ms),
      barge_in_sure_ms: text(turns?.barge_in_sure_ms),
      keys_gap_ms: text(turns?.keys_gap_ms),
      interruptible: turns?.interruptible ?? true,
    },
    limits: { idle_prompt_after_s: text(limits?.idle_prompt_after_s), silence_s: text(limits?.silence_s), max_duration_s: text(limits?.max_duration_s) },
    recording: { mode: recording?.mode ?? 'off', announcement: text(recording?.announcement), retention_days: text(recording?.retention_days), transcribe: recording?.transcribe ?? true },
    analysis: {
      enabled: analysis?.enabled ?? false,
      instructions: text(analysis?.instructions),
      outcomes: (analysis?.outcomes ?? []).map(({ name, description }) => ({ name, description })),
      fields: analysis?.fields == null ? '' : JSON.stringify(analysis.fields, null, 2),
      model: text(analysis?.model),
    },
    transfer_to: text(settings.transfer_to),
    may_end_call: settings.may_end_call ?? true,
    variables: Object.entries(settings.variables ?? {}).map(([name, value]) => ({ name, value })),
    time_zone: text(settings.time_zone),
  }
}

const orNull = (value: string) => (value.trim() === '' ? null : value)
const asNumber = (value: string) => (value.trim() === '' ? null : Number(value))

/** All settings of the form; `before` says what the API knows of, and what was null and means the same. */
export function toSettings(form: AgentForm, before: Settings): Settings {
  const { turns, limits, recording, analysis } = form
  // `true` and null are both "yes": what was not touched stays as it is written.
  const interruptible = turns.interruptible && before.turns?.interruptible == null ? null : turns.interruptible
  return {
    persona: form.persona,
    instructions: orNull(form.instructions),
    greets: form.greets,
    greeting: orNull(form.greeting),
    greeting_interruptible: form.greeting_interruptible,
    model: orNull(form.model),
    temperature: asNumber(form.temperature),
    max_tokens: asNumber(form.max_tokens),
    voice: orNull(form.voice),
    speed: asNumber(form.speed),
    language: form.language === ANY_LANGUAGE ? null : form.language,
    tools: form.tools,
    turns: {
      end_complete_ms: asNumber(turns.end_complete_ms),
      end_unknown_ms: asNumber(turns.end_unknown_ms),
      end_incomplete_ms: asNumber(turns.end_incomplete_ms),
      barge_in_after_ms: asNumber(turns.barge_in_after_ms),
      barge_in_sure_ms: asNumber(turns.barge_in_sure_ms),
      keys_gap_ms: asNumber(turns.keys_gap_ms),
      interruptible,
    },
    limits: { idle_prompt_after_s: asNumber(limits.idle_prompt_after_s), silence_s: asNumber(limits.silence_s), max_duration_s: asNumber(limits.max_duration_s) },
    recording: { mode: recording.mode, announcement: orNull(recording.announcement), retention_days: asNumber(recording.retention_days), transcribe: recording.transcribe },
    ...(before.analysis
      ? {
          analysis: {
            enabled: analysis.enabled,
            instructions: orNull(analysis.instructions),
            outcomes: analysis.outcomes,
            fields: analysis.fields.trim() === '' ? null : (JSON.parse(analysis.fields) as unknown),
            model: orNull(analysis.model),
          },
        }
      : {}),
    transfer_to: orNull(form.transfer_to),
    may_end_call: form.may_end_call,
    variables: Object.fromEntries(form.variables.map(({ name, value }) => [name, value])),
    time_zone: orNull(form.time_zone),
  }
}

/** The API names `turns` where `turns.end_complete_ms` is meant, and begins its words with the part. */
export function fieldOf(field: string, message: string): string {
  const part = /^`?([a-z_]+)`?/.exec(message.toLowerCase())?.[1] ?? ''
  if (field === 'turns' || field === 'limits') return /_(ms|s)$/.test(part) ? `${field}.${part}` : field
  if (field === 'recording') return part === 'retention_days' ? 'recording.retention_days' : 'recording.announcement'
  if (field.startsWith('analysis')) return ['instructions', 'outcomes', 'fields', 'model'].includes(field.split('.')[1] ?? '') ? field : 'analysis.instructions'
  return field
}

const TAB_OF: Record<string, AgentTab> = {
  voice: 'voice',
  speed: 'voice',
  language: 'voice',
  model: 'voice',
  temperature: 'voice',
  max_tokens: 'voice',
  tools: 'tools',
  turns: 'turns',
  limits: 'calls',
  recording: 'calls',
  transfer_to: 'calls',
  may_end_call: 'calls',
  analysis: 'analysis',
}

/** Where a field of the form stands. */
export function tabOf(field: string): AgentTab {
  return TAB_OF[field.split('.')[0] ?? ''] ?? 'conversation'
}

/** Variables of the tenant's own that the texts name and nothing here gives a value. */
export function openVariables(texts: readonly string[], given: readonly string[]): string[] {
  const found = new Set<string>()
  for (const text of texts) {
    for (const [, name = ''] of text.matchAll(/\{\{\s*([A-Za-z][\w.-]*)\s*(?:\|[^{}]*)?\}\}/g)) {
      if (!['customer', 'call', 'agent', 'now'].includes(name.split('.')[0] ?? '') && !given.includes(name)) found.add(name)
    }
  }
  return [...found]
}
