/** Peaks a second: a bar a pixel at the usual width of a call. */
const PER_SECOND = 50

/** Hertz: enough for the outline of a voice, and little to hold. */
const RATE = 8_000

/** Seconds: what is longer takes more memory to draw than a browser should spend. */
export const LONGEST_DRAWN = 3_600

/** The outline of each channel, between -1 and 1. */
export async function peaksOf(file: ArrayBuffer): Promise<{ channels: Float32Array[]; duration: number }> {
  const audio = await new OfflineAudioContext(2, 1, RATE).decodeAudioData(file)
  const channels = Array.from({ length: audio.numberOfChannels }, (_, at) => outline(audio.getChannelData(at), audio.sampleRate / PER_SECOND))
  return { channels, duration: audio.duration }
}

/** The farthest sample of each window. */
export function outline(samples: Float32Array, window: number): Float32Array {
  const peaks = new Float32Array(Math.ceil(samples.length / window))
  for (let at = 0; at < samples.length; at++) {
    const peak = Math.floor(at / window)
    const sample = samples[at] ?? 0
    if (Math.abs(sample) > Math.abs(peaks[peak] ?? 0)) peaks[peak] = sample
  }
  return peaks
}
