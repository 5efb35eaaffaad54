import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { KeyRound, Pause, Pencil, Play, RotateCcw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Alert } from '@/components/ui/alert'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { DropdownMenuItem, DropdownMenuSeparator } from '@/components/ui/dropdown-menu'
import { PageHeader } from '@/components/ui/page-header'
import { RowMenu } from '@/components/ui/row-menu'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { toast } from '@/components/ui/toast'
import { formatDateTime } from '@/lib/format'
import { useCan } from '@/lib/session'
import { type Endpoint, endpointQuery, useChangeEndpoint, useDeleteEndpoint, useDisableEndpoint, useEnableEndpoint, useRotateSecret, useTestEndpoint } from './api/webhooks'
import { disabledReason } from './api/words'
import { Deliveries } from './components/deliveries'
import { EndpointBadge } from './components/endpoint-badge'
import { EndpointForm } from './components/endpoint-form'
import { ReplayDialog } from './components/replay-dialog'
import { SecretDialog } from './components/secret-dialog'
import { TrialReport } from './components/trial-report'

const BACK = { to: '/webhooks', label: 'Webhooks' }

export function WebhookPage({ webhookId }: { webhookId: string }) {
  const { data, error, refetch } = useQuery(endpointQuery(webhookId))
  if (data) return <Shown endpoint={data} />
  return (
    <>
      <PageHeader title="Endpoint" back={BACK} />
      {error ? (
        <Card>
          <ErrorState error={error} retry={() => void refetch()} />
        </Card>
      ) : (
        <div className="space-y-6">
          <Skeleton className="h-40" />
          <Skeleton className="h-64" />
        </div>
      )}
    </>
  )
}

type Asked = 'edit' | 'rotate' | 'disable' | 'delete' | 'replay'

