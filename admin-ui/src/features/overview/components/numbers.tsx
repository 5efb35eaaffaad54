import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Card, StatCard } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import type { Schema } from '@/lib/api'
import { ENDINGS, sentence } from '@/lib/conversations'
import { formatCount, formatLatency } from '@/lib/format'

type Overview = Schema<'Overview'>

/** What matters, in five numbers. */
export function Numbers({ overview, days }: { overview: UseQueryResult<Overview>; days: string }) {
  const { data, error, refetch } = overview
  if (error && !data) {
    return (
      <Card>
        <ErrorState error={error} retry={() => void refetch()} />
      </Card>
    )
  }
  const show = (value: (data: Overview) => ReactNode) => (data ? value(data) : <Skeleton className="mt-1 h-6 w-20" />)
  const latency = (ms: number | null | undefined) => (typeof ms === 'number' ? formatLatency(ms) : '–')
  const period = `Last ${days} days`
  return (
    <section aria-label="Figures" className="grid grid-cols-2 gap-3 max-lg:*:first:col-span-2 lg:grid-cols-5">
      <StatCard
        label="Live now"
        value={show(({ live }) => (
          <span className="flex items-center gap-2.5">
            {formatCount(live)}
            {live > 0 && <span aria-hidden className="size-2.5 animate-pulse rounded-full bg-lamp" />}
          </span>
        ))}
        hint={
          <Link to="/live" className="text-primary-text hover:underline">
            Live calls
          </Link>
        }
      />
      <StatCard label="Conversations" value={show(({ total }) => formatCount(total.conversations))} hint={data ? `${formatCount(data.total.calls)} by phone` : period} />
      <StatCard label="Minutes" value={show(({ total }) => formatCount(Math.round(total.seconds / 60)))} hint={period} />
      <StatCard label="Reply latency" value={show(({ total }) => latency(total.reply_latency_p50_ms))} hint={data ? `p95 ${latency(data.total.reply_latency_p95_ms)}` : 'Median'} />
      <StatCard label="Failures" value={show(({ total }) => formatCount(total.failures))} hint={data && <Failures overview={data} />} />
    </section>
  )
}

function Failures({ overview: { failures } }: { overview: Overview }) {
  if (failures.length === 0) return 'None'
  return (
    <span className="flex flex-wrap gap-x-2">
      {failures.map(({ kind, count }) => (
        <Link key={kind} to="/calls" search={{ end: kind }} className="text-primary-text hover:underline">
          {formatCount(count)} {(ENDINGS[kind]?.label ?? sentence(kind)).toLowerCase()}
        </Link>
      ))}
    </span>
  )
}
