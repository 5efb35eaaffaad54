import { createFileRoute } from '@tanstack/react-router'
import { SettingsPage, type SettingsTab } from '@/features/settings'
import { oneOf } from '@/lib/search'

export const Route = createFileRoute('/_app/settings')({
  validateSearch: (search: Record<string, unknown>): { tab?: SettingsTab } => ({ tab: oneOf(search.tab, ['general', 'retention', 'providers', 'security']) }),
  component: Page,
})

function Page() {
  const navigate = Route.useNavigate()
  return <SettingsPage tab={Route.useSearch().tab} onTab={(tab) => void navigate({ search: { tab }, replace: true })} />
}
