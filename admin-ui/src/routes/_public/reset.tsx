import { createFileRoute } from '@tanstack/react-router'
import { ResetPage } from '@/features/auth'

export const Route = createFileRoute('/_public/reset')({
  validateSearch: (search: { token?: unknown }): { token?: string } => (typeof search.token === 'string' ? { token: search.token } : {}),
  component: Page,
})

function Page() {
  const { token } = Route.useSearch()
  return <ResetPage token={token} />
}
