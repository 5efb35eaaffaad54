import { expect, test } from 'vitest'
import { mendWav } from './wav'

function header(chunks: [string, number][], total: number): ArrayBuffer {
  const bytes = new Uint8Array(total)
  const view = new DataView(bytes.buffer)
  const put = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at)
  put(0, 'RIFF')
  view.setUint32(4, 0xffffffff, true)
  put(8, 'WAVE')
  let at = 12
  for (const [name, length] of chunks) {
    put(at, name)
    view.setUint32(at + 4, length, true)
    at += 8 + length
  }
  return bytes.buffer
}

test('lengths that stood at their largest become the real ones', () => {
  const view = new DataView(mendWav(header([['fmt ', 16], ['data', 0xffffffff]], 144)))
  expect(view.getUint32(4, true)).toBe(136)
  expect(view.getUint32(40, true)).toBe(100)
})

test('what is no WAV file stays as it is', () => {
  const bytes = new Uint8Array([1, 2, 3]).buffer
  expect(mendWav(bytes)).toBe(bytes)
})
