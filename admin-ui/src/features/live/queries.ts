import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, queryKeys, take } from '@/lib/api'

const conversations = queryKeys('conversations')

/** Conversations in browsers and programs, in the process that answers. */
export const socketsQuery = queryOptions({
  queryKey: conversations.list({ open: true }),
  queryFn: async () => (await take(api.GET('/ws/status'))).sessions,
})

/** Who they are, and with whom they talk. */
export const summariesQuery = queryOptions({
  queryKey: conversations.list({ status: 'active' }),
  queryFn: async () => (await take(api.GET('/conversations', { params: { query: { status: 'active', limit: 100 } } }))).items,
})

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: conversations.detail(id),
    queryFn: () => take(api.GET('/conversations/{id}', { params: { path: { id } } })),
  })

export const turnsQuery = (id: string) =>
  queryOptions({
    queryKey: conversations.detail(id, 'turns'),
    queryFn: async () => (await take(api.GET('/conversations/{id}/turns', { params: { path: { id } } }))).items,
  })

export const agentsQuery = queryOptions({
  queryKey: queryKeys('agents').list({ limit: 100 }),
  queryFn: () => take(api.GET('/agents', { params: { query: { limit: 100 } } })),
})

export function useDisconnect() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (session: string) => take(api.POST('/ws/disconnect/{session_id}', { params: { path: { session_id: session } } })),
    onSettled: () => client.invalidateQueries({ queryKey: conversations.all }),
  })
}
