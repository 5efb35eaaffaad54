import type { Schema } from '@/lib/api'
import type { Conversation } from '@/lib/conversations'

/** A conversation that goes on, whatever its line. */
export interface GoingOn {
  conversation: string
  since: string
  call?: Schema<'Call'>
  session?: string
  /** What else is known of it, a moment later. */
  summary?: Conversation
}

/** Calls and sockets in one list, the newest first. */
export function goingOn(calls: readonly Schema<'Call'>[], sessions: readonly Schema<'OpenSession'>[], summaries: readonly Conversation[] = []): GoingOn[] {
  const known = new Map(summaries.map((summary) => [summary.id, summary]))
  const all: GoingOn[] = [
    ...calls.map((call) => ({ conversation: call.conversation_id, since: call.created_at, call })),
    ...sessions.map((open) => ({ conversation: open.conversation_id, since: open.connected_at, session: open.session_id })),
  ]
  const ordered = all.sort((a, b) => Date.parse(b.since) - Date.parse(a.since))
  return ordered.map((talk) => ({ ...talk, summary: known.get(talk.conversation) }))
}

/** What is shown: what was chosen, even when it has ended meanwhile; otherwise the newest. */
export function shown(list: readonly GoingOn[], chosen: GoingOn | undefined): { talk: GoingOn | undefined; isOver: boolean } {
  if (!chosen) return { talk: list[0], isOver: false }
  const still = list.find((talk) => talk.conversation === chosen.conversation)
  return { talk: still ?? chosen, isOver: still === undefined }
}
