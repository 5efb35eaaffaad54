import { createFileRoute } from '@tanstack/react-router'
import { SignInPage } from '@/features/auth'

export const Route = createFileRoute('/_public/sign-in')({
  validateSearch: (search: { next?: unknown }): { next?: string } => (typeof search.next === 'string' ? { next: search.next } : {}),
  component: Page,
})

function Page() {
  const { next } = Route.useSearch()
  return <SignInPage next={next} />
}
