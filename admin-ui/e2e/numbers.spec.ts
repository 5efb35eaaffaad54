import type { Page } from '@playwright/test'
import { expect, expectAccessible, signUp, test, written } from './fixtures.ts'
import type { Server } from './server.ts'
import { TWILIO, apiOf } from './tenant.ts'

async function withAgent(page: Page, server: Server) {
  const api = await apiOf(server, await signUp(page, server))
  await api.ask('POST', '/agents', { name: 'Front desk' })
}

async function fill(page: Page, number: string, token: string) {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Phone number').fill(number)
  await dialog.getByLabel('Account SID').fill(TWILIO.account_sid)
  await dialog.getByLabel('Auth Token').fill(token)
  return dialog
}

test('a number is registered beside Create agent, set up, tested and removed', async ({ page, server, number }) => {
  await withAgent(page, server)
  await page.goto(`${server.url}/ui/agents`)
  await page.getByRole('button', { name: 'Register phone number' }).click()
  const dialog = await fill(page, written(number).replace('+1 ', ''), 'wrong')
  await dialog.getByRole('radio', { name: /Manual/ }).click()
  await dialog.getByRole('button', { name: 'Verify and register' }).click()
  await expect(dialog.getByText('Begin with + and the country’s code')).toBeVisible()
  await dialog.getByLabel('Phone number').fill(written(number))
  await dialog.getByRole('button', { name: 'Verify and register' }).click()
  await expect(dialog.getByText('Copy both from the start page of Twilio’s console')).toBeVisible()
  await dialog.getByLabel('Auth Token').fill(TWILIO.auth_token)
  await dialog.getByRole('button', { name: 'Verify and register' }).click()

  await expect(dialog.getByText('Number verified')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Copy the address of “A call comes in”' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Set up for me' }).click()
  await expect(dialog.getByText('Twilio sends its calls here', { exact: true })).toBeVisible()
  await dialog.getByRole('link', { name: 'Open number' }).click()
  await expect(page.getByRole('heading', { name: written(number), level: 1 })).toBeVisible()
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

test('a number that the account does not own is refused in words', async ({ page, server }) => {
  await withAgent(page, server)
  await page.goto(`${server.url}/ui/numbers`)
  await page.getByRole('button', { name: 'Register phone number' }).first().click()
  const dialog = await fill(page, '+14155550999', TWILIO.auth_token)
  await dialog.getByRole('button', { name: 'Verify and register' }).click()
  await expect(dialog.getByText('Compare the number with Phone Numbers', { exact: false })).toBeVisible()
  await expect(dialog.getByLabel('Phone number')).toBeFocused()
})

test('a number that another organisation has is refused in words', async ({ page, server, newPage, number }) => {
  const register = async (page: Page) => {
    await withAgent(page, server)
    await page.goto(`${server.url}/ui/numbers`)
    await page.getByRole('button', { name: 'Register phone number' }).first().click()
    const dialog = await fill(page, number, TWILIO.auth_token)
    await dialog.getByRole('button', { name: 'Verify and register' }).click()
    return dialog
  }
  await expect((await register(page)).getByText('Number verified')).toBeVisible()
  const other = await newPage()
  await expect((await register(other)).getByText('another organisation on this server has it', { exact: false })).toBeVisible()
})
