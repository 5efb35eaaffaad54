import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type Schema, api, idempotencyKey, queryKeys, take } from '@/lib/api'
import { meQuery } from '@/lib/session'

export type Days = Schema<'RetentionDays'>
export type Stage = Schema<'Stage'>
export type Credential = Schema<'ProviderCredential'>

export const keys = queryKeys('settings')

export const tenantQuery = queryOptions({ queryKey: keys.detail('tenant'), queryFn: ({ signal }) => take(api.GET('/tenant', { signal })) })
export const retentionQuery = queryOptions({ queryKey: keys.detail('retention'), queryFn: ({ signal }) => take(api.GET('/tenant/retention', { signal })) })
export const credentialsQuery = queryOptions({ queryKey: keys.detail('providers'), queryFn: ({ signal }) => take(api.GET('/provider-credentials', { signal })) })
export const vaultQuery = queryOptions({ queryKey: keys.detail('vault'), queryFn: ({ signal }) => take(api.GET('/vault', { signal })) })

/** A mutation after which the settings are asked for again, and who one is: the tenant's name is there, too. */
function useChange<V, D>(mutationFn: (variables: V) => Promise<D>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess: () => Promise.all([queryClient.invalidateQueries({ queryKey: keys.all }), queryClient.invalidateQueries({ queryKey: meQuery.queryKey })]),
  })
}

export const useChangeTenant = () => useChange((body: Schema<'TenantChange'>) => take(api.PATCH('/tenant', { body })))
export const useSetRetention = () => useChange((body: Days) => take(api.PUT('/tenant/retention', { body })))
export const useSetCredential = (stage: Stage) => useChange((body: Schema<'NewProviderCredential'>) => take(api.PUT('/provider-credentials/{stage}', { params: { path: { stage } }, body })))
export const useRemoveCredential = (stage: Stage) => useChange(() => take(api.DELETE('/provider-credentials/{stage}', { params: { path: { stage } } })))
export const useRotateVault = () => useChange(() => take(api.POST('/vault/rotate', { params: { header: { 'Idempotency-Key': idempotencyKey() } } })))

export function usePreviewRetention() {
  return useMutation({ mutationFn: (body: Days) => take(api.POST('/tenant/retention/preview', { body })) })
}

export function useTestCredential(stage: Stage) {
  return useMutation({ mutationFn: () => take(api.POST('/provider-credentials/{stage}/test', { params: { path: { stage } } })) })
}

export function useDeleteTenant() {
  return useMutation({ mutationFn: (password: string) => take(api.POST('/tenant/delete', { body: { password } })) })
}
