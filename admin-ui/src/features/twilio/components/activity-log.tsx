import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Badge } from '@/components/ui/badge'
import { Card, CardHeader } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { type Activity, activity } from '../activity'
import { eventsQuery } from '../api/queries'

export function ActivityLog() {
  const { data, error, refetch } = useQuery(eventsQuery)
  const lines = data && activity(data)
  return (
    <Card>
      <CardHeader title="Activity" description="As it happens, the newest first." />
      <div className="border-t">
        {lines ? (
          lines.length > 0 ? (
            // A region that scrolls must be reached with the keyboard.
            // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            <div role="log" aria-label="Activity" tabIndex={0} className="max-h-104 overflow-y-auto -outline-offset-2">
              <ol>
                {lines.map((line) => (
                  <li key={line.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-5 py-2.5 last:border-b-0">
                    <Badge tone={line.tone} className="w-24 justify-center">
                      {line.label}
                    </Badge>
                    <span className="min-w-40 flex-1 text-sm tabular-nums">
                      <What line={line} />
                    </span>
                    <span className="text-xs text-muted-foreground">
                      <Time at={line.at} />
                    </span>
                  </li>
                ))}
              </ol>
            </div>
          ) : (
            <p className="px-5 py-6 text-center text-sm text-muted-foreground">Nothing has happened yet. Calls and their ends appear here by themselves.</p>
          )
        ) : error ? (
          <ErrorState error={error} retry={() => void refetch()} />
        ) : (
          <div className="space-y-5 px-5 py-4">
            {Array.from({ length: 5 }, (_, row) => (
              <Skeleton key={row} className="h-5" />
            ))}
          </div>
        )}
      </div>
    </Card>
  )
}

function What({ line: { text, call, number } }: { line: Activity }) {
  if (call) {
    return (
      <Link to="/calls/$callId" params={{ callId: call }} className="hover:underline">
        {text}
      </Link>
    )
  }
  if (number) {
    return (
      <Link to="/numbers/$numberId" params={{ numberId: number }} className="hover:underline">
        {text}
      </Link>
    )
  }
  return text
}
