import { createFileRoute } from '@tanstack/react-router'
import { PersonaPage } from '@/features/personas'

export const Route = createFileRoute('/_app/personas/$persona')({ component: Page })

function Page() {
  const { persona } = Route.useParams()
  return <PersonaPage persona={persona} />
}
