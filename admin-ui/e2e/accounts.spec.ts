import { expect, expectAccessible, newAccount, signUp, test } from './fixtures.ts'

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

test('a stranger is sent to sign in, and then to where they were going', async ({ page, server, browser }) => {
  const account = await signUp(page, server)
  const stranger = await (await browser.newContext()).newPage()
  await stranger.goto(`${server.url}/ui/team`)
  await stranger.getByLabel('E-mail').fill(account.email)
  await stranger.getByLabel('Password').fill(account.password)
  await stranger.getByRole('button', { name: 'Sign in' }).click()
  await expect(stranger).toHaveURL(`${server.url}/ui/team`)
  await expect(stranger.getByRole('navigation', { name: 'Pages' })).toBeVisible()
})

test('the address is confirmed by the link of the mail', async ({ page, server }) => {
  await signUp(page, server)
  const link = /http\S+\/ui\/verify\?token=\w+/.exec(server.log())?.[0] ?? ''
  await page.goto(link)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByText('Your address is confirmed.')).toBeVisible()
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

test('axe finds nothing serious on the pages of accounts and the overview', async ({ page, server }) => {
  for (const path of ['sign-in', 'sign-up', 'forgot', 'reset?token=a', 'verify?token=a', 'invitation?token=a']) {
    await page.goto(`${server.url}/ui/${path}`)
    await expectAccessible(page)
  }
  await signUp(page, server)
  await expectAccessible(page)
  await page.goto(`${server.url}/ui/no/such/page`)
  await expectAccessible(page)
})

test('the pages fit a phone', async ({ page, server }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await signUp(page, server)
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await page.getByRole('button', { name: 'Open the navigation' }).click()
  await expect(page.getByRole('dialog').getByRole('link', { name: 'Overview' })).toBeVisible()
})
