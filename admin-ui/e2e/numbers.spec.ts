import type { Page } from '@playwright/test'
import { expect, expectAccessible, signUp, test as base } from './fixtures.ts'
import { type Server, startServer } from './server.ts'

// A number belongs to one tenant of a server: each test has one of its own.
const NUMBERS = ['+14155550101', '+14155550102', '+14155550103']
const SID = 'AC00000000000000000000000000000001'
const TOKEN = 'simulated-auth-token'

const test = base.extend<object, { twilio: Server }>({
  twilio: [
    async ({}, use) => {
      const server = await startServer({ numbers: NUMBERS })
      await use(server)
      await server.stop()
    },
    { scope: 'worker', timeout: 150_000 },
  ],
})

async function makeAgent(page: Page, url: string) {
  await page.goto(`${url}/ui/agents`)
  await page.getByRole('button', { name: 'Create agent' }).click()
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Front desk')
  await page.getByRole('dialog').getByRole('button', { name: 'Create agent' }).click()
  await expect(page.getByRole('heading', { name: 'Front desk', level: 1 })).toBeVisible()
}

async function fill(page: Page, number: string, token: string) {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Phone number').fill(number)
  await dialog.getByLabel('Account SID').fill(SID)
  await dialog.getByLabel('Auth Token').fill(token)
  return dialog
}

test('a number is registered beside Create agent, set up, tested and removed', async ({ page, twilio }) => {
  await signUp(page, twilio)
  await makeAgent(page, twilio.url)
  await page.goto(`${twilio.url}/ui/agents`)
  await page.getByRole('button', { name: 'Register phone number' }).click()
  const dialog = await fill(page, '(415) 555-0101', 'wrong')
  await dialog.getByRole('radio', { name: /Manual/ }).click()
  await dialog.getByRole('button', { name: 'Verify and register' }).click()
  await expect(dialog.getByText('Begin with + and the country’s code')).toBeVisible()
  await dialog.getByLabel('Phone number').fill('+1 (415) 555-0101')
  await dialog.getByRole('button', { name: 'Verify and register' }).click()
  await expect(dialog.getByText('Copy both from the start page of Twilio’s console')).toBeVisible()
  await dialog.getByLabel('Auth Token').fill(TOKEN)
  await dialog.getByRole('button', { name: 'Verify and register' }).click()

  await expect(dialog.getByText('Number verified')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Copy the address of “A call comes in”' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Set up for me' }).click()
  await expect(dialog.getByText('Twilio sends its calls here', { exact: true })).toBeVisible()
  await dialog.getByRole('link', { name: 'Open number' }).click()
  await expect(page.getByRole('heading', { name: '+1 (415) 555-0101', level: 1 })).toBeVisible()
  await expect(page.getByText('Ready', { exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Test number' }).click()
  await expect(page.getByRole('status', { name: 'Test result' }).getByText('Credentials')).toBeVisible()
  await page.getByLabel('Label').fill('Night line')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: 'Night line', level: 1 })).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove number' }).click()
  await expect(page.getByText('No phone numbers yet')).toBeVisible()
  await expectAccessible(page)
})

test('a number that the account does not own is refused in words', async ({ page, twilio }) => {
  await signUp(page, twilio)
  await makeAgent(page, twilio.url)
  await page.goto(`${twilio.url}/ui/numbers`)
  await page.getByRole('button', { name: 'Register phone number' }).first().click()
  const dialog = await fill(page, '+14155550999', TOKEN)
  await dialog.getByRole('button', { name: 'Verify and register' }).click()
  await expect(dialog.getByText('Compare the number with Phone Numbers', { exact: false })).toBeVisible()
  await expect(dialog.getByLabel('Phone number')).toBeFocused()
})

test('a number that another organisation has is refused in words', async ({ page, twilio, browser }) => {
  const register = async (page: Page) => {
    await signUp(page, twilio)
    await makeAgent(page, twilio.url)
    await page.goto(`${twilio.url}/ui/numbers`)
    await page.getByRole('button', { name: 'Register phone number' }).first().click()
    const dialog = await fill(page, '+14155550103', TOKEN)
    await dialog.getByRole('button', { name: 'Verify and register' }).click()
    return dialog
  }
  await expect((await register(page)).getByText('Number verified')).toBeVisible()
  const other = await (await browser.newContext()).newPage()
  await expect((await register(other)).getByText('another organisation on this server has it', { exact: false })).toBeVisible()
})
