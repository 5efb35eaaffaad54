export const BY = ['name', 'phone', 'external_id'] as const

/** By what customers are looked for, and the words. */
export interface CustomerFilters {
  by?: (typeof BY)[number]
  q?: string
}

export function parseFilters(search: Record<string, unknown>): CustomerFilters {
  const by = BY.find((one) => one === search.by)
  const q = (typeof search.q === 'string' || typeof search.q === 'number' ? String(search.q) : '').trim().slice(0, 200)
  return { ...(by && by !== 'name' && { by }), ...(q !== '' && { q }) }
}

export function listQuery({ by = 'name', q }: CustomerFilters) {
  return q === undefined ? {} : { [by]: q }
}
