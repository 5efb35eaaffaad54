import { queryOptions } from '@tanstack/react-query'
import { api, queryKeys, take, useCursorList } from '@/lib/api'
import type { Conversation } from '@/lib/conversations'
import { type CallFilters, listQuery, searchQuery } from '../filters'

export const keys = queryKeys('calls')

export function useConversations(filters: CallFilters) {
  const query = listQuery(filters)
  return useCursorList(keys.list({ ...query, all: true }), (cursor, signal) => take(api.GET('/conversations', { params: { query: { ...query, cursor, limit: 50 } }, signal })))
}

/** Words shorter than two letters find too much to be asked for. */
export function useTranscriptSearch(filters: CallFilters) {
  const query = searchQuery(filters)
  return useCursorList(keys.list({ ...query, words: true }), (cursor, signal) => take(api.GET('/transcripts/search', { params: { query: { ...query, cursor, limit: 20 } }, signal })))
}

// For the filters: whoever has more than a hundred narrows by address.
export const agentsQuery = queryOptions({
  queryKey: queryKeys('agents').list({ limit: 100 }),
  queryFn: () => take(api.GET('/agents', { params: { query: { limit: 100 } } })),
  staleTime: 60_000,
})

export const numbersQuery = queryOptions({
  queryKey: queryKeys('numbers').list({ limit: 100 }),
  queryFn: () => take(api.GET('/phone-numbers', { params: { query: { limit: 100 } } })),
  staleTime: 60_000,
})

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys('customers').detail(id),
    queryFn: () => take(api.GET('/customers/{id}', { params: { path: { id } } })),
  })

/** Conversations in one file: what a browser holds with ease, and a spreadsheet, too. */
export const MOST_EXPORTED = 10_000

/** All that the filters leave, page by page; `heard` is told how many there are so far. */
export async function allConversations(filters: CallFilters, heard: (page: Conversation[]) => void, signal: AbortSignal): Promise<{ isWhole: boolean }> {
  const query = listQuery(filters)
  let cursor: string | undefined
  let count = 0
  do {
    const page = await take(api.GET('/conversations', { params: { query: { ...query, cursor, limit: 100 } }, signal }))
    heard(page.items)
    count += page.items.length
    cursor = page.next_cursor ?? undefined
  } while (cursor !== undefined && count < MOST_EXPORTED)
  return { isWhole: cursor === undefined }
}
