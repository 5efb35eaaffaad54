import { PageHeader } from '@/components/ui/page-header'
import { liveCallsQuery } from '@/components/talk/live-calls'
import { useLive } from '@/lib/api'
import { eventsQuery, numbersQuery, readinessQuery } from './api/queries'
import { ActiveCalls } from './components/active-calls'
import { ActivityLog } from './components/activity-log'
import { Configuration } from './components/configuration'
import { Numbers } from './components/numbers'

/** Milliseconds between looks. */
const EVERY_MS = 3_000

const KEYS = [liveCallsQuery.queryKey, eventsQuery.queryKey]

/** Asked less often: providers are asked for it, each time. */
const SLOW_MS = 30_000

const SLOW_KEYS = [readinessQuery.queryKey, numbersQuery.queryKey]

export function TwilioPage() {
  useLive(KEYS, EVERY_MS)
  useLive(SLOW_KEYS, SLOW_MS)
  return (
    <>
      <PageHeader title="Twilio" description="Whether telephone calls come through, and what happens on the line." />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="min-w-0 space-y-4">
          <Configuration />
          <Numbers />
        </div>
        <div className="min-w-0 space-y-4">
          <ActiveCalls />
          <ActivityLog />
        </div>
      </div>
    </>
  )
}
