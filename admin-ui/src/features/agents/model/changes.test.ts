import { expect, test } from 'vitest'
import { changesBetween } from './changes'

const name = (id: string) => `tool ${id}`

test('only what differs is told, by name and in the order of the editor', () => {
  const changes = changesBetween(
    { persona: 'a', greeting: 'Hi', may_end_call: true, turns: { end_complete_ms: 400 } },
    { persona: 'a', greeting: null, may_end_call: false, turns: { end_complete_ms: 480 } },
    name,
  )
  expect(changes.map(({ label, before, after }) => [label, before, after])).toEqual([
    ['Greeting', 'Hi', ''],
    ['End of a complete sentence (ms)', '400', '480'],
    ['May hang up', 'Yes', 'No'],
  ])
})

test('tools and variables are told line by line', () => {
  const [tools, variables] = changesBetween({ tools: ['1'], variables: {} }, { tools: ['1', '2'], variables: { size: 'large' } }, name)
  expect(tools).toMatchObject({ before: 'tool 1', after: 'tool 1\ntool 2', isText: true })
  expect(variables).toMatchObject({ before: '', after: 'size = large' })
})

test('a group that is null and one of nulls are the same', () => {
  expect(changesBetween({ limits: null }, { limits: { silence_s: null } }, name)).toEqual([])
})

test('a setting that this page does not know is still told', () => {
  expect(changesBetween({}, { fresh: 1 } as object, name)).toEqual([{ path: 'fresh', label: 'fresh', before: '', after: '1', isText: false }])
})
