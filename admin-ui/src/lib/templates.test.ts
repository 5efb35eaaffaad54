import { expect, test } from 'vitest'
import { TEMPLATES } from './templates'

test('what an agent begins with fits into what the API takes', () => {
  expect(new Set(TEMPLATES.map(({ key }) => key)).size).toBe(TEMPLATES.length)
  for (const { name, settings } of TEMPLATES) {
    expect(name.length).toBeLessThanOrEqual(200)
    expect(settings.greeting?.length).toBeLessThanOrEqual(1_000)
    expect(settings.instructions?.length).toBeLessThanOrEqual(20_000)
    // Nothing is named that a conversation may lack.
    const names = `${settings.greeting} ${settings.instructions}`.match(/\{\{[^}|]*\}\}/g) ?? []
    expect(names.filter((name) => name !== '{{now}}')).toEqual([])
  }
})
