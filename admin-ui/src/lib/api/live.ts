import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Connection, useConnection } from './connection'
import { areEventsOpen, onEvent } from './events'

/** Milliseconds between looks: a person sees a call appear while it still rings. */
const EVERY_MS = 4_000

/** While events come, looks are for what no event tells (a ringing call that is answered): fewer do. */
const WITH_EVENTS = 3

/** Milliseconds in which several events are one look: the end of a call is three. */
const TOGETHER_MS = 150

/**
 * Keeps what these keys name current while the page is seen: at once when the server tells of an event, and by a look every
 * `everyMs`, rarer while events come.
 */
export function useLive(keys: readonly QueryKey[], everyMs = EVERY_MS): Connection {
  const client = useQueryClient()
  const named = JSON.stringify(keys)
  useEffect(() => {
    let passed = 0
    let soon: number | undefined
    const look = () => {
      passed = 0
      soon = undefined
      if (document.visibilityState !== 'visible') return
      for (const queryKey of JSON.parse(named) as QueryKey[]) void client.invalidateQueries({ queryKey })
    }
    const timer = window.setInterval(() => {
      passed += 1
      if (!areEventsOpen() || passed >= WITH_EVENTS) look()
    }, everyMs)
    const stop = onEvent(() => {
      soon ??= window.setTimeout(look, TOGETHER_MS)
    })
    document.addEventListener('visibilitychange', look)
    return () => {
      window.clearInterval(timer)
      window.clearTimeout(soon)
      stop()
      document.removeEventListener('visibilitychange', look)
    }
  }, [client, named, everyMs])
  return useConnection()
}
