import AxeBuilder from '@axe-core/playwright'
import { type Page, test as base, expect } from '@playwright/test'
import { type Server, startServer } from './server.ts'

/** `server`: one for all tests of a worker. Each test makes its own account, and with it its own tenant. */
export const test = base.extend<object, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await startServer()
      await use(server)
      await server.stop()
    },
    { scope: 'worker', timeout: 150_000 },
  ],
})

export { expect }

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
  await page.goto(`${server.url}/ui/sign-up`)
  await page.getByLabel('Your name').fill(account.name)
  await page.getByLabel('Organisation').fill(account.tenant)
  await page.getByLabel('E-mail').fill(account.email)
  await page.getByLabel('Password').fill(account.password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
  return account
}

export async function setTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate((theme) => localStorage.setItem('switchboard.theme', theme), theme)
  await page.reload()
  await expect(page.locator('html')).toHaveClass(theme === 'dark' ? /dark/ : /^(?!.*dark)/)
}

/** Fails where axe finds anything serious on the page as it is, in either theme. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(page, theme)
    await expect(page.locator('h1')).toBeVisible()
    // Skeletons; lamps pulse for ever.
    await expect(page.locator('.animate-pulse.bg-muted')).toHaveCount(0)
    await expectNothingSerious(page, theme)
  }
}

/** The same of the page as it is, without loading it anew. */
export async function expectNothingSerious(page: Page, theme: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const words = serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n  ')}`)
  expect(words, `${page.url()} in the ${theme} theme`).toEqual([])
}
