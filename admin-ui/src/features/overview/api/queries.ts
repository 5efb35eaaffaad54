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

export const recentQuery = queryOptions({
  queryKey: queryKeys('calls').list({ limit: 6 }),
  queryFn: () => take(api.GET('/conversations', { params: { query: { limit: 6 } } })),
})

export const DAYS = ['7', '30', '90'] as const
export type Days = (typeof DAYS)[number]

export const overviewQuery = (days: Days) =>
  queryOptions({
    queryKey: queryKeys('calls').list({ overview: days }),
    queryFn: () => take(api.GET('/overview', { params: { query: { days: Number(days) } } })),
  })

export const warningsQuery = queryOptions({
  queryKey: ['warnings'],
  queryFn: () => take(api.GET('/warnings')),
  staleTime: 60_000,
})
