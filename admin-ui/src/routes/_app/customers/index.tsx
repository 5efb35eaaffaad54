import { createFileRoute } from '@tanstack/react-router'
import { CustomersPage, parseFilters } from '@/features/customers'

export const Route = createFileRoute('/_app/customers/')({ validateSearch: parseFilters, component: Page })

function Page() {
  const filters = Route.useSearch()
  const navigate = Route.useNavigate()
  return <CustomersPage filters={filters} onFilters={(search) => void navigate({ search, replace: true })} />
}
