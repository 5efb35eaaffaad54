import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type Schema, api, queryKeys, take } from '@/lib/api'

export type Persona = Schema<'Persona'>

export const keys = queryKeys('personas')

export const personaQuery = (name: string) =>
  queryOptions({ queryKey: keys.detail(name), queryFn: ({ signal }) => take(api.GET('/personas/{persona}', { params: { path: { persona: name } }, signal })) })

function useKept() {
  const queryClient = useQueryClient()
  return (persona: Persona) => {
    queryClient.setQueryData(keys.detail(persona.name), persona)
    void queryClient.invalidateQueries({ queryKey: keys.all })
  }
}

export function useMakePersona() {
  const kept = useKept()
  return useMutation({ mutationFn: (body: Schema<'NewPersona'>) => take(api.POST('/personas', { body })), onSuccess: kept })
}

export function useChangePersona(name: string) {
  const kept = useKept()
  return useMutation({
    mutationFn: (body: Schema<'PersonaChange'>) => take(api.PATCH('/personas/{persona}', { params: { path: { persona: name } }, body })),
    onSuccess: kept,
  })
}

export function useDeletePersona(name: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => take(api.DELETE('/personas/{persona}', { params: { path: { persona: name } } })),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: keys.detail(name) })
      void queryClient.invalidateQueries({ queryKey: keys.list() })
      void queryClient.invalidateQueries({ queryKey: keys.list({ whole: true }) })
    },
  })
}
