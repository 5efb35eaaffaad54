// A tenant's own program, as https://www.standardwebhooks.com/ wants it.
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Consumer {
  url: string
  /** What came so far, oldest first. */
  taken: Message[]
  close: () => void
}

export interface Message {
  type: string
  data: Record<string, unknown>
  /** Whether this secret (`whsec_…`) signed it. */
  isSignedBy: (secret: string) => boolean
}

export async function startConsumer(): Promise<Consumer> {
  const taken: Message[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => {
      const header = (name: string) => String(request.headers[`webhook-${name}`])
      const signatures = header('signature').split(' ')
      const signed = `${header('id')}.${header('timestamp')}.${body}`
      taken.push({
        ...(JSON.parse(body) as { type: string; data: Record<string, unknown> }),
        isSignedBy: (secret) => {
          const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
          return signatures.includes(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
        },
      })
      response.end('{"taken":true}')
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, taken, close: () => server.close() }
}
