import { z } from 'zod'
import { EMPTY_SCHEMA, faultOf } from '@/components/schema-editor'
import type { Schema } from '@/lib/api'

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

const header = z.object({ name: z.string().trim().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'No header has this name'), value: z.string().max(4_000, 'Use at most 4,000 characters') })

export const schema = z
  .object({
    name: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'Use letters, digits, _ and -; at most 64'),
    description: z.string().trim().min(1, 'Tell the model what it does').max(1_000, 'Use at most 1,000 characters'),
    method: z.enum(METHODS),
    url: z
      .string()
      .trim()
      .regex(/^https:\/\/\S+$/, 'Enter an address that begins with https://')
      .max(2_000, 'Use at most 2,000 characters'),
    parameters: z.string().superRefine((text, context) => {
      const fault = faultOf(text)
      if (fault) context.addIssue({ code: 'custom', message: fault })
    }),
    headers: z.array(header).max(20, 'Use at most 20'),
    /** `last_four` undefined: a new one, whose value is still in the form. */
    secrets: z.array(
      z.object({
        name: header.shape.name,
        value: header.shape.value,
        kept: z.boolean(),
        lastFour: z.string().optional(),
      }),
    ),
    timeout_ms: z.string().refine((text) => /^\d+$/.test(text) && Number(text) >= 100 && Number(text) <= 30_000, 'Enter 100 to 30,000 ms'),
    response: z.array(z.object({ name: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'Use letters, digits, _ and -'), pointer: z.string().regex(/^(\/.*)?$/, 'Begin with /, as in /order/status') })).max(20, 'Use at most 20'),
    speak_while_waiting: z.string().trim().max(200, 'Use at most 200 characters'),
  })
  .superRefine((tool, context) => {
    tool.secrets.forEach((secret, at) => {
      if (!secret.kept && secret.value === '') context.addIssue({ code: 'custom', path: ['secrets', at, 'value'], message: 'Enter its value' })
    })
    const missing = missingParameter(tool.url, tool.parameters)
    if (missing) context.addIssue({ code: 'custom', path: ['url'], message: `{${missing}} must be a parameter, and required` })
  })

export type ToolForm = z.infer<typeof schema>

export const BLANK: ToolForm = { name: '', description: '', method: 'GET', url: '', parameters: EMPTY_SCHEMA, headers: [], secrets: [], timeout_ms: '5000', response: [], speak_while_waiting: '' }

/** The first `{parameter}` of the address that the schema does not require. */
export function missingParameter(url: string, parameters: string): string | undefined {
  const names = [...url.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '')
  if (names.length === 0) return undefined
  try {
    const parsed = JSON.parse(parameters) as { required?: unknown }
    const required: unknown[] = Array.isArray(parsed.required) ? parsed.required : []
    return names.find((name) => !required.includes(name))
  } catch {
    // The schema's own fault is told at the schema.
    return undefined
  }
}

export function toForm(tool: Schema<'HttpTool'>): ToolForm {
  return {
    name: tool.name,
    description: tool.description,
    method: tool.method,
    url: tool.url,
    parameters: JSON.stringify(tool.parameters, null, 2),
    headers: Object.entries(tool.headers).map(([name, value]) => ({ name, value })),
    secrets: tool.secret_headers.map(({ name, last_four }) => ({ name, value: '', kept: true, lastFour: last_four ?? undefined })),
    timeout_ms: String(tool.timeout_ms),
    response: (tool.response ?? []).map(({ name, pointer }) => ({ name, pointer })),
    speak_while_waiting: tool.speak_while_waiting ?? '',
  }
}

/** All but the secrets: new and changed tools say those differently. */
function common(form: ToolForm) {
  return {
    name: form.name,
    description: form.description,
    method: form.method,
    url: form.url,
    parameters: JSON.parse(form.parameters) as unknown,
    headers: Object.fromEntries(form.headers.map(({ name, value }) => [name, value])),
    timeout_ms: Number(form.timeout_ms),
    response: form.response.length > 0 ? form.response : null,
    speak_while_waiting: form.speak_while_waiting || null,
  }
}

export function toNew(form: ToolForm): Schema<'NewHttpTool'> {
  return { ...common(form), secret_headers: Object.fromEntries(form.secrets.map(({ name, value }) => [name, value])) }
}

/** Secrets that were typed are set, those that are gone from the form are taken away, the others stay. */
export function toChange(form: ToolForm, before: Schema<'HttpTool'>): Schema<'HttpToolChange'> {
  const secrets: Record<string, string | null> = {}
  for (const { name } of before.secret_headers) {
    if (!form.secrets.some((secret) => secret.name === name)) secrets[name] = null
  }
  for (const { name, value } of form.secrets) if (value !== '') secrets[name] = value
  // The document cannot say that a value may be null.
  const secret_headers = secrets as Record<string, string>
  return { ...common(form), ...(Object.keys(secrets).length > 0 ? { secret_headers } : {}) }
}
