import { expect, expectAccessible, newAccount, signIn, test } from './fixtures.ts'
import { newTenant } from './tenant.ts'

test('an operator finds a tenant, limits, suspends and reactivates it', async ({ page, server, operator }) => {
  const tenant = `Noisy Neighbour ${crypto.randomUUID()}`
  await newTenant(server, { ...newAccount(), tenant })
  await signIn(page, server, operator)

  await page.goto(`${server.url}/ui/operator/tenants`)
  await page.getByLabel('Search tenants').fill(tenant.toLowerCase())
  await expect(page.getByRole('link', { name: 'Headquarters' })).toHaveCount(0)
  await expectAccessible(page)
  await page.getByRole('link', { name: tenant }).click()
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
