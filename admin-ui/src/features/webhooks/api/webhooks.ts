import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type Schema, api, idempotencyKey, queryKeys, take } from '@/lib/api'

export type Endpoint = Schema<'WebhookEndpoint'>
export type Delivery = Schema<'WebhookDelivery'>
export type DeliveryState = Schema<'WebhookDeliveryState'>
export type Attempt = Schema<'WebhookAttempt'>

export const keys = queryKeys('webhooks')

export const endpointQuery = (id: string) =>
  queryOptions({ queryKey: keys.detail(id), queryFn: ({ signal }) => take(api.GET('/webhook-endpoints/{id}', { params: { path: { id } }, signal })) })

/** All there are: twenty at most. */
export const endpointsQuery = queryOptions({
  queryKey: keys.list({ of: 'endpoints' }),
  queryFn: ({ signal }) => take(api.GET('/webhook-endpoints', { params: { query: { limit: 20 } }, signal })),
})

export const deliveryQuery = (id: string) =>
  queryOptions({ queryKey: keys.detail(id, 'delivery'), queryFn: ({ signal }) => take(api.GET('/webhook-deliveries/{id}', { params: { path: { id } }, signal })) })

export const eventTypesQuery = queryOptions({
  queryKey: keys.list({ of: 'types' }),
  queryFn: ({ signal }) => take(api.GET('/event-types', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
})

/** A mutation after which all that is shown of webhooks is asked for again. */
function useChange<V, D>(mutationFn: (variables: V) => Promise<D>) {
  const queryClient = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.all }) })
}

const at = (id: string) => ({ params: { path: { id } } })

export const useCreateEndpoint = () =>
  useChange((body: Schema<'NewWebhookEndpoint'>) => take(api.POST('/webhook-endpoints', { params: { header: { 'Idempotency-Key': idempotencyKey() } }, body })))
export const useChangeEndpoint = (id: string) => useChange((body: Schema<'WebhookEndpointChange'>) => take(api.PATCH('/webhook-endpoints/{id}', { ...at(id), body })))
export const useRotateSecret = (id: string) => useChange(() => take(api.POST('/webhook-endpoints/{id}/rotate-secret', at(id))))
export const useTestEndpoint = (id: string) => useChange(() => take(api.POST('/webhook-endpoints/{id}/test', at(id))))
export const useEnableEndpoint = (id: string) => useChange(() => take(api.POST('/webhook-endpoints/{id}/enable', at(id))))
export const useDisableEndpoint = (id: string) => useChange(() => take(api.POST('/webhook-endpoints/{id}/disable', at(id))))
export const useReplayMany = (id: string) => useChange((body: Schema<'WebhookReplay'>) => take(api.POST('/webhook-endpoints/{id}/replay', { ...at(id), body })))
export const useReplay = () => useChange((id: string) => take(api.POST('/webhook-deliveries/{id}/replay', at(id))))

export function useDeleteEndpoint(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => take(api.DELETE('/webhook-endpoints/{id}', at(id))),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.list({ of: 'endpoints' }) }),
  })
}
