import { queryOptions } from '@tanstack/react-query'
import { api, queryKeys, take } from '@/lib/api'

// The keys are the nouns': what another page changes is asked for anew here, too.
export const agentsQuery = queryOptions({
  queryKey: queryKeys('agents').list({ limit: 1 }),
  queryFn: () => take(api.GET('/agents', { params: { query: { limit: 1 } } })),
})

export const numbersQuery = queryOptions({
  queryKey: queryKeys('numbers').list({ limit: 1 }),
  queryFn: () => take(api.GET('/phone-numbers', { params: { query: { limit: 1 } } })),
})

export const recentCallsQuery = queryOptions({
  queryKey: queryKeys('calls').list({ limit: 6 }),
  queryFn: () => take(api.GET('/calls', { params: { query: { limit: 6 } } })),
})

/** The last thirty days, which is what the API gives unless asked otherwise. */
export const usageQuery = queryOptions({
  queryKey: ['usage', 'report', {}],
  queryFn: () => take(api.GET('/usage')),
})
