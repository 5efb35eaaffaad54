import { NotBuilt } from '@/components/not-built'

export function OperatorJobsPage() {
  return <NotBuilt title="Jobs of the server" />
}
