import type { Page } from '@playwright/test'
import { type Account, expect, expectAccessible, newAccount, signIn, signUp, test } from './fixtures.ts'
import type { Server } from './server.ts'

/** Invites somebody as `role` in the browser, and gives a page on which they are signed in. */
async function invited(page: Page, newPage: () => Promise<Page>, server: Server, role: string, account: Account = newAccount()): Promise<Page> {
  await page.goto(`${server.url}/ui/team`)
  await page.getByRole('button', { name: 'Invite somebody' }).click()
  await page.getByLabel('E-mail').fill(account.email)
  await page.getByRole('radio', { name: role }).click()
  await page.getByRole('button', { name: 'Send invitation' }).click()
  const link = (await page.getByRole('dialog').locator('pre').textContent()) ?? ''
  await page.getByRole('button', { name: 'Done' }).click()
  const other = await newPage()
  await other.goto(`${server.url}/ui/invitation${new URL(link).search}`)
  await other.getByLabel('Your name').fill('Grace Hopper')
  await other.getByLabel('Password').fill(account.password)
  await other.getByRole('button', { name: 'Create account and join' }).click()
  await expect(other.getByRole('heading', { name: 'Overview' })).toBeVisible()
  return other
}

test('an API key is shown once, and revoked', async ({ page, server }) => {
  await signUp(page, server)
  await page.goto(`${server.url}/ui/api-keys`)
  await expect(page.getByText('No API keys yet')).toBeVisible()
  await page.getByRole('button', { name: 'Create API key' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await expect(dialog.getByText('Enter a name')).toBeVisible()
  await dialog.getByLabel('Name').fill('Nightly export')
  await dialog.getByLabel('Calls', { exact: true }).click()
  await dialog.getByRole('button', { name: 'Create key' }).click()
  const key = await dialog.locator('pre').first().textContent()
  expect(key).toMatch(/^swb_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}$/)
  const asked = await page.request.get(`${server.url}/agents`, { headers: { 'X-API-Key': key ?? '' } })
  expect(asked.status()).toBe(200)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText(key ?? '')).toHaveCount(0)
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Actions for Nightly export' }).click()
  await page.getByRole('menuitem', { name: 'Revoke…' }).click()
  await page.getByRole('button', { name: 'Revoke key' }).click()
  await expect(page.getByRole('table', { name: 'API keys' }).getByText('Revoked')).toBeVisible()
  const refused = await page.request.get(`${server.url}/agents`, { headers: { 'X-API-Key': key ?? '' } })
  expect(refused.status()).toBe(401)
})

test('a member gets another role, and is removed', async ({ page, newPage, server }) => {
  await signUp(page, server)
  await invited(page, newPage, server, 'Member')
  await page.reload()
  await page.getByRole('button', { name: 'Actions for Grace Hopper' }).click()
  await page.getByRole('menuitem', { name: 'Change role…' }).click()
  await page.getByRole('radio', { name: 'Admin' }).click()
  await page.getByRole('button', { name: 'Change role' }).click()
  await expect(page.getByText('Grace Hopper is now admin')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Actions for Grace Hopper' }).click()
  await page.getByRole('menuitem', { name: 'Remove…' }).click()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByRole('table', { name: 'Members' }).getByText('Grace Hopper')).toHaveCount(0)
})

test('the tenant is renamed, which the audit log tells', async ({ page, server }) => {
  await signUp(page, server)
  await page.goto(`${server.url}/ui/settings`)
  await page.getByLabel('Name').fill('Other Bakery')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('button', { name: 'Tenant: Other Bakery' })).toBeVisible()
  await expectAccessible(page)
  await page.goto(`${server.url}/ui/audit`)
  await expect(page.getByRole('button', { name: /^Tenant (renamed|changed)$/ })).toBeVisible()
  await expectAccessible(page)
})

test('a person changes their name, and asks for another mail to confirm their address', async ({ page, server }) => {
  await signUp(page, server)
  await page.goto(`${server.url}/ui/account`)
  await expect(page.getByRole('button', { name: 'Change name' })).toBeDisabled()
  await page.getByLabel('Name', { exact: true }).fill('Ada King')
  await page.getByRole('button', { name: 'Change name' }).click()
  await expect(page.getByText('Name changed.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Ada King' })).toBeVisible()
  await page.getByRole('button', { name: 'Send the mail again' }).click()
  await expect(page.getByText('A mail with a link is on its way.')).toBeVisible()
  await expectAccessible(page)
})

test('another device is signed out, and the password is changed', async ({ page, newPage, server }) => {
  const account = await signUp(page, server)
  const other = await newPage()
  await signIn(other, server, account)

  await page.goto(`${server.url}/ui/account`)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByText('Signed out')).toBeVisible()
  await other.reload()
  await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible()

  await page.getByLabel('Current password').fill('not my password')
  await page.getByLabel('New password', { exact: true }).fill('another horse battery')
  await page.getByLabel('New password again').fill('another horse battery')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.getByLabel('Current password').fill(account.password)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Password changed.')).toBeVisible()
})

test('jobs can be filtered, and the filter is in the address', async ({ page, server }) => {
  await signUp(page, server)
  await page.goto(`${server.url}/ui/jobs?state=dead`)
  await expect(page.getByText('No such job')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(page).toHaveURL(`${server.url}/ui/jobs`)
})
