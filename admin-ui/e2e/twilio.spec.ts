import { expect, expectAccessible, signUp, test } from './fixtures.ts'
import { CALLER, answeredNumber, apiOf, call } from './tenant.ts'

test('a new tenant is told what to do, and what of it works already', async ({ page, server }) => {
  await signUp(page, server)
  await page.goto(`${server.url}/twilio/dashboard`)
  await expect(page).toHaveURL(`${server.url}/ui/twilio`)
  await expect(page.getByText('Your first number')).toBeVisible()
  await expect(page.getByText('Speech to text')).toBeVisible()
  await expectAccessible(page)
  await page.goto(`${server.url}/ui/live`)
  await expect(page.getByText('Nobody is on the line')).toBeVisible()
  await expectAccessible(page)
})

test('a call is seen while it goes on, listened to, and hung up', async ({ page, server, number }) => {
  test.setTimeout(180_000)
  const account = await signUp(page, server)
  await answeredNumber(await apiOf(server, account), number)
  await page.goto(`${server.url}/ui/twilio`)
  await page.getByRole('button', { name: /^Test / }).click()
  await expect(page.getByRole('dialog').getByText(/A call would/)).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press('Escape')

  const caller = call(server, number, ['08_long_sentence_real'], { stays: 90 })
  try {
    const active = page.getByRole('region', { name: 'Active calls' })
    await expect(active.getByText(CALLER)).toBeVisible({ timeout: 30_000 })
    await expect(page.getByRole('log', { name: 'Activity' }).getByText(CALLER).first()).toBeVisible()
    await expectAccessible(page)

    await active.getByRole('link', { name: 'Listen in' }).click()
    await expect(page.getByRole('log', { name: 'What is said' }).getByText('Caller').first()).toBeVisible({ timeout: 60_000 })
    await expectAccessible(page)
    await page.getByRole('button', { name: /^Hang up on/ }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Hang up' }).click()
    await caller.ended
    await expect(page.getByText('Nobody is on the line')).toBeVisible({ timeout: 30_000 })
  } finally {
    caller.stop()
  }
  await page.goto(`${server.url}/ui/twilio`)
  await expect(page.getByRole('log', { name: 'Activity' }).getByText(/ended/).first()).toBeVisible()
})
