import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { ConversationState, callerOf } from '@/components/conversations'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, CardHeader } from '@/components/ui/card'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { useLive } from '@/lib/api'
import { type Conversation, isLive } from '@/lib/conversations'
import { type Recording, conversationQuery, recordingsQuery, transcriptQuery, turnsQuery } from './api/detail'
import { keys } from './api/list'
import { AnalysisCard } from './components/analysis-card'
import { Downloads } from './components/downloads'
import { FactsCard } from './components/facts-card'
import { LatencyCard } from './components/latency-card'
import { NoRecording, Player } from './components/player'
import { TranscriptView } from './components/transcript-view'
import { seekTo, usePosition } from './playback'
import { lineAt } from './transcript'

interface CallPageProps {
  /** A call's id, or a conversation's. */
  id: string
  /** Where to begin, milliseconds from the start of the conversation. */
  at?: number
}

export function CallPage({ id, at }: CallPageProps) {
  const { data, error, refetch } = useQuery(conversationQuery(id))
  if (data) return <Shown id={id} conversation={data} at={at} />
  return (
    <>
      <PageHeader title="Call" back={BACK} />
      {error ? (
        <Card>
          <ErrorState error={error} retry={() => void refetch()} />
        </Card>
      ) : (
        <Loading />
      )}
    </>
  )
}

const BACK = { to: '/calls', label: 'Calls' }

/** Milliseconds after the end in which transcript, recording and totals are still to come. */
const SETTLING_MS = 120_000

function Shown({ id, conversation, at }: CallPageProps & { conversation: Conversation }) {
  const [opened] = useState(() => Date.now())
  const isSettling = conversation.status === 'active' || opened - new Date(conversation.ended_at ?? 0).getTime() < SETTLING_MS
  useLive(isSettling ? [keys.detail(id), keys.detail(conversation.id)] : [])
  const live = isLive(conversation)
  const title = callerOf(conversation)
  return (
    <>
      <PageHeader
        title={title}
        back={BACK}
        aside={<ConversationState conversation={conversation} />}
        description={
          <>
            {conversation.agent_name ? `Spoke with ${conversation.agent_name} ` : 'Began '}
            <Time at={conversation.started_at} />
          </>
        }
        actions={<Downloads conversation={conversation.id} startedAt={conversation.started_at} />}
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Heard conversation={conversation} at={at} isLive={live} />
        <div className="space-y-6">
          <FactsCard conversation={conversation} />
          <AnalysisCard conversation={conversation.id} />
        </div>
      </div>
    </>
  )
}

/** What was heard, said and done, with one position in time. */
function Heard({ conversation, at, isLive }: { conversation: Conversation; at: number | undefined; isLive: boolean }) {
  const recordings = useQuery(recordingsQuery(conversation.id))
  const transcript = useQuery(transcriptQuery(conversation.id))
  const turns = useQuery(turnsQuery(conversation.id))
  const [audio, setAudio] = useState<HTMLAudioElement | null>(null)
  const [chosen, setChosen] = useState<string>()
  const ready = recordings.data?.items.filter(({ state }) => state === 'ready') ?? []
  const recording = ready.find(({ id }) => id === chosen) ?? partAt(ready, at ?? 0) ?? ready[0]
  const begins = recording?.offset_ms ?? 0
  const position = usePosition(audio)
  const lines = transcript.data?.lines ?? []
  const current = audio && (position > 0 || at !== undefined) ? lineAt(lines, position * 1000 + begins) : -1
  // A part that is not loaded yet begins there when it is.
  const [target, setTarget] = useState(at)
  const seek = (ms: number) => {
    const part = partAt(ready, ms)
    if (audio && (!part || part.id === recording?.id)) {
      seekTo(audio, (ms - begins) / 1000)
      return
    }
    setTarget(ms)
    setChosen(part?.id)
  }
  const begin = useEffectEvent((element: HTMLAudioElement) => {
    if (target !== undefined) seekTo(element, (target - begins) / 1000)
  })
  useEffect(() => {
    if (audio) begin(audio)
  }, [audio])
  return (
    <div className="min-w-0 space-y-6">
      {ready.length > 1 && <Parts recordings={ready} chosen={recording?.id} onChoose={setChosen} />}
      {recording ? (
        <Player key={recording.id} recording={recording} audio={audio} onAudio={setAudio} />
      ) : recordings.data ? (
        conversation.channel === 'http' ? null : <NoRecording recordings={recordings.data.items} isLive={isLive} />
      ) : recordings.error ? (
        <Card>
          <ErrorState error={recordings.error} retry={() => void recordings.refetch()} />
        </Card>
      ) : (
        <Skeleton className="h-52" />
      )}
      <Card aria-label="Transcript">
        <CardHeader title="Transcript" description={transcript.data && stateWords(transcript.data)} actions={transcript.data?.state === 'live' && isLive && <Badge tone="warning" lamp>Live</Badge>} />
        <div className="border-t">
          {transcript.data && turns.data ? (
            <TranscriptView lines={lines} turns={turns.data.items} current={current} seek={recording && audio ? seek : undefined} />
          ) : (transcript.error ?? turns.error) ? (
            <ErrorState error={transcript.error ?? turns.error} retry={() => void Promise.all([transcript.refetch(), turns.refetch()])} />
          ) : (
            <div className="space-y-4 px-5 py-4">
              {Array.from({ length: 6 }, (_, row) => (
                <Skeleton key={row} className="h-9" />
              ))}
            </div>
          )}
        </div>
      </Card>
      {turns.data && conversation.channel !== 'http' && <LatencyCard turns={turns.data.items} />}
    </div>
  )
}

/** The recording in which this moment of the conversation was heard. */
function partAt(recordings: readonly Recording[], ms: number): Recording | undefined {
  return recordings.findLast(({ offset_ms }) => offset_ms <= ms)
}

function stateWords({ state, source }: { state: string; source: string }): string | undefined {
  if (state === 'live') return 'What has been said so far.'
  if (state === 'draft') return 'As it was understood during the call. The recording is being transcribed.'
  return source === 'recording' ? 'The caller’s words are transcribed from the recording.' : 'As it was understood during the conversation.'
}

function Parts({ recordings, chosen, onChoose }: { recordings: readonly Recording[]; chosen: string | undefined; onChoose: (id: string) => void }) {
  return (
    <div role="group" aria-label="Parts of the recording" className="flex flex-wrap gap-2">
      {recordings.map(({ id, source }, at) => (
        <Button key={id} size="sm" aria-pressed={id === chosen} variant={id === chosen ? 'primary' : 'secondary'} onClick={() => onChoose(id)}>
          Part {at + 1}
          {source === 'twilio' && ' (Twilio)'}
        </Button>
      ))}
    </div>
  )
}

function Loading() {
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="space-y-6">
        <Skeleton className="h-52" />
        <Skeleton className="h-96" />
      </div>
      <div className="space-y-6">
        <Skeleton className="h-80" />
        <Skeleton className="h-40" />
      </div>
    </div>
  )
}
