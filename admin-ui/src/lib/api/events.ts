import { apiFetch } from './fetch'

/** What happened, as `GET /events/stream` tells it. */
export interface LiveEvent {
  id: string
  type: string
  conversation_id?: string | null
}

/** Milliseconds before a broken stream is opened again: doubled with each failure, up to the last. */
const [FIRST_PAUSE_MS, LAST_PAUSE_MS] = [1_000, 30_000]

/** The server sends something every fifteen seconds: what is silent for longer is lost. */
const SILENCE_MS = 40_000

type Listener = (event: LiveEvent) => void

const listeners = new Set<Listener>()
let stream: AbortController | undefined
let isOpen = false

/** Whether events come: pages look for themselves while they do not. */
export function areEventsOpen(): boolean {
  return isOpen
}

/** Hears what happens to the tenant. All pages share one stream, which is open while somebody listens and the page is seen. */
export function onEvent(listener: Listener): () => void {
  listeners.add(listener)
  if (listeners.size === 1) document.addEventListener('visibilitychange', turn)
  turn()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    document.removeEventListener('visibilitychange', turn)
    turn()
  }
}

function turn(): void {
  const isWanted = listeners.size > 0 && document.visibilityState === 'visible'
  if (isWanted && !stream) {
    stream = new AbortController()
    void keepOpen(stream.signal)
  } else if (!isWanted && stream) {
    stream.abort()
    stream = undefined
    isOpen = false
  }
}

async function keepOpen(signal: AbortSignal): Promise<void> {
  let last: string | undefined
  let pause = FIRST_PAUSE_MS
  for (;;) {
    try {
      const answer = await open(last, signal)
      if (answer?.body) {
        isOpen = true
        pause = FIRST_PAUSE_MS
        for await (const event of eventsOf(answer.body, signal)) {
          last = event.id
          for (const listener of listeners) listener(event)
        }
      }
    } catch {
      // Whether the server is there, the next request tells.
    }
    if (signal.aborted) return
    isOpen = false
    await new Promise((resolve) => setTimeout(resolve, pause))
    pause = Math.min(LAST_PAUSE_MS, pause * 2)
  }
}

/** Headers carry who asks, which `EventSource` cannot send. */
async function open(last: string | undefined, signal: AbortSignal): Promise<Response | undefined> {
  const headers = { Accept: 'text/event-stream', ...(last !== undefined && { 'Last-Event-ID': last }) }
  const answer = await apiFetch(new Request(new URL('/events/stream', window.location.origin), { headers, signal, cache: 'no-store' }))
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') ?? false
  return answer.ok && isStream ? answer : undefined
}

async function* eventsOf(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<LiveEvent> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
  let text = ''
  try {
    for (;;) {
      const { done, value } = await within(SILENCE_MS, reader.read(), signal)
      if (done) return
      const { events, rest } = parse(text + value)
      text = rest
      yield* events
    }
  } finally {
    void reader.cancel().catch(() => undefined)
  }
}

function within<T>(ms: number, what: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('silence')), ms)
    const abort = () => reject(new Error('aborted'))
    signal.addEventListener('abort', abort, { once: true })
    what.then(resolve, reject).finally(() => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    })
  })
}

/** The events that are whole in this text, and what begins the next. What is no event of ours is passed over. */
export function parse(text: string): { events: LiveEvent[]; rest: string } {
  const blocks = text.replaceAll('\r\n', '\n').split('\n\n')
  const rest = blocks.pop() ?? ''
  const events = blocks.flatMap((block) => {
    const data = block
      .split('\n')
      .filter((line) => line.startsWith('data:'))
      .map((line) => line.slice(5).replace(/^ /, ''))
      .join('\n')
    const event = read(data)
    return event ? [event] : []
  })
  return { events, rest }
}

function read(data: string): LiveEvent | undefined {
  if (data === '') return undefined
  try {
    const event = JSON.parse(data) as Partial<LiveEvent>
    return typeof event.id === 'string' && typeof event.type === 'string' ? (event as LiveEvent) : undefined
  } catch {
    return undefined
  }
}
