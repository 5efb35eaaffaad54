// npm run screenshots (make screenshots): every page with a tenant's real calls, in both themes, and some of them on a phone, into
// docs/screenshots/. Fails where a page writes an error to its console. PAGES=call,live: those alone. HOLD=1: the stage is
// set and stays, to be looked at; with STAGE and STAGE_KEY of such a run its pictures are taken, FULL=1 as long as pages are.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, type Page, test } from '@playwright/test'
import { type Account, confirmAddress, expect, signUp } from './fixtures.ts'
import { KNOWN, LIVE, SCENES, TALK } from './screenshots/bakery.ts'
import { startModel } from './screenshots/model.ts'
import { withPalette } from './screenshots/palette.ts'
import { type Ask, type Calls, OWNER, callers, chat, furnish, invite, letDaysPass, startShop } from './screenshots/stage.ts'
import { type Server, startServer } from './server.ts'
import { apiOf } from './tenant.ts'

const output = process.env.SCREENSHOTS_DIR ?? path.resolve(import.meta.dirname, '../../docs/screenshots')
const wanted = process.env.PAGES?.split(',')
const OPERATOR: Account = { ...OWNER, name: 'Otto Operator', tenant: 'Headquarters', email: 'root@bakery.example' }
const DESK = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }

const errors: string[] = []

