import { expect, expectAccessible, signUp, test } from './fixtures.ts'
import { apiOf } from './tenant.ts'

test('a new tenant is led to its first conversation, which is counted', async ({ page, server }) => {
  const account = await signUp(page, server)
  const started = page.getByRole('region', { name: 'Getting started' })
  await expect(started).toBeVisible()
  const api = await apiOf(server, account)
  await api.ask('POST', '/agents', { name: 'Writer' })
  await page.reload()
  await expect(started.getByRole('link', { name: 'Talk to it now' })).toHaveAttribute('href', /\/ui\/chat/)

  const session = await api.ask<{ session_id: string }>('POST', '/conversation/start')
  await api.ask('POST', '/conversation/process', { session_id: session.session_id, user_input: 'Hello there' })
  await page.reload()
  await expect(page.getByText('2 of 3 done')).toBeVisible()
  const figures = page.getByRole('region', { name: 'Figures' })
  await expect(figures.getByText('Conversations').locator('..')).toContainText('1')
  await expect(page.getByRole('figure', { name: 'Conversations by day' }).getByRole('table')).toContainText('1')

  await page.getByRole('combobox', { name: 'Period' }).click()
  await page.getByRole('option', { name: 'Last 7 days' }).click()
  await expect(page).toHaveURL(/days=7/)
  await expect(page.getByRole('figure', { name: 'Conversations by day' }).locator('tbody tr')).toHaveCount(7)
  await expectAccessible(page)
})

test('usage is told by day and channel, and limits can be set', async ({ page, server }) => {
  const account = await signUp(page, server)
  const api = await apiOf(server, account)
  const session = await api.ask<{ session_id: string }>('POST', '/conversation/start')
  await api.ask('POST', '/conversation/process', { session_id: session.session_id, user_input: 'Hello there' })

  await page.goto(`${server.url}/ui/usage`)
  await expect(page.getByRole('table', { name: 'Usage by day and channel' }).getByRole('row').nth(1)).toContainText('Chat')
  await page.getByRole('button', { name: 'Set limits' }).click()
  await page.getByRole('textbox', { name: 'Calls at once' }).fill('none')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Must be a whole number, at least 1')).toBeVisible()
  await page.getByRole('textbox', { name: 'Calls at once' }).fill('3')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('region', { name: 'Limits' })).toContainText('0 of 3')
  await expectAccessible(page)
})
