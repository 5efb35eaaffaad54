import { spawn } from 'node:child_process'
import path from 'node:path'
import { expect, expectAccessible, signUp, test } from './fixtures.ts'
import { apiOf } from './people.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** The account that `simulator twilio` has, and its number. */
const TWILIO = { account_sid: 'AC00000000000000000000000000000001', auth_token: 'simulated-auth-token', phone_number: '+14155550100' }

/** A caller with a long tale, until it is hung up on or stopped. */
function call(url: string) {
  const clips = ['08_long_sentence_real', '18_two_clauses_real', '16_go_somewhere_real', '15_forever_real'].flatMap((clip) => ['--clip', clip])
  const bin = process.env.BIN_DIR ?? path.join(root, 'target/debug')
  const whose = ['--number', TWILIO.phone_number, '--account-sid', TWILIO.account_sid, '--auth-token', TWILIO.auth_token]
  const caller = spawn(path.join(bin, 'simulator'), ['call', '--server', url, '--clips-dir', path.join(root, 'caller-audio'), ...whose, ...clips], { cwd: root, stdio: 'ignore' })
  const ended = new Promise((resolve) => caller.once('exit', resolve))
  return { ended, stop: () => caller.kill() }
}

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

test('a call is seen while it goes on, listened to, and hung up', async ({ page, server }) => {
  test.setTimeout(180_000)
  const account = await signUp(page, server)
  const api = await apiOf(server, account)
  await api.post('/agents', { name: 'Front desk' })
  await api.post('/phone-numbers', { ...TWILIO, configure: 'automatic' })
  await page.goto(`${server.url}/ui/twilio`)
  await page.getByRole('button', { name: /^Test / }).click()
  await expect(page.getByRole('dialog').getByText(/A call would/)).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press('Escape')

  const caller = call(server.url)
  try {
    const active = page.getByRole('region', { name: 'Active calls' })
    await expect(active.getByText('+1 (415) 555-0198')).toBeVisible({ timeout: 30_000 })
    await expect(page.getByRole('log', { name: 'Activity' }).getByText(/\+1 \(415\) 555-0198/).first()).toBeVisible()
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
