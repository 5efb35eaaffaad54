import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import type { Schema } from '@/lib/api'
import { turnsQuery } from './api/queries'
import type { Conversation, Happening } from './conversation'

/** Milliseconds between looks for a turn that is over and not in the list: it is written a moment after it is told. */
const EVERY_MS = 700

/** Looks in vain before it is left at that: the reply was of a turn that is not kept. */
const LOOKS = 8

/**
 * What the server keeps of the turns, by number: how long each took, which tools it called. Whatever was said before this
 * page, or while the line was lost, comes into the conversation.
 */
export function useTurns(conversation: Conversation, happened: (happening: Happening) => void): ReadonlyMap<number, Schema<'Turn'>> {
  const client = useQueryClient()
  const { id, line } = conversation
  const newest = conversation.entries.reduce((turn, entry) => (entry.kind === 'reply' && entry.heard !== undefined ? Math.max(turn, entry.turn) : turn), -1)
  const { data } = useQuery({
    ...turnsQuery(id ?? ''),
    enabled: id !== undefined,
    refetchInterval: (query) => {
      const isThere = newest < 0 || query.state.data?.some((turn) => turn.number === newest && turn.ended_at)
      return isThere || query.state.dataUpdateCount > LOOKS * (newest + 2) ? false : EVERY_MS
    },
  })

  useEffect(() => {
    if (id !== undefined) void client.invalidateQueries({ queryKey: turnsQuery(id).queryKey })
  }, [client, id, line, newest])

  const remember = useEffectEvent((turns: Schema<'Turn'>[]) => happened({ kind: 'remembered', turns: turns.filter((turn) => turn.ended_at) }))
  useEffect(() => {
    if (data) remember(data)
  }, [data])

  return new Map(data?.map((turn) => [turn.number, turn]))
}
