import { QueryClient, type QueryKey, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Problem } from './problem'

/** `['agents', 'list', filter]`, `['agents', 'detail', id, …]`: to invalidate the noun invalidates all of it. */
export function queryKeys(noun: string) {
  return {
    all: [noun] as const,
    list: (filter: object = {}) => [noun, 'list', filter] as const,
    detail: (id: string, ...part: string[]) => [noun, 'detail', id, ...part] as const,
  }
}

/** Answers that another try cannot change are not asked for again. */
function retry(failures: number, error: unknown): boolean {
  if (!(error instanceof Problem)) return false
  if (error.isOffline) return failures < 5
  return error.status >= 500 && failures < 2
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry, staleTime: 10_000, gcTime: 5 * 60_000, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

export interface Page<T> {
  items: T[]
  next_cursor?: string | null
}

/** A list that the API gives page by page; `items` are those of all pages so far. */
export function useCursorList<T>(queryKey: QueryKey, page: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => page(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  })
  return { ...query, items: query.data?.pages.flatMap((page) => page.items) }
}

export type CursorList<T> = ReturnType<typeof useCursorList<T>>
