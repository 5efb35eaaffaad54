import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type Schema, api, queryKeys, take } from '@/lib/api'

const numbers = queryKeys('numbers')

export const configurationQuery = queryOptions({
  queryKey: ['twilio', 'configuration'],
  queryFn: () => take(api.GET('/twilio/configuration')),
})

/** Whether a call could be served. A server that is not ready says so with an answer that is no failure of this page. */
export const readinessQuery = queryOptions({
  queryKey: ['twilio', 'readiness'],
  queryFn: async (): Promise<Schema<'Report'>> => {
    const { data, error, response } = await api.GET('/health/ready')
    if (data) return data
    return 'database' in error ? error : take(Promise.resolve({ error, response }))
  },
})

/** The newest hundred: the page of numbers has all. */
export const numbersQuery = queryOptions({
  queryKey: numbers.list({ limit: 100 }),
  queryFn: async () => (await take(api.GET('/phone-numbers', { params: { query: { limit: 100 } } }))).items,
})

/** What the log is made of. */
export const eventsQuery = queryOptions({
  queryKey: queryKeys('events').list({ limit: 50 }),
  queryFn: async () => (await take(api.GET('/events', { params: { query: { limit: 50 } } }))).items,
})

/** Asks Twilio about the number, and ourselves from outside. */
export function useTest() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => take(api.POST('/phone-numbers/{id}/test', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: numbers.all }),
  })
}
