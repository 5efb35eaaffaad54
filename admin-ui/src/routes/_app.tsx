import { createFileRoute, redirect } from '@tanstack/react-router'
import { Shell } from '@/app/shell'
import { asProblem } from '@/lib/api'
import { mayHaveSession, meQuery } from '@/lib/session'

export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ context, location }) => {
    const signIn = () => redirect({ to: '/sign-in', search: location.pathname === '/' ? {} : { next: location.href }, replace: true })
    if (!mayHaveSession()) throw signIn()
    try {
      await context.queryClient.query({ ...meQuery, staleTime: 'static' })
    } catch (error) {
      const problem = asProblem(error)
      throw problem.status === 401 ? signIn() : problem
    }
  },
  component: Shell,
})
