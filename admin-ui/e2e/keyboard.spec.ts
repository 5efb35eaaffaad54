import type { Locator, Page } from '@playwright/test'
import { expect, signUp, test } from './fixtures.ts'
import { apiOf } from './tenant.ts'

/** Goes on with the Tab key, as somebody without a mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the Tab key does not reach ${target.toString()}`)
}

test('the navigation is used without a mouse', async ({ page, server }) => {
  await signUp(page, server)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
  const skip = page.getByRole('link', { name: 'Skip to the page' })
  await page.keyboard.press('Tab')
  await expect(skip, 'the first stop leads past the navigation').toBeFocused()
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page.locator('main')).toBeFocused()

  await page.reload()
  await tabTo(page, page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Agents' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Agents', level: 1 })).toBeVisible()
  await expect(page.locator('main'), 'a new page is read from its beginning').toBeFocused()

  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByPlaceholder('Go to a page…')).toBeFocused()
  await page.keyboard.type('audit')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Audit log', level: 1 })).toBeVisible()
  await expect(page.locator('main')).toBeFocused()

  const menu = page.getByRole('button', { name: /^Account of/ })
  await menu.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(menu, 'focus is where it was').toBeFocused()
})

test('a question is asked and answered without a mouse', async ({ page, server }) => {
  const api = await apiOf(server, await signUp(page, server))
  await api.ask('POST', '/api-keys', { name: 'Web shop', scopes: ['read'] })
  await page.goto(`${server.url}/ui/api-keys`)
  const actions = page.getByRole('button', { name: 'Actions for Web shop' })
  await tabTo(page, actions)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  const question = page.getByRole('alertdialog')
  await expect(question.getByRole('button', { name: 'Cancel' }), 'what does no harm is nearest').toBeFocused()
  await page.keyboard.press('Enter')
  await expect(question).toBeHidden()
  await expect(actions, 'focus is where it was').toBeFocused()
})

test('a form is filled in without a mouse', async ({ page, server }) => {
  await signUp(page, server)
  await page.goto(`${server.url}/ui/customers`)
  const add = page.getByRole('button', { name: 'Add customer' })
  await tabTo(page, add)
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.locator(':focus'), 'focus goes into the dialog').toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(add, 'and back').toBeFocused()

  await page.keyboard.press('Enter')
  await tabTo(page, dialog.getByLabel('Name'))
  await page.keyboard.type('Ada Lovelace')
  await page.keyboard.press('Enter')
  const phone = dialog.getByLabel('Phone')
  await expect(phone, 'what is wrong has the focus').toBeFocused()
  await expect(phone).toHaveAccessibleDescription(/Give a phone number/)
  await page.keyboard.type('+1 415 555 0107')
  await tabTo(page, dialog.getByRole('button', { name: 'Add customer' }))
  await expect(dialog.locator(':focus'), 'the Tab key stays in the dialog').toHaveCount(1)
  await page.keyboard.press('Space')
  await expect(page.getByRole('heading', { name: 'Ada Lovelace', level: 1 })).toBeVisible()
})