function Shown({ endpoint }: { endpoint: Endpoint }) {
  const mayManage = useCan('manage')
  const router = useRouter()
  const [asked, setAsked] = useState<Asked>()
  const [secret, setSecret] = useState<string>()
  const change = useChangeEndpoint(endpoint.id)
  const test = useTestEndpoint(endpoint.id)
  const enable = useEnableEndpoint(endpoint.id)
  const disable = useDisableEndpoint(endpoint.id)
  const rotate = useRotateSecret(endpoint.id)
  const remove = useDeleteEndpoint(endpoint.id)
  const dialog = (which: Asked) => ({ open: asked === which, onOpenChange: (open: boolean) => setAsked(open ? which : undefined) })
  const goOn = () => enable.mutate(undefined, { onSuccess: () => toast.done('Endpoint enabled'), onError: toast.error })
  return (
    <>
      <PageHeader
        title={endpoint.description ?? hostOf(endpoint.url)}
        aside={<EndpointBadge endpoint={endpoint} />}
        description={<span className="font-mono text-xs break-all">{endpoint.url}</span>}
        back={BACK}
        actions={
          mayManage && (
            <>
              <Button pending={test.isPending} onClick={() => test.mutate(undefined, { onError: toast.error })}>
                Send test message
              </Button>
              <RowMenu label="More actions">
                <DropdownMenuItem onSelect={() => setAsked('edit')}>
                  <Pencil aria-hidden />
                  Edit…
                </DropdownMenuItem>
                <DropdownMenuItem onSelect={() => setAsked('rotate')}>
                  <KeyRound aria-hidden />
                  Change secret…
                </DropdownMenuItem>
                {endpoint.is_enabled ? (
                  <>
                    <DropdownMenuItem onSelect={() => setAsked('replay')}>
                      <RotateCcw aria-hidden />
                      Replay deliveries…
                    </DropdownMenuItem>
                    <DropdownMenuItem onSelect={() => setAsked('disable')}>
                      <Pause aria-hidden />
                      Disable…
                    </DropdownMenuItem>
                  </>
                ) : (
                  <DropdownMenuItem onSelect={goOn}>
                    <Play aria-hidden />
                    Enable
                  </DropdownMenuItem>
                )}
                <DropdownMenuSeparator />
                <DropdownMenuItem destructive onSelect={() => setAsked('delete')}>
                  <Trash2 aria-hidden />
                  Delete…
                </DropdownMenuItem>
              </RowMenu>
            </>
          )
        }
      />
      <div className="space-y-6">
        <Notices endpoint={endpoint} enable={mayManage ? goOn : undefined} isEnabling={enable.isPending} />
        {test.data && <TrialReport trial={test.data} />}
        <Card>
          <CardHeader title="Subscribed to" actions={mayManage && <Button size="sm" onClick={() => setAsked('edit')}>Edit</Button>} />
          <CardContent className="flex flex-wrap gap-1.5">
            {endpoint.event_types.includes('*') ? (
              <Badge tone="primary">All events, those of later versions too</Badge>
            ) : (
              endpoint.event_types.map((type) => (
                <Badge key={type} tone="outline" className="font-mono">
                  {type}
                </Badge>
              ))
            )}
          </CardContent>
        </Card>
        <section aria-labelledby="deliveries">
          <h2 id="deliveries" className="mb-3 text-base font-semibold">
            Deliveries
          </h2>
          <Deliveries endpointId={endpoint.id} />
        </section>
      </div>

      <Dialog {...dialog('edit')}>
        <DialogContent title="Edit endpoint" description="What waits to be delivered goes to the new address.">
          <EndpointForm
            endpoint={endpoint}
            confirm="Save"
            submit={async (wanted) => {
              await change.mutateAsync(wanted)
              setAsked(undefined)
              toast.done('Saved')
            }}
          />
        </DialogContent>
      </Dialog>
      <ReplayDialog endpointId={endpoint.id} {...dialog('replay')} />
      <ConfirmDialog {...dialog('rotate')} destructive={false} title="Change the secret?" confirm="Change secret" onConfirm={async () => setSecret((await rotate.mutateAsync(undefined)).secret)}>
        For 24 hours messages carry two signatures, one by the old secret and one by the new. Take the new one into your program in that time.
      </ConfirmDialog>
      <ConfirmDialog
        {...dialog('disable')}
        title="Disable this endpoint?"
        confirm="Disable"
        onConfirm={async () => {
          await disable.mutateAsync(undefined)
          toast.done('Endpoint disabled')
        }}
      >
        It is told nothing from now on. What waits to be delivered is given up; when it is enabled again you can replay that.
      </ConfirmDialog>
      <ConfirmDialog
        {...dialog('delete')}
        title="Delete this endpoint?"
        confirm="Delete endpoint"
        onConfirm={async () => {
          await remove.mutateAsync()
          toast.done('Endpoint deleted')
          await router.navigate({ to: '/webhooks' })
        }}
      >
        Its log of deliveries goes with it. This cannot be undone.
      </ConfirmDialog>
      <SecretDialog
        title="The new secret"
        secret={secret}
        note="For 24 hours messages are signed by both: your program may go over to the new one at any moment in that time."
        onClose={() => setSecret(undefined)}
      />
    </>
  )
}

function Notices({ endpoint, enable, isEnabling }: { endpoint: Endpoint; enable: (() => void) | undefined; isEnabling: boolean }) {
  return (
    <>
      {!endpoint.is_enabled && (
        <Alert tone="warning" title="This endpoint is disabled">
          <p>
            {disabledReason(endpoint.disabled_reason)} {endpoint.disabled_at && <>({formatDateTime(endpoint.disabled_at)})</>}
          </p>
          {enable && (
            <Button size="sm" className="mt-2 text-foreground" pending={isEnabling} onClick={enable}>
              Enable
            </Button>
          )}
        </Alert>
      )}
      {endpoint.is_enabled && endpoint.failing_since && (
        <Alert tone="destructive" title="It takes nothing">
          Since {formatDateTime(endpoint.failing_since)}. After five days it is disabled; look at the answers of its deliveries below.
        </Alert>
      )}
      {endpoint.previous_secret_until && new Date(endpoint.previous_secret_until) > new Date() && (
        <Alert tone="info" title="The secret was changed">
          Messages are signed by the old one too until {formatDateTime(endpoint.previous_secret_until)} (<Time at={endpoint.previous_secret_until} />).
        </Alert>
      )}
    </>
  )
}

function hostOf(url: string): string {
  try {
    return new URL(url).host
  } catch {
    return url
  }
}
