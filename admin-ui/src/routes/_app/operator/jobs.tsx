import { createFileRoute } from '@tanstack/react-router'
import type { JobFilter } from '@/components/jobs'
import { OperatorJobsPage } from '@/features/operator'
import { oneOf, textOf } from '@/lib/search'

export const Route = createFileRoute('/_app/operator/jobs')({
  validateSearch: (search: Record<string, unknown>): JobFilter => ({ state: oneOf(search.state, ['ready', 'running', 'done', 'dead']), kind: textOf(search.kind) }),
  component: Page,
})

function Page() {
  const navigate = Route.useNavigate()
  return <OperatorJobsPage filter={Route.useSearch()} onFilter={(filter) => void navigate({ search: filter, replace: true })} />
}
