// A tenant with something on every page.
import type { Browser, Page } from '@playwright/test'
import { type Consumer, startConsumer } from './consumer.ts'
import { type Account, expect, signIn } from './fixtures.ts'
import type { Server } from './server.ts'
import { type Api, type Call, TWILIO, apiOf, call, newMember } from './tenant.ts'

type Row = 'agent' | 'persona' | 'tool' | 'number' | 'call' | 'customer' | 'webhook' | 'tenant'

export interface Stage {
  /** Whose address it is: `agents/${ids.agent}`. */
  ids: Record<Row, string>
  /** Signed in. */
  page: Page
  /** Somebody else's browser. */
  stranger: Page
  /** Has a caller on the line, until they hang up. */
  ring: () => void
  hangUp: () => void
  strike: () => Promise<void>
}

/** Furnishes this operator's tenant. */
export async function setStage(browser: Browser, server: Server, operator: Account, phoneNumber: string): Promise<Stage> {
  const api = await apiOf(server, operator)
  const consumer = await startConsumer()
  const ids = await furnish(server, api, consumer, phoneNumber)
  await call(server, phoneNumber, ['17_seven_of_clubs_real']).ended
  ids.call = await callOf(api)
  const page = await newPage(browser)
  const stranger = await newPage(browser)
  await signIn(page, server, operator)
  let caller: Call | undefined
  const hangUp = () => {
    caller?.stop()
    caller = undefined
  }
  return {
    ids,
    page,
    stranger,
    ring: () => {
      caller ??= call(server, phoneNumber, ['17_seven_of_clubs_real'], { stays: 240 })
    },
    hangUp,
    strike: async () => {
      hangUp()
      consumer.close()
      await Promise.all([page, stranger].map((page) => page.context().close()))
    },
  }
}

const newPage = async (browser: Browser) => (await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })).newPage()

async function furnish(server: Server, api: Api, consumer: Consumer, phoneNumber: string): Promise<Record<Row, string>> {
  const make = async (path: string, body: object) => (await api.ask<{ id: string }>('POST', path, body)).id
  const persona = 'baker'
  await api.ask('POST', '/personas', { name: persona, title: 'The baker', description: 'Up since three.', tone: 'warm', prompt: 'You bake bread.', greeting: 'Good morning!' })
  const parameters = { type: 'object', properties: { number: { type: 'string', description: 'Four digits' } }, required: ['number'] }
  const tool = await make('/http-tools', { name: 'find_order', description: 'Finds an order by its number.', method: 'GET', url: 'https://example.com/orders/{number}', parameters, secret_headers: { Authorization: 'Bearer secret' } })
  const agent = await make('/agents', { name: 'Order line', persona, instructions: 'You sell bread.', greeting: 'Corner Bakery, how can I help you?', tools: [tool], recording: { mode: 'on' }, limits: { silence_s: 300, idle_prompt_after_s: 60 } })
  const { revision } = await api.ask<{ revision: number }>('GET', `/agents/${agent}`)
  await api.ask('PATCH', `/agents/${agent}`, { revision, instructions: 'You sell bread. Be brief.' })
  await api.ask('POST', `/agents/${agent}/publish`, { note: 'Brief' })
  const number = await make('/phone-numbers', { ...TWILIO, phone_number: phoneNumber, label: 'Front desk', agent_id: agent, configure: 'automatic' })
  const customer = await make('/customers', { name: 'Maria Lopez', phone: '+14155550198', metadata: { plan: 'gold' } })
  const { endpoint } = await api.ask<{ endpoint: { id: string } }>('POST', '/webhook-endpoints', { url: consumer.url, description: 'Order book', event_types: ['call.ended', 'transcript.ready'] })
  await api.ask('POST', '/api-keys', { name: 'Web shop', scopes: ['read'] })
  await api.ask('PATCH', '/limits', { concurrent_calls: 20 })
  await newMember(server, api, 'member')
  await api.ask('POST', '/invitations', { email: 'linus@example.com', role: 'viewer' })
  const { session_id } = await api.ask('POST', `/conversation/start?agent_id=${agent}`)
  await api.ask('POST', '/conversation/process', { session_id, user_input: 'Do you have rye bread?' })
  const { tenant } = await api.ask<{ tenant: { id: string } }>('GET', '/auth/me')
  return { agent, persona, tool, number, call: '', customer, webhook: endpoint.id, tenant: tenant.id }
}

/** When it has all that a call leaves behind. */
async function callOf(api: Api): Promise<string> {
  const { items } = await api.ask<{ items: { id: string; conversation_id: string }[] }>('GET', '/calls')
  const [made] = items
  if (!made) throw new Error('the call left no trace')
  const recorded = async () => (await api.ask<{ items: { state: string }[] }>('GET', `/conversations/${made.conversation_id}/recordings`)).items.map(({ state }) => state)
  await expect.poll(recorded, { timeout: 60_000 }).toEqual(['ready'])
  return made.id
}
