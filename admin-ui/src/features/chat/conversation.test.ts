import { expect, test } from 'vitest'
import { type Conversation, type Happening, after, nothing } from './conversation'
import { address, read } from './protocol'

const run = (...happenings: Happening[]): Conversation => happenings.reduce(after, nothing)

const message = (message: Extract<Happening, { kind: 'message' }>['message']): Happening => ({ kind: 'message', message })
const opened = message({ type: 'session', session_id: 's', conversation_id: 'c', persona: 'friendly_guide', voice: 'alloy', resumed: false })
const said = (turn: number, text: string) => message({ type: 'transcription', turn, text })
const saying = (turn: number, text: string) => message({ type: 'saying', turn, text })
const response = (turn: number, text: string, heard = text, interrupted = false) =>
  message({ type: 'conversation_response', turn, text, heard_text: heard, interrupted })
const playing = (playing: boolean): Happening => ({ kind: 'playing', playing })

test('sentences become one reply, which the response completes', () => {
  const talk = run({ kind: 'dialled' }, opened, said(1, 'Hello'), saying(1, 'Hi there.'), saying(1, 'How are you?'))
  expect(talk).toMatchObject({ line: 'open', id: 'c', activity: 'speaking' })
  expect(talk.entries).toMatchObject([{ kind: 'said', text: 'Hello', how: 'spoken' }, { kind: 'reply', text: 'Hi there. How are you?' }])
  const whole = after(talk, response(1, 'Hi there. How are you?'))
  expect(whole.entries).toHaveLength(2)
  expect(whole.entries[1]).toMatchObject({ heard: 'Hi there. How are you?', interrupted: false })
})

test('the agent speaks for as long as it is heard, not only for as long as it sends', () => {
  const talk = run(opened, said(1, 'Hello'), saying(1, 'Hi.'), playing(true), response(1, 'Hi.'))
  expect(talk.activity).toBe('speaking')
  expect(after(talk, playing(false)).activity).toBe('listening')
})

test('an interrupted reply keeps what was heard, and says so', () => {
  const talk = run(opened, said(1, 'Hello'), saying(1, 'Let me tell you everything.'), playing(true), message({ type: 'clear' }), playing(false))
  expect(talk.activity).toBe('listening')
  const broken = after(talk, response(1, 'Let me tell you everything.', 'Let me', true))
  expect(broken.activity).toBe('interrupted')
  expect(broken.entries[1]).toMatchObject({ heard: 'Let me', interrupted: true })
})

test('a reply that is broken into by the next question does not stop the thinking about it', () => {
  const talk = run(opened, said(1, 'One'), saying(1, 'First.'), { kind: 'typed', text: 'Two' }, said(2, 'Two'), response(1, 'First.', '', true))
  expect(talk.activity).toBe('thinking')
  expect(talk.entries.filter((entry) => entry.kind === 'reply')).toHaveLength(1)
})

test('a reply that never was shows as nothing', () => {
  expect(run(opened, { kind: 'typed', text: 'One' }, response(1, '', '', true)).entries).toHaveLength(1)
})

test('without a stream the whole reply comes at once', () => {
  const talk = run(opened, { kind: 'typed', text: 'Hello' }, response(1, 'Hi.'))
  expect(talk.entries).toMatchObject([{ how: 'typed' }, { kind: 'reply', text: 'Hi.' }])
  expect(talk.activity).toBe('listening')
})

test('words that were not understood are a note', () => {
  expect(run(opened, message({ type: 'transcription', text: '' })).entries).toMatchObject([{ kind: 'note' }])
})

test('a lost line keeps what was said and comes back', () => {
  const lost = run(opened, said(1, 'Hello'), saying(1, 'Hi.'), playing(true), { kind: 'lost' })
  expect(lost).toMatchObject({ line: 'reconnecting', playing: false })
  expect(lost.entries).toHaveLength(2)
  expect(run(opened, { kind: 'lost' }, { kind: 'dialled' }).line).toBe('reconnecting')
  expect(after(lost, opened).line).toBe('open')
})

test('an end is final, whatever the socket does then', () => {
  const ended = run(opened, message({ type: 'ended', reason: { kind: 'silence' } }), { kind: 'lost' })
  expect(ended.line).toBe('ended')
  expect(ended.reason).toContain('Nobody had spoken')
})

test('each entry has a name of its own', () => {
  const talk = run(opened, { kind: 'typed', text: 'a' }, { kind: 'typed', text: 'a' }, response(1, 'b'), response(2, 'b'))
  expect(new Set(talk.entries.map((entry) => entry.id)).size).toBe(4)
})

test('the address names the session, and what it begins with', () => {
  expect(address({ session: 'a b', voice: false }, 'https://x.example')).toBe('wss://x.example/ws/voice-agent/a%20b')
  const voice = address({ session: 's', agent: 'a1', persona: 'p', voice: true }, 'http://localhost:4000')
  expect(voice).toBe('ws://localhost:4000/ws/voice-agent/s?agent_id=a1&persona=p&audio=stream')
})

test('messages that this page does not know are passed over', () => {
  expect(read('{"type":"sing"}')).toBeUndefined()
  expect(read('nonsense')).toBeUndefined()
  expect(read('{"type":"clear"}')).toEqual({ type: 'clear' })
})

test('a stopping process or another window is no end by itself', () => {
  expect(run(opened, message({ type: 'ended', reason: { kind: 'draining' } })).line).toBe('open')
})

const turn = (number: number, prompt: string, text: string, heard = text) => ({
  number,
  prompt_kind: 'speech',
  prompt_text: prompt,
  generated_text: text,
  heard_text: heard,
  interrupted: heard !== text,
})

test('what was said before this page stands in front of what is said now, once', () => {
  const turns = [turn(1, 'Hello', 'Hi.'), turn(2, 'And?', 'Well.')]
  const resumed = run(opened, { kind: 'remembered', turns })
  expect(resumed.entries.map((entry) => entry.kind === 'note' || entry.text)).toEqual(['Hello', 'Hi.', 'And?', 'Well.'])
  const went = [said(3, 'More'), saying(3, 'Sure.')].reduce(after, resumed)
  const again = after(went, { kind: 'remembered', turns: [...turns, turn(3, 'More', 'Sure. Here it is.', 'Sure.')] })
  expect(again.entries).toHaveLength(6)
  expect(again.entries[5]).toMatchObject({ text: 'Sure. Here it is.', heard: 'Sure.', interrupted: true })
})
