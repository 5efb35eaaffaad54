import { createFileRoute } from '@tanstack/react-router'
import { CallPage } from '@/features/calls'

interface Search {
  /** Milliseconds from the start of the conversation. */
  at?: number
}

export const Route = createFileRoute('/_app/calls/$callId')({
  validateSearch: (search: Record<string, unknown>): Search => (typeof search.at === 'number' && search.at >= 0 ? { at: search.at } : {}),
  component: Page,
})

function Page() {
  const { callId } = Route.useParams()
  const { at } = Route.useSearch()
  return <CallPage key={callId} id={callId} at={at} />
}
