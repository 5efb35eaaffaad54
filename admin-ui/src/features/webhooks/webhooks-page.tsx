import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Webhook } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { PageHeader } from '@/components/ui/page-header'
import { EmptyState } from '@/components/ui/states'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { Time } from '@/components/ui/time'
import { api, take, useCursorList } from '@/lib/api'
import { useCan } from '@/lib/session'
import { type Endpoint, endpointsQuery, keys, useCreateEndpoint } from './api/webhooks'
import { disabledReason, eventsShown } from './api/words'
import { Deliveries } from './components/deliveries'
import { EndpointBadge } from './components/endpoint-badge'
import { EndpointForm } from './components/endpoint-form'
import { SecretDialog } from './components/secret-dialog'

export type WebhooksTab = 'endpoints' | 'deliveries'

export function WebhooksPage({ tab = 'endpoints', onTab }: { tab?: WebhooksTab; onTab: (tab: WebhooksTab) => void }) {
  const mayManage = useCan('manage')
  const [creating, setCreating] = useState(false)
  const [secret, setSecret] = useState<string>()
  const endpoints = useQuery(endpointsQuery)
  const list = useCursorList(keys.list({ of: 'endpoints', by: 'page' }), (cursor, signal) => take(api.GET('/webhook-endpoints', { params: { query: { cursor } }, signal })))
  const create = useCreateEndpoint()
  const add = mayManage && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      Add endpoint
    </Button>
  )
  return (
    <>
      <PageHeader title="Webhooks" description="Your programs are told what happens: a call ended, a transcript is ready." actions={add} />
      <Tabs value={tab} onValueChange={(tab) => onTab(tab as WebhooksTab)}>
        <TabsList aria-label="Webhooks">
          <TabsTrigger value="endpoints">Endpoints</TabsTrigger>
          <TabsTrigger value="deliveries">Deliveries</TabsTrigger>
        </TabsList>
        <TabsContent value="endpoints">
          <DataTable
            label="Endpoints"
            expected={2}
            columns={COLUMNS}
            list={list}
            rowKey={(endpoint) => endpoint.id}
            empty={
              <EmptyState icon={Webhook} title="No endpoints yet" action={add}>
                An endpoint is an address of yours that gets a signed message whenever something happens.
              </EmptyState>
            }
          />
        </TabsContent>
        <TabsContent value="deliveries">
          <Deliveries endpoints={endpoints.data?.items} />
        </TabsContent>
      </Tabs>
      <Dialog open={creating} onOpenChange={setCreating}>
        <DialogContent title="Add endpoint" description="Messages follow Standard Webhooks; its libraries verify them.">
          <EndpointForm
            confirm="Add endpoint"
            submit={async (wanted) => {
              const made = await create.mutateAsync(wanted)
              setCreating(false)
              setSecret(made.secret)
            }}
          />
        </DialogContent>
      </Dialog>
      <SecretDialog title="Endpoint added" secret={secret} onClose={() => setSecret(undefined)} />
    </>
  )
}

const COLUMNS: readonly Column<Endpoint>[] = [
  {
    id: 'url',
    header: 'Address',
    cell: (endpoint) => (
      <Link to="/webhooks/$webhookId" params={{ webhookId: endpoint.id }} className="block hover:underline">
        <span className="line-clamp-1 max-w-md font-mono text-sm font-medium break-all">{endpoint.url}</span>
        {endpoint.description && <span className="line-clamp-1 max-w-md text-sm text-muted-foreground">{endpoint.description}</span>}
      </Link>
    ),
  },
  {
    id: 'state',
    header: 'State',
    cell: (endpoint) => (
      <>
        <EndpointBadge endpoint={endpoint} />
        {!endpoint.is_enabled && <span className="mt-0.5 hidden text-sm text-muted-foreground md:block">{disabledReason(endpoint.disabled_reason)}</span>}
        {endpoint.is_enabled && endpoint.failing_since && (
          <span className="mt-0.5 hidden text-sm text-muted-foreground md:block">
            Since <Time at={endpoint.failing_since} />
          </span>
        )}
      </>
    ),
  },
  { id: 'events', header: 'Events', className: 'hidden sm:table-cell', cell: (endpoint) => <span title={endpoint.event_types.join(', ')}>{eventsShown(endpoint.event_types)}</span> },
  {
    id: 'created',
    header: 'Created',
    className: 'hidden lg:table-cell',
    cell: (endpoint) => (
      <span className="text-muted-foreground">
        <Time at={endpoint.created_at} />
      </span>
    ),
  },
]
