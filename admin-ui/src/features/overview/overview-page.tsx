import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { StatCard } from '@/components/ui/card'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { useLive } from '@/lib/api'
import { formatCount, formatDuration, formatMoney } from '@/lib/format'
import { useMe } from '@/lib/session'
import { agentsQuery, numbersQuery, recentCallsQuery, usageQuery } from './api/queries'
import { GettingStarted } from './components/getting-started'
import { RecentCalls } from './components/recent-calls'

const RECENT_CALLS = [recentCallsQuery.queryKey]

export function OverviewPage() {
  const { tenant } = useMe()
  useLive(RECENT_CALLS)
  return (
    <>
      <PageHeader title="Overview" description={`What happens at ${tenant.name}.`} />
      <div className="space-y-6">
        <Beginning />
        <Numbers />
        <RecentCalls />
      </div>
    </>
  )
}

/** The checklist, until all of it is done. */
function Beginning() {
  const agents = useQuery(agentsQuery)
  const numbers = useQuery(numbersQuery)
  const usage = useQuery(usageQuery)
  // Failures show in the cards below; a checklist that guesses helps nobody.
  if (agents.isError || numbers.isError || usage.isError) return null
  if (!agents.data || !numbers.data || !usage.data) return <Skeleton className="h-64" />
  const done = { agent: agents.data.items.length > 0, talked: usage.data.total.conversations > 0, number: numbers.data.items.length > 0 }
  return Object.values(done).every(Boolean) ? null : <GettingStarted {...done} />
}

function Numbers() {
  const { data, isError } = useQuery(usageQuery)
  const show = (value: (total: NonNullable<typeof data>['total']) => ReactNode) =>
    data ? value(data.total) : isError ? '–' : <Skeleton className="mt-1 h-6 w-20" />
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <StatCard label="Conversations" value={show((total) => formatCount(total.conversations))} hint="Last 30 days" />
      <StatCard label="Talked" value={show((total) => formatDuration(total.seconds))} hint="Hours, minutes, seconds" />
      <StatCard label="Cost" value={show((total) => formatMoney(total.cost_usd.total))} hint="Of speech and language" />
    </div>
  )
}
