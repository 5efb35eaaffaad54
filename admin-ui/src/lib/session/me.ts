import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { type Schema, api, take } from '@/lib/api'

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

/** Whether this person runs the whole server. */
export function useIsOperator(): boolean {
  const { data } = useQuery(meQuery)
  return data?.is_operator ?? false
}
