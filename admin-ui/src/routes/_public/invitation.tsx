import { createFileRoute } from '@tanstack/react-router'
import { InvitationPage } from '@/features/auth'

export const Route = createFileRoute('/_public/invitation')({
  validateSearch: (search: { token?: unknown }): { token?: string } => (typeof search.token === 'string' ? { token: search.token } : {}),
  component: Page,
})

function Page() {
  const { token } = Route.useSearch()
  return <InvitationPage token={token} />
}
