import { createFileRoute } from '@tanstack/react-router'
import { VerifyPage } from '@/features/auth'

export const Route = createFileRoute('/_public/verify')({
  validateSearch: (search: { token?: unknown }): { token?: string } => (typeof search.token === 'string' ? { token: search.token } : {}),
  component: Page,
})

function Page() {
  const { token } = Route.useSearch()
  return <VerifyPage token={token} />
}
