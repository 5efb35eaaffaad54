import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { apiFetch } from './fetch'
import { forget, keep, onTenantChange } from './tokens'

const tokens = (access: string, tenant = 't1') => ({
  access_token: access,
  expires_in: 600,
  session_expires_at: '2026-12-22T15:00:00Z',
  session_id: 's1',
  tenant_id: tenant,
})

/** A server that takes `good` alone, and what it was asked. */
function serve(good: string, refreshed: () => Response) {
  const asked: string[] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    const path = input instanceof Request ? new URL(input.url).pathname : (input as string)
    asked.push(path)
    if (path === '/auth/refresh') return refreshed()
    const token = input instanceof Request ? input.headers.get('authorization') : null
    return token === `Bearer ${good}` ? new Response(input instanceof Request ? await input.text() : '') : new Response('{}', { status: 401 })
  })
  return asked
}

const ask = (body?: string) => apiFetch(new Request('http://localhost:4000/agents', { method: 'POST', body: body ?? null }))

beforeEach(() => keep(tokens('old')))
afterEach(forget)

test('many requests that are refused at once refresh once, and are sent again whole', async () => {
  const asked = serve('new', () => new Response(JSON.stringify(tokens('new'))))
  const answers = await Promise.all(['a', 'b', 'c'].map((body) => ask(body)))
  expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(['a', 'b', 'c'])
  expect(asked.filter((path) => path === '/auth/refresh')).toHaveLength(1)
})

test('a session that is over is told once, and the refusal is the answer', async () => {
  const heard: (string | undefined)[] = []
  const stop = onTenantChange((tenant) => heard.push(tenant))
  serve('new', () => new Response(JSON.stringify({ code: 'session_over' }), { status: 401 }))
  expect((await ask()).status).toBe(401)
  expect(heard).toEqual([undefined])
  stop()
})

test('another tab that refreshed at the same moment is waited for', async () => {
  let tries = 0
  serve('new', () =>
    ++tries === 1 ? new Response(JSON.stringify({ code: 'refresh_race' }), { status: 409 }) : new Response(JSON.stringify(tokens('new'))),
  )
  expect((await ask()).status).toBe(200)
})

test('a session that went over to another tenant says so', async () => {
  const heard: (string | undefined)[] = []
  const stop = onTenantChange((tenant) => heard.push(tenant))
  serve('new', () => new Response(JSON.stringify(tokens('new', 't2'))))
  await ask()
  expect(heard).toEqual(['t2'])
  stop()
})
