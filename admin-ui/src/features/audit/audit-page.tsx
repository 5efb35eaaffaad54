import { ScrollText } from 'lucide-react'
import { useState } from 'react'
import { Restricted } from '@/components/restricted'
import { Thing } from '@/components/thing'
import { Button } from '@/components/ui/button'
import { type Column, DataTable } from '@/components/ui/data-table'
import { PageHeader } from '@/components/ui/page-header'
import { EmptyState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { isRecord } from '@/lib/conversations'
import { api, queryKeys, take, useCursorList } from '@/lib/api'
import { type AuditFilter, actionName, actorKind, actorName, asQuery, targetKind } from './api/words'
import { type AuditEvent, EventSheet } from './components/event-sheet'
import { Filters } from './components/filters'

const keys = queryKeys('audit')

interface AuditPageProps {
  filter: AuditFilter
  onFilter: (filter: AuditFilter) => void
}

export function AuditPage(props: AuditPageProps) {
  return (
    <Restricted needs="admin" title="Audit log">
      <Log {...props} />
    </Restricted>
  )
}

function Log({ filter, onFilter }: AuditPageProps) {
  const [shown, setShown] = useState<AuditEvent>()
  const list = useCursorList(keys.list(filter), (cursor, signal) => take(api.GET('/audit-events', { params: { query: { ...asQuery(filter), cursor, limit: 50 } }, signal })))
  const isFiltered = Object.values(filter).some((value) => value !== undefined)
  return (
    <>
      <PageHeader title="Audit log" description="Who did what to which thing, from where. Nothing in it can be changed." />
      <Filters filter={filter} onFilter={onFilter} />
      <DataTable
        label="Audit log"
        expected={10}
        columns={columns(setShown)}
        list={list}
        rowKey={(event) => event.id}
        empty={
          <EmptyState icon={ScrollText} title={isFiltered ? 'Nothing of that kind' : 'Nothing was done yet'} action={isFiltered && <Button onClick={() => onFilter({})}>Clear the filter</Button>}>
            {isFiltered ? 'Nothing in the log fits the filter.' : 'Every change to the tenant is written down here.'}
          </EmptyState>
        }
      />
      <EventSheet event={shown} onClose={() => setShown(undefined)} onFilter={onFilter} />
    </>
  )
}

const columns = (show: (event: AuditEvent) => void): readonly Column<AuditEvent>[] => [
  {
    id: 'action',
    header: 'Action',
    cell: (event) => (
      <button type="button" className="text-left font-medium hover:underline" aria-haspopup="dialog" onClick={() => show(event)}>
        {actionName(event.action)}
      </button>
    ),
  },
  {
    id: 'who',
    header: 'Who',
    cell: (event) => (
      <>
        <span className="block max-w-48 truncate">{actorName(event)}</span>
        {event.actor_name && event.actor_kind !== 'user' && <span className="block text-sm text-muted-foreground">{actorKind(event.actor_kind)}</span>}
      </>
    ),
  },
  { id: 'target', header: 'To what', className: 'hidden lg:table-cell', cell: (event) => <Target event={event} /> },
  { id: 'address', header: 'Address', className: 'hidden md:table-cell', cell: ({ address }) => <span className="font-mono text-xs text-muted-foreground">{address ?? '–'}</span> },
  {
    id: 'at',
    header: 'When',
    className: 'text-right',
    cell: ({ at }) => (
      <span className="text-muted-foreground">
        <Time at={at} />
      </span>
    ),
  },
]

function Target({ event: { action, target_id: id, details } }: { event: AuditEvent }) {
  if (id == null) return <span className="text-muted-foreground">–</span>
  const name = isRecord(details) && typeof details.name === 'string' ? details.name : undefined
  return (
    <span className="text-muted-foreground">
      <Thing kind={targetKind(action)} id={id} name={name} />
    </span>
  )
}
