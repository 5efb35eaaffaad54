import { NotBuilt } from '@/components/not-built'

export function CallsPage() {
  return <NotBuilt title="Calls" />
}
