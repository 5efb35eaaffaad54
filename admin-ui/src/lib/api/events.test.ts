import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { areEventsOpen, onEvent, parse } from './events'

test('events are read as they come, whatever the pieces', () => {
  const first = parse('retry: 2000\n\nevent: call.started\nid: a\ndata: {"id":"a","type":"call.started"}\n\nevent: call.en')
  expect(first.events).toEqual([{ id: 'a', type: 'call.started' }])
  const second = parse(`${first.rest}ded\nid: b\ndata: {"id":"b",\ndata: "type":"call.ended"}\n\n`)
  expect(second).toEqual({ events: [{ id: 'b', type: 'call.ended' }], rest: '' })
})

test('comments and nonsense are passed over', () => {
  expect(parse(': still here\n\ndata: nonsense\n\ndata: {"id":1}\n\n').events).toEqual([])
})

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('one stream serves all who listen, is opened again where it stopped, and closed with the last of them', async () => {
  const asked: (string | null)[] = []
  const signals: AbortSignal[] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation((input) => {
    const request = input as Request
    asked.push(request.headers.get('last-event-id'))
    signals.push(request.signal)
    const body = 'id: a\ndata: {"id":"a","type":"call.started"}\n\n'
    return Promise.resolve(new Response(body, { headers: { 'Content-Type': 'text/event-stream' } }))
  })
  const heard: string[] = []
  const stops = [onEvent(({ type }) => heard.push(`one ${type}`)), onEvent(({ type }) => heard.push(`two ${type}`))]
  await vi.waitFor(() => expect(heard).toEqual(['one call.started', 'two call.started']))
  await vi.waitFor(() => expect(areEventsOpen()).toBe(false))
  await vi.advanceTimersByTimeAsync(1_100)
  await vi.waitFor(() => expect(asked).toEqual([null, 'a']))
  for (const stop of stops) stop()
  expect(signals.at(-1)?.aborted).toBe(true)
})
