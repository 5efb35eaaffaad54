// A tenant after a week of work, made by the API and by simulated calls.
import { spawn, spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { Account } from '../fixtures.ts'
import { type Server, binary } from '../server.ts'
import { type Api, TWILIO } from '../tenant.ts'
import { CHATS, CUSTOMERS, type Exchange, LIVE, SCENES, type Scene } from './bakery.ts'

export const OWNER: Account = { name: 'Ada Lovelace', tenant: 'Corner Bakery', email: 'ada@bakery.example', password: 'correct horse battery' }
/** The numbers that the fake Twilio knows. */
export const NUMBERS = { orders: '+14155550100', tables: '+14155550142', spare: '+14155550155' }

export type Ask = Api['ask']

/** The bakery's own server: it answers its tools, and takes what webhooks bring. */
export async function startShop(): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    request.resume()
    response.setHeader('content-type', 'application/json')
    if (request.url?.startsWith('/orders/')) response.end('{"order":{"status":"on its way","eta_minutes":15,"paid":true}}')
    else if (request.url?.startsWith('/oven')) response.end('{"free":true,"price_usd":48}')
    else if (request.url === '/broken') response.writeHead(503).end('{"error":"down for maintenance"}')
    else response.end('{"taken":true}')
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

/** Agents, tools, numbers, customers, people, keys and endpoints. */
export async function furnish(ask: Ask, shop: string): Promise<void> {
  await ask('POST', '/personas', {
    name: 'baker',
    title: 'The baker',
    description: 'Up since three, knows every loaf by name.',
    tone: 'warm, quick, a little floury',
    prompt: 'You are the baker of a small town. You know your customers and what they usually take. Speak in short sentences.',
    greeting: 'Good morning {{customer.name|there}}, what may it be?',
    speed: 1.05,
  })
  const tool = (body: object) => ask<{ id: string }>('POST', '/http-tools', body)
  const find = await tool({
    name: 'find_order',
    description: 'Finds an order by its number. Call it when the caller asks where an order is.',
    method: 'GET',
    url: `${shop}/orders/{number}`,
    parameters: { type: 'object', properties: { number: { type: 'string', description: 'Four digits, as the caller says them.', pattern: '^[0-9]{4}$' } }, required: ['number'] },
    secret_headers: { Authorization: 'Bearer shop-secret' },
    response: [
      { name: 'status', pointer: '/order/status' },
      { name: 'minutes', pointer: '/order/eta_minutes' },
      { name: 'paid', pointer: '/order/paid' },
    ],
    speak_while_waiting: 'Let me look that up.',
  })
  const oven = await tool({
    name: 'check_oven',
    description: 'Says whether the oven has room for a cake on a day, and what it costs.',
    method: 'POST',
    url: `${shop}/oven`,
    parameters: { type: 'object', properties: { day: { type: 'string' }, people: { type: 'integer', minimum: 1 } }, required: ['day', 'people'] },
  })
  const orders = await ask<{ id: string; revision: number }>('POST', '/agents', {
    name: 'Order line',
    persona: 'baker',
    instructions: 'Take orders for bread and cakes. Ask for how many people, and when it is fetched.\n\nNever promise a delivery in less than an hour. Complaints go to the manager: take the number, and say that she calls back the same day.',
    greeting: 'Corner Bakery, good morning! What can I do for you?',
    tools: [find.id, oven.id],
    recording: { mode: 'on' },
    limits: { idle_prompt_after_s: 60, silence_s: 120 },
    time_zone: 'America/New_York',
    variables: { 'shop.city': 'Springfield' },
    analysis: {
      enabled: true,
      instructions: 'Note allergies, whoever mentions them.',
      outcomes: [
        { name: 'ordered', description: 'Something was ordered.' },
        { name: 'answered', description: 'A question was answered.' },
        { name: 'complaint', description: 'The caller complained.' },
      ],
      fields: { type: 'object', properties: { order: { type: ['string', 'null'] }, pickup: { type: ['string', 'null'] }, callback: { type: 'boolean' } }, required: ['order', 'pickup', 'callback'], additionalProperties: false },
    },
  })
  const tables = await ask<{ id: string }>('POST', '/agents', {
    name: 'Table bookings',
    persona: 'calm_concierge',
    instructions: 'Book tables of the café, from nine to nine. Ask for the name, the time, and how many come.',
    greeting: 'The café at Corner Bakery, good evening. How may I help you?',
    recording: { mode: 'on' },
    analysis: { enabled: true, outcomes: [] },
  })
  await ask('POST', '/agents', { name: 'Night desk', persona: 'friendly_guide', instructions: 'Outside opening hours: take a message.' })
  const number = (phone_number: string, label: string, agent_id: string, configure: string) => ask('POST', '/phone-numbers', { ...TWILIO, phone_number, label, agent_id, configure })
  await number(NUMBERS.orders, 'Front desk', orders.id, 'automatic')
  await number(NUMBERS.tables, 'Café', tables.id, 'automatic')
  await number(NUMBERS.spare, 'Catering', orders.id, 'manual')
  for (const customer of CUSTOMERS) await ask('POST', '/customers', customer)
  const secret = { event_types: ['call.started', 'call.ended', 'transcript.ready', 'analysis.ready'] }
  await ask('POST', '/webhook-endpoints', { ...secret, url: `${shop}/hooks/orders`, description: 'Order book' })
  await ask('POST', '/webhook-endpoints', { url: `${shop}/broken`, description: 'Old CRM', event_types: ['call.ended'] })
  await ask('POST', '/api-keys', { name: 'Web shop', scopes: ['read', 'calls'] })
  await ask('POST', '/api-keys', { name: 'Reporting', scopes: ['read'], expires_at: new Date(Date.now() + 90 * 86_400_000).toISOString() })
  await ask('PUT', '/tenant/retention', { recordings_days: 90, transcripts_days: 365 })
  await ask('PATCH', '/limits', { concurrent_calls: 20, minutes_per_month: 2_000 })
  await ask('PATCH', `/agents/${orders.id}`, { revision: orders.revision, turns: { end_complete_ms: 420 } })
  await ask('POST', `/agents/${orders.id}/publish`, { note: 'Answers a little sooner' })
}

/** Somebody else in the tenant, and somebody who was asked in: by this link. */
export async function invite(server: Server, ask: Ask): Promise<string> {
  const { link } = await ask<{ link: string }>('POST', '/invitations', { email: 'grace@bakery.example', role: 'admin' })
  const token = new URL(link).searchParams.get('token')
  await post(server, '/auth/invitations/sign-up', { token, name: 'Grace Hopper', email: 'grace@bakery.example', password: OWNER.password })
  const asked = await ask<{ link: string }>('POST', '/invitations', { email: 'linus@bakery.example', role: 'viewer' })
  return asked.link
}

async function post(server: Server, path: string, body: object): Promise<void> {
  const answer = await fetch(server.url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
}

export interface Calls {
  /** Until both sides have hung up. */
  place: (scene: Scene) => Promise<void>
  /** Goes on until it is ended: who is hung up on would ring again. */
  begin: (scene: Scene) => { end: () => void }
}

/** Places calls whose callers have the built-in voice, pitched for each; `directory` keeps what they say. */
export async function callers(server: Server, ask: Ask, directory: string): Promise<Calls> {
  const { key } = await ask<{ key: string }>('POST', '/api-keys', { name: 'Simulator', scopes: ['read'] })
  const dial = (scene: Scene, clips: readonly string[]) => {
    const flags = ['--server', server.url, '--number', NUMBERS[scene.agent], '--account-sid', TWILIO.account_sid, '--auth-token', TWILIO.auth_token, '--api-key', key, '--from', scene.from, '--patience', '60']
    return spawn(binary('simulator'), ['call', ...flags, ...clips.flatMap((clip) => ['--clip', clip])], { cwd: directory })
  }
  const say = (scene: Scene, silence = 0) => clipsOf(server, directory, scene, silence)
  const made = new Map(await Promise.all(SCENES.map(async (scene) => [scene, await say(scene)] as const)))
  const live = await say(LIVE, 90)
  return {
    place: async (scene) => {
      const caller = dial(scene, made.get(scene) ?? [])
      let said = ''
      for (const stream of [caller.stdout, caller.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()))
      const code = await new Promise((resolve) => caller.once('exit', resolve))
      if (process.env.HOLD) console.log(said)
      if (code !== 0) throw new Error(`the call failed:\n${said}`)
    },
    begin: (scene) => {
      const caller = dial(scene, live)
      return { end: () => caller.kill() }
    },
  }
}

/** What the caller says as files; the last is followed by so many seconds of silence. */
async function clipsOf(server: Server, directory: string, scene: Scene, silence: number): Promise<string[]> {
  const pitch = 20_000 + (Number(scene.from.slice(-2)) % 5) * 1_000
  const clips: Buffer[][] = []
  let goesOn = false
  for (const { caller, breaksInAfter } of scene.exchanges) {
    const pcm = await spoken(caller, pitch)
    if (goesOn) clips.at(-1)?.push(pcm)
    else clips.push([pcm])
    goesOn = breaksInAfter !== undefined
    if (breaksInAfter !== undefined) clips.at(-1)?.push(Buffer.alloc(Math.round(breaksInAfter * pitch) * 2))
  }
  clips.at(-1)?.push(Buffer.alloc(silence * pitch * 2))
  return Promise.all(
    clips.map(async (parts, at) => {
      const file = path.join(directory, `${scene.from.slice(1)}-${at}.wav`)
      await writeFile(file, wav(Buffer.concat(parts), pitch))
      return file
    }),
  )

  async function spoken(text: string, rate: number): Promise<Buffer> {
    // What is played slower is spoken faster: the voice is deeper, and no slower.
    const body = JSON.stringify({ text, speed: 24_000 / rate })
    const answer = await fetch(`${server.url}/voice/text-to-speech`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-api-key': server.apiKey }, body })
    if (!answer.ok) throw new Error(`text-to-speech: ${answer.status} ${await answer.text()}`)
    const file = Buffer.from(await answer.arrayBuffer())
    return file.subarray(file.indexOf('data') + 8)
  }
}

function wav(pcm: Buffer, rate: number): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + pcm.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate * 2, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(pcm.length, 40)
  return Buffer.concat([head, pcm])
}

/** Written conversations, `rounds` times each. */
export async function chat(ask: Ask, rounds: number): Promise<void> {
  const { items } = await ask<{ items: { id: string; name: string }[] }>('GET', '/agents')
  const agent = items.find(({ name }) => name === 'Order line')?.id ?? ''
  const talk = async (exchanges: readonly Exchange[], customer: string) => {
    const { session_id } = await ask<{ session_id: string }>('POST', `/conversation/start?agent_id=${agent}&customer_id=${customer}`)
    for (const { caller } of exchanges) await ask('POST', '/conversation/process', { session_id, user_input: caller })
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, exchanges] of CHATS.entries()) await talk(exchanges, CUSTOMERS[(round + at) % CUSTOMERS.length]?.external_id ?? '')
  }
}

/** Moves what has happened so far so many days back: a week cannot be waited for. */
export function letDaysPass(data: string, days: number): void {
  const { status, stderr } = spawnSync('python3', [path.join(import.meta.dirname, 'days.py'), path.join(data, 'switchboard.db'), String(days)], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}
