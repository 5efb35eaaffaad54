// Pictures of pages have few colours: a PNG with a palette of them is half as big as Chromium's.
import { deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const MOST_COLOURS = 256

/** The same picture with at most 256 colours. `png`: of eight bits a channel, not interlaced, as Chromium's are. */
export function withPalette(png: Buffer): Buffer {
  const { width, height, pixels } = decode(png)
  const { palette, index } = choose(pixels)
  const rows = Buffer.alloc((width + 1) * height)
  for (let at = 0; at < pixels.length; at += 1) rows[at + Math.floor(at / width) + 1] = index.get(pixels[at] ?? 0) ?? 0
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // Eight bits, palette.
  head.set([8, 3, 0, 0, 0], 8)
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('PLTE', colours), chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })), chunk('IEND', Buffer.alloc(0))])
}

/** `0xrrggbb` of each pixel, row by row. */
function decode(png: Buffer): { width: number; height: number; pixels: Uint32Array } {
  const [width, height, channels] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25] === 6 ? 4 : 3]
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  }
  const raw = inflateSync(Buffer.concat(parts))
  const stride = width * channels
  const bytes = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x
      const left = x < channels ? 0 : (bytes[at - channels] ?? 0)
      const up = y === 0 ? 0 : (bytes[at - stride] ?? 0)
      const corner = x < channels || y === 0 ? 0 : (bytes[at - stride - channels] ?? 0)
      bytes[at] = (raw[y * (stride + 1) + 1 + x] ?? 0) + predicted(filter, left, up, corner)
    }
  }
  const pixels = new Uint32Array(width * height).map((_, at) => bytes.readUIntBE(at * channels, 3))
  return { width, height, pixels }
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  if (filter !== 4) return 0
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner
}

/** The colours that are there most, none close to another, and which of them stands for each. */
function choose(pixels: Uint32Array): { palette: number[]; index: Map<number, number> } {
  const counts = new Map<number, number>()
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const colours = [...counts].sort((one, other) => other[1] - one[1]).map(([colour]) => colour)
  let palette: number[] = []
  for (let apart = 1; ; apart += 1) {
    palette = []
    for (const colour of colours) {
      if (palette.length > MOST_COLOURS) break
      if (palette.every((chosen) => distance(chosen, colour) >= apart)) palette.push(colour)
    }
    if (palette.length <= MOST_COLOURS) break
  }
  const nearest = (colour: number) => palette.reduce((best, chosen, at) => (distance(chosen, colour) < distance(palette[best] ?? 0, colour) ? at : best), 0)
  return { palette, index: new Map(colours.map((colour) => [colour, nearest(colour)])) }
}

/** The most that any channel differs. */
function distance(one: number, other: number): number {
  return Math.max(Math.abs((one >> 16) - (other >> 16)), Math.abs(((one >> 8) & 255) - ((other >> 8) & 255)), Math.abs((one & 255) - (other & 255)))
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(data.length + 12)
  framed.writeUInt32BE(data.length, 0)
  named.copy(framed, 4)
  framed.writeUInt32BE(crc(named), data.length + 8)
  return framed
}

/** CRC-32 as PNG has it (zlib's own is in newer Node.js alone). */
function crc(data: Buffer): number {
  let sum = 0xffffffff
  for (const byte of data) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}
