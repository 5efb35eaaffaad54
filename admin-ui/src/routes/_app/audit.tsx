import { createFileRoute } from '@tanstack/react-router'
import { type AuditFilter, AuditPage } from '@/features/audit'
import { textOf } from '@/lib/search'

const dayOf = (value: unknown) => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined)

export const Route = createFileRoute('/_app/audit')({
  validateSearch: (search: Record<string, unknown>): AuditFilter => ({
    action: textOf(search.action),
    actor: textOf(search.actor),
    target: textOf(search.target),
    from: dayOf(search.from),
    to: dayOf(search.to),
  }),
  component: Page,
})

function Page() {
  const navigate = Route.useNavigate()
  return <AuditPage filter={Route.useSearch()} onFilter={(filter) => void navigate({ search: filter, replace: true })} />
}
