import { NotBuilt } from '@/components/not-built'

export function PersonasPage() {
  return <NotBuilt title="Personas" />
}
