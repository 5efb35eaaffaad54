import { queryOptions } from '@tanstack/react-query'
import { api, queryKeys, take } from '@/lib/api'

/** The first hundred: more are not chosen from a list. */
export const agentsQuery = queryOptions({
  queryKey: queryKeys('agents').list({ limit: 100 }),
  queryFn: () => take(api.GET('/agents', { params: { query: { limit: 100 } } })),
})

export const personasQuery = queryOptions({
  queryKey: queryKeys('personas').list(),
  queryFn: () => take(api.GET('/personas')),
})

export const turnsQuery = (conversation: string) =>
  queryOptions({
    queryKey: queryKeys('conversations').detail(conversation, 'turns'),
    queryFn: async () => (await take(api.GET('/conversations/{id}/turns', { params: { path: { id: conversation } } }))).items,
  })

/** The last conversations in browsers, whoever's in this tenant. */
export const historyQuery = queryOptions({
  queryKey: queryKeys('calls').list({ channel: 'socket', limit: 5 }),
  queryFn: () => take(api.GET('/conversations', { params: { query: { channel: 'socket', limit: 5 } } })),
})
