import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { Skeleton } from '@/components/ui/skeleton'
import { CHANNELS, type Conversation, durationOf, endingOf, sentence } from '@/lib/conversations'
import { formatCount, formatDateTime, formatDuration, formatLatency, formatMoney, formatPhone } from '@/lib/format'
import { costQuery } from '../api/detail'

/** What is known of a conversation, fact by fact. */
export function FactsCard({ conversation: one }: { conversation: Conversation }) {
  const ending = endingOf(one.end_reason, one.channel)
  const customer = one.customer_name ?? one.customer_external_id ?? (one.call ? formatPhone(one.call.from_number) : 'Unnamed')
  return (
    <Card aria-label="Details">
      <CardHeader title="Details" />
      <CardContent>
        <dl className="space-y-2">
          {one.call && <Fact label="From">{formatPhone(one.call.from_number)}</Fact>}
          {one.call && (
            <Fact label="To">
              <Link to="/numbers/$numberId" params={{ numberId: one.call.phone_number_id }} className="text-primary-text hover:underline">
                {formatPhone(one.call.to_number)}
              </Link>
            </Fact>
          )}
          <Fact label="Channel">{CHANNELS[one.channel]}</Fact>
          <Fact label="Agent">
            {one.agent_id && one.agent_name ? (
              <>
                <Link to="/agents/$agentId" params={{ agentId: one.agent_id }} className="text-primary-text hover:underline">
                  {one.agent_name}
                </Link>
                {one.agent_version != null && <span className="text-muted-foreground"> version {one.agent_version}</span>}
              </>
            ) : (
              `None: ${one.persona}`
            )}
          </Fact>
          {one.customer_id && (
            <Fact label="Customer">
              <Link to="/customers/$customerId" params={{ customerId: one.customer_id }} className="text-primary-text hover:underline">
                {customer}
              </Link>
            </Fact>
          )}
          <Fact label="Started">{formatDateTime(one.started_at)}</Fact>
          {one.channel !== 'http' && <Fact label="Duration">{formatDuration(durationOf(one))}</Fact>}
          {ending && (
            <Fact label="End">
              {ending.label}
              <span className="block text-sm text-muted-foreground">{ending.meaning}</span>
            </Fact>
          )}
          {one.call && <Fact label="At Twilio">{sentence(one.call.status)}</Fact>}
          {one.totals && (
            <Fact label="Turns">
              {formatCount(one.totals.turns)}
              {one.totals.interrupted > 0 && <span className="text-muted-foreground">, {formatCount(one.totals.interrupted)} interrupted</span>}
            </Fact>
          )}
          {typeof one.totals?.reply_latency_p50_ms === 'number' && <Fact label="Reply, median">{formatLatency(one.totals.reply_latency_p50_ms)}</Fact>}
          <Cost id={one.id} />
          <Id label="Conversation" id={one.id} />
          {one.call && <Id label="Call SID" id={one.call.call_sid} />}
        </dl>
      </CardContent>
    </Card>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-2">
      <dt className="text-muted-foreground">{label}</dt>
      <dd className="min-w-0 break-words tabular-nums">{children}</dd>
    </div>
  )
}

function Id({ label, id }: { label: string; id: string }) {
  return (
    <Fact label={label}>
      <span className="flex items-center gap-1">
        <span className="min-w-0 truncate font-mono text-sm" title={id}>
          {id}
        </span>
        <CopyButton text={id} label={`Copy ${label}`} className="-my-1" />
      </span>
    </Fact>
  )
}

function Cost({ id }: { id: string }) {
  const { data, isError } = useQuery(costQuery(id))
  if (isError) return null
  if (!data) {
    return (
      <Fact label="Cost">
        <Skeleton className="h-5 w-16" />
      </Fact>
    )
  }
  const { cost_usd: cost, unpriced } = data
  const parts = [
    ['speech to text', cost.speech_to_text],
    ['language model', cost.language_model],
    ['text to speech', cost.text_to_speech],
  ] as const
  const paid = parts.filter(([, usd]) => usd > 0)
  return (
    <Fact label="Cost">
      {formatMoney(cost.total)}
      {paid.length > 0 && <span className="block text-sm text-muted-foreground">{paid.map(([name, usd]) => `${formatMoney(usd)} ${name}`).join(', ')}</span>}
      {unpriced > 0 && <span className="block text-sm text-warning-text">Part of it has no known price and is not counted.</span>}
    </Fact>
  )
}
