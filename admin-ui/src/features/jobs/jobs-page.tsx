import { NotBuilt } from '@/components/not-built'

export function JobsPage() {
  return <NotBuilt title="Jobs" />
}
