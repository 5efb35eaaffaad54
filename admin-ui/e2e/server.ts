// The real server on a database of its own, with the simulator's Twilio behind it.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export const root = path.resolve(import.meta.dirname, '../..')

/** `BIN_DIR`: where `switchboard` and `simulator` are; target/debug unless given. */
export const binary = (name: string) => path.join(process.env.BIN_DIR ?? path.join(root, 'target/debug'), name)

export interface Server {
  /** Without a slash at its end. */
  url: string
  /** Of the tenant that the first start made. */
  apiKey: string
  /** What it has logged: the links that would be mailed are in it. */
  log: () => string
  stop: () => Promise<void>
}

/** One that can be away for a while. */
export interface Restartable extends Server {
  /** Ends the process; its data and its port are kept. */
  down: () => Promise<void>
  up: () => Promise<void>
}

export interface Options {
  /** More variables for the server: `{ OPERATOR_EMAILS: 'root@example.com' }`. */
  env?: Record<string, string>
  /** Numbers that the fake Twilio knows. */
  numbers?: readonly string[]
}

export async function startServer({ env = {}, numbers = ['+14155550100'] }: Options = {}): Promise<Restartable> {
  const data = await mkdtemp(path.join(tmpdir(), 'switchboard-e2e-'))
  const [port, twilioPort] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${port}`
  const numberFlags = numbers.flatMap((number) => ['--number', number])
  const twilio = spawn(binary('simulator'), ['twilio', '--bind', `127.0.0.1:${twilioPort}`, ...numberFlags], { stdio: 'ignore' })
  let log = ''
  let server: ChildProcess | undefined
  const up = async () => {
    const started = spawn(binary('switchboard'), [], {
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
    server = started
    for (const stream of [started.stdout, started.stderr]) stream.on('data', (text: Buffer) => (log += text.toString()))
    await untilReady(url, started, () => log)
  }
  const down = async () => {
    if (server) await end(server)
  }
  const stop = async () => {
    await Promise.all([down(), end(twilio)])
    await rm(data, { recursive: true, force: true })
  }
  try {
    await up()
  } catch (error) {
    await stop()
    throw error
  }
  return { url, apiKey: /swb_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}/.exec(log)?.[0] ?? '', log: () => log, down, up, stop }
}

/** Two minutes: a debug build loads the speech models slowly on a busy machine. */
async function untilReady(url: string, server: ChildProcess, log: () => string): Promise<void> {
  const deadline = Date.now() + 120_000
  let failure: Error | undefined
  server.once('error', (error) => (failure = error))
  while (Date.now() < deadline) {
    if (failure) throw failure
    if (server.exitCode !== null) throw new Error(`the server ended:\n${log()}`)
    const answer = await fetch(`${url}/health`).catch(() => undefined)
    if (answer?.ok) return
    await sleep(200)
  }
  throw new Error(`the server does not answer:\n${log()}`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
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
