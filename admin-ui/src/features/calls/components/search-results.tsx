import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { SearchX } from 'lucide-react'
import { ChannelIcon } from '@/components/conversations'
import { Card } from '@/components/ui/card'
import { LoadMore } from '@/components/ui/data-table'
import { Skeleton } from '@/components/ui/skeleton'
import { EmptyState, ErrorState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import type { Schema } from '@/lib/api'
import { allAgents } from '@/lib/catalogue'
import { formatDuration } from '@/lib/format'
import { useTranscriptSearch } from '../api/list'
import type { CallFilters } from '../filters'

type Found = Schema<'FoundTranscript'>

/** Conversations in which it was said, with the lines. */
export function SearchResults({ filters }: { filters: CallFilters }) {
  const list = useTranscriptSearch(filters)
  const { items, error } = list
  if (error && (!items || !list.isFetching)) {
    return (
      <Card>
        <ErrorState error={error} retry={() => void list.refetch()} />
      </Card>
    )
  }
  if (!items) {
    return (
      <Card className="divide-y" aria-busy>
        {Array.from({ length: 4 }, (_, row) => (
          <div key={row} className="space-y-2 px-5 py-4">
            <Skeleton className="h-4 w-48" />
            <Skeleton className="h-4" />
          </div>
        ))}
      </Card>
    )
  }
  if (items.length === 0) {
    return (
      <Card>
        <EmptyState icon={SearchX} title="Nobody said that">
          All words have to be in one conversation. “In quotes” finds a phrase, -word leaves out, begin* finds beginnings.
        </EmptyState>
      </Card>
    )
  }
  return (
    <>
      <Card>
        <ol aria-label="Conversations found" className="divide-y">
          {items.map((found) => (
            <Result key={found.conversation_id} found={found} />
          ))}
        </ol>
      </Card>
      <LoadMore list={list} />
    </>
  )
}

function Result({ found }: { found: Found }) {
  const { data: agents } = useQuery(allAgents)
  const agent = agents?.find(({ id }) => id === found.agent_id)?.name
  return (
    <li className="px-5 py-4 hover:bg-muted/50">
      <div className="flex items-center gap-2.5 text-sm text-muted-foreground">
        <ChannelIcon channel={found.channel as 'phone' | 'socket' | 'http'} />
        <Link to="/calls/$callId" params={{ callId: found.conversation_id }} className="font-medium text-foreground hover:underline">
          <Time at={found.started_at} />
        </Link>
        {agent && <span className="truncate">with {agent}</span>}
        <span className="tabular-nums">{formatDuration(found.duration_ms / 1000)}</span>
      </div>
      <ul className="mt-2 space-y-1.5">
        {found.snippets.map((snippet) => (
          <li key={snippet.line} className="flex gap-3">
            <Link
              to="/calls/$callId"
              params={{ callId: found.conversation_id }}
              search={{ at: snippet.start_ms }}
              aria-label={`Go to ${formatDuration(snippet.start_ms / 1000)}`}
              className="w-12 shrink-0 text-right text-sm text-primary-text tabular-nums hover:underline"
            >
              {formatDuration(snippet.start_ms / 1000)}
            </Link>
            <p className="min-w-0 break-words">
              <span className="text-muted-foreground">{snippet.speaker === 'caller' ? 'Caller: ' : snippet.speaker === 'agent' ? 'Agent: ' : 'Tool: '}</span>
              {snippet.pieces.map((piece, at) => (piece.is_found ? <mark key={at} className="rounded-sm bg-warning-soft px-0.5 text-warning-text">{piece.text}</mark> : piece.text))}
            </p>
          </li>
        ))}
        {found.snippets.length === 0 && <li className="text-sm text-muted-foreground">The words are in several lines.</li>}
      </ul>
    </li>
  )
}
