// A tenant as a program sees it, to set a stage for the pages.
import { spawn } from 'node:child_process'
import path from 'node:path'
import type { Account } from './fixtures.ts'
import type { Server } from './server.ts'

const root = path.resolve(import.meta.dirname, '../..')

export interface Api {
  key: string
  /** The answer's body; fails where the API does. */
  ask: (method: string, path: string, body?: object) => Promise<Record<string, unknown>>
}

/** Signs in besides the browser, and makes a key. */
export async function apiOf(server: Server, { email, password }: Account): Promise<Api> {
  const asking = (token: string) => async (method: string, path: string, body?: object) => {
    const answer = await fetch(server.url + path, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: body && JSON.stringify(body) })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>
  }
  const { access_token: token } = await asking('')('POST', '/auth/sign-in', { email, password })
  const { key } = await asking(String(token))('POST', '/api-keys', { name: 'e2e', scopes: ['admin'] })
  return { key: String(key), ask: asking(String(token)) }
}

/** Of the simulator's Twilio. */
const ACCOUNT = 'AC00000000000000000000000000000001'
const TOKEN = 'simulated-auth-token'
export const NUMBER = '+14155550100'

/** An agent that records, and the number at which it answers. */
export async function answeredNumber(api: Api): Promise<{ agent: string }> {
  const agent = await api.ask('POST', '/agents', { name: 'Order line', greeting: 'Corner Bakery, how can I help you?', recording: { mode: 'on' } })
  await api.ask('POST', '/phone-numbers', { phone_number: NUMBER, account_sid: ACCOUNT, auth_token: TOKEN, agent_id: agent.id })
  return { agent: String(agent.id) }
}

/** A call with recorded speech, until both have hung up. */
export async function call(server: Server, api: Api, clips: string[]): Promise<void> {
  const bin = process.env.BIN_DIR ?? path.join(root, 'target/debug')
  const flags = ['--server', server.url, '--number', NUMBER, '--account-sid', ACCOUNT, '--auth-token', TOKEN, '--api-key', api.key]
  const clipFlags = clips.flatMap((clip) => ['--clip', clip])
  const caller = spawn(path.join(bin, 'simulator'), ['call', ...flags, '--patience', '60', ...clipFlags], { cwd: root })
  let said = ''
  for (const stream of [caller.stdout, caller.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()))
  const code = await new Promise((resolve) => caller.once('exit', resolve))
  if (code !== 0) throw new Error(`the call failed:\n${said}`)
}
