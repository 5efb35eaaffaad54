// What Chromium's fake microphone hears.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const clip = path.resolve(import.meta.dirname, '../../caller-audio/17_seven_of_clubs_real.wav')
const file = path.resolve(import.meta.dirname, '../node_modules/.cache/microphone.wav')

/** Bytes a second of 16 kHz, 16 bits, one channel. */
const SECOND = 32_000

/** The bytes before the samples. */
const HEADER = 44

/**
 * "Seven of clubs" again and again, with four seconds before it, in which a busy machine opens the line, and ten after it, in which
 * it is answered.
 */
export function microphone(): string {
  const wav = readFileSync(clip)
  const [before, after] = [Buffer.alloc(4 * SECOND), Buffer.alloc(10 * SECOND)]
  const samples = Buffer.concat([before, wav.subarray(HEADER), after])
  const header = Buffer.from(wav.subarray(0, HEADER))
  header.writeUInt32LE(HEADER - 8 + samples.length, 4)
  header.writeUInt32LE(samples.length, HEADER - 4)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, Buffer.concat([header, samples]))
  return file
}
