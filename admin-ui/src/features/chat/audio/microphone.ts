const WORKLET = new URL('./microphone.worklet.js', import.meta.url)

/** What the server hears at. */
const RATE = 16_000

/** Why there is no microphone. */
export type MicrophoneFailure = 'denied' | 'missing' | 'busy' | 'insecure' | 'unknown'

export class MicrophoneError extends Error {
  constructor(readonly failure: MicrophoneFailure) {
    super(failure)
  }
}

interface Frame {
  pcm: ArrayBuffer
  level: number
}

/** The person's voice as the server takes it: frames of 20 ms, 16 kHz, signed 16-bit. Muted, they are silent: the server counts its time by them. */
export class Microphone {
  /** Of the last frame: 0 to 1. */
  level = 0
  open = true

  private constructor(
    private readonly context: AudioContext,
    private readonly stream: MediaStream,
    private readonly node: AudioWorkletNode,
    onFrame: (pcm: ArrayBuffer) => void,
    onLost: () => void,
  ) {
    node.port.onmessage = ({ data }: MessageEvent<Frame>) => {
      this.level = this.open ? data.level : 0
      onFrame(this.open ? data.pcm : new ArrayBuffer(data.pcm.byteLength))
    }
    for (const track of stream.getTracks()) track.onended = onLost
  }

  /** Throws a `MicrophoneError`. `onLost`: it was unplugged, or permission was taken back. */
  static async start(device: string | undefined, onFrame: (pcm: ArrayBuffer) => void, onLost: () => void): Promise<Microphone> {
    const stream = await listen(device)
    const { context, source } = await contextOf(stream)
    await context.audioWorklet.addModule(WORKLET)
    const node = new AudioWorkletNode(context, 'microphone', { channelCount: 1, channelCountMode: 'explicit', numberOfOutputs: 0 })
    source.connect(node)
    await context.resume()
    return new Microphone(context, stream, node, onFrame, onLost)
  }

  /** Which one it is; undefined: the browser does not say. */
  get device(): string | undefined {
    return this.stream.getAudioTracks()[0]?.getSettings().deviceId
  }

  stop(): void {
    this.node.port.onmessage = null
    this.node.port.postMessage('stop')
    for (const track of this.stream.getTracks()) {
      track.onended = null
      track.stop()
    }
    void this.context.close()
  }
}

async function listen(device: string | undefined): Promise<MediaStream> {
  // Pages that did not come by HTTPS (or from this machine) have no microphone at all.
  if (!window.isSecureContext || !('mediaDevices' in navigator)) throw new MicrophoneError('insecure')
  const audio: MediaTrackConstraints = { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true }
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: device ? { ...audio, deviceId: { exact: device } } : audio })
  } catch (error) {
    const name = error instanceof DOMException ? error.name : ''
    // The one that was chosen is gone: any other serves.
    if (device && (name === 'OverconstrainedError' || name === 'NotFoundError')) return listen(undefined)
    throw new MicrophoneError(FAILURES[name] ?? 'unknown')
  }
}

const FAILURES: Record<string, MicrophoneFailure | undefined> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
}

/** At the server's rate where the browser can; Firefox connects a microphone at its own rate alone, and the worklet resamples. */
async function contextOf(stream: MediaStream): Promise<{ context: AudioContext; source: MediaStreamAudioSourceNode }> {
  const wanted = new AudioContext({ sampleRate: RATE })
  try {
    return { context: wanted, source: wanted.createMediaStreamSource(stream) }
  } catch {
    await wanted.close()
    const own = new AudioContext()
    return { context: own, source: own.createMediaStreamSource(stream) }
  }
}

export interface Device {
  id: string
  label: string
}

/** The microphones there are; without names before the person has allowed one. */
export async function microphones(): Promise<Device[]> {
  if (!('mediaDevices' in navigator)) return []
  const devices = await navigator.mediaDevices.enumerateDevices()
  const inputs = devices.filter((device) => device.kind === 'audioinput' && device.deviceId !== '')
  return inputs.map((device, at) => ({ id: device.deviceId, label: device.label || `Microphone ${at + 1}` }))
}
