import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { Problem, type Schema, api, apiFetch, idempotencyKey, queryKeys, take, useCursorList } from '@/lib/api'
import { type CustomerFilters, listQuery } from '../filters'

export type Customer = Schema<'Customer'>
export type Import = Schema<'CustomerImport'>

export const keys = queryKeys('customers')

export function useCustomers(filters: CustomerFilters) {
  const query = listQuery(filters)
  return useCursorList(keys.list(query), (cursor, signal) => take(api.GET('/customers', { params: { query: { ...query, cursor, limit: 50 } }, signal })))
}

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: keys.detail(id),
    queryFn: () => take(api.GET('/customers/{id}', { params: { path: { id } } })),
  })

export function useHistory(id: string) {
  return useCursorList(queryKeys('calls').list({ customer: id }), (cursor, signal) => take(api.GET('/conversations', { params: { query: { customer_id: id, cursor, limit: 20 } }, signal })))
}

export interface CustomerValues {
  name: string | null
  phone: string | null
  external_id: string | null
  metadata: Record<string, unknown>
}

export function useSaveCustomer(id: string | undefined) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (values: CustomerValues) => {
      if (id !== undefined) return take(api.PATCH('/customers/{id}', { params: { path: { id } }, body: values }))
      const { name, phone, external_id, metadata } = values
      const body = { metadata, ...(name !== null && { name }), ...(phone !== null && { phone }), ...(external_id !== null && { external_id }) }
      return take(api.POST('/customers', { params: { header: { 'Idempotency-Key': idempotencyKey() } }, body }))
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  })
}

export function useImport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ file, type }: { file: File; type: string }): Promise<Import> => {
      const answer = apiFetch(new Request('/customers/import', { method: 'POST', body: file, headers: { 'Content-Type': type } }))
      const response = await answer
      const data: unknown = await response.json()
      return take(Promise.resolve(response.ok ? { data: data as Import, response } : { error: data, response }))
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  })
}

/** The job that removes what is left. */
export function eraseCustomer(id: string): Promise<Schema<'Erasure'>> {
  return take(api.DELETE('/customers/{id}', { params: { path: { id } } }))
}

export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys('jobs').detail(id),
    queryFn: async () => {
      try {
        return await take(api.GET('/jobs/{id}', { params: { path: { id } } }))
      } catch (error) {
        // Jobs that are done are forgotten after a while.
        if (error instanceof Problem && error.status === 404) return null
        throw error
      }
    },
    refetchInterval: ({ state }) => (state.data && (state.data.state === 'ready' || state.data.state === 'running') ? 1_000 : false),
  })
