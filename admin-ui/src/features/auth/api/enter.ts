import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Schema } from '@/lib/api'
import { keep } from '@/lib/session'

/** Begins the session and goes where the person was going. */
export function useEnter(next?: string): (tokens: Schema<'Tokens'>) => Promise<void> {
  const router = useRouter()
  const queryClient = useQueryClient()
  return async (tokens) => {
    queryClient.clear()
    keep(tokens)
    // Only pages of ours: never `//elsewhere`.
    if (next && /^\/(?![/\\])/.test(next)) router.history.push(router.basepath + next)
    else await router.navigate({ to: '/' })
  }
}
