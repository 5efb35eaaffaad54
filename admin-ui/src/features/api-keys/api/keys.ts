import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Schema, api, idempotencyKey, queryKeys, take } from '@/lib/api'

export type ApiKey = Schema<'ApiKey'>
export type Scope = Schema<'Scope'>

export const keys = queryKeys('api-keys')

/** In the order of what they allow; docs/security.md has the table. */
export const SCOPES: readonly { value: Scope; label: string; description: string }[] = [
  { value: 'read', label: 'Read', description: 'See agents, numbers, calls, transcripts, customers and usage.' },
  { value: 'calls', label: 'Calls', description: 'Talk to agents, have speech recognised and spoken.' },
  { value: 'manage', label: 'Manage', description: 'Make and change agents, personas, tools, numbers, customers and webhooks.' },
  { value: 'admin', label: 'Admin', description: 'Keys, members, providers, limits and the audit log; erase customers.' },
]

export function useCreateKey() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: Schema<'NewApiKey'>) => take(api.POST('/api-keys', { params: { header: { 'Idempotency-Key': idempotencyKey() } }, body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.all }),
  })
}

export function useRevokeKey() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => take(api.DELETE('/api-keys/{id}', { params: { path: { id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.all }),
  })
}
