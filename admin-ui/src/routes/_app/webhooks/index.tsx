import { createFileRoute } from '@tanstack/react-router'
import { WebhooksPage, type WebhooksTab } from '@/features/webhooks'
import { oneOf } from '@/lib/search'

export const Route = createFileRoute('/_app/webhooks/')({
  validateSearch: (search: Record<string, unknown>): { tab?: WebhooksTab } => ({ tab: oneOf(search.tab, ['endpoints', 'deliveries']) }),
  component: Page,
})

function Page() {
  const navigate = Route.useNavigate()
  return <WebhooksPage tab={Route.useSearch().tab} onTab={(tab) => void navigate({ search: { tab }, replace: true })} />
}
