import { Wrench } from 'lucide-react'
import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { formatLatency } from '@/lib/format'
import { cn } from '@/lib/cn'
import { type ToolCall, split } from './heard'

/** What a person said. */
export function PersonLine({ name, children, aside }: { name: string; children: ReactNode; aside?: ReactNode }) {
  return (
    <div className="flex flex-col items-end gap-1 pl-10">
      <Byline name={name} aside={aside} className="flex-row-reverse" />
      <div className="rounded-lg rounded-tr-sm bg-primary-soft px-3 py-2 break-words whitespace-pre-wrap text-foreground">{children}</div>
    </div>
  )
}

interface AgentLineProps {
  name: string
  /** All that the model made. */
  text: string
  /** Undefined: it is being said. */
  heard?: string
  isInterrupted?: boolean
  tools?: readonly ToolCall[]
  /** From the caller's last word to the first sound. */
  latencyMs?: number | null
}

/** What the agent said; where it was interrupted, what nobody heard is struck out. */
export function AgentLine({ name, text, heard, isInterrupted = false, tools = [], latencyMs }: AgentLineProps) {
  const parts = isInterrupted && heard !== undefined ? split(text, heard) : { heard: text, unheard: '' }
  return (
    <div className="flex flex-col items-start gap-1 pr-10">
      <Byline name={name} aside={latencyMs === null || latencyMs === undefined ? undefined : <span title="From the last word to the first sound of the reply">{formatLatency(latencyMs)}</span>} />
      {tools.map((call) => (
        <Tool key={call.id} call={call} />
      ))}
      {(text !== '' || tools.length === 0) && (
        <div className="rounded-lg rounded-tl-sm border bg-card px-3 py-2 break-words whitespace-pre-wrap">
          {parts.heard}
          {parts.unheard && (
            <>
              {' '}
              <del className="text-muted-foreground decoration-muted-foreground/70" title="Not heard: the agent was interrupted">
                {parts.unheard}
              </del>
            </>
          )}
        </div>
      )}
      {isInterrupted && <Badge tone="warning">{parts.heard === '' ? 'Interrupted before it was heard' : 'Interrupted'}</Badge>}
    </div>
  )
}

function Byline({ name, aside, className }: { name: string; aside?: ReactNode; className?: string }) {
  return (
    <div className={cn('flex items-baseline gap-2 text-xs text-muted-foreground', className)}>
      <span className="font-medium">{name}</span>
      {aside !== undefined && <span className="tabular-nums">{aside}</span>}
    </div>
  )
}

const OUTCOMES: Record<string, { label: string; tone: 'neutral' | 'success' | 'warning' | 'destructive' } | undefined> = {
  running: { label: 'running', tone: 'warning' },
  done: { label: 'done', tone: 'success' },
  failed: { label: 'failed', tone: 'destructive' },
  timed_out: { label: 'timed out', tone: 'destructive' },
  refused: { label: 'refused', tone: 'destructive' },
  abandoned: { label: 'called off', tone: 'warning' },
}

function Tool({ call }: { call: ToolCall }) {
  const outcome = OUTCOMES[call.outcome ?? '']
  return (
    <details className="w-full max-w-full rounded-md border bg-muted/50 text-sm">
      <summary className="flex cursor-pointer flex-wrap items-center gap-2 rounded-md px-2.5 py-1.5">
        <Wrench className="size-3.5 text-muted-foreground" aria-hidden />
        <span className="font-mono">{call.name}</span>
        {outcome && <Badge tone={outcome.tone}>{outcome.label}</Badge>}
        {typeof call.latency_ms === 'number' && <span className="text-xs text-muted-foreground tabular-nums">{formatLatency(call.latency_ms)}</span>}
      </summary>
      <dl className="space-y-1.5 border-t px-2.5 py-2">
        <Field term="Arguments" value={call.arguments} />
        <Field term="Result" value={call.result} />
      </dl>
    </details>
  )
}

function Field({ term, value }: { term: string; value?: string | null }) {
  return (
    <div>
      <dt className="text-xs text-muted-foreground">{term}</dt>
      <dd className="max-h-48 overflow-auto font-mono text-xs break-all whitespace-pre-wrap">{value || '–'}</dd>
    </div>
  )
}
