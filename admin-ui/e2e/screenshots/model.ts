// A language model that knows its lines, in place of a paid one: OpenAI's chat completions, plain and streamed.
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Exchange, Scene } from './bakery.ts'

interface Message {
  role: string
  content?: string | null
}

interface Asked {
  model: string
  messages: Message[]
  stream?: boolean
  response_format?: { json_schema?: { schema?: { required?: string[] } } }
}

interface Answer {
  text: string
  tool?: Exchange['tool']
}

/** Milliseconds to the first token, and between two. */
const [FIRST_MS, BETWEEN_MS] = [180, 12]

export interface Model {
  /** As LLM_BASE_URL wants it. */
  url: string
  close: () => void
}

export async function startModel(scenes: readonly Scene[]): Promise<Model> {
  const server = createServer((request, response) => void serve(scenes, request, response).catch(() => response.destroy()))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, close: () => server.close() }
}

async function serve(scenes: readonly Scene[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET') {
    response.setHeader('content-type', 'application/json').end('{"object":"list","data":[]}')
    return
  }
  const asked = JSON.parse(Buffer.concat(await request.toArray()).toString()) as Asked
  const answer = asked.response_format ? { text: analysed(scenes, asked) } : replyTo(scenes, asked.messages)
  await sleep(FIRST_MS)
  if (asked.stream) await stream(response, asked, answer)
  else response.setHeader('content-type', 'application/json').end(JSON.stringify(whole(asked, answer)))
}

/** The reply to what sounds most like the last thing that was said. */
function replyTo(scenes: readonly Scene[], messages: readonly Message[]): Answer {
  const at = messages.findLastIndex(({ role }) => role === 'user')
  const said = messages[at]?.content ?? ''
  const [best] = scenes
    .flatMap(({ exchanges }) => exchanges)
    .map((exchange) => ({ exchange, likeness: likeness(said, exchange.caller) }))
    .sort((one, other) => other.likeness - one.likeness)
  if (!best || best.likeness < 0.2) return { text: 'I am sorry, I did not quite get that. Could you say it again?' }
  const { agent, tool } = best.exchange
  const isAnswered = messages.slice(at).some(({ role }) => role === 'tool')
  return tool && !isAnswered ? { text: '', tool } : { text: agent }
}

/** What came of the scene whose words are in the transcript. */
function analysed(scenes: readonly Scene[], { messages, response_format: format }: Asked): string {
  const material = messages.at(-1)?.content ?? ''
  const [scene] = scenes.toSorted((one, other) => found(other, material) - found(one, material))
  const { fields, ...rest } = scene?.analysis ?? { summary: 'The caller said little.', outcome: 'unresolved', sentiment: 'neutral', fields: {} }
  return JSON.stringify(format?.json_schema?.schema?.required?.includes('fields') ? { ...rest, fields } : rest)
}

function found(scene: Scene, material: string): number {
  return Math.max(...scene.exchanges.map(({ agent }) => (material.includes(agent) ? agent.length : 0)))
}

/** Words that both have, of all that either has: 0 to 1. */
function likeness(one: string, other: string): number {
  const [a, b] = [words(one), words(other)]
  const both = [...a].filter((word) => b.has(word)).length
  return both / Math.max(1, a.size + b.size - both)
}

function words(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[a-z]+/g) ?? [])
}

function usage({ messages }: Asked, { text }: Answer) {
  const [prompt_tokens, completion_tokens] = [Math.ceil(JSON.stringify(messages).length / 4), Math.max(8, Math.ceil(text.length / 4))]
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens }
}

function toolCall({ name, arguments: given }: NonNullable<Exchange['tool']>) {
  return { index: 0, id: 'call_0', type: 'function', function: { name, arguments: JSON.stringify(given) } }
}

function whole(asked: Asked, answer: Answer) {
  const message = { role: 'assistant', content: answer.text, ...(answer.tool && { tool_calls: [toolCall(answer.tool)] }) }
  return { id: 'chatcmpl-0', object: 'chat.completion', created: 0, model: asked.model, choices: [{ index: 0, message, finish_reason: answer.tool ? 'tool_calls' : 'stop' }], usage: usage(asked, answer) }
}

async function stream(response: ServerResponse, asked: Asked, answer: Answer): Promise<void> {
  response.setHeader('content-type', 'text/event-stream')
  const send = (rest: object) => response.write(`data: ${JSON.stringify({ id: 'chatcmpl-0', object: 'chat.completion.chunk', created: 0, model: asked.model, ...rest })}\n\n`)
  const choose = (delta: object, finish_reason: string | null = null) => send({ choices: [{ index: 0, delta, finish_reason }] })
  choose({ role: 'assistant', content: '' })
  for (const token of answer.text.match(/\s*\S+/g) ?? []) {
    choose({ content: token })
    await sleep(BETWEEN_MS)
  }
  if (answer.tool) choose({ tool_calls: [toolCall(answer.tool)] })
  choose({}, answer.tool ? 'tool_calls' : 'stop')
  send({ choices: [], usage: usage(asked, answer) })
  response.end('data: [DONE]\n\n')
}
