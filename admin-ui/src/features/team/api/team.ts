import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Schema, api, idempotencyKey, queryKeys, take } from '@/lib/api'
import { meQuery } from '@/lib/session'
import type { Role } from './roles'

export type Member = Schema<'Member'>
export type Invitation = Schema<'Invitation'>

export const keys = queryKeys('team')
export const memberKeys = keys.list({ of: 'members' })
export const invitationKeys = keys.list({ of: 'invitations' })

export function useChangeRole() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id, role }: { id: string; role: Role }) => take(api.PATCH('/members/{user_id}', { params: { path: { user_id: id } }, body: { role } })),
    onSuccess: () => Promise.all([queryClient.invalidateQueries({ queryKey: keys.all }), queryClient.invalidateQueries({ queryKey: meQuery.queryKey })]),
  })
}

export function useRemoveMember() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => take(api.DELETE('/members/{user_id}', { params: { path: { user_id: id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.all }),
  })
}

export function useInvite() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: { email: string; role: Role }) => take(api.POST('/invitations', { params: { header: { 'Idempotency-Key': idempotencyKey() } }, body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.all }),
  })
}

export function useWithdraw() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => take(api.DELETE('/invitations/{id}', { params: { path: { id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.all }),
  })
}
