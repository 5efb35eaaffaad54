import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type Schema, api, queryKeys, take } from '@/lib/api'
import type { Period } from '../period'

export type Limits = Schema<'TenantLimits'>

const keys = queryKeys('usage')

export const reportQuery = ({ from, to }: Period) =>
  queryOptions({
    queryKey: keys.list({ from, to }),
    queryFn: () => take(api.GET('/usage', { params: { query: { from, to } } })),
  })

export const limitsQuery = queryOptions({
  queryKey: keys.detail('limits'),
  queryFn: () => take(api.GET('/limits')),
  refetchInterval: 15_000,
})

export interface LimitValues {
  concurrent_calls: number | null
  minutes_per_month: number | null
  spend_per_day_usd: number | null
  requests_per_second: number | null
}

/** `tenant`: whose ceilings an operator changes; undefined: the tenant's own limits. */
export function useChangeLimits(tenant: string | undefined) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: LimitValues) =>
      tenant === undefined ? take(api.PATCH('/limits', { body })) : take(api.PATCH('/operator/tenants/{id}/limits', { params: { path: { id: tenant } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  })
}
