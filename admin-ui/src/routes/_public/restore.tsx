import { createFileRoute } from '@tanstack/react-router'
import { RestorePage } from '@/features/auth'

export const Route = createFileRoute('/_public/restore')({
  validateSearch: (search: { tenant?: unknown }): { tenant?: string } => (typeof search.tenant === 'string' ? { tenant: search.tenant } : {}),
  component: Page,
})

function Page() {
  const { tenant } = Route.useSearch()
  return <RestorePage tenant={tenant} />
}
