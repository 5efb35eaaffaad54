import { NotBuilt } from '@/components/not-built'

export function PersonaPage(_: { persona: string }) {
  return <NotBuilt title="Persona" />
}
