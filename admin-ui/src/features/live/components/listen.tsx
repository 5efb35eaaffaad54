import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowUpRight, PhoneOff } from 'lucide-react'
import { Elapsed } from '@/components/talk/elapsed'
import { HangUpButton } from '@/components/talk/hang-up-button'
import { Turns, useEndInSight } from '@/components/talk/turns'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { toast } from '@/components/ui/toast'
import { useCan } from '@/lib/session'
import type { GoingOn } from '../going-on'
import { agentsQuery, conversationQuery, turnsQuery, useDisconnect } from '../queries'
import { detail, title } from './list'

/** Milliseconds between looks at what is said: less than a sentence takes. */
const EVERY_MS = 1_000

/** What is said in one conversation, as it is said. */
export function Listen({ talk, isOver, onClose }: { talk: GoingOn; isOver: boolean; onClose: () => void }) {
  const turns = useQuery({ ...turnsQuery(talk.conversation), refetchInterval: isOver ? false : EVERY_MS })
  const { data: conversation } = useQuery(conversationQuery(talk.conversation))
  const { data: agents } = useQuery(agentsQuery)
  const agent = agents?.items.find(({ id }) => id === conversation?.agent_id)?.name ?? 'Agent'
  const box = useEndInSight<HTMLDivElement>(turns.data)
  return (
    <Card className="flex h-[calc(100dvh-13rem)] min-h-96 flex-col overflow-hidden" aria-label="Conversation">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-5 py-3">
        <div className="min-w-0 flex-1 max-sm:basis-full">
          <h2 className="flex flex-wrap items-center gap-2 text-base font-semibold tabular-nums">
            {title(talk)}
            {isOver ? (
              <Badge>Ended</Badge>
            ) : (
              <Badge tone="warning" lamp>
                <Elapsed since={talk.since} />
              </Badge>
            )}
          </h2>
          <p className="truncate text-sm text-muted-foreground">{detail(talk)}</p>
        </div>
        <div className="flex items-center gap-2">
          {talk.call && (
            <Button asChild size="sm">
              <Link to="/calls/$callId" params={{ callId: talk.conversation }}>
                Details
                <ArrowUpRight aria-hidden />
              </Link>
            </Button>
          )}
          {isOver ? (
            <Button size="sm" onClick={onClose}>
              Close
            </Button>
          ) : (
            <End talk={talk} />
          )}
        </div>
      </div>
      {/* A region that scrolls must be reached with the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={box} tabIndex={0} role="log" aria-label="What is said" className="min-h-0 flex-1 overflow-y-auto px-5 py-5 -outline-offset-2">
        {turns.data ? (
          turns.data.length > 0 ? (
            <Turns turns={turns.data} agent={agent} person={talk.call ? 'Caller' : 'Person'} />
          ) : (
            <p className="py-8 text-center text-muted-foreground">{isOver ? 'Nothing was said.' : 'Nobody has said anything yet.'}</p>
          )
        ) : turns.error ? (
          <ErrorState error={turns.error} retry={() => void turns.refetch()} />
        ) : (
          <Skeleton className="h-40" />
        )}
      </div>
    </Card>
  )
}

function End({ talk }: { talk: GoingOn }) {
  const mayEnd = useCan('calls')
  const disconnect = useDisconnect()
  if (!mayEnd) return null
  if (talk.call) return <HangUpButton call={talk.call} />
  const { session } = talk
  if (!session) return null
  return (
    <Button size="sm" variant="destructive" pending={disconnect.isPending} onClick={() => disconnect.mutate(session, { onError: toast.error })}>
      <PhoneOff aria-hidden />
      End
    </Button>
  )
}
