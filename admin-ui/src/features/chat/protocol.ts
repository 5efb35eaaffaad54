// What goes over the socket, docs/sockets.md.

export interface EndReason {
  kind: string
  to?: string
}

export type Incoming =
  | { type: 'session'; session_id: string; conversation_id: string; persona: string; voice: string; resumed: boolean }
  | { type: 'transcription'; turn?: number; text: string }
  | { type: 'saying'; turn: number; text: string }
  | { type: 'conversation_response'; turn: number; text: string; heard_text: string; interrupted: boolean }
  | { type: 'audio_response'; turn: number; audio_base64: string; format: string }
  | { type: 'mark'; name: string }
  | { type: 'clear' }
  | { type: 'error'; code: string; message: string }
  | { type: 'ended'; reason: EndReason }

export type Outgoing = { type: 'text_input'; text: string } | { type: 'interrupt' } | { type: 'mark_played'; name: string }

/** What a newer server may say and this page does not know is passed over. */
export function read(text: string): Incoming | undefined {
  const known = ['session', 'transcription', 'saying', 'conversation_response', 'audio_response', 'mark', 'clear', 'error', 'ended']
  try {
    const message = JSON.parse(text) as { type?: unknown }
    return typeof message.type === 'string' && known.includes(message.type) ? (message as Incoming) : undefined
  } catch {
    return undefined
  }
}

export interface Opening {
  session: string
  agent?: string
  persona?: string
  /** Full duplex; otherwise one message after another. */
  voice: boolean
}

export function address({ session, agent, persona, voice }: Opening, origin = window.location.origin): string {
  const url = new URL(`/ws/voice-agent/${encodeURIComponent(session)}`, origin.replace(/^http/, 'ws'))
  if (agent) url.searchParams.set('agent_id', agent)
  if (persona) url.searchParams.set('persona', persona)
  if (voice) url.searchParams.set('audio', 'stream')
  return url.href
}
