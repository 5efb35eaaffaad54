import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Connection, useConnection } from './connection'

/** Milliseconds between looks: a person sees a call appear while it still rings. */
const EVERY_MS = 4_000

/**
 * Keeps what these keys name current while the page is seen. It looks every few seconds; a stream of events can take
 * its place here without a change in any page.
 */
export function useLive(keys: readonly QueryKey[], everyMs = EVERY_MS): Connection {
  const client = useQueryClient()
  const named = JSON.stringify(keys)
  useEffect(() => {
    const look = () => {
      if (document.visibilityState !== 'visible') return
      for (const queryKey of JSON.parse(named) as QueryKey[]) void client.invalidateQueries({ queryKey })
    }
    const timer = window.setInterval(look, everyMs)
    document.addEventListener('visibilitychange', look)
    return () => {
      window.clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [client, named, everyMs])
  return useConnection()
}
