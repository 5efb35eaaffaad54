// The real server on a database of its own, with the simulator's Twilio behind it.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const root = path.resolve(import.meta.dirname, '../..')

export interface Server {
  /** Without a slash at its end. */
  url: string
  /** Of the tenant that the first start made. */
  apiKey: string
  /** What it has logged: the links that would be mailed are in it. */
  log: () => string
  stop: () => Promise<void>
}

export interface Options {
  /** More variables for the server: `{ OPERATOR_EMAILS: 'root@example.com' }`. */
  env?: Record<string, string>
  /** Numbers that the fake Twilio knows. */
  numbers?: string[]
}

/** `BIN_DIR`: where `switchboard` and `simulator` are; target/debug unless given. */
export async function startServer({ env = {}, numbers = ['+14155550100'] }: Options = {}): Promise<Server> {
  const bin = process.env.BIN_DIR ?? path.join(root, 'target/debug')
  const data = await mkdtemp(path.join(tmpdir(), 'switchboard-e2e-'))
  const [port, twilioPort] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${port}`
  const numberFlags = numbers.flatMap((number) => ['--number', number])
  const twilio = spawn(path.join(bin, 'simulator'), ['twilio', '--bind', `127.0.0.1:${twilioPort}`, ...numberFlags], { stdio: 'ignore' })
  const server = spawn(path.join(bin, 'switchboard'), [], {
    cwd: data,
    env: {
      PATH: process.env.PATH,
      BIND: `127.0.0.1:${port}`,
      DATA_DIR: data,
      MODELS_DIR: process.env.MODELS_DIR ?? path.join(root, 'models'),
      TWILIO_API_URL: `http://127.0.0.1:${twilioPort}`,
      ...env,
    },
  })
  let log = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text: Buffer) => (log += text.toString()))
  const stop = async () => {
    await Promise.all([end(server), end(twilio)])
    await rm(data, { recursive: true, force: true })
  }
  try {
    await untilReady(url, server, () => log)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, apiKey: /swb_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}/.exec(log)?.[0] ?? '', log: () => log, stop }
}

/** Two minutes: a debug build loads the speech models slowly on a busy machine. */
async function untilReady(url: string, server: ChildProcess, log: () => string): Promise<void> {
  const deadline = Date.now() + 120_000
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`the server ended:\n${log()}`)
    const answer = await fetch(`${url}/health`).catch(() => undefined)
    if (answer?.ok) return
    await sleep(200)
  }
  throw new Error(`the server does not answer:\n${log()}`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await Promise.race([ended, sleep(10_000).then(() => child.kill('SIGKILL'))])
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
