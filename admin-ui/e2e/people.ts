import type { Account } from './fixtures.ts'
import type { Server } from './server.ts'

/** The API as this person, beside the browser: to make what a test needs. */
export async function apiOf(server: Server, account: Account) {
  const send = async (method: string, path: string, body?: unknown, token?: string): Promise<unknown> => {
    const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) }
    const answer = await fetch(`${server.url}${path}`, { method, headers, body: body === undefined ? null : JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.status === 204 ? undefined : answer.json()
  }
  const { email, password } = account
  const { access_token: token } = (await send('POST', '/auth/sign-in', { email, password })) as { access_token: string }
  return {
    get: (path: string) => send('GET', path, undefined, token),
    post: (path: string, body?: unknown) => send('POST', path, body, token),
  }
}
