import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Elapsed } from '@/components/talk/elapsed'
import { HangUpButton } from '@/components/talk/hang-up-button'
import { liveCallsQuery } from '@/components/talk/live-calls'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, CardHeader } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { formatPhone } from '@/lib/format'
import { useCan } from '@/lib/session'

export function ActiveCalls() {
  const { data, error, refetch } = useQuery(liveCallsQuery)
  const mayEnd = useCan('calls')
  return (
    <Card aria-label="Active calls">
      <CardHeader
        title="Active calls"
        description={data && data.length > 0 ? `${data.length} on the line` : 'On the line now'}
        actions={
          <Button asChild size="sm">
            <Link to="/live">Listen in</Link>
          </Button>
        }
      />
      <div className="border-t">
        {data ? (
          data.length > 0 ? (
            <ul>
              {data.map((call) => (
                <li key={call.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b px-5 py-3 last:border-b-0">
                  <div className="min-w-40 flex-1">
                    <Link to="/calls/$callId" params={{ callId: call.conversation_id }} className="font-medium tabular-nums hover:underline">
                      {formatPhone(call.from_number)}
                    </Link>
                    <p className="text-sm text-muted-foreground tabular-nums">to {formatPhone(call.to_number)}</p>
                  </div>
                  <Badge tone="warning" lamp>
                    {call.status === 'in-progress' ? <Elapsed since={call.created_at} /> : call.status}
                  </Badge>
                  {mayEnd && <HangUpButton call={call} />}
                </li>
              ))}
            </ul>
          ) : (
            <p className="px-5 py-6 text-center text-sm text-muted-foreground">Nobody is on the telephone. A call appears here while it rings.</p>
          )
        ) : error ? (
          <ErrorState error={error} retry={() => void refetch()} />
        ) : (
          <div className="px-5 py-4">
            <Skeleton className="h-9" />
          </div>
        )}
      </div>
    </Card>
  )
}
