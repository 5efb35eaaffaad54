import { useQuery } from '@tanstack/react-query'
import { Radio } from 'lucide-react'
import { useState } from 'react'
import { liveCallsQuery } from '@/components/talk/live-calls'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { EmptyState, ErrorState } from '@/components/ui/states'
import { useLive } from '@/lib/api'
import { Link } from '@tanstack/react-router'
import { List } from './components/list'
import { Listen } from './components/listen'
import { type GoingOn, goingOn, shown } from './going-on'
import { socketsQuery, summariesQuery } from './queries'

/** Milliseconds between looks: a call that rings should be here before it is answered. */
const EVERY_MS = 2_000

const KEYS = [liveCallsQuery.queryKey, socketsQuery.queryKey, summariesQuery.queryKey]

export function LivePage() {
  useLive(KEYS, EVERY_MS)
  const calls = useQuery(liveCallsQuery)
  const sockets = useQuery(socketsQuery)
  // A name that comes late, or never, keeps nobody from listening.
  const { data: summaries } = useQuery(summariesQuery)
  const [chosen, setChosen] = useState<GoingOn>()
  const list = calls.data && sockets.data ? goingOn(calls.data, sockets.data, summaries) : undefined
  const error = calls.error ?? sockets.error
  return (
    <>
      <PageHeader
        title="Live calls"
        aside={
          list &&
          list.length > 0 && (
            <Badge tone="warning" lamp>
              {list.length} going on
            </Badge>
          )
        }
        description="Telephone calls and browser conversations as they go on, with what is said."
      />
      {list ? <Board list={list} chosen={chosen} onChoose={setChosen} /> : error ? <Failed error={error} retry={() => void Promise.all([calls.refetch(), sockets.refetch()])} /> : <Waiting />}
    </>
  )
}

function Board({ list, chosen, onChoose }: { list: GoingOn[]; chosen?: GoingOn; onChoose: (talk: GoingOn | undefined) => void }) {
  const { talk, isOver } = shown(list, chosen)
  if (!talk) return <Quiet />
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[19rem_minmax(0,1fr)]">
      <List list={list} chosen={talk.conversation} onChoose={onChoose} />
      <Listen key={talk.conversation} talk={talk} isOver={isOver} onClose={() => onChoose(undefined)} />
    </div>
  )
}

function Quiet() {
  return (
    <Card>
      <EmptyState
        icon={Radio}
        title="Nobody is on the line"
        action={
          <Button asChild>
            <Link to="/chat">Talk to an agent</Link>
          </Button>
        }
      >
        A call appears here while it rings, and what is said as it is said. Nothing has to be reloaded.
      </EmptyState>
    </Card>
  )
}

function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <Card>
      <ErrorState error={error} retry={retry} />
    </Card>
  )
}

function Waiting() {
  return (
    <div className="grid gap-4 lg:grid-cols-[19rem_minmax(0,1fr)]">
      <Skeleton className="h-32" />
      <Skeleton className="h-96" />
    </div>
  )
}
