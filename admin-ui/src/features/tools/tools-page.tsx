import { NotBuilt } from '@/components/not-built'

export function ToolsPage() {
  return <NotBuilt title="Tools" />
}
