import { Link } from '@tanstack/react-router'
import { AudioLines, Globe, MessageSquare, Phone } from 'lucide-react'
import { Badge, type BadgeTone } from '@/components/ui/badge'
import type { Column } from '@/components/ui/data-table'
import { Time } from '@/components/ui/time'
import { CHANNELS, type Channel, type Conversation, durationOf, endingOf, isLive, sentence } from '@/lib/conversations'
import { formatDuration, formatPhone } from '@/lib/format'

const ICONS = { phone: Phone, socket: Globe, http: MessageSquare }

export function ChannelIcon({ channel }: { channel: Channel }) {
  const Icon = ICONS[channel]
  return (
    <span title={CHANNELS[channel]} className="text-muted-foreground">
      <Icon className="size-4 shrink-0" aria-hidden />
      <span className="sr-only">{CHANNELS[channel]}</span>
    </span>
  )
}

/** Who spoke with the agent: their number, their name, or the channel where neither is known. */
export function callerOf({ call, customer_name, customer_external_id, channel }: Conversation): string {
  const number = call ? formatPhone(call.from_number) : undefined
  return customer_name ?? number ?? customer_external_id ?? (channel === 'http' ? 'Chat' : 'Browser')
}

/** To the page of a conversation, which is its call's, too. */
export function ConversationLink({ conversation }: { conversation: Conversation }) {
  const caller = callerOf(conversation)
  const number = conversation.call ? formatPhone(conversation.call.from_number) : undefined
  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <ChannelIcon channel={conversation.channel} />
      <div className="min-w-0">
        <Link to="/calls/$callId" params={{ callId: conversation.id }} className="block max-w-40 truncate font-medium sm:max-w-56 hover:underline">
          {caller}
        </Link>
        {number && number !== caller && <p className="truncate text-sm text-muted-foreground">{number}</p>}
      </div>
    </div>
  )
}

/** On the line now, or how it ended. */
export function ConversationState({ conversation }: { conversation: Conversation }) {
  if (isLive(conversation)) {
    return (
      <Badge tone="warning" lamp>
        {conversation.call?.status === 'ringing' ? 'Ringing' : 'Live'}
      </Badge>
    )
  }
  const ending = endingOf(conversation.end_reason, conversation.channel)
  if (!ending) return <Badge tone="outline">Open</Badge>
  return (
    <Badge tone={ending.tone === 'neutral' ? 'neutral' : ending.tone} title={ending.meaning}>
      {ending.label}
    </Badge>
  )
}

const SENTIMENTS: Record<string, BadgeTone> = { positive: 'success', negative: 'destructive', mixed: 'warning', neutral: 'neutral' }

/** What came of it, in the colour of how the caller felt. */
function Outcome({ conversation: { analysis } }: { conversation: Conversation }) {
  if (!analysis?.outcome) return <span className="text-muted-foreground">–</span>
  return (
    <Badge tone={SENTIMENTS[analysis.sentiment ?? ''] ?? 'neutral'} title={analysis.summary ?? undefined}>
      {sentence(analysis.outcome)}
      {analysis.sentiment && <span className="sr-only">, the caller felt {analysis.sentiment}</span>}
    </Badge>
  )
}

export const conversationColumns: readonly Column<Conversation>[] = [
  { id: 'caller', header: 'Caller', cell: (row) => <ConversationLink conversation={row} /> },
  {
    id: 'agent',
    header: 'Agent',
    className: 'hidden md:table-cell',
    cell: (row) =>
      row.agent_name ? (
        <span className="flex items-baseline gap-1.5">
          <span className="max-w-40 truncate">{row.agent_name}</span>
          {row.agent_version != null && <span className="text-sm text-muted-foreground">v{row.agent_version}</span>}
        </span>
      ) : (
        <span className="text-muted-foreground">None</span>
      ),
  },
  { id: 'started', header: 'Started', className: 'hidden sm:table-cell', cell: (row) => <Time at={row.started_at} /> },
  { id: 'duration', header: 'Duration', className: 'hidden text-right sm:table-cell', cell: (row) => (row.channel === 'http' ? '–' : formatDuration(durationOf(row))) },
  { id: 'end', header: 'State', cell: (row) => <ConversationState conversation={row} /> },
  { id: 'outcome', header: 'Outcome', className: 'hidden lg:table-cell', cell: (row) => <Outcome conversation={row} /> },
  {
    id: 'recorded',
    header: <span className="sr-only">Recording</span>,
    className: 'hidden w-10 sm:table-cell',
    cell: (row) =>
      row.is_recorded ? (
        <span title="Recorded" className="text-muted-foreground">
          <AudioLines className="size-4" aria-hidden />
          <span className="sr-only">Recorded</span>
        </span>
      ) : null,
  },
]
