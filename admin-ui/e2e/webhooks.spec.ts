import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Account, expect, expectAccessible, signUp, test as base } from './fixtures.ts'
import { type Server, startServer } from './server.ts'

/** A server that may deliver to this machine, and an endpoint here that takes what comes. */
const test = base.extend<{ endpoint: string }, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await startServer({ env: { ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8' } })
      await use(server)
      await server.stop()
    },
    { scope: 'worker', timeout: 150_000 },
  ],
  endpoint: async ({}, use) => {
    const receiver = createServer((request, response) => {
      request.resume()
      response.end('{"taken":true}')
    })
    await new Promise<void>((ready) => receiver.listen(0, '127.0.0.1', ready))
    await use(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`)
    receiver.close()
  },
})

test('an endpoint is added, tested, changes its secret, is disabled and deleted', async ({ page, server, endpoint }) => {
  await signUp(page, server)
  await page.goto(`${server.url}/ui/webhooks`)
  await expect(page.getByText('No endpoints yet')).toBeVisible()
  await page.getByRole('button', { name: 'Add endpoint' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Address').fill(endpoint)
  await dialog.getByLabel('Description').fill('Sales CRM')
  await dialog.getByLabel('call.ended').click()
  await dialog.getByRole('button', { name: 'Add endpoint' }).click()
  const secret = await dialog.locator('pre').textContent()
  expect(secret).toMatch(/^whsec_/)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expectAccessible(page)

  await page.getByRole('link', { name: /Sales CRM/ }).click()
  await expect(page.getByRole('heading', { name: 'Sales CRM' })).toBeVisible()
  await page.getByRole('button', { name: 'Send test message' }).click()
  await expect(page.getByText(/The test message was taken in/)).toBeVisible()
  await expect(page.getByText('"taken": true')).toBeVisible()

  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Change secret…' }).click()
  await page.getByRole('button', { name: 'Change secret' }).click()
  const next = await page.getByRole('dialog', { name: 'The new secret' }).locator('pre').textContent()
  expect(next).not.toBe(secret)
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('The secret was changed')).toBeVisible()

  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Disable…' }).click()
  await page.getByRole('button', { name: 'Disable', exact: true }).click()
  await expect(page.getByText('Somebody disabled it.')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Enable' }).click()
  await expect(page.getByText('Somebody disabled it.')).toHaveCount(0)

  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await page.getByRole('button', { name: 'Delete endpoint' }).click()
  await expect(page.getByText('No endpoints yet')).toBeVisible()
})

test('deliveries are shown with their request and answer, and replayed', async ({ page, server, endpoint }) => {
  const account = await signUp(page, server)
  await page.goto(`${server.url}/ui/webhooks`)
  await page.getByRole('button', { name: 'Add endpoint' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Address').fill(endpoint)
  await dialog.getByLabel('All events').click()
  await dialog.getByRole('button', { name: 'Add endpoint' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()

  await page.getByRole('tab', { name: 'Deliveries' }).click()
  await expect(page.getByText('No deliveries yet')).toBeVisible()

  await converse(server, account)
  const row = page.getByRole('row', { name: /conversation\.started/ })
  await expect(row.getByText('Delivered')).toBeVisible({ timeout: 30_000 })
  await row.getByRole('button').click()
  const sheet = page.getByRole('dialog', { name: 'Delivery' })
  await expect(sheet.getByText('webhook-id:')).toBeVisible()
  await expect(sheet.getByText('"type": "conversation.started"')).toBeVisible()
  await expect(sheet.getByText('"taken": true')).toBeVisible()
  await sheet.getByRole('button', { name: 'Replay' }).click()
  await expect(sheet.locator('summary')).toHaveCount(2, { timeout: 30_000 })
  await page.keyboard.press('Escape')
  await expectAccessible(page)
})

/** Has a conversation begin, of which endpoints are told. */
async function converse(server: Server, { email, password }: Account): Promise<void> {
  const post = async (path: string, body: object, token?: string) => {
    const headers = { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) }
    const answer = await fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as { access_token?: string }
  }
  const { access_token } = await post('/auth/sign-in', { email, password })
  await post('/agents', { name: 'Front desk' }, access_token)
  await post('/conversation/start', {}, access_token)
}
