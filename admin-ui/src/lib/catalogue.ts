// Whole lists, for pages that choose from them or count them: agents, personas, tools and numbers of a tenant are few.
import { queryOptions } from '@tanstack/react-query'
import { type Page, api, queryKeys, take } from './api'

/** Rows a page; the most that the API gives. */
const LIMIT = 100

/** Ten pages: a longer list is cut there, for nobody chooses from more. */
const MOST_PAGES = 10

async function whole<T>(page: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = []
  let cursor: string | undefined
  for (let at = 0; at < MOST_PAGES; at++) {
    const next = await page(cursor)
    items.push(...next.items)
    if (!next.next_cursor) break
    cursor = next.next_cursor
  }
  return items
}

/** All agents, newest first. */
export const allAgents = queryOptions({
  queryKey: queryKeys('agents').list({ whole: true }),
  queryFn: ({ signal }) => whole((cursor) => take(api.GET('/agents', { params: { query: { cursor, limit: LIMIT } }, signal }))),
})

/** All personas, the built-in ones first, and the name of the default one. */
export const allPersonas = queryOptions({
  queryKey: queryKeys('personas').list({ whole: true }),
  queryFn: ({ signal }) => take(api.GET('/personas', { signal })),
})

/** All HTTP tools, newest first. */
export const allTools = queryOptions({
  queryKey: queryKeys('tools').list({ whole: true }),
  queryFn: ({ signal }) => whole((cursor) => take(api.GET('/http-tools', { params: { query: { cursor, limit: LIMIT } }, signal }))),
})

/** All registered numbers, newest first. */
export const allNumbers = queryOptions({
  queryKey: queryKeys('numbers').list({ whole: true }),
  queryFn: ({ signal }) => whole((cursor) => take(api.GET('/phone-numbers', { params: { query: { cursor, limit: LIMIT } }, signal }))),
})

/** All people of the tenant. */
export const allMembers = queryOptions({
  queryKey: queryKeys('team').list({ whole: true }),
  queryFn: ({ signal }) => whole((cursor) => take(api.GET('/members', { params: { query: { cursor, limit: LIMIT } }, signal }))),
})

/** All tenants of the server, for its operators. */
export const allTenants = queryOptions({
  // Not among the lists: those are looked at every few seconds.
  queryKey: queryKeys('operator').detail('tenants'),
  staleTime: 60_000,
  queryFn: ({ signal }) => whole((cursor) => take(api.GET('/operator/tenants', { params: { query: { cursor, limit: LIMIT } }, signal }))),
})
