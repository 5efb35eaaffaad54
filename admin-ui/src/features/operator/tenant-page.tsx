import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Alert } from '@/components/ui/alert'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader, StatCard } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Fact, Facts } from '@/components/ui/facts'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { toast } from '@/components/ui/toast'
import { formatCount, formatDateTime } from '@/lib/format'
import { useMe } from '@/lib/session'
import { type Tenant, tenantQuery, useDeleteTenant, useReactivate } from './api/operator'
import { STATUSES } from './api/words'
import { Ceilings } from './components/ceilings'
import { OperatorsOnly } from './components/operators-only'
import { SuspendDialog } from './components/suspend-dialog'

const BACK = { to: '/operator/tenants', label: 'Tenants' }

export function TenantPage({ tenantId }: { tenantId: string }) {
  return (
    <OperatorsOnly title="Tenant">
      <Loaded tenantId={tenantId} />
    </OperatorsOnly>
  )
}

function Loaded({ tenantId }: { tenantId: string }) {
  const { data, error, refetch } = useQuery(tenantQuery(tenantId))
  if (data) return <Shown tenant={data} />
  return (
    <>
      <PageHeader title="Tenant" back={BACK} />
      {error ? (
        <Card>
          <ErrorState error={error} retry={() => void refetch()} />
        </Card>
      ) : (
        <Skeleton className="h-96" />
      )}
    </>
  )
}

function Shown({ tenant }: { tenant: Tenant }) {
  const { tenant: own } = useMe()
  const [asked, setAsked] = useState<'suspend' | 'delete' | 'reactivate'>()
  const reactivate = useReactivate(tenant.id)
  const remove = useDeleteTenant(tenant.id)
  const isOwn = own.id === tenant.id
  const { label, tone } = STATUSES[tenant.status]
  return (
    <>
      <PageHeader
        title={tenant.name}
        aside={<Badge tone={tone}>{label}</Badge>}
        back={BACK}
        actions={
          !isOwn && (
            <>
              {tenant.status === 'active' && <Button onClick={() => setAsked('suspend')}>Suspend…</Button>}
              {tenant.status !== 'active' && (
                <Button variant="primary" onClick={() => setAsked('reactivate')}>
                  {tenant.status === 'deleting' ? 'Take deletion back' : 'Reactivate'}
                </Button>
              )}
              {tenant.status !== 'deleting' && (
                <Button variant="destructive" onClick={() => setAsked('delete')}>
                  Delete…
                </Button>
              )}
            </>
          )
        }
      />
      <div className="max-w-4xl space-y-6">
        {isOwn && <Alert tone="info">You are signed in to this tenant: it cannot be suspended or deleted from here.</Alert>}
        {tenant.delete_at && (
          <Alert tone="destructive" title="It is being deleted">
            Everything goes on {formatDateTime(tenant.delete_at)}.
          </Alert>
        )}
        {tenant.status === 'suspended' && (
          <Alert tone="warning" title={`Suspended${tenant.suspended_at ? ` on ${formatDateTime(tenant.suspended_at)}` : ''}`}>
            {tenant.suspended_reason}
          </Alert>
        )}
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          <StatCard label="Calls now" value={formatCount(tenant.calls_in_progress)} />
          <StatCard label="Agents" value={formatCount(tenant.agents)} />
          <StatCard label="Numbers" value={formatCount(tenant.phone_numbers)} />
          <StatCard label="Members" value={formatCount(tenant.members)} />
        </div>
        <Ceilings tenantId={tenant.id} />
        <Card>
          <CardHeader title="About" />
          <CardContent>
            <Facts>
              <Fact label="Tenant ID" copy={tenant.id} />
              <Fact label="Created">{formatDateTime(tenant.created_at)}</Fact>
            </Facts>
          </CardContent>
        </Card>
      </div>
      <SuspendDialog tenant={tenant} open={asked === 'suspend'} onOpenChange={(open) => setAsked(open ? 'suspend' : undefined)} />
      <ConfirmDialog
        open={asked === 'reactivate'}
        onOpenChange={(open) => setAsked(open ? 'reactivate' : undefined)}
        destructive={false}
        title={`Let ${tenant.name} in again?`}
        confirm={tenant.status === 'deleting' ? 'Take deletion back' : 'Reactivate'}
        onConfirm={async () => {
          await reactivate.mutateAsync(undefined)
          toast.done('The tenant is active')
          setAsked(undefined)
        }}
      >
        Its keys work again, its people sign in, and its agents answer.
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'delete'}
        onOpenChange={(open) => setAsked(open ? 'delete' : undefined)}
        title={`Delete ${tenant.name}?`}
        typed={tenant.name}
        confirm="Delete tenant"
        onConfirm={async () => {
          await remove.mutateAsync(undefined)
          toast.done('The tenant is being deleted')
        }}
      >
        It is suspended at once. After the time of grace everything goes for good: agents, numbers, calls, recordings, keys, and accounts of people who belong to no other tenant. Until then it can be taken back here.
      </ConfirmDialog>
    </>
  )
}
