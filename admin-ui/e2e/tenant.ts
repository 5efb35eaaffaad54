// A tenant as a program sees it, to set a stage for the pages.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Account, newAccount } from './fixtures.ts'
import { type Server, binary, root } from './server.ts'

type Body = Record<string, unknown>

export interface Api {
  /** The answer's body; fails where the API does. */
  ask: <T = Body>(method: string, path: string, body?: object) => Promise<T>
}

/** The API as this person, beside the browser. */
export async function apiOf(server: Server, { email, password }: Account): Promise<Api> {
  const { access_token: token } = await ask<{ access_token: string }>(server, 'POST', '/auth/sign-in', { email, password })
  return { ask: (method, path, body) => ask(server, method, path, body, token) }
}

async function ask<T = Body>(server: Server, method: string, path: string, body?: object, token?: string): Promise<T> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
  const answer = await fetch(server.url + path, { method, headers, body: body && JSON.stringify(body) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  return (text === '' ? {} : JSON.parse(text)) as T
}

/** Signs up without a browser. */
export async function newTenant(server: Server, account = newAccount()): Promise<Account> {
  const { name, tenant, email, password } = account
  await ask(server, 'POST', '/auth/sign-up', { name, tenant_name: tenant, email, password })
  return account
}

/** Somebody whom the tenant of `api` asked in. */
export async function newMember(server: Server, api: Api, role: string): Promise<Account> {
  const account = { ...newAccount(), name: 'Grace Hopper' }
  const { link } = await api.ask<{ link: string }>('POST', '/invitations', { email: account.email, role })
  const { name, email, password } = account
  await ask(server, 'POST', '/auth/invitations/sign-up', { token: new URL(link).searchParams.get('token'), name, email, password })
  return account
}

/** Of the simulator's Twilio. */
export const TWILIO = { account_sid: 'AC00000000000000000000000000000001', auth_token: 'simulated-auth-token' }
/** Who calls, as pages write it. */
export const CALLER = '+1 (415) 555-0198'

/** An agent that records, and the number at which it answers. */
export async function answeredNumber(api: Api, number: string): Promise<{ agent: string }> {
  const agent = await api.ask<{ id: string }>('POST', '/agents', { name: 'Order line', greeting: 'Corner Bakery, how can I help you?', recording: { mode: 'on' } })
  await api.ask('POST', '/phone-numbers', { ...TWILIO, phone_number: number, agent_id: agent.id, configure: 'automatic' })
  return { agent: agent.id }
}

export interface Call {
  /** When both sides have hung up; fails where the call did. */
  ended: Promise<void>
  /** Ends the caller, who says nothing more. */
  stop: () => void
}

/**
 * A caller with recorded speech, who hangs up when everything is said and answered, or `stays` on the line for so many seconds
 * after the last clip.
 */
export function call(server: Server, number: string, clips: readonly string[], { stays = 0 } = {}): Call {
  const directory = mkdtempSync(path.join(tmpdir(), 'switchboard-caller-'))
  const files = clips.map((clip) => path.join(root, 'caller-audio', `${clip}.ulaw`))
  const last = path.join(directory, 'last.ulaw')
  // Silence on a line of 8 kHz.
  writeFileSync(last, Buffer.concat([readFileSync(files.pop() ?? ''), Buffer.alloc(8_000 * stays, 0xff)]))
  const flags = ['--server', server.url, '--number', number, '--account-sid', TWILIO.account_sid, '--auth-token', TWILIO.auth_token]
  const caller = spawn(binary('simulator'), ['call', ...flags, '--patience', '60', ...[...files, last].flatMap((clip) => ['--clip', clip])])
  let said = ''
  for (const stream of [caller.stdout, caller.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()))
  const ended = new Promise<void>((resolve, reject) => {
    caller.once('error', reject)
    caller.once('exit', (code) => {
      rmSync(directory, { recursive: true })
      if (code === 0) resolve()
      else reject(new Error(`the call failed:\n${said}`))
    })
  })
  // Whoever waits for it hears of it.
  ended.catch(() => undefined)
  return { ended, stop: () => caller.kill() }
}
