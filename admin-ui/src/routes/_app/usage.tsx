import { createFileRoute } from '@tanstack/react-router'
import { UsagePage, readPreset } from '@/features/usage'

export const Route = createFileRoute('/_app/usage')({
  validateSearch: ({ period }: Record<string, unknown>): { period?: string | number } => (period === undefined ? {} : { period: readPreset(period) }),
  component: Page,
})

function Page() {
  const { period } = Route.useSearch()
  const navigate = Route.useNavigate()
  return <UsagePage preset={readPreset(period)} onPreset={(period) => void navigate({ search: { period }, replace: true })} />
}
