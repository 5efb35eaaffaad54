import type { Schema } from '@/lib/api'

/** A conversation that goes on, whatever its line. */
export interface GoingOn {
  conversation: string
  since: string
  call?: Schema<'Call'>
  session?: string
}

/** Calls and sockets in one list, the newest first. */
export function goingOn(calls: readonly Schema<'Call'>[], sessions: readonly Schema<'OpenSession'>[]): GoingOn[] {
  const all: GoingOn[] = [
    ...calls.map((call) => ({ conversation: call.conversation_id, since: call.created_at, call })),
    ...sessions.map((open) => ({ conversation: open.conversation_id, since: open.connected_at, session: open.session_id })),
  ]
  return all.sort((a, b) => Date.parse(b.since) - Date.parse(a.since))
}

/** What is shown: what was chosen, even when it has ended meanwhile; otherwise the newest. */
export function shown(list: readonly GoingOn[], chosen: GoingOn | undefined): { talk: GoingOn | undefined; isOver: boolean } {
  if (!chosen) return { talk: list[0], isOver: false }
  const still = list.find((talk) => talk.conversation === chosen.conversation)
  return { talk: still ?? chosen, isOver: still === undefined }
}
