import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectNoOverflow, setTheme, test } from './fixtures.ts'
import type { Stage } from './stage.ts'
import { CALLER } from './tenant.ts'

interface Visit {
  /** Below /ui/; `$agent` is the stage's. */
  at: string
  /** What is there only when the page has its data. */
  shows: string | RegExp
  /** With a caller on the line. */
  ringing?: boolean
}

/** Every route, as src/routes/ has it, and what is looked at there. */
const ROUTES: Record<string, Visit[]> = {
  '_app/index': [{ at: '', shows: CALLER, ringing: true }],
  '_app/live': [{ at: 'live', shows: 'Corner Bakery, how can I help you?', ringing: true }],
  '_app/twilio': [{ at: 'twilio', shows: CALLER, ringing: true }],
  '_app/agents/index': [{ at: 'agents', shows: 'Order line' }],
  '_app/agents/$agentId': [
    { at: 'agents/$agent', shows: 'Version 2' },
    { at: 'agents/$agent?tab=voice', shows: 'Voice' },
    { at: 'agents/$agent?tab=tools', shows: 'find_order' },
    { at: 'agents/$agent?tab=turns', shows: 'After a complete sentence' },
    { at: 'agents/$agent?tab=calls', shows: 'Recording' },
    { at: 'agents/$agent?tab=analysis', shows: /Analy/ },
    { at: 'agents/$agent?tab=versions', shows: 'Brief' },
  ],
  '_app/personas/index': [{ at: 'personas', shows: 'The baker' }],
  '_app/personas/$persona': [
    { at: 'personas/$persona', shows: 'The baker' },
    { at: 'personas/friendly_guide', shows: 'Friendly guide' },
  ],
  '_app/tools/index': [{ at: 'tools', shows: 'find_order' }],
  '_app/tools/$toolId': [
    { at: 'tools/$tool', shows: 'find_order' },
    { at: 'tools/new', shows: 'Create tool' },
  ],
  '_app/numbers/index': [{ at: 'numbers', shows: 'Front desk' }],
  '_app/numbers/$numberId': [{ at: 'numbers/$number', shows: 'Ready' }],
  '_app/chat': [{ at: 'chat', shows: /^Talk/ }],
  '_app/calls/index': [
    { at: 'calls', shows: CALLER },
    { at: 'calls?q=clubs', shows: 'clubs' },
  ],
  '_app/calls/$callId': [{ at: 'calls/$call', shows: /clubs/i }],
  '_app/customers/index': [{ at: 'customers', shows: 'Maria Lopez' }],
  '_app/customers/$customerId': [{ at: 'customers/$customer', shows: 'gold' }],
  '_app/jobs': [{ at: 'jobs', shows: 'Done' }],
  '_app/webhooks/index': [
    { at: 'webhooks', shows: 'Order book' },
    { at: 'webhooks?tab=deliveries', shows: 'Delivered' },
  ],
  '_app/webhooks/$webhookId': [{ at: 'webhooks/$webhook', shows: 'Order book' }],
  '_app/api-keys': [{ at: 'api-keys', shows: 'Web shop' }],
  '_app/usage': [{ at: 'usage', shows: 'Phone' }],
  '_app/team': [{ at: 'team', shows: 'linus@example.com' }],
  '_app/audit': [{ at: 'audit', shows: 'Otto Operator' }],
  '_app/settings': [
    { at: 'settings', shows: 'Delete tenant…' },
    { at: 'settings?tab=retention', shows: 'Recordings' },
    { at: 'settings?tab=providers', shows: 'Speech to text' },
    { at: 'settings?tab=security', shows: 'Data keys' },
  ],
  '_app/account': [{ at: 'account', shows: 'root@example.com' }],
  '_app/operator/tenants/index': [{ at: 'operator/tenants', shows: 'Headquarters' }],
  '_app/operator/tenants/$tenantId': [{ at: 'operator/tenants/$tenant', shows: 'Headquarters' }],
  '_app/operator/jobs': [{ at: 'operator/jobs', shows: 'Done' }],
  '_public/sign-in': [{ at: 'sign-in', shows: 'Forgot the password?' }],
  '_public/sign-up': [{ at: 'sign-up', shows: 'Create account' }],
  '_public/forgot': [{ at: 'forgot', shows: /link/ }],
  '_public/reset': [{ at: 'reset?token=a', shows: 'New password' }],
  '_public/restore': [{ at: 'restore', shows: /deletion|back/ }],
  '_public/verify': [{ at: 'verify?token=a', shows: 'Confirm' }],
  '_public/invitation': [{ at: 'invitation?token=a', shows: /invitation/i }],
}

const routes = path.resolve(import.meta.dirname, '../src/routes')
const files = readdirSync(routes, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx') && file.includes(path.sep))

test('every route is walked', () => {
  expect(Object.keys(ROUTES).sort()).toEqual(files.map((file) => file.replace('.tsx', '')).sort())
})

for (const [route, visits] of Object.entries(ROUTES)) {
  test(`${route} has its data, suits axe in both themes, and fits a phone`, async ({ server, stage }) => {
    test.setTimeout(60_000 * visits.length)
    const page = route.startsWith('_public') ? stage.stranger : stage.page
    await withoutErrors(page, async () => {
      for (const { at, shows, ringing } of visits) {
        if (ringing) stage.ring()
        else stage.hangUp()
        const address = at.replace(/\$(\w+)/, (_, row: keyof Stage['ids']) => stage.ids[row])
        await page.setViewportSize({ width: 1440, height: 900 })
        await page.goto(`${server.url}/ui/${address}`)
        await expect(page.locator('main').getByText(shows).first()).toBeVisible({ timeout: 20_000 })
        await expectAccessible(page)
        await page.setViewportSize({ width: 390, height: 844 })
        await expectNoOverflow(page)
        // Colours are those of the desk.
        await expectAccessible(page, ['light'])
      }
    })
  })
}

test('/no/such/page says so', async ({ server, stage: { page } }) => {
  await page.goto(`${server.url}/ui/no/such/page`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expectAccessible(page)
})

test('a theme is chosen and kept', async ({ page, server }) => {
  await page.goto(`${server.url}/ui/sign-in`)
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await background()
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect.poll(background).not.toBe(light)
  await page.reload()
  await expect(page.locator('html')).toHaveClass(/dark/)
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: 'As the system' }).click()
  await setTheme(page, 'light')
  expect(await background()).toBe(light)
})

/** A script that fails and a policy that forbids are told in the console; what a request is answered, the page tells. */
async function withoutErrors(page: Page, deed: () => Promise<void>): Promise<void> {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(`${page.url()}: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) errors.push(`${page.url()}: ${message.text()}`)
  })
  await deed()
  page.removeAllListeners('pageerror').removeAllListeners('console')
  expect(errors).toEqual([])
}
