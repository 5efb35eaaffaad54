import { useEffect, useRef } from 'react'
import type { Schema } from '@/lib/api'
import { responseMs, toolCalls } from './heard'
import { AgentLine, PersonLine } from './lines'

/** Turns of a conversation as it goes on, the newest in sight. */
export function Turns({ turns, person = 'Caller', agent = 'Agent' }: { turns: readonly Schema<'Turn'>[]; person?: string; agent?: string }) {
  return (
    <ol className="space-y-4">
      {turns.map((turn) => (
        <li key={turn.number} className="space-y-4">
          {turn.prompt_text && (
            <PersonLine name={person} aside={turn.prompt_kind === 'dtmf' ? 'keys' : turn.prompt_kind === 'text' ? 'typed' : undefined}>
              {turn.prompt_text}
            </PersonLine>
          )}
          <Answer turn={turn} agent={agent} />
        </li>
      ))}
    </ol>
  )
}

function Answer({ turn, agent }: { turn: Schema<'Turn'>; agent: string }) {
  const tools = toolCalls(turn.tool_calls)
  if (!turn.ended_at && turn.generated_text === '' && tools.length === 0) return <Speaking name={agent} />
  if (turn.generated_text === '' && tools.length === 0) return null
  return <AgentLine name={agent} text={turn.generated_text} heard={turn.heard_text} isInterrupted={turn.interrupted} tools={tools} latencyMs={responseMs(turn.times)} />
}

/** The reply is being made or spoken: its words are told when it is over. */
export function Speaking({ name, text = 'is answering' }: { name: string; text?: string }) {
  return (
    <p className="flex items-center gap-2 text-sm text-muted-foreground">
      <span className="flex gap-1" aria-hidden>
        {[0, 150, 300].map((delay) => (
          <span key={delay} className="size-1.5 animate-pulse rounded-full bg-lamp" style={{ animationDelay: `${delay}ms` }} />
        ))}
      </span>
      {name} {text}…
    </p>
  )
}

/** Keeps the end of a box in sight as it grows, unless the person has scrolled up to read. */
export function useEndInSight<Box extends HTMLElement>(grown: unknown) {
  const box = useRef<Box>(null)
  const isAtEnd = useRef(true)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const look = () => {
      isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 80
    }
    element.addEventListener('scroll', look, { passive: true })
    return () => element.removeEventListener('scroll', look)
  }, [])
  useEffect(() => {
    const element = box.current
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight
  }, [grown])
  return box
}
