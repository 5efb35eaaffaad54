import createClient from 'openapi-fetch'
import type { components, paths } from '@/api/schema'
import { apiFetch } from './fetch'
import { problemOf } from './problem'

/** The typed client. Wrap its calls in `take`. */
export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: apiFetch })

/** A schema of the API by its name: `Schema<'Agent'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]

/** The answer's body, or a thrown `Problem`. */
export async function take<D>(answer: Promise<{ data?: D; error?: unknown; response: Response }>): Promise<NonNullable<D>> {
  const { data, response, error } = await answer
  if (!response.ok) throw await problemFrom(response, error)
  return data as NonNullable<D>
}

/** The body is read already: openapi-fetch gives it as `error`. */
function problemFrom(response: Response, error: unknown) {
  const body = typeof error === 'string' ? error : JSON.stringify(error ?? {})
  const { status, statusText, headers } = response
  return problemOf(new Response(body, { status, statusText, headers }))
}

/** For a request that makes something: sent twice, it makes one. */
export function idempotencyKey(): string {
  return crypto.randomUUID()
}
