import AxeBuilder from '@axe-core/playwright'
import { type BrowserContext, type Page, test as base, expect } from '@playwright/test'
import { type Consumer, startConsumer } from './consumer.ts'
import { type Restartable, type Server, startServer } from './server.ts'
import { type Stage, setStage } from './stage.ts'

/** What the fake Twilio's account has: a number belongs to one tenant, so each test that needs one takes its own. */
const NUMBERS = Array.from({ length: 20 }, (_, at) => `+14155550${100 + at}`)
const OPERATOR = 'root@example.com'

interface Workers {
  /** One for all tests of a worker. Each test makes its own account, and with it its own tenant. */
  server: Restartable
  /** Numbers that no test has taken yet. */
  freeNumbers: string[]
  /** Runs the server; has a tenant like everybody. */
  operator: Account
  /** That tenant with something on every page. */
  stage: Stage
}

interface Tests {
  /** E.164, of the fake Twilio's account. */
  number: string
  /** A tenant's own program, told by webhooks. */
  consumer: Consumer
  /** A page in a browser of somebody else. */
  newPage: () => Promise<Page>
}

export const test = base.extend<Tests, Workers>({
  server: [
    async ({}, use) => {
      const env = { OPERATOR_EMAILS: OPERATOR, ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8', TRUSTED_PROXIES: '127.0.0.1' }
      const server = await startServer({ numbers: NUMBERS, env })
      await use(server)
      await server.stop()
    },
    { scope: 'worker', timeout: 150_000 },
  ],
  freeNumbers: [async ({}, use) => use([...NUMBERS]), { scope: 'worker' }],
  operator: [
    async ({ server, browser }, use) => {
      const context = await browser.newContext()
      const page = await context.newPage()
      const account = await signUp(page, server, { ...newAccount(), email: OPERATOR, name: 'Otto Operator', tenant: 'Headquarters' })
      await confirmAddress(page, server)
      await context.close()
      await use(account)
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  stage: [
    async ({ browser, server, operator, freeNumbers }, use) => {
      const stage = await setStage(browser, server, operator, freeNumbers.shift() ?? '')
      await use(stage)
      await stage.strike()
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  // A test is somebody at an address of their own, as a proxy tells it: the server lets an address sign up so and so often.
  extraHTTPHeaders: async ({}, use) => use({ 'X-Forwarded-For': `10.${byte()}.${byte()}.${byte()}` }),
  number: async ({ freeNumbers }, use) => {
    const number = freeNumbers.shift()
    if (number === undefined) throw new Error('every number is taken: NUMBERS wants more')
    await use(number)
  },
  consumer: async ({}, use) => {
    const consumer = await startConsumer()
    await use(consumer)
    consumer.close()
  },
  newPage: async ({ browser }, use) => {
    const contexts: BrowserContext[] = []
    await use(async () => {
      const context = await browser.newContext()
      contexts.push(context)
      return context.newPage()
    })
    await Promise.all(contexts.map((context) => context.close()))
  },
})

export { expect }

const byte = () => Math.floor(Math.random() * 256)

/** A number as pages write it. */
export const written = (number: string) => number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 ($1) $2-$3')

export interface Account {
  name: string
  tenant: string
  email: string
  password: string
}

export function newAccount(): Account {
  return { name: 'Ada Lovelace', tenant: 'Corner Bakery', email: `ada-${crypto.randomUUID()}@example.com`, password: 'correct horse battery' }
}

/** Signs up in the browser and ends on the overview. */
export async function signUp(page: Page, server: Server, account = newAccount()): Promise<Account> {
  const sent = confirmations(server).length
  await page.goto(`${server.url}/ui/sign-up`)
  await page.getByLabel('Your name').fill(account.name)
  await page.getByLabel('Organisation').fill(account.tenant)
  await page.getByLabel('E-mail').fill(account.email)
  await page.getByLabel('Password').fill(account.password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
  // The mail goes out beside the answer.
  await expect.poll(() => confirmations(server).length).toBe(sent + 1)
  return account
}

/** Signs in on the page that is shown, or on its own. */
export async function signIn(page: Page, server: Server, { email, password }: Account, address = 'sign-in'): Promise<void> {
  await page.goto(`${server.url}/ui/${address}`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible()
}

/** What would be mailed is in the log. */
const confirmations = (server: Server) => server.log().match(/\/ui\/verify\?token=\w+/g) ?? []

/** Of whoever signed up last, by the link of the mail. */
export async function confirmAddress(page: Page, server: Server): Promise<void> {
  await page.goto(`${server.url}${confirmations(server).at(-1)}`)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByText('Your address is confirmed.')).toBeVisible()
}

const THEMES = ['light', 'dark'] as const
type Theme = (typeof THEMES)[number]

/** As the system's setting changes. */
export async function setTheme(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme })
  await expect(page.locator('html')).toHaveClass(theme === 'dark' ? /dark/ : /^(?!.*dark)/)
}

/** Fails where axe finds anything serious on the page as it is, in either theme. */
export async function expectAccessible(page: Page, themes: readonly Theme[] = THEMES): Promise<void> {
  await expect(page.locator('h1')).toBeVisible()
  // Skeletons; lamps pulse for ever.
  await expect(page.locator('.animate-pulse.bg-muted')).toHaveCount(0)
  for (const theme of themes) {
    await setTheme(page, theme)
    // No page has frames, for which axe would open another page each time.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] }).analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    const words = serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n  ')}`)
    expect(words, `${page.url()} in the ${theme} theme`).toEqual([])
  }
  await setTheme(page, 'light')
}

/** Fails where something reaches over the right edge. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  await expect.poll(overflow, `${page.url()} fits its width`).toBeLessThanOrEqual(0)
}
