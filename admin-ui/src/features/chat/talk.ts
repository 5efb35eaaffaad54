import { api, asProblem, take } from '@/lib/api'
import { Microphone, MicrophoneError, type MicrophoneFailure } from './audio/microphone'
import { Player } from './audio/player'
import { type Conversation, type Happening, after, nothing } from './conversation'
import { Link } from './link'

export type Input = 'hands-free' | 'push-to-talk'

export interface Cast {
  agent?: string
  persona?: string
}

export interface Snapshot {
  conversation: Conversation
  session?: string
  microphone: 'off' | 'starting' | 'on'
  failure?: MicrophoneFailure
  /** That is heard now. */
  device?: string
  input: Input
  isMuted: boolean
  /** Push-to-talk: pressed. */
  isHeld: boolean
  /** Without the microphone: replies are read out, too. */
  isLoud: boolean
}

const silent: Snapshot = { conversation: nothing, microphone: 'off', input: 'hands-free', isMuted: false, isHeld: false, isLoud: true }

/** A conversation in this browser: its line, its microphone, its loudspeaker, and what is known of it. */
export class Talk {
  private now = silent
  private readonly listeners = new Set<() => void>()
  private cast: Cast = {}
  private link: Link | undefined
  private microphone: Microphone | undefined
  private player: Player | undefined

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly snapshot = (): Snapshot => this.now

  /** Of both sides, 0 to 1: looked at with every picture. */
  readonly levels = () => ({ person: this.microphone?.level ?? 0, agent: this.player?.level ?? 0 })

  /** Begins a conversation, or goes on with one. To be called within a press. */
  async start(session: string, cast: Cast, withVoice: boolean): Promise<void> {
    this.leave()
    this.cast = cast
    this.change({ session })
    this.player = new Player(
      (name) => this.link?.send({ type: 'mark_played', name }),
      (playing) => this.happened({ kind: 'playing', playing }),
    )
    void this.player.resume()
    this.happened({ kind: 'dialled' })
    const hears = withVoice && (await this.listen(this.now.device))
    if (this.now.session === session) this.connect(hears)
  }

  /** The same conversation on a new line: the old one was lost or taken. */
  again(): void {
    void this.player?.resume()
    this.connect(this.microphone !== undefined)
  }

  /** Turns the microphone on or off. */
  async setVoice(on: boolean): Promise<void> {
    void this.player?.resume()
    if (!on) {
      this.deafen()
      this.connect(false)
      return
    }
    if (await this.listen(this.now.device)) this.connect(true)
  }

  async setDevice(device: string): Promise<void> {
    this.deafen()
    if (!(await this.listen(device))) this.connect(false)
  }

  setInput(input: Input): void {
    this.change({ input, isHeld: false })
    this.gate()
  }

  setMuted(isMuted: boolean): void {
    this.change({ isMuted })
    this.gate()
  }

  setLoud(isLoud: boolean): void {
    this.change({ isLoud })
    if (!isLoud && !this.microphone) this.player?.clear()
  }

  /** Push-to-talk. To press it while the agent speaks interrupts. */
  hold(isHeld: boolean): void {
    if (this.now.isHeld === isHeld) return
    if (isHeld && this.now.conversation.activity === 'speaking') this.interrupt()
    this.change({ isHeld })
    this.gate()
  }

  interrupt(): void {
    this.link?.send({ type: 'interrupt' })
    this.player?.clear()
  }

  /** False: the line is not open, nothing was sent. */
  say(text: string): boolean {
    void this.player?.resume()
    if (!this.link?.send({ type: 'text_input', text })) return false
    this.player?.clear()
    this.happened({ kind: 'typed', text })
    return true
  }

  async end(): Promise<void> {
    const { session } = this.now
    this.hush()
    this.happened({ kind: 'ended', why: 'You ended the conversation.' })
    if (!session) return
    // Where another process has the line, it ends with the socket.
    await take(api.POST('/ws/disconnect/{session_id}', { params: { path: { session_id: session } } })).catch(() => undefined)
    this.link?.close()
  }

  /** Back to the beginning. */
  leave(): void {
    this.link?.close()
    this.link = undefined
    this.hush()
    this.player?.close()
    this.player = undefined
    const { input, isLoud, device } = this.now
    this.now = { ...silent, input, isLoud, device }
    this.tell()
  }

  readonly happened = (happening: Happening) => {
    const conversation = after(this.now.conversation, happening)
    const isOver = conversation.line === 'ended' || conversation.line === 'taken' || conversation.line === 'refused'
    if (conversation !== this.now.conversation) this.change({ conversation })
    if (isOver && this.microphone) this.deafen()
  }

  private connect(voice: boolean): void {
    const { session } = this.now
    if (!session) return
    this.link?.close()
    this.player?.clear()
    this.link = new Link(
      { session, ...this.cast, voice },
      {
        happened: this.happened,
        audio: (pcm) => this.player?.play(pcm),
        file: (wav) => this.now.isLoud && void this.player?.playFile(wav),
        mark: (name) => this.player?.mark(name),
        clear: () => this.player?.clear(),
        isOver: () => this.isOver(),
        why: () => refusal(),
      },
    )
  }

  private async isOver(): Promise<boolean> {
    const { id } = this.now.conversation
    if (!id) return false
    const { status } = await take(api.GET('/conversations/{id}', { params: { path: { id } } }))
    return status === 'ended'
  }

  private async listen(device: string | undefined): Promise<boolean> {
    this.microphone?.stop()
    this.microphone = undefined
    this.change({ microphone: 'starting', failure: undefined })
    const { session } = this.now
    try {
      const lost = () => {
        this.deafen()
        this.change({ failure: 'missing' })
        this.connect(false)
      }
      const microphone = await Microphone.start(device, (pcm) => this.link?.frame(pcm), lost)
      // It took a while: the conversation may be another, or none.
      if (this.now.session !== session || this.now.microphone !== 'starting') {
        microphone.stop()
        return false
      }
      this.microphone = microphone
      this.gate()
      this.change({ microphone: 'on', device: microphone.device ?? device })
      return true
    } catch (error) {
      this.change({ microphone: 'off', failure: error instanceof MicrophoneError ? error.failure : 'unknown' })
      return false
    }
  }

  private gate(): void {
    if (!this.microphone) return
    const { input, isMuted, isHeld } = this.now
    this.microphone.open = !isMuted && (input === 'hands-free' || isHeld)
  }

  private deafen(): void {
    this.microphone?.stop()
    this.microphone = undefined
    this.change({ microphone: 'off', isHeld: false })
  }

  private hush(): void {
    this.deafen()
    this.player?.clear()
  }

  private change(part: Partial<Snapshot>): void {
    this.now = { ...this.now, ...part }
    this.tell()
  }

  private tell(): void {
    for (const listener of this.listeners) listener()
  }
}

/** Browsers do not tell why a socket was refused: the server is asked what would. Undefined: it was not reached. */
async function refusal(): Promise<string | undefined> {
  try {
    const { concurrent_calls: lines, minutes_per_month: minutes, spend_per_day_usd: spend } = await take(api.GET('/limits'))
    if (lines.remaining === 0) return 'All lines of your organisation are busy. Try again when a call has ended.'
    if (minutes.remaining === 0) return 'Your organisation has used its minutes of this month.'
    if (spend.remaining === 0) return 'Your organisation has spent what it may in a day.'
    return 'The server did not open the conversation: it has ended, its agent is gone, or the server is full.'
  } catch (error) {
    const problem = asProblem(error)
    return problem.isOffline ? undefined : problem.detail
  }
}
