import { createFileRoute } from '@tanstack/react-router'
import { ChatPage } from '@/features/chat'

interface Search {
  /** Who is talked to. */
  agent?: string
  /** A conversation that goes on. */
  session?: string
}

export const Route = createFileRoute('/_app/chat')({
  validateSearch: (search: Record<string, unknown>): Search => ({
    ...(typeof search.agent === 'string' && { agent: search.agent }),
    ...(typeof search.session === 'string' && { session: search.session }),
  }),
  component: Page,
})

function Page() {
  const { agent, session } = Route.useSearch()
  const navigate = Route.useNavigate()
  return <ChatPage agent={agent} session={session} onSession={(session, agent) => void navigate({ search: { agent, session }, replace: true })} />
}
