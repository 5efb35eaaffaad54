import { NotBuilt } from '@/components/not-built'

export function AgentPage(_: { agentId: string }) {
  return <NotBuilt title="Agent" />
}
