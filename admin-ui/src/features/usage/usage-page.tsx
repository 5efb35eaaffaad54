import { NotBuilt } from '@/components/not-built'

export function UsagePage() {
  return <NotBuilt title="Usage and limits" />
}
