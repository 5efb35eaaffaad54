import { Gauge } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card, CardHeader } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/states'
import { Table, Td, Th } from '@/components/ui/table'
import { sentence } from '@/lib/conversations'
import { formatLatency } from '@/lib/format'
import type { Turn } from '../api/detail'
import { STEPS, type TurnLatency, latencyOf, percentile } from '../latency'

/** How long each reply took, step by step. */
export function LatencyCard({ turns }: { turns: readonly Turn[] }) {
  const [isTable, setIsTable] = useState(false)
  // A greeting answers nobody.
  const rows = turns.filter(({ prompt_kind }) => prompt_kind !== 'greeting').flatMap((turn) => latencyOf(turn) ?? [])
  const replies = rows.flatMap(({ replyMs }) => replyMs ?? [])
  const [p50, p95] = [percentile(replies, 50), percentile(replies, 95)]
  return (
    <Card aria-label="Latency">
      <CardHeader
        title="Latency"
        description={p50 !== undefined && p95 !== undefined ? `Half of the replies came within ${formatLatency(p50)}, nineteen of twenty within ${formatLatency(p95)}.` : 'What passes between the caller’s last word and the reply, turn by turn.'}
        actions={
          rows.length > 0 && (
            <Button size="sm" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>
              {isTable ? 'Show bars' : 'Show numbers'}
            </Button>
          )
        }
      />
      <div className="border-t">
        {rows.length === 0 ? (
          <EmptyState icon={Gauge} title="No spoken reply" className="py-8">
            Times are known of replies that were spoken over a line.
          </EmptyState>
        ) : isTable ? (
          <Numbers rows={rows} />
        ) : (
          <Bars rows={rows} />
        )}
      </div>
    </Card>
  )
}

const KINDS: Record<string, string> = { speech: 'Speech', text: 'Text', dtmf: 'Keys', idle: 'Silence' }

function nameOf({ turn, kind }: TurnLatency): string {
  return kind === 'speech' ? `Turn ${turn}` : `Turn ${turn}, ${(KINDS[kind] ?? sentence(kind)).toLowerCase()}`
}

function Bars({ rows }: { rows: readonly TurnLatency[] }) {
  const longest = Math.max(1, ...rows.map(({ totalMs }) => totalMs))
  return (
    <div className="px-5 py-4">
      <ul aria-label="Steps" className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted-foreground">
        {STEPS.map(({ key, label, meaning, color }) => (
          <li key={key} title={meaning} className="flex items-center gap-1.5">
            <span aria-hidden className="size-2.5 rounded-xs border border-transparent" style={{ background: color, borderColor: key === 'first_mark_echoed_ms' ? 'var(--input)' : undefined }} />
            {label}
          </li>
        ))}
      </ul>
      <ol className="space-y-1.5">
        {rows.map((row) => (
          <li key={row.turn} className="grid grid-cols-[5rem_minmax(0,1fr)_4rem] items-center gap-3 text-sm sm:grid-cols-[8rem_minmax(0,1fr)_4.5rem]">
            <span className="truncate text-muted-foreground">{nameOf(row)}</span>
            <svg viewBox="0 0 1000 16" preserveAspectRatio="none" className="h-4 w-full" role="img" aria-label={row.stages.map(({ step, from, to }) => `${step.label} after ${formatLatency(to - from)}`).join(', ')}>
              {row.stages.map(({ step, from, to }) => (
                <rect
                  key={step.key}
                  x={(from / longest) * 1000}
                  width={((to - from) / longest) * 1000}
                  y={step.key === 'first_mark_echoed_ms' ? 5 : 0}
                  height={step.key === 'first_mark_echoed_ms' ? 6 : 16}
                  fill={step.key === 'first_mark_echoed_ms' ? 'var(--input)' : step.color}
                >
                  <title>{`${step.label}: ${formatLatency(to - from)}, ${formatLatency(to)} after the caller’s last word. ${step.meaning}`}</title>
                </rect>
              ))}
            </svg>
            <span className="text-right tabular-nums">{row.replyMs === undefined ? '–' : formatLatency(row.replyMs)}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}

/** The same as numbers: milliseconds after the caller's last word. */
function Numbers({ rows }: { rows: readonly TurnLatency[] }) {
  return (
    <Table aria-label="Latency by turn, after the caller’s last word">
      <thead>
        <tr>
          <Th>Turn</Th>
          {STEPS.map(({ key, label, meaning }) => (
            <Th key={key} title={meaning} className="text-right">
              {label}
            </Th>
          ))}
          <Th className="text-right">Reply</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.turn}>
            <Td className="whitespace-nowrap">{nameOf(row)}</Td>
            {STEPS.map(({ key }) => {
              const stage = row.stages.find(({ step }) => step.key === key)
              return (
                <Td key={key} className="text-right whitespace-nowrap text-muted-foreground">
                  {stage ? formatLatency(stage.to) : '–'}
                </Td>
              )
            })}
            <Td className="text-right whitespace-nowrap">{row.replyMs === undefined ? '–' : formatLatency(row.replyMs)}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
