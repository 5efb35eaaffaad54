import { responseMs, toolCalls } from '@/components/talk/heard'
import { AgentLine, PersonLine } from '@/components/talk/lines'
import type { Schema } from '@/lib/api'
import type { Conversation, Entry } from '../conversation'

interface TranscriptProps {
  conversation: Conversation
  turns: ReadonlyMap<number, Schema<'Turn'>>
  agent: string
}

export function Transcript({ conversation, turns, agent }: TranscriptProps) {
  return (
    <ol className="space-y-4">
      {conversation.entries.map((entry) => (
        <li key={entry.id}>
          <Line entry={entry} turn={'turn' in entry && entry.turn !== undefined ? turns.get(entry.turn) : undefined} agent={agent} />
        </li>
      ))}
    </ol>
  )
}

function Line({ entry, turn, agent }: { entry: Entry; turn?: Schema<'Turn'>; agent: string }) {
  switch (entry.kind) {
    case 'said':
      return (
        <PersonLine name="You" aside={entry.how}>
          {entry.text}
        </PersonLine>
      )
    case 'reply':
      return (
        <AgentLine name={agent} text={entry.text} heard={entry.heard} isInterrupted={entry.interrupted} tools={toolCalls(turn?.tool_calls)} latencyMs={responseMs(turn?.times)} />
      )
    case 'note':
      return <p className="text-center text-sm text-muted-foreground">{entry.text}</p>
  }
}