test('screenshots', async ({ browser }) => {
  test.setTimeout(process.env.HOLD ? 0 : 1_800_000)
  const stage = process.env.STAGE ? { url: process.env.STAGE, apiKey: process.env.STAGE_KEY ?? '' } : undefined
  const model = await startModel(KNOWN)
  const shop = await startShop()
  await mkdir(output, { recursive: true })
  const data = await mkdtemp(path.join(tmpdir(), 'switchboard-stage-'))
  const server: Server = stage
    ? { ...stage, log: () => '', stop: () => Promise.resolve() }
    : await startServer({
        numbers: ['+14155550100', '+14155550142', '+14155550155'],
        env: { DATA_DIR: data, ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8', OPERATOR_EMAILS: OPERATOR.email, LLM_BASE_URL: model.url, LLM_MODEL: 'gpt-6-luna', PRICES: `openai@${new URL(model.url).host}:gpt-6-luna=0.25/2` },
      })
  try {
    const page = await open(browser)
    if (!stage) await newcomer(page, server)
    else await signIn(page, server, OWNER)
    const { ask } = await apiOf(server, OWNER)
    const calls = await callers(server, ask, data)
    if (!stage) {
      await furnish(ask, shop.url)
      await stranger(browser, server, await invite(server, ask))
      await week(ask, calls, data)
      const other = await open(browser)
      await signUp(other, server, OPERATOR)
      await confirmAddress(other, server)
    }
    if (process.env.HOLD) {
      console.log(`STAGE=${server.url} STAGE_KEY=${server.apiKey}`)
      await new Promise(() => undefined)
    }
    await pictures(page, server, ask, calls)
    await operator(browser, server)
    expect(errors, 'no page writes an error to its console').toEqual([])
  } finally {
    await server.stop()
    model.close()
    shop.close()
    await rm(data, { recursive: true, force: true })
  }
})

/** A browser of somebody, whose console is watched. */
async function open(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: DESK, colorScheme: 'light', reducedMotion: 'reduce', timezoneId: 'America/New_York' })
  const page = await context.newPage()
  page.on('pageerror', (error) => errors.push(`${page.url()}: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    if (message.type() !== 'error') return
    const { url } = message.location()
    errors.push(`${page.url()}: ${message.text()} ${url}`)
  })
  return page
}

async function signIn(page: Page, server: Server, { email, password }: Account): Promise<void> {
  await page.goto(`${server.url}/ui/sign-in`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
}

/** One page as it is, in both themes; `phone`: on a phone, too. */
async function shoot(page: Page, name: string, { phone = false } = {}): Promise<void> {
  if (wanted && !wanted.includes(name)) return
  for (const [device, size] of [['', DESK], ...(phone ? ([['-phone', PHONE]] as const) : [])] as const) {
    await page.setViewportSize(size)
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme })
      await expect(page.locator('.animate-pulse.bg-muted')).toHaveCount(0)
      // Charts and waveforms are drawn again.
      await page.waitForTimeout(500)
      const picture = await page.screenshot({ fullPage: Boolean(process.env.FULL) })
      await writeFile(path.join(output, `${name}${device}-${theme}.png`), withPalette(picture))
    }
  }
  await page.setViewportSize(DESK)
  await page.emulateMedia({ colorScheme: 'light' })
}

/** What somebody sees who comes for the first time. */
async function newcomer(page: Page, server: Server): Promise<void> {
  await page.goto(`${server.url}/ui/sign-in`)
  await shoot(page, 'sign-in', { phone: true })
  await page.goto(`${server.url}/ui/sign-up`)
  await shoot(page, 'sign-up')
  await signUp(page, server, OWNER)
  await shoot(page, 'first-run', { phone: true })
}

/** What somebody sees who is not signed in, beside the first pages. */
async function stranger(browser: Browser, server: Server, invitation: string): Promise<void> {
  const page = await open(browser)
  for (const address of ['forgot', 'reset?token=of-a-mail', 'restore']) {
    await go(page, server, address)
    await shoot(page, address.split('?')[0] ?? address)
  }
  const { search } = new URL(invitation)
  await go(page, server, `invitation${search}`)
  await shoot(page, 'invitation')
  await page.context().close()
}

/** Six days of calls and of what is written. */
async function week(ask: Ask, calls: Calls, data: string): Promise<void> {
  for (const [at, scene] of SCENES.entries()) {
    await chat(ask, at % 3)
    await calls.place(scene)
    await untilAnalysed(ask, at + 1)
    if (at < SCENES.length - 1) letDaysPass(data, 1)
  }
}

/** Until so many calls are transcribed and analysed: what is moved back is finished. */
async function untilAnalysed(ask: Ask, count: number): Promise<void> {
  const ready = async () => {
    const { items } = await ask<{ items: { analysis?: { state?: string } | null }[] }>('GET', '/calls')
    return items.length >= count && items.every(({ analysis }) => analysis)
  }
  await expect.poll(ready, { timeout: 120_000, intervals: [1_000] }).toBe(true)
}

async function go(page: Page, server: Server, address: string): Promise<void> {
  await page.goto(`${server.url}/ui/${address}`)
  await expect(page.locator('h1')).toBeVisible()
  await page.waitForTimeout(700)
}

async function pictures(page: Page, server: Server, ask: Ask, calls: Calls): Promise<void> {
  const picture = async (address: string, name: string, options: { phone?: boolean; before?: () => Promise<void> } = {}) => {
    if (wanted && !wanted.includes(name)) return
    await go(page, server, address)
    await options.before?.()
    await shoot(page, name, options)
  }
  const first = async (path: string, find: (item: Record<string, unknown>) => boolean = () => true) => {
    const { items } = await ask<{ items: Record<string, unknown>[] }>('GET', path)
    return String((items.find(find) ?? items[0])?.id)
  }
  const agent = await first('/agents', ({ name }) => name === 'Order line')
  const call = await first('/conversations?channel=phone', ({ call }) => (call as { from_number?: string } | null)?.from_number === '+14155550198')
  const interrupted = await first('/conversations?channel=phone', ({ call }) => (call as { from_number?: string } | null)?.from_number === '+14155550139')

  if (!wanted || ['overview', 'live', 'twilio'].some((name) => wanted.includes(name))) {
    const live = calls.begin(LIVE)
    await page.goto(`${server.url}/ui/live`)
    await expect(page.getByText(/recommend our breakfast box/).first()).toBeVisible({ timeout: 90_000 })
    await shoot(page, 'live', { phone: true })
    await picture('?days=7', 'overview', { phone: true })
    await picture('twilio', 'twilio')
    await ask('POST', `/calls/${await first('/calls?state=live')}/hang-up`)
    live.end()
  }
  await picture('agents', 'agents')
  await picture(`agents/${agent}`, 'agent', {
    phone: true,
    before: async () => {
      await page.getByRole('button', { name: 'Start conversation' }).click()
      await page.getByLabel('Say something').fill('Can I pay by card?')
      await page.keyboard.press('Enter')
      await expect(page.getByText(/every common card/)).toBeVisible()
    },
  })
  await picture(`agents/${agent}?tab=voice`, 'agent-voice')
  await picture(`agents/${agent}?tab=tools`, 'agent-tools')
  await picture(`agents/${agent}?tab=turns`, 'agent-turns')
  await picture(`agents/${agent}?tab=calls`, 'agent-calls')
  await picture(`agents/${agent}?tab=analysis`, 'agent-analysis')
  await picture(`agents/${agent}?tab=versions`, 'agent-versions', { before: () => page.getByRole('button', { name: 'Compare version 1' }).click() })
  await picture('personas', 'personas')
  await picture('personas/baker', 'persona')
  await picture('tools', 'tools')
  await picture(`tools/${await first('/http-tools', ({ name }) => name === 'find_order')}`, 'tool')
  await picture('numbers', 'numbers')
  await picture('numbers', 'register-number', { before: () => page.getByRole('button', { name: 'Register phone number' }).first().click() })
  await picture(`numbers/${await first('/phone-numbers', ({ label }) => label === 'Catering')}`, 'number')
  await picture('chat', 'chat-start')
  await picture('chat', 'chat', { phone: true, before: () => talk(page) })
  // Who leaves without a word is waited for.
  const end = page.getByRole('button', { name: 'End', exact: true })
  if (await end.isVisible()) await end.click()
  await picture('calls', 'calls', { phone: true })
  await picture('calls?q=saturday', 'calls-search')
  await picture(`calls/${call}`, 'call', { phone: true, before: () => play(page, 9) })
  await picture(`calls/${interrupted}`, 'call-interrupted', {
    before: async () => {
      await play(page, 4)
      await page.getByRole('region', { name: 'Latency' }).scrollIntoViewIfNeeded()
    },
  })
  await picture('customers', 'customers')
  await picture(`customers/${await first('/customers', ({ name }) => name === 'Maria Lopez')}`, 'customer')
  await picture('jobs', 'jobs')
  await picture('webhooks', 'webhooks')
  await picture('webhooks?tab=deliveries', 'webhook-deliveries')
  await picture(`webhooks/${await first('/webhook-endpoints', ({ description }) => description === 'Order book')}`, 'webhook')
  await picture('api-keys', 'api-keys')
  await picture('usage', 'usage')
  await picture('team', 'team')
  await picture('audit', 'audit')
  await picture('settings', 'settings')
  await picture('settings?tab=retention', 'settings-retention')
  await picture('settings?tab=providers', 'settings-providers')
  await picture('settings?tab=security', 'settings-data-keys')
  await picture('account', 'account')
}

/** Somewhere in the recording, as if it had been played to there. */
async function play(page: Page, seconds: number): Promise<void> {
  await expect(page.locator('canvas').first()).toBeAttached()
  await page.locator('audio').evaluate((audio: HTMLAudioElement, seconds) => (audio.currentTime = seconds), seconds)
}

async function talk(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Write/ }).click()
  await expect(page.getByText('Ready')).toBeVisible()
  for (const { caller, agent } of TALK) {
    await page.getByRole('textbox').fill(caller)
    await page.keyboard.press('Enter')
    await expect(page.getByText(agent.slice(0, 30)).first()).toBeVisible({ timeout: 30_000 })
  }
}

async function operator(browser: Browser, server: Server): Promise<void> {
  if (wanted && !wanted.some((name) => name.startsWith('operator'))) return
  const page = await open(browser)
  await signIn(page, server, OPERATOR)
  await go(page, server, 'operator/tenants')
  await shoot(page, 'operator-tenants')
  await page.getByRole('link', { name: OWNER.tenant }).click()
  await expect(page.getByRole('heading', { level: 1, name: OWNER.tenant })).toBeVisible()
  await shoot(page, 'operator-tenant')
  await go(page, server, 'operator/jobs')
  await shoot(page, 'operator-jobs')
}
