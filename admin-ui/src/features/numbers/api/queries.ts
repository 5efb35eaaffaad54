import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type Schema, api, queryKeys, take } from '@/lib/api'

export type PhoneNumber = Schema<'PhoneNumber'>

export const keys = queryKeys('numbers')

export const numberQuery = (id: string) =>
  queryOptions({ queryKey: keys.detail(id), queryFn: ({ signal }) => take(api.GET('/phone-numbers/{id}', { params: { path: { id } }, signal })) })

export function useChangeNumber(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: Schema<'PhoneNumberChange'>) => take(api.PATCH('/phone-numbers/{id}', { params: { path: { id } }, body })),
    onSuccess: (number) => {
      queryClient.setQueryData(keys.detail(id), number)
      void queryClient.invalidateQueries({ queryKey: keys.all })
    },
  })
}

export function useTestNumber(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => take(api.POST('/phone-numbers/{id}/test', { params: { path: { id } } })),
    onSuccess: ({ phone_number }) => {
      queryClient.setQueryData(keys.detail(id), phone_number)
      void queryClient.invalidateQueries({ queryKey: keys.list() })
    },
  })
}

export function useRemoveNumber(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => take(api.DELETE('/phone-numbers/{id}', { params: { path: { id } } })),
    onSuccess: () => queryClient.removeQueries({ queryKey: keys.detail(id) }),
  })
}
