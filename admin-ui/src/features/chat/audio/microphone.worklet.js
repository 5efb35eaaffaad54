/* global AudioWorkletProcessor, registerProcessor, sampleRate */
// Runs on the audio thread, as a file of its own: the content security policy knows no blob: scripts, and a worklet's
// imports are not bundled. It gives what the server takes: frames of 20 ms, 16 kHz, signed 16-bit.

const RATE = 16_000
const FRAME = RATE / 50

/** Zero crossings of the sinc on each side: -80 dB beyond the band with the window below. */
const CROSSINGS = 16
/** Of the lower Nyquist frequency: the rest is the filter's slope. */
const BAND = 0.94

const gcd = (a, b) => (b === 0 ? a : gcd(b, a % b))

/** From any rate to any other by a windowed sinc, as a bank of filters: one for each place between two samples. */
class Resampler {
  constructor(from, to) {
    const common = gcd(from, to)
    this.phases = to / common
    this.step = from / common
    const cutoff = BAND * Math.min(1, to / from)
    this.half = Math.ceil(CROSSINGS / cutoff)
    this.filters = Array.from({ length: this.phases }, (_, phase) => this.filter(phase / this.phases, cutoff))
    /** Samples that are still needed, and where among them the next output lies. */
    this.kept = new Float32Array(2 * this.half)
    this.at = 0
    this.phase = 0
  }

  filter(offset, cutoff) {
    const taps = Float64Array.from({ length: 2 * this.half }, (_, tap) => {
      const distance = tap - this.half + 1 - offset
      const angle = Math.PI * distance * cutoff
      const sinc = distance === 0 ? 1 : Math.sin(angle) / angle
      const place = (Math.PI * distance) / this.half
      const window = Math.abs(distance) >= this.half ? 0 : 0.42 + 0.5 * Math.cos(place) + 0.08 * Math.cos(2 * place)
      return sinc * window
    })
    const sum = taps.reduce((total, tap) => total + tap, 0)
    return Float32Array.from(taps, (tap) => tap / sum)
  }

  /** Calls back with each sample that these complete. */
  push(samples, take) {
    const all = new Float32Array(this.kept.length + samples.length)
    all.set(this.kept)
    all.set(samples, this.kept.length)
    const taps = 2 * this.half
    while (this.at + taps <= all.length) {
      const filter = this.filters[this.phase]
      let sum = 0
      for (let tap = 0; tap < taps; tap++) sum += all[this.at + tap] * filter[tap]
      take(sum)
      this.phase += this.step
      this.at += Math.floor(this.phase / this.phases)
      this.phase %= this.phases
    }
    const used = Math.min(this.at, all.length)
    this.kept = all.slice(used)
    this.at -= used
  }
}

class Microphone extends AudioWorkletProcessor {
  constructor() {
    super()
    this.resampler = sampleRate === RATE ? undefined : new Resampler(sampleRate, RATE)
    this.frame = new Int16Array(FRAME)
    this.filled = 0
    this.energy = 0
    this.take = this.take.bind(this)
    this.port.onmessage = () => {
      this.stopped = true
    }
  }

  process([input]) {
    const samples = input[0]
    if (samples) {
      if (this.resampler) this.resampler.push(samples, this.take)
      else for (const sample of samples) this.take(sample)
    }
    return !this.stopped
  }

  take(sample) {
    const clipped = Math.max(-1, Math.min(1, sample))
    this.energy += clipped * clipped
    this.frame[this.filled++] = Math.round(clipped * 32_767)
    if (this.filled < FRAME) return
    const level = Math.sqrt(this.energy / FRAME)
    const pcm = this.frame.buffer
    this.frame = new Int16Array(FRAME)
    this.filled = 0
    this.energy = 0
    this.port.postMessage({ pcm, level }, [pcm])
  }
}

registerProcessor('microphone', Microphone)
