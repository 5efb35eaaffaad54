/** What the API says went wrong: RFC 9457, `application/problem+json`. */
export class Problem extends Error {
  override readonly name = 'Problem'

  constructor(
    /** HTTP status; 0: the server was not reached. */
    readonly status: number,
    /** Stable name of the kind: `not_found`, `invalid`, `conflict`, … */
    readonly code: string,
    readonly title: string,
    /** For people. */
    readonly detail: string,
    /** By field, as the API spells it (`phone_number`, `limits.silence_s`). */
    readonly errors: Record<string, string> = {},
    /** Seconds to wait before another try (429). */
    readonly retryAfter?: number,
    /** Names the request in the server's log. */
    readonly requestId?: string,
  ) {
    super(detail)
  }

  get isOffline(): boolean {
    return this.status === 0
  }
}

/** The API names the field of an `invalid` value before a colon. */
const FIELD = /^([a-z][a-z0-9_]*(?:[.[\]a-z0-9_]*)): (.+)$/s

export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined)
  const text = (key: string): string | undefined => {
    const value = isRecord(body) ? body[key] : undefined
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const title = text('title') ?? (response.statusText || `HTTP ${response.status}`)
  const detail = text('detail') ?? title
  const code = text('code') ?? 'unknown'
  const field = code === 'invalid' ? FIELD.exec(detail) : null
  const errors = field?.[1] && field[2] ? { [field[1]]: sentence(field[2]) } : {}
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN)
  const id = text('request_id') ?? response.headers.get('x-request-id') ?? undefined
  return new Problem(response.status, code, title, sentence(detail), errors, Number.isNaN(wait) ? undefined : wait, id)
}

/** Whatever was thrown, as a problem that can be shown. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof TypeError) return unreachable()
  const detail = error instanceof Error ? error.message : String(error)
  return new Problem(-1, 'client', 'This page failed', detail)
}

export function unreachable(): Problem {
  return new Problem(0, 'unreachable', 'Server not reached', 'The server cannot be reached. Check your connection; this page tries again.')
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
