import { NotBuilt } from '@/components/not-built'

export function ToolPage(_: { toolId: string }) {
  return <NotBuilt title="Tool" />
}
