/**
 * A WAV file that was sent as it was made says lengths that are too large: puts the real ones in, so that a player
 * knows when it ends.
 */
export function mendWav(wav: ArrayBuffer): ArrayBuffer {
  const view = new DataView(wav)
  if (wav.byteLength < 44 || tag(view, 0) !== 'RIFF') return wav
  view.setUint32(4, wav.byteLength - 8, true)
  for (let at = 12; at + 8 <= wav.byteLength; ) {
    const length = view.getUint32(at + 4, true)
    if (tag(view, at) === 'data') {
      view.setUint32(at + 4, wav.byteLength - at - 8, true)
      break
    }
    at += 8 + length + (length % 2)
  }
  return wav
}

function tag(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3))
}
