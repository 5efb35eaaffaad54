/** Samples a second of the agent's voice. */
const RATE = 24_000

/** Seconds between the first sample's coming and its being played: the network is not even. */
const LEAD_S = 0.06

/** What is scheduled, and the marks that are due when it has been played. */
interface Piece {
  source: AudioBufferSourceNode
  marks: string[]
}

/** Plays the agent's voice as it comes, says what was heard, and falls silent at once. */
export class Player {
  private readonly context = new AudioContext({ sampleRate: RATE })
  private readonly meter = new AnalyserNode(this.context, { fftSize: 512 })
  private readonly samples = new Float32Array(this.meter.fftSize)
  private pieces: Piece[] = []
  /** On the context's clock: where what is scheduled ends. */
  private until = 0

  /** `onMark`: everything before that mark was played, or dropped. `onPlaying`: sound begins, or has ended. */
  constructor(
    private readonly onMark: (name: string) => void,
    private readonly onPlaying: (playing: boolean) => void,
  ) {
    this.meter.connect(this.context.destination)
  }

  /** To be called within a press: browsers let no page speak by itself. */
  async resume(): Promise<void> {
    await this.context.resume()
  }

  /** 24 kHz, mono, signed 16-bit. */
  play(pcm: ArrayBuffer): void {
    const samples = new Int16Array(pcm, 0, Math.floor(pcm.byteLength / 2))
    if (samples.length === 0 || this.context.state === 'closed') return
    const buffer = this.context.createBuffer(1, samples.length, RATE)
    buffer.copyToChannel(Float32Array.from(samples, (sample) => sample / 32_768), 0)
    this.schedule(buffer)
  }

  /** A whole file. */
  async playFile(file: ArrayBuffer): Promise<void> {
    const buffer = await this.context.decodeAudioData(file)
    this.schedule(buffer)
  }

  mark(name: string): void {
    const last = this.pieces.at(-1)
    if (last) last.marks.push(name)
    else this.onMark(name)
  }

  /** Silence, now. The marks of what is dropped are due at once. */
  clear(): void {
    const dropped = this.pieces
    this.pieces = []
    this.until = 0
    for (const { source, marks } of dropped) {
      source.onended = null
      source.stop()
      source.disconnect()
      marks.forEach(this.onMark)
    }
    if (dropped.length > 0) this.onPlaying(false)
  }

  get isPlaying(): boolean {
    return this.pieces.length > 0
  }

  /** 0 to 1, of what sounds now. */
  get level(): number {
    if (!this.isPlaying) return 0
    this.meter.getFloatTimeDomainData(this.samples)
    return Math.sqrt(this.samples.reduce((sum, sample) => sum + sample * sample, 0) / this.samples.length)
  }

  close(): void {
    this.clear()
    void this.context.close()
  }

  private schedule(buffer: AudioBuffer): void {
    if (this.context.state === 'closed') return
    const source = new AudioBufferSourceNode(this.context, { buffer })
    source.connect(this.meter)
    const piece: Piece = { source, marks: [] }
    source.onended = () => this.played(piece)
    const now = this.context.currentTime
    if (this.until < now) this.until = now + LEAD_S
    source.start(this.until)
    this.until += buffer.duration
    this.pieces.push(piece)
    if (this.pieces.length === 1) this.onPlaying(true)
  }

  private played(piece: Piece): void {
    this.pieces = this.pieces.filter((other) => other !== piece)
    piece.source.disconnect()
    piece.marks.forEach(this.onMark)
    if (this.pieces.length === 0) this.onPlaying(false)
  }
}
