import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type Schema, api, queryKeys, take } from '@/lib/api'

const calls = queryKeys('calls')

/** Calls that ring or talk, the newest first: no page has more than its limits allow at once. */
export const liveCallsQuery = queryOptions({
  queryKey: calls.list({ state: 'live' }),
  queryFn: async () => (await take(api.GET('/calls', { params: { query: { state: 'live', limit: 100 } } }))).items,
})

export type Call = Schema<'Call'>

/** Hangs a call up; it takes a moment until Twilio says so. */
export function useHangUp() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => take(api.POST('/calls/{id}/hang-up', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: calls.all }),
  })
}
