import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Mic, RotateCcw, SendHorizontal } from 'lucide-react'
import { type SyntheticEvent, useEffect, useRef, useState } from 'react'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Input } from '@/components/ui/input'
import { api, asProblem, idempotencyKey, take } from '@/lib/api'
import { cn } from '@/lib/cn'
import { formatLatency } from '@/lib/format'
import { useCan } from '@/lib/session'
import type { Agent } from '../api/queries'

interface Line {
  who: 'agent' | 'you'
  text: string
  /** Milliseconds from sending to the whole reply; undefined: it was no reply. */
  latency?: number
}

interface Session {
  id: string
  version: number
}

interface TestPanelProps {
  agent: Agent
  isDirty: boolean
  /** Publishes the draft; undefined: one may not. */
  publish?: () => void
}

/** Talks to the agent in writing, as it is published: the API lets nobody talk to a draft. */
export function TestPanel({ agent, isDirty, publish }: TestPanelProps) {
  const mayTalk = useCan('calls')
  const [session, setSession] = useState<Session>()
  const [lines, setLines] = useState<Line[]>([])
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const end = useRef<HTMLDivElement>(null)

  const start = useMutation({
    mutationFn: () => take(api.POST('/conversation/start', { params: { query: { agent_id: agent.id }, header: { 'Idempotency-Key': idempotencyKey() } }, body: {} })),
    onSuccess: ({ session_id, greeting }) => {
      setSession({ id: session_id, version: agent.published.number })
      setLines([{ who: 'agent', text: greeting }])
      window.setTimeout(() => field.current?.focus())
    },
  })
  const say = useMutation({
    mutationFn: async (said: { session: string; text: string }) => {
      const from = performance.now()
      const reply = await take(api.POST('/conversation/process', { body: { session_id: said.session, user_input: said.text } }))
      return { text: reply.agent_response, latency: performance.now() - from }
    },
    onMutate: (said) => setLines((lines) => [...lines, { who: 'you', text: said.text }]),
    onSuccess: (reply) => setLines((lines) => [...lines, { who: 'agent', ...reply }]),
    // Nothing of it is kept on the server: it goes back into the field, to be sent again.
    onError: (_, said) => {
      setLines((lines) => lines.slice(0, -1))
      setText(said.text)
    },
  })
  useEffect(() => {
    const log = end.current?.parentElement
    if (log) log.scrollTop = log.scrollHeight
  }, [lines, say.isPending])

  const send = (event: SyntheticEvent) => {
    event.preventDefault()
    const said = text.trim()
    if (!session || said === '' || say.isPending) return
    setText('')
    say.mutate({ session: session.id, text: said })
  }
  const restart = () => {
    say.reset()
    start.mutate()
  }
  const hasChanges = isDirty || agent.differs
  return (
    <Card id="test" aria-label="Test" className="flex min-h-96 scroll-mt-16 flex-col overflow-hidden lg:sticky lg:top-18 lg:h-[calc(100dvh-6.5rem)] lg:max-h-[44rem]">
      <div className="flex items-center justify-between gap-2 border-b px-4 py-2.5">
        <div className="min-w-0">
          <h2 className="font-semibold">Test</h2>
          <p className="text-sm text-muted-foreground">Version {session?.version ?? agent.published.number}, in writing</p>
        </div>
        <div className="flex items-center gap-1">
          {session && (
            <Button variant="ghost" size="icon-sm" aria-label="Start a new conversation" title="Start a new conversation" pending={start.isPending} onClick={restart}>
              {!start.isPending && <RotateCcw aria-hidden />}
            </Button>
          )}
          {mayTalk && (
            <Button asChild size="sm">
              <Link to="/chat" search={{ agent: agent.id }}>
                <Mic aria-hidden />
                Talk
              </Link>
            </Button>
          )}
        </div>
      </div>
      {hasChanges && (
        <div className="flex flex-wrap items-center justify-between gap-2 border-b bg-warning-soft px-4 py-2 text-sm text-warning-text">
          <p className="min-w-0 flex-1 basis-40">You talk to what is published. Your changes are heard once they are published.</p>
          {publish && (
            <Button size="sm" className="text-foreground" onClick={publish}>
              Publish…
            </Button>
          )}
        </div>
      )}
      {session && session.version !== agent.published.number && (
        <div className="flex flex-wrap items-center justify-between gap-2 border-b bg-primary-soft px-4 py-2 text-sm text-primary-text">
          <p className="min-w-0 flex-1 basis-40">This conversation keeps version {session.version}.</p>
          <Button size="sm" className="text-foreground" onClick={restart}>
            Start with version {agent.published.number}
          </Button>
        </div>
      )}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- who has no mouse must be able to scroll it */}
      <div role="log" aria-label="Conversation" tabIndex={0} className="relative max-h-[28rem] flex-1 space-y-3 overflow-y-auto p-4 lg:max-h-none">
        {lines.length === 0 && (
          <div className="flex h-full min-h-48 flex-col items-center justify-center gap-3 text-center">
            <p className="max-w-60 text-sm text-muted-foreground">Write as a caller would speak, and see how long each reply takes.</p>
            <Button variant="primary" disabled={!mayTalk} title={mayTalk ? undefined : 'Your role cannot talk to agents'} pending={start.isPending} onClick={() => start.mutate()}>
              Start conversation
            </Button>
          </div>
        )}
        {lines.map((line, at) => (
          <Bubble key={at} line={line} />
        ))}
        {say.isPending && (
          <p className="text-sm text-muted-foreground" role="status">
            {agent.name} thinks…
          </p>
        )}
        {(start.error ?? say.error) && <Alert tone="destructive">{asProblem(start.error ?? say.error).detail}</Alert>}
        <div ref={end} />
      </div>
      <form onSubmit={send} className="flex gap-2 border-t p-3">
        <Input ref={field} aria-label="Say something" autoComplete="off" placeholder={session ? 'Say something' : 'Start a conversation first'} maxLength={4_000} disabled={!session} value={text} onChange={(event) => setText(event.target.value)} />
        <Button type="submit" variant="primary" size="icon" className="max-md:size-9" aria-label="Send" disabled={!session || text.trim() === '' || say.isPending}>
          <SendHorizontal aria-hidden />
        </Button>
      </form>
    </Card>
  )
}

function Bubble({ line }: { line: Line }) {
  const isYou = line.who === 'you'
  return (
    <div className={cn('flex flex-col gap-0.5', isYou ? 'items-end' : 'items-start')}>
      <p className={cn('max-w-[85%] rounded-lg px-3 py-2 break-words whitespace-pre-wrap', isYou ? 'bg-primary text-primary-foreground' : 'bg-muted')}>
        <span className="sr-only">{isYou ? 'You: ' : 'Agent: '}</span>
        {line.text}
      </p>
      {line.latency !== undefined && <p className="px-1 text-xs text-muted-foreground tabular-nums">{formatLatency(line.latency)}</p>}
    </div>
  )
}
