import { ChevronRight, MessageSquareText } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/states'
import { Tooltip } from '@/components/ui/tooltip'
import { cn } from '@/lib/cn'
import { sentence } from '@/lib/conversations'
import { formatDuration, formatLatency } from '@/lib/format'
import type { Turn } from '../api/detail'
import { type Line, type ToolCall, unheard, withTools } from '../transcript'

interface TranscriptViewProps {
  lines: readonly Line[]
  turns: readonly Turn[]
  /** The line that is played, by its place; -1: none. */
  current: number
  /** Undefined: nothing can be played. */
  seek: ((ms: number) => void) | undefined
}

/** Who said what, following what is played. */
export function TranscriptView({ lines, turns, current, seek }: TranscriptViewProps) {
  const [follows, setFollows] = useState(true)
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    if (!follows || current < 0) return
    const place = list.current
    const line = place?.children[current]
    if (!place || !(line instanceof HTMLElement)) return
    // Only the list moves: a page that scrolls by itself is lost to its reader.
    const [top, bottom] = [line.offsetTop, line.offsetTop + line.offsetHeight]
    if (top < place.scrollTop + 24 || bottom > place.scrollTop + place.clientHeight - 24) place.scrollTop = top - place.clientHeight / 3
  }, [current, follows])

  if (lines.length === 0) {
    return (
      <EmptyState icon={MessageSquareText} title="Nothing was said">
        Words appear here as they are spoken or written.
      </EmptyState>
    )
  }
  return (
    <div className="relative">
      {/* It scrolls: the keyboard must get there. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ol ref={list} tabIndex={0} aria-label="Transcript" className="relative max-h-[36rem] overflow-y-auto py-2 -outline-offset-2 motion-safe:scroll-smooth" onWheel={() => setFollows(false)} onTouchMove={() => setFollows(false)}>
        {withTools(lines, turns).map(({ line, call }, at) => (
          <li key={at} aria-current={at === current ? 'true' : undefined} className={cn('flex gap-3 px-5 py-1.5', at === current && 'bg-primary-soft')}>
            <Moment ms={line.start_ms} seek={seek} />
            {line.speaker === 'tool' ? <ToolLine line={line} call={call} /> : <Words line={line} />}
          </li>
        ))}
      </ol>
      {!follows && current >= 0 && (
        <Button size="sm" className="absolute right-4 bottom-3 shadow-md" onClick={() => setFollows(true)}>
          Follow playback
        </Button>
      )}
    </div>
  )
}

function Moment({ ms, seek }: { ms: number; seek: TranscriptViewProps['seek'] }) {
  const at = formatDuration(ms / 1000)
  const look = 'w-10 shrink-0 pt-0.5 text-right text-sm tabular-nums'
  if (!seek) return <span className={cn(look, 'text-muted-foreground')}>{at}</span>
  return (
    <button type="button" aria-label={`Play from ${at}`} className={cn(look, 'self-start text-primary-text hover:underline')} onClick={() => seek(ms)}>
      {at}
    </button>
  )
}

function Words({ line }: { line: Line }) {
  const isCaller = line.speaker === 'caller'
  return (
    <div className="min-w-0 flex-1">
      <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
        <span className={isCaller ? 'text-foreground' : 'text-primary-text'}>{isCaller ? 'Caller' : 'Agent'}</span>
        {line.kind === 'keys' && <Badge tone="outline">Keys</Badge>}
        {line.kind === 'text' && <Badge tone="outline">Written</Badge>}
        {line.interrupted && (
          <Tooltip text="The caller spoke while the agent did: the agent fell silent.">
            <button type="button" className="rounded-full">
              <Badge tone="warning">Interrupted</Badge>
            </button>
          </Tooltip>
        )}
      </p>
      <p className="break-words whitespace-pre-wrap">
        <Heard line={line} />
      </p>
    </div>
  )
}

/** What was heard, and after it what was written and not heard. */
function Heard({ line: { text, generated_text } }: { line: Line }) {
  if (!generated_text) return text
  const rest = unheard(text, generated_text)
  if (rest === '') return text
  const lost = rest ?? generated_text
  return (
    <>
      {text}
      {text && ' '}
      <del className="text-muted-foreground decoration-muted-foreground/60" title="Not heard: the agent was cut off before it said this.">
        {lost}
      </del>
      <span className="sr-only"> (not heard: the agent was cut off before it said this)</span>
    </>
  )
}

const OUTCOMES: Record<string, 'success' | 'destructive' | 'warning' | 'neutral'> = { done: 'success', failed: 'destructive', timed_out: 'destructive', refused: 'warning', abandoned: 'warning' }

function ToolLine({ line, call }: { line: Line; call: ToolCall | undefined }) {
  const outcome = call?.outcome ?? line.outcome ?? undefined
  return (
    <details className="group min-w-0 flex-1 rounded-md border bg-muted/40">
      <summary className="flex cursor-pointer list-none flex-wrap items-center gap-2 px-3 py-1.5 text-sm">
        <ChevronRight className="size-3.5 text-muted-foreground transition-transform group-open:rotate-90" aria-hidden />
        <span className="text-muted-foreground">Tool</span>
        <span className="font-mono break-all">{line.text}</span>
        {outcome && <Badge tone={OUTCOMES[outcome] ?? 'neutral'}>{sentence(outcome)}</Badge>}
        {call?.latencyMs !== undefined && <span className="ml-auto text-muted-foreground tabular-nums">{formatLatency(call.latencyMs)}</span>}
      </summary>
      <div className="space-y-2 border-t px-3 py-2">
        <Json label="Arguments" text={call?.arguments} />
        <Json label="Result, as the model was told" text={call?.result} />
      </div>
    </details>
  )
}

function Json({ label, text }: { label: string; text: string | undefined }) {
  return (
    <div>
      <p className="text-sm text-muted-foreground">{label}</p>
      <pre className="max-h-60 overflow-auto font-mono text-xs break-all whitespace-pre-wrap">{text === undefined || text === '' ? 'None is kept.' : pretty(text)}</pre>
    </div>
  )
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
