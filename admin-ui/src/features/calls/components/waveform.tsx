import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import WaveSurfer from 'wavesurfer.js'
import { Skeleton } from '@/components/ui/skeleton'
import { useIsDark } from '@/lib/theme'
import { peaksOf } from '../peaks'

interface WaveformProps {
  audio: HTMLAudioElement
  url: string
  recording: string
  /** Pixels a second; 0: as wide as the page. */
  zoom: number
}

const HEIGHT = 52

/** Both sides of a recording, the caller above. Keyboard and screen readers use the slider beside it. */
export default function Waveform({ audio, url, recording, zoom }: WaveformProps) {
  const { data, isError } = useQuery({
    queryKey: ['recordings', 'peaks', recording],
    queryFn: async ({ signal }) => {
      const answer = await fetch(url, { signal })
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
      return peaksOf(await answer.arrayBuffer())
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
  })
  const isDark = useIsDark()
  const place = useRef<HTMLDivElement>(null)
  const surfer = useRef<WaveSurfer>(undefined)

  useEffect(() => {
    if (!place.current || !data) return
    const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
    const channel = (name: string) => ({ waveColor: `color-mix(in oklab, ${colour(name)} 45%, ${colour('--card')})`, progressColor: colour(name), height: HEIGHT })
    const drawn = WaveSurfer.create({
      container: place.current,
      media: audio,
      peaks: data.channels,
      duration: data.duration,
      splitChannels: data.channels.map((_, at) => channel(at === 0 ? '--chart-3' : '--chart-1')),
      normalize: true,
      barWidth: 2,
      barGap: 1,
      barRadius: 1,
      cursorColor: colour('--foreground'),
      cursorWidth: 1,
      dragToSeek: true,
      hideScrollbar: false,
    })
    surfer.current = drawn
    // One that is drawn anew stands where the sound does.
    drawn.once('ready', () => drawn.setTime(audio.currentTime))
    return () => {
      surfer.current = undefined
      drawn.destroy()
    }
  }, [audio, data, isDark])

  useEffect(() => {
    const drawn = surfer.current
    if (!drawn) return
    if (drawn.getDecodedData()) drawn.zoom(zoom)
    else return drawn.once('ready', () => drawn.zoom(zoom))
  }, [zoom, data, isDark])

  if (isError) return <p className="py-8 text-center text-sm text-muted-foreground">This browser cannot draw the recording. It can still be played.</p>
  return (
    <div className="relative" style={{ minHeight: 2 * HEIGHT }}>
      {!data && <Skeleton className="absolute inset-0" />}
      <div ref={place} aria-hidden />
    </div>
  )
}
