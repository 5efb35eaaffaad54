import { useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/copy-button'
import { Dialog, SheetContent } from '@/components/ui/dialog'
import { Fact, Facts } from '@/components/ui/facts'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { toast } from '@/components/ui/toast'
import { type Schema, useLive } from '@/lib/api'
import { formatDateTime, formatLatency } from '@/lib/format'
import { useCan } from '@/lib/session'
import { type Attempt, deliveryQuery, useReplay } from '../api/webhooks'
import { STATES, deliveryError, pretty } from '../api/words'

/** What was sent, and what came of it. */
export function DeliverySheet({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  return (
    <Dialog open={id !== undefined} onOpenChange={(open) => !open && onClose()}>
      {id && (
        <SheetContent title="Delivery" className="w-[min(42rem,calc(100vw-1rem))]">
          <Loaded id={id} />
        </SheetContent>
      )}
    </Dialog>
  )
}

function Loaded({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(deliveryQuery(id))
  useLive([deliveryQuery(id).queryKey])
  if (data) return <Shown detail={data} />
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  return (
    <div className="space-y-4">
      <Skeleton className="h-28" />
      <Skeleton className="h-64" />
    </div>
  )
}

function Shown({ detail: { delivery, request, attempts } }: { detail: Schema<'WebhookDeliveryDetail'> }) {
  const mayManage = useCan('manage')
  const replay = useReplay()
  const again = () => replay.mutate(delivery.id, { onSuccess: () => toast.done('It is sent again now'), onError: toast.error })
  const { label, tone } = STATES[delivery.state]
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-mono text-sm font-medium">{delivery.event_type}</span>
        <Badge tone={tone}>{label}</Badge>
        <span className="flex-1" />
        {mayManage && delivery.state !== 'pending' && (
          <Button size="sm" pending={replay.isPending} onClick={again}>
            <RotateCcw aria-hidden />
            Replay
          </Button>
        )}
      </div>
      <Facts>
        <Fact label="Created">{formatDateTime(delivery.created_at)}</Fact>
        {delivery.settled_at && <Fact label={delivery.state === 'dead' ? 'Given up' : 'Delivered'}>{formatDateTime(delivery.settled_at)}</Fact>}
        {delivery.next_attempt_at && (
          <Fact label="Next try">
            <Time at={delivery.next_attempt_at} />
          </Fact>
        )}
        {delivery.last_error === 'endpoint_disabled' && <Fact label="Why">{deliveryError(delivery.last_error)}</Fact>}
        <Fact label="Event (webhook-id)" copy={delivery.event_id} />
      </Facts>
      <section aria-labelledby="attempts" className="space-y-2">
        <h3 id="attempts" className="font-semibold">
          {attempts.length === 0 ? 'Not tried yet' : 'Tries'}
        </h3>
        {attempts.length > 0 && (
          <ol className="divide-y rounded-md border">
            {attempts.toReversed().map((attempt, at) => (
              <Try key={attempt.id} attempt={attempt} open={at === 0} />
            ))}
          </ol>
        )}
      </section>
      <section aria-labelledby="request" className="space-y-2">
        <h3 id="request" className="font-semibold">
          Request
        </h3>
        <p className="font-mono text-xs break-all">POST {request.url}</p>
        <dl className="space-y-0.5 font-mono text-xs">
          {request.headers.map(({ name, value }) => (
            <div key={name} className="flex gap-2">
              <dt className="shrink-0 text-muted-foreground">{name}:</dt>
              <dd className="min-w-0 break-all">{value}</dd>
            </div>
          ))}
        </dl>
        <CodeBlock label="Copy body">{pretty(request.body)}</CodeBlock>
      </section>
    </>
  )
}

function Try({ attempt, open }: { attempt: Attempt; open: boolean }) {
  const isTaken = !attempt.error
  return (
    <li>
      <details open={open} className="group">
        <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 text-sm">
          <Badge tone={isTaken ? 'success' : 'destructive'}>{attempt.status ?? 'No answer'}</Badge>
          <span className="min-w-0 flex-1">{attempt.error ? deliveryError(attempt.error) : 'Taken'}</span>
          <span className="text-muted-foreground tabular-nums">{formatLatency(attempt.latency_ms)}</span>
          <span className="text-muted-foreground">{formatDateTime(attempt.at)}</span>
        </summary>
        <div className="px-3 pb-3">
          {attempt.response_body ? <CodeBlock label="Copy answer">{pretty(attempt.response_body)}</CodeBlock> : <p className="text-sm text-muted-foreground">The answer had no body.</p>}
        </div>
      </details>
    </li>
  )
}
