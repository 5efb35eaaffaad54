import { createFileRoute } from '@tanstack/react-router'
import { AGENT_TABS, AgentPage, type AgentTab } from '@/features/agents'

export const Route = createFileRoute('/_app/agents/$agentId')({
  validateSearch: (search): { tab?: AgentTab } => ({ tab: AGENT_TABS.find((tab) => tab === search.tab) }),
  component: Page,
})

function Page() {
  const { agentId } = Route.useParams()
  const { tab = 'conversation' } = Route.useSearch()
  const navigate = Route.useNavigate()
  return <AgentPage agentId={agentId} tab={tab} onTab={(tab) => void navigate({ search: { tab }, replace: true, resetScroll: false })} />
}
