// npm run screenshots: the pages that PAGES names (`PAGES=agents,team`), after signing up, in both themes, on a desk and
// on a phone, into screenshots/. Without PAGES: sign-in and the overview.
import path from 'node:path'
import { setTheme, signUp, test } from './fixtures.ts'

const pages = process.env.PAGES?.split(',')
const output = path.resolve(import.meta.dirname, '../screenshots')

test('screenshots', async ({ page, server }) => {
  test.setTimeout(300_000)
  const shoot = async (name: string) => {
    for (const theme of ['light', 'dark'] as const) {
      await setTheme(page, theme)
      for (const [device, width, height] of [['desk', 1440, 900], ['phone', 390, 844]] as const) {
        await page.setViewportSize({ width, height })
        // Queries and fonts; pages that look every few seconds are never idle for long.
        await page.waitForTimeout(800)
        await page.screenshot({ path: path.join(output, `${name}-${theme}-${device}.png`) })
      }
    }
  }
  if (!pages) {
    await page.goto(`${server.url}/ui/sign-in`)
    await shoot('sign-in')
  }
  await signUp(page, server)
  for (const address of pages ?? ['']) {
    await page.goto(`${server.url}/ui/${address}`)
    await shoot(address.replaceAll('/', '_') || 'overview')
  }
})
