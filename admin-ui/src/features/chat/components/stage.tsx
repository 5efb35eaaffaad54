import { useQuery } from '@tanstack/react-query'
import { PhoneOff, Plus, RefreshCw } from 'lucide-react'
import { Speaking, useEndInSight } from '@/components/talk/turns'
import { Alert } from '@/components/ui/alert'
import { Badge, type BadgeTone } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { PageHeader } from '@/components/ui/page-header'
import { agentsQuery, personasQuery } from '../api/queries'
import type { Activity, Line } from '../conversation'
import type { Cast, Snapshot, Talk } from '../talk'
import { useTurns } from '../use-turns'
import { Composer } from './composer'
import { Transcript } from './transcript'
import { Voice } from './voice'

/** A conversation that goes on, or has just ended. */
export function Stage({ talk, now, cast, onLeave }: { talk: Talk; now: Snapshot; cast: Cast; onLeave: () => void }) {
  const { conversation } = now
  const { data: agents } = useQuery(agentsQuery)
  const { data: personas } = useQuery(personasQuery)
  const turns = useTurns(conversation, talk.happened)
  const agent = agents?.items.find(({ id }) => id === cast.agent) ?? agents?.items.at(-1)
  const persona = personas?.personas.find(({ name }) => name === conversation.persona)
  const box = useEndInSight<HTMLDivElement>(conversation)
  const isOver = conversation.line === 'ended'
  const isStuck = conversation.line === 'taken' || conversation.line === 'refused'
  const details = [persona?.title, conversation.voice && `voice ${conversation.voice}`].filter(Boolean).join(' · ')

  return (
    <>
      <PageHeader
        title={agent?.name ?? 'Agent'}
        aside={<State line={conversation.line} activity={conversation.activity} isVoice={now.microphone !== 'off'} />}
        description={details || 'Opening the conversation'}
        actions={
          isOver || isStuck ? (
            <Button variant="primary" onClick={onLeave}>
              <Plus aria-hidden />
              New conversation
            </Button>
          ) : (
            <Button variant="destructive" onClick={() => void talk.end()}>
              <PhoneOff aria-hidden />
              End
            </Button>
          )
        }
      />
      <Card className="flex h-[calc(100dvh-12.5rem)] min-h-104 flex-col overflow-hidden" aria-label="Conversation">
        {/* A region that scrolls must be reached with the keyboard. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <div ref={box} tabIndex={0} role="log" aria-label="What was said" className="min-h-0 flex-1 overflow-y-auto px-4 py-5 sm:px-6 -outline-offset-2">
          {conversation.entries.length === 0 && <Hint line={conversation.line} isVoice={now.microphone === 'on'} />}
          <Transcript conversation={conversation} turns={turns} agent={agent?.name ?? 'Agent'} />
          {conversation.line === 'open' && conversation.activity === 'thinking' && <Speaking name={agent?.name ?? 'Agent'} text="is thinking" />}
        </div>
        <div className="space-y-3 border-t bg-muted/30 px-4 py-3 sm:px-6">
          <Interruption now={now} talk={talk} />
          {!isOver && !isStuck && <Voice talk={talk} now={now} />}
          {!isOver && !isStuck && <Composer isOpen={conversation.line === 'open'} onSend={(text) => talk.say(text)} />}
        </div>
      </Card>
    </>
  )
}

const ACTIVITIES: Record<Activity, { label: string; tone: BadgeTone }> = {
  listening: { label: 'Listening', tone: 'primary' },
  thinking: { label: 'Thinking', tone: 'neutral' },
  speaking: { label: 'Speaking', tone: 'success' },
  interrupted: { label: 'Interrupted', tone: 'warning' },
}

const LINES: Record<Exclude<Line, 'open'>, { label: string; tone: BadgeTone }> = {
  closed: { label: 'Not connected', tone: 'neutral' },
  connecting: { label: 'Connecting', tone: 'neutral' },
  reconnecting: { label: 'Reconnecting', tone: 'warning' },
  ended: { label: 'Ended', tone: 'neutral' },
  taken: { label: 'In another window', tone: 'warning' },
  refused: { label: 'Not connected', tone: 'destructive' },
}

function State({ line, activity, isVoice }: { line: Line; activity: Activity; isVoice: boolean }) {
  const ready = { label: 'Ready', tone: 'primary' as const }
  const shown = line !== 'open' ? LINES[line] : activity === 'listening' && !isVoice ? ready : ACTIVITIES[activity]
  return (
    <span role="status" aria-label="State of the conversation">
      <Badge tone={shown.tone} lamp={line === 'open' && activity !== 'thinking'}>
        {shown.label}
      </Badge>
    </span>
  )
}

function Hint({ line, isVoice }: { line: Line; isVoice: boolean }) {
  if (line !== 'open') return null
  return <p className="py-8 text-center text-muted-foreground">{isVoice ? 'Say something: the agent listens.' : 'Write the first message.'}</p>
}

/** What keeps the conversation from going on, and what to do about it. */
function Interruption({ now: { conversation }, talk }: { now: Snapshot; talk: Talk }) {
  const again = (label: string) => (
    <Button size="sm" className="mt-2" onClick={() => talk.again()}>
      <RefreshCw aria-hidden />
      {label}
    </Button>
  )
  switch (conversation.line) {
    case 'reconnecting':
      return <Alert tone="warning">The connection was lost. It is opened again; what was said stays.</Alert>
    case 'taken':
      return (
        <Alert tone="warning" title="The conversation goes on in another window">
          {again('Take it back')}
        </Alert>
      )
    case 'refused':
      return (
        <Alert tone="destructive" title="There is no connection">
          <p>{conversation.reason}</p>
          {again('Try again')}
        </Alert>
      )
    case 'ended':
      return <Alert>{conversation.reason ?? 'The conversation is over.'}</Alert>
    default:
      return null
  }
}
