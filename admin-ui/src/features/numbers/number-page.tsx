import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { NumberProblem, NumberSetup } from '@/components/register-number'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { CopyButton } from '@/components/ui/copy-button'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { toast } from '@/components/ui/toast'
import { formatPhone } from '@/lib/format'
import { useCan } from '@/lib/session'
import { type PhoneNumber, numberQuery, useRemoveNumber, useTestNumber } from './api/queries'
import { Drift } from './components/drift'
import { NumberSettings } from './components/settings'
import { STATES, StateBadge } from './components/state'
import { TestReport } from './components/test-report'
import { TokenForm } from './components/token-form'

const BACK = { to: '/numbers', label: 'Phone numbers' }

export function NumberPage({ numberId }: { numberId: string }) {
  const { data, error, refetch } = useQuery(numberQuery(numberId))
  if (data) return <Shown number={data} />
  if (error) {
    return (
      <>
        <PageHeader title="Phone number" back={BACK} />
        <Card>
          <ErrorState error={error} retry={() => void refetch()} />
        </Card>
      </>
    )
  }
  return (
    <>
      <PageHeader title="Phone number" back={BACK} />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Skeleton className="h-[36rem]" />
        <Skeleton className="h-96" />
      </div>
    </>
  )
}

function Shown({ number }: { number: PhoneNumber }) {
  const mayManage = useCan('manage')
  const [removing, setRemoving] = useState(false)
  const test = useTestNumber(number.id)
  const name = formatPhone(number.phone_number)
  const { advice, tone } = STATES[number.twilio.state]
  const wasAsked = number.number_sid != null
  return (
    <>
      <PageHeader
        title={number.label ?? name}
        aside={<StateBadge state={number.twilio.state} />}
        description={number.label ? name : undefined}
        back={BACK}
        actions={
          mayManage && (
            <>
              <Button onClick={() => setRemoving(true)}>Remove</Button>
              <Button variant="primary" pending={test.isPending} onClick={() => test.mutate()}>
                Test number
              </Button>
            </>
          )
        }
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0 space-y-6">
          {advice && wasAsked && (
            <Alert tone={tone === 'destructive' ? 'destructive' : tone === 'warning' ? 'warning' : 'info'} title={STATES[number.twilio.state].label}>
              {advice}
            </Alert>
          )}
          {test.error && <NumberProblem error={test.error} />}
          {test.data && <TestReport report={test.data} />}
          {number.twilio.drift.length > 0 && <Drift drift={number.twilio.drift} />}
          <Card>
            <CardHeader title="Set-up at Twilio" description="Where Twilio sends the number’s calls." />
            <CardContent>
              <NumberSetup number={number} />
            </CardContent>
          </Card>
        </div>
        <div className="min-w-0 space-y-6">
          <NumberSettings number={number} />
          <Facts number={number} />
          {wasAsked && mayManage && <TokenForm number={number} />}
        </div>
      </div>
      <Removal number={number} open={removing} onOpenChange={setRemoving} />
    </>
  )
}

function Facts({ number }: { number: PhoneNumber }) {
  return (
    <Card>
      <CardHeader title="Twilio account" />
      <CardContent>
        <dl className="space-y-3 text-sm">
          <Fact label="Number" value={number.phone_number} mono />
          <Fact label="Account SID" value={number.account_sid} mono />
          {number.number_sid && <Fact label="Number SID" value={number.number_sid} mono />}
          {number.auth_token_last4 && <Fact label="Auth Token" value={`•••• ${number.auth_token_last4}`} />}
          {number.country && <Fact label="Country" value={new Intl.DisplayNames('en', { type: 'region' }).of(number.country) ?? number.country} />}
          <div>
            <dt className="text-muted-foreground">Checked at Twilio</dt>
            <dd>{number.twilio.checked_at ? <Time at={number.twilio.checked_at} /> : 'Never'}</dd>
          </div>
          <div>
            <dt className="text-muted-foreground">Registered</dt>
            <dd>
              <Time at={number.created_at} />
            </dd>
          </div>
        </dl>
      </CardContent>
    </Card>
  )
}

function Fact({ label, value, mono }: { label: string; value: string; mono?: boolean }) {
  return (
    <div>
      <dt className="text-muted-foreground">{label}</dt>
      <dd className="flex items-center justify-between gap-2">
        <span className={mono ? 'min-w-0 truncate font-mono text-xs' : undefined} title={mono ? value : undefined}>
          {value}
        </span>
        {mono && <CopyButton text={value} label={`Copy ${label}`} />}
      </dd>
    </div>
  )
}

function Removal({ number, open, onOpenChange }: { number: PhoneNumber; open: boolean; onOpenChange: (open: boolean) => void }) {
  const router = useRouter()
  const remove = useRemoveNumber(number.id)
  const confirm = async () => {
    await remove.mutateAsync()
    toast.done('Number removed')
    await router.navigate({ to: '/numbers' })
  }
  return (
    <ConfirmDialog open={open} onOpenChange={onOpenChange} title={`Remove ${formatPhone(number.phone_number)}?`} confirm="Remove number" onConfirm={confirm}>
      It answers no new call. Live calls go on and past calls stay. What is entered at Twilio stays there: change it in Twilio’s console, or callers hear an error.
    </ConfirmDialog>
  )
}
