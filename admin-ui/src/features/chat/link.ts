import { accessToken } from '@/lib/api/tokens'
import type { Happening } from './conversation'
import { type Opening, type Outgoing, address, read } from './protocol'

/** Milliseconds before each try to open a lost socket again; after the last, the person decides. */
const PAUSES_MS = [200, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000]

/** Bytes that may wait to be sent, two seconds of a voice: what would come later than that is not sent. */
const UNSENT = 64_000

const [DONE, STOPPING] = [1000, 1012]

export interface Ears {
  happened: (happening: Happening) => void
  /** A piece of the agent's voice. */
  audio: (pcm: ArrayBuffer) => void
  /** All of a reply. */
  file: (wav: ArrayBuffer) => void
  mark: (name: string) => void
  clear: () => void
  /** Whether the conversation is over, as the server knows it. */
  isOver: () => Promise<boolean>
  /** Why a first socket may have been refused; undefined: the server was not reached. */
  why: () => Promise<string | undefined>
}

/** One conversation's socket: opened again when it is lost, until it is closed or the conversation is over. */
export class Link {
  private socket: WebSocket | undefined
  private timer: number | undefined
  private tries = 0
  private wasOpen = false
  private isClosed = false

  constructor(
    private readonly opening: Opening,
    private readonly ears: Ears,
  ) {
    window.addEventListener('online', this.hurry)
    void this.open()
  }

  get isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN
  }

  send(message: Outgoing): boolean {
    if (!this.socket || !this.isOpen) return false
    this.socket.send(JSON.stringify(message))
    return true
  }

  /** 20 ms of the person's voice. */
  frame(pcm: ArrayBuffer): void {
    if (this.socket && this.isOpen && this.socket.bufferedAmount < UNSENT) this.socket.send(pcm)
  }

  close(): void {
    this.isClosed = true
    window.clearTimeout(this.timer)
    window.removeEventListener('online', this.hurry)
    this.socket?.close()
  }

  private async open(): Promise<void> {
    if (this.isClosed) return
    this.ears.happened({ kind: 'dialled' })
    let token: string | undefined
    try {
      token = await accessToken()
    } catch {
      this.later()
      return
    }
    // The wait may have outlived the conversation.
    if (this.hasClosed()) return
    if (!token) {
      this.refused('You are signed out. Sign in again to go on.')
      return
    }
    const socket = new WebSocket(address(this.opening), ['switchboard', token])
    socket.binaryType = 'arraybuffer'
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => this.heard(data)
    socket.onclose = ({ code }) => void this.lost(code)
    this.socket = socket
  }

  private hasClosed(): boolean {
    return this.isClosed
  }

  private heard(data: string | ArrayBuffer): void {
    if (this.isClosed) return
    const message = typeof data === 'string' ? read(data) : undefined
    if (typeof data !== 'string') this.ears.audio(data)
    else if (message?.type === 'mark') this.ears.mark(message.name)
    else if (message?.type === 'audio_response') this.ears.file(bytes(message.audio_base64))
    if (!message) return
    if (message.type === 'clear') this.ears.clear()
    if (message.type === 'session') {
      this.tries = 0
      this.wasOpen = true
    }
    if (message.type === 'ended' && message.reason.kind !== 'draining') this.close()
    this.ears.happened({ kind: 'message', message })
  }

  private async lost(code: number): Promise<void> {
    if (this.isClosed) return
    this.ears.clear()
    const what = this.wasOpen ? await this.afterwards(code) : await this.instead()
    if (this.hasClosed()) return
    if (what) this.done(what)
    else this.later()
  }

  /** What the end of a socket means that was open; undefined: it is to be opened again. */
  private async afterwards(code: number): Promise<Happening | undefined> {
    this.ears.happened({ kind: 'lost' })
    if (code === STOPPING) return undefined
    if (await this.ears.isOver().catch(() => false)) return { kind: 'ended', why: 'The conversation is over.' }
    return code === DONE ? { kind: 'taken' } : undefined
  }

  /** And of one that never was. */
  private async instead(): Promise<Happening | undefined> {
    const why = await this.ears.why().catch(() => undefined)
    return why === undefined ? undefined : { kind: 'refused', why }
  }

  private later(): void {
    if (this.isClosed) return
    const pause = PAUSES_MS[this.tries]
    if (pause === undefined) {
      this.refused('The server cannot be reached.')
      return
    }
    this.tries += 1
    this.ears.happened({ kind: 'lost' })
    this.timer = window.setTimeout(() => void this.open(), pause)
  }

  /** The network is back: no need to wait. */
  private readonly hurry = () => {
    if (this.timer === undefined || this.isOpen) return
    window.clearTimeout(this.timer)
    this.timer = undefined
    void this.open()
  }

  private refused(why: string): void {
    this.done({ kind: 'refused', why })
  }

  private done(happening: Happening): void {
    if (this.isClosed) return
    this.close()
    this.ears.happened(happening)
  }
}

function bytes(base64: string): ArrayBuffer {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer
}
