import { NotBuilt } from '@/components/not-built'

export function AgentsPage() {
  return <NotBuilt title="Agents" />
}
