import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectNoOverflow, signUp, test } from './fixtures.ts'
import { apiOf } from './tenant.ts'

test.beforeEach(async ({ page, server }) => {
  const account = await signUp(page, server)
  const api = await apiOf(server, account)
  await api.ask('POST', '/agents', { name: 'Front desk' })
  await page.goto(`${server.url}/ui/chat`)
})

/** The first message of a conversation in writing. */
async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: /^Write/ }).click()
  await expect(page.getByRole('status', { name: 'State of the conversation' })).toHaveText('Ready')
  await page.getByLabel('Message').fill(text)
  await page.getByLabel('Message').press('Enter')
}

test('an agent answers in writing, and the conversation outlives the page', async ({ page }) => {
  const said = page.getByRole('log', { name: 'What was said' })
  await write(page, 'I want to order a pizza')
  await expect(said.getByText(/You said: I want to order a pizza/)).toBeVisible({ timeout: 30_000 })

  await page.reload()
  await page.getByRole('button', { name: 'Go on with it' }).click()
  await expect(said.getByText(/You said: I want to order a pizza/)).toBeVisible()

  await page.getByRole('button', { name: 'End', exact: true }).click()
  await expect(page.getByText('You ended the conversation.')).toBeVisible()
  await page.getByRole('button', { name: 'New conversation' }).click()
  await expect(page.getByRole('button', { name: /^Talk/ })).toBeVisible()
})

test('an agent hears the microphone, and is heard', async ({ page }) => {
  test.setTimeout(150_000)
  const said = page.getByRole('log', { name: 'What was said' })
  // The microphone hears "seven of clubs" now and then (microphone.ts): no greeting must speak over it.
  await write(page, 'Two tickets for Friday')
  await expect(said.getByText(/You said: Two tickets for Friday/)).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Speak', exact: true }).click()
  await expect(said.getByText(/You said: seven of clubs/i)).toBeVisible({ timeout: 45_000 })
  await expect(said.getByText(/^(\d+ ms|\d+\.\d+ s)$/).first(), 'how long the answer took').toBeVisible({ timeout: 20_000 })

  await page.getByRole('button', { name: 'Mute' }).click()
  await expect(page.getByRole('button', { name: 'Muted' })).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: 'Microphone settings' }).click()
  await page.getByRole('radio', { name: /Push to talk/ }).click()
  await page.keyboard.press('Escape')
  const hold = page.getByRole('button', { name: /Hold to talk/ })
  await hold.focus()
  await page.keyboard.down('Space')
  await expect(page.getByRole('button', { name: /Listening to you/ })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.up('Space')
  await expect(hold).toHaveAttribute('aria-pressed', 'false')
})

test('an agent that is interrupted falls silent', async ({ page }) => {
  await write(page, 'Tell me about your opening hours on Monday, Tuesday and Wednesday, please')
  await page.getByRole('button', { name: 'Interrupt' }).click({ timeout: 30_000 })
  await expect(page.getByRole('button', { name: 'Interrupt' })).toBeHidden()
})

test('a lost line comes back with what was said', async ({ page, context }) => {
  const state = page.getByRole('status', { name: 'State of the conversation' })
  await write(page, 'Remember me')
  await expect(page.getByText(/You said: Remember me/)).toBeVisible({ timeout: 30_000 })
  const other = await context.newPage()
  await other.goto(page.url())
  await other.getByRole('button', { name: 'Go on with it' }).click()
  await expect(state, 'one window has the conversation').toHaveText('In another window')
  await page.getByRole('button', { name: 'Take it back' }).click()
  await expect(state).toHaveText(/Ready|Speaking|Listening/)
  await expect(page.getByText(/You said: Remember me/)).toHaveCount(1)
})

test('axe finds nothing serious before and in a conversation, and both fit a phone', async ({ page }) => {
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await write(page, 'Two tickets for Friday')
  await expect(page.getByText(/You said: Two tickets for Friday/)).toBeVisible({ timeout: 30_000 })
  await expectNoOverflow(page)
  await expectAccessible(page)
})
