import { expect, signUp, test, written } from './fixtures.ts'
import { CALLER, TWILIO, call } from './tenant.ts'

test('from signing up to the webhook of the first call', async ({ page, server, number, consumer }) => {
  test.setTimeout(240_000)
  const dialog = page.getByRole('dialog')
  await signUp(page, server)

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Agents' }).click()
  await page.getByRole('button', { name: 'Create agent' }).first().click()
  await dialog.getByLabel('Name', { exact: true }).fill('Order line')
  await dialog.getByLabel('Greeting (optional)').fill('Corner Bakery, how can I help you?')
  await dialog.getByRole('button', { name: 'Create agent' }).click()
  await expect(page.getByRole('heading', { name: 'Order line', level: 1 })).toBeVisible()
  await page.getByRole('tab', { name: 'Calls' }).click()
  await page.getByRole('radio', { name: /^On/ }).click()
  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.getByRole('button', { name: 'Publish…' }).first().click()
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
  await expect(page.getByText('Version 2', { exact: true })).toBeVisible()

  await page.getByRole('link', { name: 'Webhooks' }).click()
  await page.getByRole('button', { name: 'Add endpoint' }).first().click()
  await dialog.getByLabel('Address').fill(consumer.url)
  await dialog.getByLabel('call.ended').click()
  await dialog.getByLabel('transcript.ready').click()
  await dialog.getByRole('button', { name: 'Add endpoint' }).click()
  const secret = (await dialog.locator('pre').textContent()) ?? ''
  await dialog.getByRole('button', { name: 'Done' }).click()

  await page.getByRole('link', { name: 'Phone numbers' }).click()
  await page.getByRole('button', { name: 'Register phone number' }).first().click()
  await dialog.getByLabel('Phone number').fill(number)
  await dialog.getByLabel('Account SID').fill(TWILIO.account_sid)
  await dialog.getByLabel('Auth Token').fill(TWILIO.auth_token)
  await dialog.getByRole('button', { name: 'Verify and register' }).click()
  await expect(dialog.getByText('Number verified')).toBeVisible()
  await dialog.getByRole('link', { name: 'Open number' }).click()
  await expect(page.getByRole('heading', { name: written(number), level: 1 })).toBeVisible()
  await expect(page.getByText('Ready', { exact: true })).toBeVisible()

  await page.getByRole('link', { name: 'Live calls' }).click()
  await expect(page.getByText('Nobody is on the line')).toBeVisible()
  const caller = call(server, number, ['16_go_somewhere_real', '01_yes_please'])
  try {
    await expect(page.getByRole('heading', { name: CALLER })).toBeVisible({ timeout: 30_000 })
    const said = page.getByRole('log', { name: 'What is said' })
    await expect(said).toContainText('Corner Bakery, how can I help you?', { timeout: 30_000 })
    await expect(said, 'while the caller is on the line').toContainText(/somewhere/i, { timeout: 45_000 })
    await expect(page.getByRole('button', { name: /^Hang up on/ })).toBeVisible()
    await caller.ended
  } finally {
    caller.stop()
  }

  await page.getByRole('link', { name: 'Calls', exact: true }).click()
  const row = page.getByRole('row').filter({ hasText: CALLER })
  await expect(row).toContainText('Caller hung up')
  await row.getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: CALLER })).toBeVisible()
  const transcript = page.getByRole('list', { name: 'Transcript' })
  await expect(transcript).toContainText(/somewhere/i, { timeout: 30_000 })
  await expect(transcript).toContainText(/yes/i)
  await expect(page.getByRole('slider', { name: 'Position' }), 'the recording appears by itself').toBeVisible({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  const position = () => page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.currentTime)
  await expect.poll(position, 'it plays').toBeGreaterThan(0.3)

  const types = () => consumer.taken.map(({ type }) => type).sort()
  await expect.poll(types, { timeout: 30_000 }).toEqual(expect.arrayContaining(['call.ended', 'transcript.ready']))
  expect(consumer.taken.every((message) => message.isSignedBy(secret))).toBe(true)
  expect(consumer.taken[0]?.isSignedBy('whsec_c29tZWJvZHkgZWxzZQ=='), 'only by this one').toBe(false)
  await page.getByRole('link', { name: 'Webhooks' }).click()
  await page.getByRole('tab', { name: 'Deliveries' }).click()
  await expect(page.getByRole('row', { name: /call\.ended/ })).toContainText('Delivered')
})
