import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { PhoneIncoming } from 'lucide-react'
import { ConversationLink, ConversationState } from '@/components/conversations'
import { Button } from '@/components/ui/button'
import { Card, CardHeader } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { EmptyState, ErrorState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { type Conversation, durationOf } from '@/lib/conversations'
import { formatDuration } from '@/lib/format'
import { recentQuery } from '../api/queries'

export function RecentCalls() {
  const { data, error, refetch } = useQuery(recentQuery)
  return (
    <Card>
      <CardHeader
        title="Recent calls"
        actions={
          <Button asChild variant="ghost" size="sm">
            <Link to="/calls">All calls</Link>
          </Button>
        }
      />
      <div className="min-h-48 border-t">
        {data ? <Calls calls={data.items} /> : error ? <ErrorState error={error} retry={() => void refetch()} /> : <Rows />}
      </div>
    </Card>
  )
}

function Calls({ calls }: { calls: Conversation[] }) {
  if (calls.length === 0) {
    return (
      <EmptyState icon={PhoneIncoming} title="No calls yet">
        Calls appear here as soon as somebody rings a registered number, or talks to an agent from a browser.
      </EmptyState>
    )
  }
  return (
    <ul>
      {calls.map((call) => (
        <li key={call.id} className="flex min-h-12 items-center gap-3 border-b px-5 py-1.5 last:border-b-0 hover:bg-muted/50">
          <div className="min-w-0 flex-1">
            <ConversationLink conversation={call} />
          </div>
          <span className="hidden w-32 truncate text-muted-foreground md:block">{call.agent_name}</span>
          <span className="hidden w-14 text-right text-muted-foreground tabular-nums sm:block">{call.channel === 'http' ? '–' : formatDuration(durationOf(call))}</span>
          <span className="w-32 text-right">
            <ConversationState conversation={call} />
          </span>
          <span className="hidden w-24 text-right text-sm text-muted-foreground sm:block">
            <Time at={call.started_at} />
          </span>
        </li>
      ))}
    </ul>
  )
}

function Rows() {
  return (
    <div className="space-y-5 px-5 py-4">
      {Array.from({ length: 5 }, (_, row) => (
        <Skeleton key={row} className="h-6" />
      ))}
    </div>
  )
}
