import { createFileRoute } from '@tanstack/react-router'
import { AgentPage } from '@/features/agents'

export const Route = createFileRoute('/_app/agents/$agentId')({ component: Page })

function Page() {
  const { agentId } = Route.useParams()
  return <AgentPage agentId={agentId} />
}
