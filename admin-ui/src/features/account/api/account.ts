import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type Schema, api, queryKeys, take } from '@/lib/api'
import { meQuery } from '@/lib/session'

export type Session = Schema<'UserSession'>

const keys = queryKeys('account')

export const sessionsQuery = queryOptions({ queryKey: keys.list({ of: 'sessions' }), queryFn: ({ signal }) => take(api.GET('/auth/sessions', { signal })) })

/** Ends sessions, one after the other. */
export function useEndSessions() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (sessions: readonly Session[]) => {
      for (const { id } of sessions) await take(api.DELETE('/auth/sessions/{id}', { params: { path: { id } } }))
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.all }),
  })
}

export function useChangePassword() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: Schema<'PasswordChange'>) => take(api.POST('/auth/password/change', { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.all }),
  })
}

export function useLeave() {
  return useMutation({ mutationFn: () => take(api.DELETE('/members/me')) })
}

export function useRename() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: Schema<'ProfileChange'>) => take(api.PATCH('/auth/me', { body })),
    onSuccess: (me) => {
      queryClient.setQueryData(meQuery.queryKey, me)
      return queryClient.invalidateQueries({ queryKey: queryKeys('team').all })
    },
  })
}

export function useSendVerification() {
  return useMutation({ mutationFn: () => take(api.POST('/auth/email/send-verification')) })
}
