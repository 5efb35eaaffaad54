import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { PhoneIncoming } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Card, CardHeader } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { EmptyState, ErrorState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import type { Schema } from '@/lib/api'
import { formatDuration, formatPhone } from '@/lib/format'
import { recentCallsQuery } from '../api/queries'

export function RecentCalls() {
  const { data, error, refetch } = useQuery(recentCallsQuery)
  return (
    <Card>
      <CardHeader title="Recent calls" />
      <div className="min-h-48 border-t">
        {data ? <Calls calls={data.items} /> : error ? <ErrorState error={error} retry={() => void refetch()} /> : <Rows />}
      </div>
    </Card>
  )
}

function Calls({ calls }: { calls: Schema<'Call'>[] }) {
  if (calls.length === 0) {
    return (
      <EmptyState icon={PhoneIncoming} title="No calls yet">
        Calls appear here as soon as somebody rings a registered number.
      </EmptyState>
    )
  }
  return (
    <ul>
      {calls.map((call) => (
        <li key={call.id} className="border-b last:border-b-0">
          <Link to="/calls/$callId" params={{ callId: call.id }} className="flex h-11 items-center gap-3 px-5 hover:bg-muted/50">
            <span className="min-w-0 flex-1 truncate tabular-nums">{formatPhone(call.from_number)}</span>
            {call.ended_at ? (
              <span className="text-muted-foreground tabular-nums">{formatDuration(call.duration_s ?? 0)}</span>
            ) : (
              <Badge tone="warning" lamp>
                {call.status}
              </Badge>
            )}
            <span className="w-24 text-right text-sm text-muted-foreground">
              <Time at={call.created_at} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

function Rows() {
  return (
    <div className="space-y-5 px-5 py-4">
      {Array.from({ length: 5 }, (_, row) => (
        <Skeleton key={row} className="h-4" />
      ))}
    </div>
  )
}
