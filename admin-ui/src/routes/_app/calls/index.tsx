import { createFileRoute } from '@tanstack/react-router'
import { CallsPage, parseFilters } from '@/features/calls'

export const Route = createFileRoute('/_app/calls/')({ validateSearch: parseFilters, component: Page })

function Page() {
  const filters = Route.useSearch()
  const navigate = Route.useNavigate()
  return <CallsPage filters={filters} onFilters={(search) => void navigate({ search, replace: true })} />
}
