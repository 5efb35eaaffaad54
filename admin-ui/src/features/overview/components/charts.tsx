import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { DayFigure } from '@/components/charts/day-figure'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import type { Schema } from '@/lib/api'
import { formatCount, formatLatency } from '@/lib/format'

/** The days of the period: how much, how quick, how often it failed. */
export function Charts({ overview: { data, isError } }: { overview: UseQueryResult<Schema<'Overview'>> }) {
  if (isError && !data) return null
  const rows = data?.days.map(({ day, happened }) => ({
    day,
    calls: happened.calls,
    others: happened.conversations - happened.calls,
    minutes: Math.round(happened.seconds / 6) / 10,
    p50: happened.reply_latency_p50_ms ?? null,
    p95: happened.reply_latency_p95_ms ?? null,
    failures: happened.failures,
  }))
  const count = (value: number) => formatCount(value)
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <Chart title="Conversations by day" ready={rows && <DayFigure label="Conversations by day" kind="bars" data={rows} format={count} series={[{ key: 'calls', label: 'By phone', color: 1 }, { key: 'others', label: 'Browser and chat', color: 3 }]} />} />
      <Chart title="Minutes by day" ready={rows && <DayFigure label="Minutes by day" kind="bars" data={rows} format={count} series={[{ key: 'minutes', label: 'Minutes', color: 1 }]} />} />
      <Chart title="Reply latency by day" ready={rows && (rows.every(({ p50 }) => p50 === null) ? <Nothing>No reply was spoken in these days.</Nothing> : <DayFigure label="Reply latency by day" kind="lines" data={rows} format={formatLatency} series={[{ key: 'p50', label: 'Median', color: 1 }, { key: 'p95', label: 'p95', color: 2 }]} />)} />
      <Chart title="Failures by day" ready={rows && (rows.every(({ failures }) => failures === 0) ? <Nothing>Nothing failed in these days.</Nothing> : <DayFigure label="Failures by day" kind="bars" data={rows} format={count} series={[{ key: 'failures', label: 'Failures', color: 4 }]} />)} />
    </div>
  )
}

function Chart({ title, ready }: { title: string; ready: ReactNode }) {
  return (
    <Card className="min-w-0">
      <CardHeader title={title} description="Days are UTC" />
      <CardContent>{ready ?? <Skeleton className="h-56" />}</CardContent>
    </Card>
  )
}

/** In place of a chart that would be empty, and as high. */
function Nothing({ children }: { children: ReactNode }) {
  return <p className="grid h-56 place-items-center text-muted-foreground">{children}</p>
}
