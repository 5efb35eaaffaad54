import { NotBuilt } from '@/components/not-built'

export function LivePage() {
  return <NotBuilt title="Live calls" />
}
