import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type Schema, api, queryKeys, take } from '@/lib/api'

export type Tenant = Schema<'TenantOverview'>
export type Limits = Schema<'TenantLimits'>

export const keys = queryKeys('operator')

const at = (id: string) => ({ params: { path: { id } } })

export const tenantQuery = (id: string) => queryOptions({ queryKey: keys.detail(id), queryFn: ({ signal }) => take(api.GET('/operator/tenants/{id}', { ...at(id), signal })) })
export const limitsQuery = (id: string) => queryOptions({ queryKey: keys.detail(id, 'limits'), queryFn: ({ signal }) => take(api.GET('/operator/tenants/{id}/limits', { ...at(id), signal })) })
export const cleanupQuery = queryOptions({ queryKey: keys.detail('cleanup'), queryFn: ({ signal }) => take(api.GET('/operator/cleanup', { signal })) })

/** A mutation after which what operators see is asked for again. */
function useChange<V, D>(mutationFn: (variables: V) => Promise<D>) {
  const queryClient = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => Promise.all(['list', 'detail'].map((part) => queryClient.invalidateQueries({ queryKey: ['operator', part] }))) })
}

export const useSuspend = (id: string) => useChange((reason: string) => take(api.POST('/operator/tenants/{id}/suspend', { ...at(id), body: { reason } })))
export const useReactivate = (id: string) => useChange(() => take(api.POST('/operator/tenants/{id}/reactivate', at(id))))
export const useDeleteTenant = (id: string) => useChange(() => take(api.POST('/operator/tenants/{id}/delete', at(id))))
export const useSetCeilings = (id: string) => useChange((body: Schema<'CeilingChange'>) => take(api.PATCH('/operator/tenants/{id}/limits', { ...at(id), body })))

export function usePreviewCleanup() {
  return useMutation({ mutationFn: () => take(api.POST('/operator/cleanup/preview')) })
}
