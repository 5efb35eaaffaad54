// The session as this tab holds it: the access token in memory alone, the refresh token in a cookie that no script
// reads (docs/security.md).
import type { components } from '@/api/schema'
import { type Problem, problemOf, unreachable } from './problem'

type Tokens = components['schemas']['Tokens']

const CSRF_COOKIE = '__Host-switchboard_csrf'

/** Milliseconds before its end at which an access token counts as over: a request under way must not outlive it. */
const MARGIN_MS = 15_000

/** Another tab used the refresh token at the same moment: its cookie is there soon. */
const RACE_TRIES = 3
const RACE_PAUSE_MS = 300

let access: { token: string; until: number; tenant: string } | undefined
let refreshing: Promise<boolean> | undefined
const listeners = new Set<(tenant: string | undefined) => void>()

/** Hears when the session goes over to another tenant, or ends (`undefined`). */
export function onTenantChange(listener: (tenant: string | undefined) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function keep(tokens: Tokens): void {
  const before = access?.tenant
  access = { token: tokens.access_token, until: Date.now() + tokens.expires_in * 1000 - MARGIN_MS, tenant: tokens.tenant_id }
  if (before !== undefined && before !== tokens.tenant_id) tell()
}

export function forget(): void {
  const was = access
  access = undefined
  if (was) tell()
}

function tell(): void {
  for (const listener of listeners) listener(access?.tenant)
}

/** Whether there may be a session: one that can be refreshed, or an access token. */
export function mayHaveSession(): boolean {
  return access !== undefined || csrf() !== undefined
}

/** A token that is good now; undefined: nobody is signed in. */
export async function accessToken(): Promise<string | undefined> {
  if (access && access.until > Date.now()) return access.token
  if (!mayHaveSession()) return undefined
  return (await refresh()) ? access?.token : undefined
}

/** Takes the session on; false: it is over. Asked for many times at once, it asks the server once. */
export function refresh(): Promise<boolean> {
  refreshing ??= acrossTabs(askOnce).finally(() => {
    refreshing = undefined
  })
  return refreshing
}

/** The token for a request that was refused with `refused`: another request may have refreshed it meanwhile. */
export async function renewed(refused: string): Promise<string | undefined> {
  if (access && access.token !== refused && access.until > Date.now()) return access.token
  return (await refresh()) ? access?.token : undefined
}

async function askOnce(): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    const answer = await post('/auth/refresh')
    if (answer.ok) {
      keep((await answer.json()) as Tokens)
      return true
    }
    const problem = await problemOf(answer)
    if (problem.code === 'refresh_race' && tries < RACE_TRIES) {
      await new Promise((resolve) => setTimeout(resolve, RACE_PAUSE_MS * tries))
      continue
    }
    if (endsSession(problem)) {
      forget()
      return false
    }
    throw problem
  }
}

function endsSession(problem: Problem): boolean {
  return problem.status === 401 || problem.code === 'csrf' || problem.code === 'tenant_suspended' || problem.code === 'no_tenant'
}

export async function signOut(): Promise<void> {
  try {
    await post('/auth/sign-out')
  } finally {
    forget()
  }
}

async function post(path: string): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf() ?? '' }
  return fetch(path, { method: 'POST', credentials: 'same-origin', headers, body: '{}' }).catch(() => {
    throw unreachable()
  })
}

/** Tabs share the cookie: one after the other, where the browser can. */
function acrossTabs<T>(work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return work()
  return navigator.locks.request('switchboard.refresh', work) as Promise<T>
}

function csrf(): string | undefined {
  const pair = document.cookie.split('; ').find((pair) => pair.startsWith(`${CSRF_COOKIE}=`))
  return pair?.slice(CSRF_COOKIE.length + 1) || undefined
}
