import { createFileRoute } from '@tanstack/react-router'
import { OverviewPage, readDays } from '@/features/overview'

export const Route = createFileRoute('/_app/')({
  validateSearch: ({ days }: Record<string, unknown>): { days?: number } => (days === undefined ? {} : { days: Number(readDays(days)) }),
  component: Page,
})

function Page() {
  const { days } = Route.useSearch()
  const navigate = Route.useNavigate()
  return <OverviewPage days={readDays(days)} onDays={(days) => void navigate({ search: { days: Number(days) }, replace: true })} />
}
