import { confirmAddress, expect, expectNoOverflow, newAccount, signIn, signUp, test } from './fixtures.ts'

test('somebody signs up, out and in again', async ({ page, server }) => {
  const account = await signUp(page, server)
  await expect(page).toHaveTitle('Overview · Switchboard')
  await expect(page.getByRole('button', { name: `Tenant: ${account.tenant}` })).toBeVisible()

  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()

  await page.getByLabel('E-mail').fill(account.email)
  await page.getByLabel('Password').fill('not my password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.getByLabel('Password').fill(account.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()

  await page.reload()
  await expect(page.getByRole('heading', { name: 'Overview' }), 'a session outlives the page').toBeVisible()
})

test('a stranger is sent to sign in, and then to where they were going', async ({ page, server, newPage }) => {
  const account = await signUp(page, server)
  const stranger = await newPage()
  await signIn(stranger, server, account, 'team')
  await expect(stranger).toHaveURL(`${server.url}/ui/team`)
})

test('the address is confirmed by the link of the mail', async ({ page, server }) => {
  await signUp(page, server)
  await confirmAddress(page, server)
})

test('an address that an account has is said in the form', async ({ page, server }) => {
  const account = newAccount()
  await signUp(page, server, account)
  await page.context().clearCookies()
  await page.goto(`${server.url}/ui/sign-up`)
  await page.getByLabel('Your name').fill('Bob')
  await page.getByLabel('Organisation').fill('Other')
  await page.getByLabel('E-mail').fill(account.email)
  await page.getByLabel('Password').fill('short')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByText('Use at least 12 characters')).toBeVisible()
  await page.getByLabel('Password').fill(account.password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
})

test('the navigation fits a phone', async ({ page, server }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await signUp(page, server)
  await expectNoOverflow(page)
  await page.getByRole('button', { name: 'Open the navigation' }).click()
  await expect(page.getByRole('dialog').getByRole('link', { name: 'Overview' })).toBeVisible()
})
