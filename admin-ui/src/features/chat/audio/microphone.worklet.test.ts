import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

interface Processor {
  port: { postMessage: (frame: { pcm: ArrayBuffer; level: number }) => void }
  process: (inputs: Float32Array[][]) => boolean
}

/** What the worklet makes of a tone of this many hertz, at this rate, a second long: its samples, after the first 20 ms. */
function heard(rate: number, hertz: number): number[] {
  const source = readFileSync(path.resolve(import.meta.dirname, 'microphone.worklet.js'), 'utf8')
  const made: number[] = []
  class Node {
    port = { postMessage: ({ pcm }: { pcm: ArrayBuffer }) => made.push(...new Int16Array(pcm)) }
  }
  let Microphone: (new () => Processor) | undefined
  const register = (_: string, processor: new () => Processor) => (Microphone = processor)
  // As an audio thread would load it.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const load = new Function('AudioWorkletProcessor', 'registerProcessor', 'sampleRate', source) as (...scope: unknown[]) => void
  load(Node, register, rate)
  if (!Microphone) throw new Error('the worklet registers nothing')
  const processor = new Microphone()
  for (let at = 0; at < rate; at += 128) {
    processor.process([[Float32Array.from({ length: 128 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * (at + i)) / rate))]])
  }
  return made.slice(320)
}

const loudness = (samples: number[]) => Math.sqrt(samples.reduce((sum, sample) => sum + (sample / 32_767) ** 2, 0) / samples.length)

test.each([16_000, 48_000, 44_100, 8_000])('a voice at %d Hz arrives at 16 kHz as loud as it was', (rate) => {
  const samples = heard(rate, 1_000)
  // A second less the first frame; what the filter holds back is less than another.
  expect(samples.length).toBeGreaterThanOrEqual(16_000 - 3 * 320)
  expect(samples.length % 320).toBe(0)
  expect(loudness(samples)).toBeCloseTo(0.5 / Math.SQRT2, 2)
})

test.each([48_000, 44_100])('what 16 kHz cannot carry is taken out at %d Hz, not folded into the voice', (rate) => {
  expect(loudness(heard(rate, 10_000))).toBeLessThan(0.001)
})

test('the pitch stays', () => {
  const samples = heard(44_100, 440)
  const rises = samples.filter((sample, at) => at > 0 && sample >= 0 && (samples[at - 1] ?? 0) < 0).length
  expect(rises / (samples.length / 16_000)).toBeCloseTo(440, -1)
})
