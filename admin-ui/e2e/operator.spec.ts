import { expect, expectAccessible, newAccount, signUp, test as base } from './fixtures.ts'
import { type Server, startServer } from './server.ts'

const OPERATOR = 'root@example.com'

/** A server that `OPERATOR` runs. */
const test = base.extend<object, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await startServer({ env: { OPERATOR_EMAILS: OPERATOR } })
      await use(server)
      await server.stop()
    },
    { scope: 'worker', timeout: 150_000 },
  ],
})

test('an operator finds a tenant, limits, suspends and reactivates it', async ({ page, browser, server }) => {
  const tenant = await (await browser.newContext()).newPage()
  await signUp(tenant, server, { ...newAccount(), tenant: 'Noisy Neighbour' })

  await signUp(page, server, { ...newAccount(), email: OPERATOR, tenant: 'Headquarters' })
  const link = /http\S+\/ui\/verify(\?token=\w+)/.exec(server.log().slice(server.log().lastIndexOf('/ui/verify') - 100))?.[1] ?? ''
  await page.goto(`${server.url}/ui/verify${link}`)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByText('Your address is confirmed.')).toBeVisible()

  await page.goto(`${server.url}/ui/operator/tenants`)
  await page.getByLabel('Search tenants').fill('noisy')
  await expect(page.getByRole('link', { name: 'Headquarters' })).toHaveCount(0)
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Noisy Neighbour' }).click()
  await page.getByLabel('Calls at once', { exact: true }).fill('3')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved')).toBeVisible()

  await page.getByRole('button', { name: 'Suspend…' }).click()
  await page.getByLabel('Reason').fill('Unpaid')
  await page.getByRole('button', { name: 'Suspend tenant' }).click()
  await expect(page.getByText('Unpaid')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Reactivate' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Reactivate' }).click()
  await expect(page.getByText('Active', { exact: true })).toBeVisible()

  await page.goto(`${server.url}/ui/operator/jobs`)
  await expect(page.getByRole('heading', { name: 'Background work' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('tab', { name: 'Clean-up' }).click()
  await page.getByRole('button', { name: 'Show what would go' }).click()
  await expect(page.getByText('Files without row').first()).toBeVisible()
})
