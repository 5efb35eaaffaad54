import { expect, expectAccessible, signUp, test } from './fixtures.ts'
import { apiOf } from './tenant.ts'

test('a lost server is told of, and its return brings the lists up to date', async ({ page, server }) => {
  test.setTimeout(180_000)
  const account = await signUp(page, server)
  const api = await apiOf(server, account)
  await api.ask('POST', '/agents', { name: 'Writer' })
  await page.goto(`${server.url}/ui/calls`)
  await expect(page.getByText('No calls yet')).toBeVisible()

  await server.down()
  const lost = page.getByRole('status').getByText('Reconnecting…')
  await expect(lost).toBeVisible({ timeout: 20_000 })
  await expectAccessible(page)
  await server.up()
  await expect(lost).toBeHidden({ timeout: 40_000 })
  await api.ask('POST', '/conversation/start')
  await expect(page.getByRole('row').filter({ hasText: 'Writer' }), 'nobody has loaded the page anew').toBeVisible({ timeout: 20_000 })
})

test('a network that is away and comes back is told of', async ({ page, context, server }) => {
  await signUp(page, server)
  await page.goto(`${server.url}/ui/live`)
  await expect(page.getByText('Nobody is on the line')).toBeVisible()
  await context.setOffline(true)
  const lost = page.getByRole('status').getByText('Reconnecting…')
  await expect(lost).toBeVisible({ timeout: 20_000 })
  await context.setOffline(false)
  await expect(lost).toBeHidden({ timeout: 20_000 })
})

test('a conversation goes on after the server was away', async ({ page, server }) => {
  test.setTimeout(180_000)
  const api = await apiOf(server, await signUp(page, server))
  await api.ask('POST', '/agents', { name: 'Writer' })
  await page.goto(`${server.url}/ui/chat`)
  const state = page.getByRole('status', { name: 'State of the conversation' })
  const said = page.getByRole('log', { name: 'What was said' })
  const write = async (text: string) => {
    await expect(state).toHaveText('Ready', { timeout: 40_000 })
    await page.getByLabel('Message').fill(text)
    await page.getByLabel('Message').press('Enter')
    await expect(said.getByText(`You said: ${text}`)).toBeVisible({ timeout: 30_000 })
  }
  await page.getByRole('button', { name: /^Write/ }).click()
  await write('Remember me')
  await server.down()
  await expect(state).toHaveText('Reconnecting', { timeout: 20_000 })
  await server.up()
  await write('Here I am again')
  await expect(said.getByText('You said: Remember me')).toHaveCount(1)
})
