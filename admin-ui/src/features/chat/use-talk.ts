import { useEffect, useState, useSyncExternalStore } from 'react'
import { type Snapshot, Talk } from './talk'

/** The page's conversation; left when the page is. */
export function useTalk(): { talk: Talk; now: Snapshot } {
  const [talk] = useState(() => new Talk())
  const now = useSyncExternalStore(talk.subscribe, talk.snapshot)
  useEffect(() => () => talk.leave(), [talk])
  return { talk, now }
}
