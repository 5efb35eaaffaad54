import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type Schema, api, idempotencyKey, queryKeys, take } from '@/lib/api'

export type Tool = Schema<'HttpTool'>

export const keys = queryKeys('tools')

export const toolQuery = (id: string) =>
  queryOptions({ queryKey: keys.detail(id), queryFn: ({ signal }) => take(api.GET('/http-tools/{id}', { params: { path: { id } }, signal })) })

function useKept() {
  const queryClient = useQueryClient()
  return (tool: Tool) => {
    queryClient.setQueryData(keys.detail(tool.id), tool)
    void queryClient.invalidateQueries({ queryKey: keys.all })
  }
}

export function useMakeTool() {
  const kept = useKept()
  return useMutation({
    mutationFn: (body: Schema<'NewHttpTool'>) => take(api.POST('/http-tools', { params: { header: { 'Idempotency-Key': idempotencyKey() } }, body })),
    onSuccess: kept,
  })
}

export function useChangeTool(id: string) {
  const kept = useKept()
  return useMutation({ mutationFn: (body: Schema<'HttpToolChange'>) => take(api.PATCH('/http-tools/{id}', { params: { path: { id } }, body })), onSuccess: kept })
}

export function useDeleteTool(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => take(api.DELETE('/http-tools/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: keys.detail(id) })
      void queryClient.invalidateQueries({ queryKey: [...keys.all, 'list'] })
    },
  })
}

export function useTryTool(id: string) {
  return useMutation({ mutationFn: (args: unknown) => take(api.POST('/http-tools/{id}/test', { params: { path: { id } }, body: { arguments: args } })) })
}
