import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ConversationState } from '@/components/conversations'
import { Time } from '@/components/ui/time'
import { formatDuration } from '@/lib/format'
import { durationOf } from '@/lib/conversations'
import { historyQuery } from '../api/queries'

/** What was talked about in browsers before; nothing where nothing was. */
export function History() {
  const { data } = useQuery(historyQuery)
  if (!data || data.items.length === 0) return null
  return (
    <section aria-labelledby="history" className="mx-auto mt-8 max-w-xl">
      <div className="mb-2 flex items-baseline justify-between">
        <h2 id="history" className="font-semibold">
          Earlier conversations
        </h2>
        <Link to="/calls" search={{ channel: 'socket' }} className="text-sm text-primary-text underline-offset-2 hover:underline">
          All
        </Link>
      </div>
      <ul className="divide-y rounded-lg border bg-card shadow-xs">
        {data.items.map((conversation) => (
          <li key={conversation.id} className="flex items-center gap-3 px-4 py-2.5 hover:bg-muted/50">
            <Link to="/calls/$callId" params={{ callId: conversation.id }} className="min-w-0 flex-1 truncate font-medium hover:underline">
              {conversation.agent_name ?? 'Agent'}
            </Link>
            <span className="text-sm text-muted-foreground tabular-nums">{formatDuration(durationOf(conversation))}</span>
            <ConversationState conversation={conversation} />
            <span className="hidden w-24 text-right text-sm text-muted-foreground sm:block">
              <Time at={conversation.started_at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
