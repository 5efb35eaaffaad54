import { useQuery } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Select } from '@/components/ui/select'
import { EmptyState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { api, take, useCursorList, useLive } from '@/lib/api'
import { type Delivery, type DeliveryState, type Endpoint, eventTypesQuery, keys } from '../api/webhooks'
import { STATES, deliveryError } from '../api/words'
import { DeliverySheet } from './delivery-sheet'

const ANY = 'any'
const STATE_OPTIONS = [{ value: ANY, label: 'Any state' }, ...Object.entries(STATES).map(([value, { label }]) => ({ value, label }))]

/** The delivery log, of one endpoint or of all of `endpoints`. */
export function Deliveries({ endpointId, endpoints = [] }: { endpointId?: string; endpoints?: readonly Endpoint[] }) {
  const [state, setState] = useState<string>(ANY)
  const [type, setType] = useState<string>(ANY)
  const [endpoint, setEndpoint] = useState<string>(ANY)
  const [shown, setShown] = useState<string>()
  const types = useQuery(eventTypesQuery)
  const filter = {
    endpoint_id: endpointId ?? (endpoint === ANY ? undefined : endpoint),
    state: state === ANY ? undefined : (state as DeliveryState),
    event_type: type === ANY ? undefined : type,
  }
  const isFiltered = filter.state !== undefined || filter.event_type !== undefined || endpoint !== ANY
  const listKey = keys.list({ of: 'deliveries', ...filter })
  const list = useCursorList(listKey, (cursor, signal) => take(api.GET('/webhook-deliveries', { params: { query: { ...filter, cursor } }, signal })))
  useLive([listKey])
  const clear = () => {
    setState(ANY)
    setType(ANY)
    setEndpoint(ANY)
  }
  return (
    <>
      <div className="mb-3 flex flex-wrap gap-2">
        <Select aria-label="State" className="w-auto min-w-32" options={STATE_OPTIONS} value={state} onChange={setState} />
        <Select
          aria-label="Type of event"
          className="w-auto min-w-40"
          options={[{ value: ANY, label: 'Any event' }, ...(types.data?.items.map(({ type }) => ({ value: type, label: type })) ?? [])]}
          value={type}
          onChange={setType}
        />
        {!endpointId && (
          <Select
            aria-label="Endpoint"
            className="w-auto max-w-full min-w-40 sm:max-w-80"
            options={[{ value: ANY, label: 'Any endpoint' }, ...endpoints.map(({ id, url, description }) => ({ value: id, label: description ?? url }))]}
            value={endpoint}
            onChange={setEndpoint}
          />
        )}
        {isFiltered && (
          <Button variant="ghost" onClick={clear}>
            Clear
          </Button>
        )}
      </div>
      <DataTable
        label="Deliveries"
        columns={columns(setShown)}
        list={list}
        rowKey={(delivery) => delivery.id}
        empty={
          isFiltered ? (
            <EmptyState icon={Send} title="No such delivery" action={<Button onClick={clear}>Clear the filter</Button>}>
              Deliveries are kept for thirty days, unless your retention says otherwise.
            </EmptyState>
          ) : (
            <EmptyState icon={Send} title="No deliveries yet">
              When something happens that an endpoint has subscribed to, each message and each try to deliver it is listed here.
            </EmptyState>
          )
        }
      />
      <DeliverySheet id={shown} onClose={() => setShown(undefined)} />
    </>
  )
}

const columns = (show: (id: string) => void): readonly Column<Delivery>[] => [
  {
    id: 'event',
    header: 'Event',
    cell: (delivery) => (
      <button type="button" className="text-left font-mono text-sm font-medium hover:underline" aria-haspopup="dialog" onClick={() => show(delivery.id)}>
        {delivery.event_type}
      </button>
    ),
  },
  { id: 'state', header: 'State', cell: ({ state }) => <Badge tone={STATES[state].tone}>{STATES[state].label}</Badge> },
  {
    id: 'answer',
    header: 'Last answer',
    className: 'hidden md:table-cell',
    cell: ({ last_status, last_error }) => (
      <span className="text-muted-foreground">
        {last_status ?? (last_error ? '' : '–')}
        {last_error && last_error !== 'status' && <span className={last_status ? 'ml-2' : undefined}>{deliveryError(last_error)}</span>}
      </span>
    ),
  },
  { id: 'tries', header: 'Tries', className: 'hidden sm:table-cell w-16 text-right', cell: ({ attempts }) => attempts },
  {
    id: 'when',
    header: 'Created',
    className: 'text-right',
    cell: ({ created_at, next_attempt_at }) => (
      <span className="text-muted-foreground">
        <Time at={created_at} />
        {next_attempt_at && (
          <span className="block text-sm">
            next try <Time at={next_attempt_at} />
          </span>
        )}
      </span>
    ),
  },
]
