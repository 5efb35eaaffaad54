import { useSyncExternalStore } from 'react'

/** Whether the last request reached the server. */
export type Connection = 'online' | 'reconnecting'

let now: Connection = 'online'
const listeners = new Set<() => void>()

export function setConnection(next: Connection): void {
  if (next === now) return
  now = next
  for (const listener of listeners) listener()
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => now,
  )
}
