import { NotBuilt } from '@/components/not-built'

export function TeamPage() {
  return <NotBuilt title="Team" />
}
