import { isRecord } from '@/lib/conversations'

/** The object that a text is; undefined: it is none. */
export function parseMetadata(text: string): Record<string, unknown> | undefined {
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

export function writeMetadata(metadata: unknown): string {
  return isRecord(metadata) && Object.keys(metadata).length > 0 ? JSON.stringify(metadata, null, 2) : ''
}

/** How a file of customers is written, by its name; undefined: neither way. */
export function formatOf(name: string): 'text/csv' | 'application/x-ndjson' | undefined {
  const ending = name.toLowerCase().split('.').pop()
  if (ending === 'csv') return 'text/csv'
  return ending === 'jsonl' || ending === 'ndjson' ? 'application/x-ndjson' : undefined
}
