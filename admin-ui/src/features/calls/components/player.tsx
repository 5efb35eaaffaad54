import { useQuery, useQueryClient } from '@tanstack/react-query'
import { AudioLines, Pause, Play, RotateCcw, RotateCw, ZoomIn, ZoomOut } from 'lucide-react'
import { Suspense, lazy, useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import { EmptyState, ErrorState } from '@/components/ui/states'
import { formatDuration } from '@/lib/format'
import { type Recording, recordingUrlQuery } from '../api/detail'
import { LONGEST_DRAWN } from '../peaks'
import { RecordingMenu } from './recording-menu'
import { STEP_S, onKey, seekTo, setRate, takesKeys, togglePlay, useIsPlaying, useLength, usePosition, useRate } from '../playback'

const Waveform = lazy(() => import('./waveform'))

const RATES = ['0.75', '1', '1.25', '1.5', '2'].map((value) => ({ value, label: `${value}×` }))
const ZOOMS = [0, 20, 50, 120, 250]

interface PlayerProps {
  recording: Recording
  audio: HTMLAudioElement | null
  onAudio: (audio: HTMLAudioElement | null) => void
}

/** A recording that can be played. */
export function Player({ recording, audio, onAudio }: PlayerProps) {
  const client = useQueryClient()
  const query = recordingUrlQuery(recording.id)
  const { data: url, error, refetch } = useQuery(query)
  // Addresses hold for a while only: one that does not play any more is asked for anew, once for each that was given.
  const [renewed, setRenewed] = useState<string>()
  const failed = () => {
    if (url === undefined || renewed !== undefined) return
    setRenewed(url)
    void client.invalidateQueries(query)
  }
  return (
    <Card aria-label="Recording" className="overflow-hidden px-5 py-4">
      {url !== undefined && (
        // The transcript is below it.
        // eslint-disable-next-line jsx-a11y/media-has-caption
        <audio ref={onAudio} src={url} preload="metadata" onError={failed} onCanPlay={() => setRenewed(undefined)} />
      )}
      {error && url === undefined ? <ErrorState error={error} retry={() => void refetch()} className="py-6" /> : url !== undefined && audio ? <Controls recording={recording} audio={audio} url={url} /> : <Skeleton className="h-40" />}
    </Card>
  )
}

function Controls({ recording, audio, url }: { recording: Recording; audio: HTMLAudioElement; url: string }) {
  const [zoom, setZoom] = useState(0)
  const position = usePosition(audio)
  const isPlaying = useIsPlaying(audio)
  const rate = useRate(audio)
  const length = useLength(audio) || (recording.duration_ms ?? 0) / 1000

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || takesKeys(event.target)) return
      if (onKey(audio, event.key)) event.preventDefault()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [audio])

  return (
    <div className="space-y-3">
      <div className="flex items-center gap-4 text-sm text-muted-foreground">
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-full bg-chart-3" />
          Caller
        </span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-full bg-chart-1" />
          Agent
        </span>
        <div className="flex-1" />
        <Button variant="ghost" size="icon-sm" aria-label="Zoom out" disabled={zoom === 0} onClick={() => setZoom(zoom - 1)}>
          <ZoomOut aria-hidden />
        </Button>
        <Button variant="ghost" size="icon-sm" aria-label="Zoom in" disabled={zoom === ZOOMS.length - 1} onClick={() => setZoom(zoom + 1)}>
          <ZoomIn aria-hidden />
        </Button>
        <RecordingMenu recording={recording} url={url} />
      </div>
      {length <= LONGEST_DRAWN ? (
        <Suspense fallback={<Skeleton className="h-26" />}>
          <Waveform audio={audio} url={url} recording={recording.id} zoom={ZOOMS[zoom] ?? 0} />
        </Suspense>
      ) : (
        <p className="text-sm text-muted-foreground">Recordings of more than an hour are played without a picture.</p>
      )}
      <input
        type="range"
        aria-label="Position"
        aria-valuetext={`${formatDuration(position)} of ${formatDuration(length)}`}
        className="block w-full accent-primary"
        min={0}
        max={Math.max(length, 0.1)}
        step={0.1}
        value={Math.min(position, length)}
        onChange={(event) => seekTo(audio, Number(event.target.value))}
        onKeyDown={(event) => {
          if ((event.key === ' ' || event.key.startsWith('Arrow')) && onKey(audio, event.key)) event.preventDefault()
        }}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button variant="ghost" size="icon" aria-label={`Back ${STEP_S} seconds`} onClick={() => seekTo(audio, position - STEP_S)}>
          <RotateCcw aria-hidden />
        </Button>
        <Button variant="primary" size="icon" className="size-9 rounded-full" aria-label={isPlaying ? 'Pause' : 'Play'} onClick={() => togglePlay(audio)}>
          {isPlaying ? <Pause aria-hidden /> : <Play aria-hidden />}
        </Button>
        <Button variant="ghost" size="icon" aria-label={`On ${STEP_S} seconds`} onClick={() => seekTo(audio, position + STEP_S)}>
          <RotateCw aria-hidden />
        </Button>
        <span className="text-sm tabular-nums" data-testid="position">
          {formatDuration(position)} <span className="text-muted-foreground">/ {formatDuration(length)}</span>
        </span>
        <div className="flex-1" />
        <span className="hidden text-sm text-muted-foreground lg:inline">Space plays, arrows move {STEP_S} s</span>
        <Select aria-label="Speed" className="w-22" options={RATES} value={String(rate)} onChange={(value) => setRate(audio, Number(value))} />
      </div>
    </div>
  )
}

/** Why nothing can be played. */
export function NoRecording({ recordings, isLive }: { recordings: readonly Recording[]; isLive: boolean }) {
  const is = (...states: Recording['state'][]) => recordings.some(({ state }) => states.includes(state))
  const [title, why] = isLive
    ? ['The call goes on', 'Its recording, if the agent records, can be played soon after the end.']
    : is('recording', 'processing')
      ? ['The recording is being prepared', 'It can be played in a few seconds.']
      : is('failed')
        ? ['The recording is lost', 'It could not be stored, or the provider does not have it any more.']
        : ['Not recorded', 'Recording is set for each agent. It was off for this conversation, or what it kept has been removed.']
  return (
    <Card aria-label="Recording">
      <EmptyState icon={AudioLines} title={title} className="py-8">
        {why}
      </EmptyState>
    </Card>
  )
}
