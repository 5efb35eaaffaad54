import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/copy-button'
import { Dialog, SheetContent } from '@/components/ui/dialog'
import { Fact, Facts } from '@/components/ui/facts'
import type { Schema } from '@/lib/api'
import { formatDateTime } from '@/lib/format'
import { type AuditFilter, actionName, actorKind, actorName } from '../api/words'

export type AuditEvent = Schema<'AuditEvent'>

/** All that is known of an event, and the way to what else was done by the same or to the same. */
export function EventSheet({ event, onClose, onFilter }: { event: AuditEvent | undefined; onClose: () => void; onFilter: (filter: AuditFilter) => void }) {
  const go = (filter: AuditFilter) => {
    onFilter(filter)
    onClose()
  }
  return (
    <Dialog open={event !== undefined} onOpenChange={(open) => !open && onClose()}>
      {event && (
        <SheetContent title={actionName(event.action)} description={formatDateTime(event.at)}>
          <Facts className="sm:grid-cols-1">
            <Fact label="Who">{`${actorName(event)}${event.actor_name ? ` (${actorKind(event.actor_kind)})` : ''}`}</Fact>
            {event.actor_id && <Fact label="Id of who" copy={event.actor_id} />}
            <Fact label="Action" copy={event.action} />
            {event.target_id && <Fact label="To what" copy={event.target_id} />}
            {event.address && <Fact label="Network address" copy={event.address} />}
            <Fact label="Event" copy={event.id} />
          </Facts>
          {event.details != null && (
            <section aria-labelledby="details" className="space-y-1.5">
              <h3 id="details" className="text-sm font-medium">
                Details
              </h3>
              <CodeBlock label="Copy details">{JSON.stringify(event.details, null, 2)}</CodeBlock>
            </section>
          )}
          <div className="flex flex-wrap gap-2">
            {event.actor_id && <Button size="sm" onClick={() => go({ actor: event.actor_id ?? undefined })}>All by the same</Button>}
            {event.target_id && <Button size="sm" onClick={() => go({ target: event.target_id ?? undefined })}>All to the same</Button>}
          </div>
        </SheetContent>
      )}
    </Dialog>
  )
}
