import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Problem, type Schema, api, take } from '@/lib/api'

export type Me = Schema<'Me'>
export type Permission = 'read' | 'calls' | 'manage' | 'admin' | 'own'

/** Who is signed in, and where. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => take(api.GET('/auth/me')),
  staleTime: 60_000,
})

/** Only below the signed-in layout, which has waited for it. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data
}

/** Whether the role in this tenant allows it (docs/security.md has the table). */
export function useCan(permission: Permission): boolean {
  const { data } = useQuery(meQuery)
  return data?.permissions.includes(permission) ?? false
}

/** Whether this person runs the whole server: the API says so only by letting them in. */
export function useIsOperator(): boolean {
  const { data: me } = useQuery(meQuery)
  const { data } = useQuery({
    // Nobody is one by an address that is not confirmed.
    enabled: me?.user.email_verified_at != null,
    queryKey: ['operator', 'is'],
    queryFn: async () => {
      try {
        await take(api.GET('/operator/tenants', { params: { query: { limit: 1 } } }))
        return true
      } catch (error) {
        if (error instanceof Problem && (error.status === 403 || error.status === 404)) return false
        throw error
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data ?? false
}
