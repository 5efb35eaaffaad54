import { expect, test } from 'vitest'
import { goingOn, shown } from './going-on'

const call = (id: string, created_at: string) =>
  ({ id, conversation_id: `c-${id}`, created_at, call_sid: id, account_sid: 'AC', from_number: '+1', to_number: '+2', status: 'in-progress' }) as const
const session = (id: string, connected_at: string) => ({ session_id: id, conversation_id: `c-${id}`, connected_at })

const list = goingOn([call('a', '2026-01-01T10:00:00Z'), call('b', '2026-01-01T10:02:00Z')], [session('s', '2026-01-01T10:01:00Z')])

test('calls and sockets stand in one list, the newest first', () => {
  expect(list.map((talk) => talk.conversation)).toEqual(['c-b', 'c-s', 'c-a'])
})

test('the newest is shown until one is chosen, which stays when it ends', () => {
  expect(shown(list, undefined)).toMatchObject({ talk: { conversation: 'c-b' }, isOver: false })
  const chosen = list[2]
  expect(shown(list, chosen)).toMatchObject({ talk: { conversation: 'c-a' }, isOver: false })
  expect(shown(list.slice(0, 2), chosen)).toMatchObject({ talk: { conversation: 'c-a' }, isOver: true })
  expect(shown([], undefined).talk).toBeUndefined()
})
