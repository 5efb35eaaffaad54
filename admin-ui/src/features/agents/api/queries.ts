import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Schema, api, idempotencyKey, queryKeys, take, useCursorList } from '@/lib/api'
import { useCan, useMe } from '@/lib/session'

export type Agent = Schema<'Agent'>
export type Version = Schema<'Version'>

export const keys = queryKeys('agents')

const fetchAgent = (id: string, signal?: AbortSignal) => take(api.GET('/agents/{id}', { params: { path: { id } }, signal }))

export const agentQuery = (id: string) => queryOptions({ queryKey: keys.detail(id), queryFn: ({ signal }) => fetchAgent(id, signal) })

function useKept() {
  const queryClient = useQueryClient()
  return (agent: Agent) => {
    queryClient.setQueryData(keys.detail(agent.id), agent)
    void queryClient.invalidateQueries({ queryKey: [...keys.all, 'list'] })
    void queryClient.invalidateQueries({ queryKey: keys.detail(agent.id, 'versions') })
  }
}

export function useMakeAgent() {
  const kept = useKept()
  return useMutation({
    mutationFn: (body: Schema<'NewAgent'>) => take(api.POST('/agents', { params: { header: { 'Idempotency-Key': idempotencyKey() } }, body })),
    onSuccess: kept,
  })
}

export function useChangeAgent(id: string) {
  const kept = useKept()
  return useMutation({ mutationFn: (body: Schema<'AgentChange'>) => take(api.PATCH('/agents/{id}', { params: { path: { id } }, body })), onSuccess: kept })
}

export function usePublish(id: string) {
  const kept = useKept()
  return useMutation({ mutationFn: (note: string | null) => take(api.POST('/agents/{id}/publish', { params: { path: { id } }, body: { note } })), onSuccess: kept })
}

export function useRollBack(id: string) {
  const kept = useKept()
  return useMutation({ mutationFn: (version: number) => take(api.POST('/agents/{id}/rollback', { params: { path: { id } }, body: { version } })), onSuccess: kept })
}

export function useDeleteAgent(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => take(api.DELETE('/agents/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: keys.detail(id) })
      void queryClient.invalidateQueries({ queryKey: [...keys.all, 'list'] })
    },
  })
}

/** The agent as it is on the server now, whatever is held here. */
export function useFreshAgent(id: string) {
  const queryClient = useQueryClient()
  return async () => {
    const agent = await fetchAgent(id)
    queryClient.setQueryData(keys.detail(id), agent)
    return agent
  }
}

export function useVersions(id: string) {
  return useCursorList(keys.detail(id, 'versions'), (cursor, signal) => take(api.GET('/agents/{id}/versions', { params: { path: { id }, query: { cursor } }, signal })))
}

/** Says who did something, from what the API calls them: `user:…`. Names of colleagues are for admins. */
export function useWho(): (by: string) => string {
  const me = useMe()
  const mayAdminister = useCan('admin')
  const { data } = useQuery({
    queryKey: queryKeys('team').list({ limit: 100, of: 'names' }),
    queryFn: () => take(api.GET('/members', { params: { query: { limit: 100 } } })),
    enabled: mayAdminister,
    staleTime: 60_000,
  })
  return (by) => {
    const [kind, id] = by.split(':')
    if (kind === 'user') return id === me.user.id ? 'You' : (data?.items.find((member) => member.user_id === id)?.name ?? 'A colleague')
    if (kind === 'api_key') return 'An API key'
    return kind === 'operator' ? 'The operator' : 'Switchboard'
  }
}
