import type { Page } from '@playwright/test'
import { expect, expectAccessible, signUp, test } from './fixtures.ts'

async function createAgent(page: Page, url: string, name = 'Front desk') {
  await page.goto(`${url}/ui/agents`)
  await page.getByRole('button', { name: 'Create agent' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill(name)
  await dialog.getByLabel('Greeting (optional)').fill('Hello, {{customer.name|there}}!')
  await dialog.getByRole('button', { name: 'Create agent' }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
}

test('an agent is made, edited, published, compared and rolled back', async ({ page, server }) => {
  await signUp(page, server)
  await createAgent(page, server.url)
  await expect(page.getByText('Version 1', { exact: true })).toBeVisible()

  await page.getByLabel('Instructions').fill('You sell bread. Be brief.')
  await expect(page.getByText('Unsaved changes')).toBeVisible()
  await page.getByRole('tab', { name: 'Turn-taking' }).click()
  await page.getByLabel('After a complete sentence').fill('100')
  await page.getByRole('tab', { name: 'Calls' }).click()
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Enter 200 to 5,000 ms, a whole number, or nothing'), 'the tab with the error opens').toBeVisible()
  await page.getByLabel('After a complete sentence').fill('400')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Unpublished changes')).toBeVisible()

  await page.getByRole('banner').or(page.locator('header')).getByRole('button', { name: 'Publish…' }).last().click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('End of a complete sentence (ms)')).toBeVisible()
  await dialog.getByLabel('Note (optional)').fill('Sells bread')
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
  await expect(page.getByText('Version 2', { exact: true })).toBeVisible()

  await page.getByRole('tab', { name: 'Versions' }).click()
  await expect(page.getByText('Sells bread')).toBeVisible()
  await page.getByRole('button', { name: 'Compare version 1' }).click()
  await expect(page.getByRole('region', { name: 'Comparison' }).locator('ins', { hasText: 'You sell bread.' })).toBeVisible()
  await page.getByRole('button', { name: 'Roll back to version 1' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Roll back' }).click()
  await expect(page.getByText('Version 3', { exact: true })).toBeVisible()
  await page.getByRole('tab', { name: 'Conversation' }).click()
  await expect(page.getByLabel('Instructions')).toHaveValue('')
})

test('unsaved changes are not left by accident, and two editors see each other', async ({ page, server }) => {
  await signUp(page, server)
  await createAgent(page, server.url)
  const other = await page.context().newPage()
  await other.goto(page.url())
  await other.getByLabel('Instructions').fill('Mine')

  await page.getByLabel('Instructions').fill('Theirs')
  await page.getByRole('link', { name: 'Personas' }).first().click()
  await expect(page.getByRole('alertdialog')).toContainText('Leave without saving?')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Unpublished changes')).toBeVisible()

  await other.getByRole('button', { name: 'Save draft' }).click()
  const dialog = other.getByRole('dialog')
  await expect(dialog.getByText('The draft was changed elsewhere')).toBeVisible()
  await dialog.getByRole('button', { name: 'Save mine over it' }).click()
  await expect(dialog).toBeHidden()
  await page.reload()
  await expect(page.getByLabel('Instructions')).toHaveValue('Mine')
})

test('an agent is talked to beside its editor', async ({ page, server }) => {
  await signUp(page, server)
  await createAgent(page, server.url)
  await page.getByRole('button', { name: 'Start conversation' }).click()
  const log = page.getByRole('log', { name: 'Conversation' })
  await expect(log).toContainText('Hello, there!')
  await page.getByLabel('Say something').fill('Do you have rye bread?')
  await page.keyboard.press('Enter')
  await expect(log).toContainText('Do you have rye bread?')
  await expect(log.getByText(/^[\d.]+ m?s$/), 'the reply says how long it took').toBeVisible()
})

test('a persona is copied, heard, changed and deleted', async ({ page, server }) => {
  await signUp(page, server)
  await page.goto(`${server.url}/ui/personas`)
  const spoken = page.waitForResponse((answer) => answer.url().endsWith('/voice/text-to-speech'))
  await page.getByRole('button', { name: /^Play the voice of/ }).first().click()
  expect((await spoken).status()).toBe(200)

  await page.goto(`${server.url}/ui/personas/calm_concierge`)
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Title').fill('Night porter')
  await expect(sheet.getByLabel('Name in the API')).toHaveValue('night_porter')
  await sheet.getByRole('button', { name: 'Create persona' }).click()
  await expect(page.getByRole('heading', { name: 'Night porter', level: 1 })).toBeVisible()
  await page.getByLabel('Tone').fill('hushed')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Persona saved')).toBeVisible()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete persona' }).click()
  await expect(page.getByRole('heading', { name: 'Personas', level: 1 })).toBeVisible()
  await expect(page.getByText('night_porter')).toBeHidden()
})

test('a tool is made with a secret that is not shown again, and given to an agent', async ({ page, server }) => {
  await signUp(page, server)
  await page.goto(`${server.url}/ui/tools/new`)
  await page.getByLabel('Name', { exact: true }).fill('order_status')
  await page.getByLabel('Description', { exact: true }).fill('Looks up an order by its number')
  await page.getByLabel('Address').fill('https://example.com/orders/{number}')
  await page.getByRole('button', { name: 'Create tool' }).click()
  await expect(page.getByText('{number} must be a parameter, and required')).toBeVisible()
  await page.getByRole('button', { name: 'Add parameter' }).click()
  await page.getByLabel('Name of parameter 1').fill('number')
  await page.getByRole('button', { name: 'Add secret header' }).click()
  await page.getByLabel('Value of secret header 1').fill('Bearer not-to-be-seen')
  await page.getByRole('button', { name: 'Create tool' }).click()
  await expect(page.getByRole('heading', { name: 'order_status', level: 1 })).toBeVisible()
  await expect(page.getByLabel('Value of secret header 1')).toHaveValue('')
  expect(await page.content()).not.toContain('not-to-be-seen')
  await expectAccessible(page)

  await createAgent(page, server.url)
  await page.getByRole('tab', { name: 'Tools' }).click()
  await page.getByRole('checkbox', { name: /order_status/ }).click()
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Unpublished changes')).toBeVisible()
})

test('axe finds nothing serious on the pages of agents, personas and tools', async ({ page, server }) => {
  test.setTimeout(180_000)
  await signUp(page, server)
  for (const path of ['agents', 'personas', 'personas/friendly_guide', 'tools', 'tools/new']) {
    await page.goto(`${server.url}/ui/${path}`)
    await expectAccessible(page)
  }
  await createAgent(page, server.url)
  const address = page.url().split('?')[0] ?? ''
  for (const tab of ['conversation', 'voice', 'tools', 'turns', 'calls', 'versions']) {
    await page.goto(`${address}?tab=${tab}`)
    await expectAccessible(page)
  }
})
