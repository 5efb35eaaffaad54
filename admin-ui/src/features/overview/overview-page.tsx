import { useQuery } from '@tanstack/react-query'
import { PageHeader } from '@/components/ui/page-header'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import { useLive } from '@/lib/api'
import { useMe } from '@/lib/session'
import { DAYS, type Days, agentsQuery, numbersQuery, overviewQuery, recentQuery } from './api/queries'
import { Charts } from './components/charts'
import { GettingStarted } from './components/getting-started'
import { Numbers } from './components/numbers'
import { RecentCalls } from './components/recent-calls'
import { Warnings } from './components/warnings'

interface OverviewPageProps {
  days: Days
  onDays: (days: Days) => void
}

/** Figures of many days change slowly, and cost more to ask for. */
const EVERY_MS = 15_000

export function OverviewPage({ days, onDays }: OverviewPageProps) {
  const { tenant } = useMe()
  useLive([recentQuery.queryKey])
  useLive([overviewQuery(days).queryKey], EVERY_MS)
  const overview = useQuery(overviewQuery(days))
  const recent = useQuery(recentQuery)
  // Where nobody has ever spoken there is nothing to count, and something to do.
  const isSilent = recent.data?.items.length === 0 && overview.data?.total.conversations === 0
  const options = DAYS.map((value) => ({ value, label: `Last ${value} days` }))
  return (
    <>
      <PageHeader title="Overview" description={`What happens at ${tenant.name}.`} actions={!isSilent && <Select aria-label="Period" className="w-36" options={options} value={days} onChange={(value) => onDays(value as Days)} />} />
      <div className="space-y-6">
        <Warnings />
        <Beginning talked={overview.data && overview.data.total.conversations > 0} />
        {isSilent ? null : (
          <>
            <Numbers overview={overview} days={days} />
            <Charts overview={overview} />
            <RecentCalls />
          </>
        )}
      </div>
    </>
  )
}

/** The checklist, until all of it is done. */
function Beginning({ talked }: { talked: boolean | undefined }) {
  const agents = useQuery(agentsQuery)
  const numbers = useQuery(numbersQuery)
  const recent = useQuery(recentQuery)
  // Failures show in the cards below; a checklist that guesses helps nobody.
  if (agents.isError || numbers.isError || recent.isError) return null
  if (!agents.data || !numbers.data || !recent.data) return <Skeleton className="h-64" />
  const done = { agent: agents.data.items.length > 0, talked: talked === true || recent.data.items.length > 0, number: numbers.data.items.length > 0 }
  return Object.values(done).every(Boolean) ? null : <GettingStarted {...done} />
}
