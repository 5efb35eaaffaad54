import { createFileRoute } from '@tanstack/react-router'
import { SignUpPage } from '@/features/auth'

export const Route = createFileRoute('/_public/sign-up')({
  validateSearch: (search: { next?: unknown }): { next?: string } => (typeof search.next === 'string' ? { next: search.next } : {}),
  component: Page,
})

function Page() {
  const { next } = Route.useSearch()
  return <SignUpPage next={next} />
}
