import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { PhoneCall } from 'lucide-react'
import { useState } from 'react'
import { Badge, type BadgeTone } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, CardHeader } from '@/components/ui/card'
import { Dialog } from '@/components/ui/dialog'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import type { Schema } from '@/lib/api'
import { useCan } from '@/lib/session'
import { formatPhone } from '@/lib/format'
import { numbersQuery } from '../api/queries'
import { TestReport } from './test-report'

export function Numbers() {
  const { data, error, refetch } = useQuery(numbersQuery)
  const [tested, setTested] = useState<Schema<'PhoneNumber'>>()
  return (
    <Card>
      <CardHeader
        title="Numbers"
        description="Test one to hear whether its calls would come through."
        actions={
          <Button asChild size="sm">
            <Link to="/numbers">All numbers</Link>
          </Button>
        }
      />
      <div className="border-t">
        {data ? (
          data.length > 0 ? (
            <ul>
              {data.map((number) => (
                <Row key={number.id} number={number} onTest={() => setTested(number)} />
              ))}
            </ul>
          ) : (
            <First />
          )
        ) : error ? (
          <ErrorState error={error} retry={() => void refetch()} />
        ) : (
          <div className="space-y-6 px-5 py-4">
            <Skeleton className="h-8" />
            <Skeleton className="h-8" />
          </div>
        )}
      </div>
      <Dialog open={tested !== undefined} onOpenChange={(open) => !open && setTested(undefined)}>
        {tested && <TestReport number={tested} />}
      </Dialog>
    </Card>
  )
}

const STATES: Record<Schema<'State'>, { label: string; tone: BadgeTone }> = {
  not_checked: { label: 'Not checked', tone: 'neutral' },
  as_configured: { label: 'Comes through', tone: 'success' },
  drifted: { label: 'Changed at Twilio', tone: 'warning' },
  wrong_credentials: { label: 'Wrong credentials', tone: 'destructive' },
  account_suspended: { label: 'Account suspended', tone: 'destructive' },
  account_closed: { label: 'Account closed', tone: 'destructive' },
  number_gone: { label: 'Not in the account', tone: 'destructive' },
}

function Row({ number, onTest }: { number: Schema<'PhoneNumber'>; onTest: () => void }) {
  const mayTest = useCan('manage')
  const { label, tone } = STATES[number.twilio.state]
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b px-5 py-3 last:border-b-0">
      <div className="min-w-40 flex-1">
        <Link to="/numbers/$numberId" params={{ numberId: number.id }} className="font-medium tabular-nums hover:underline">
          {formatPhone(number.phone_number)}
        </Link>
        <p className="truncate text-sm text-muted-foreground">
          {number.label}
          {number.twilio.checked_at && (
            <>
              {number.label ? ' · checked ' : 'Checked '}
              <Time at={number.twilio.checked_at} />
            </>
          )}
        </p>
      </div>
      <Badge tone={tone}>{label}</Badge>
      <Button size="sm" disabled={!mayTest} title={mayTest ? undefined : 'Your role may not test numbers'} aria-label={`Test ${formatPhone(number.phone_number)}`} onClick={onTest}>
        Test
      </Button>
    </li>
  )
}

/** What to do for the first number. */
function First() {
  const mayManage = useCan('manage')
  const steps = [
    'Have a number at Twilio: Phone Numbers → Manage → Buy a number. A trial account has one.',
    'Copy the Account SID and the Auth Token from the dashboard of Twilio’s console.',
    'Register the number here with both. They are verified with Twilio; the token is sealed and never shown again.',
    'Let the server set the number’s webhooks, or copy them to Twilio’s console yourself.',
    'Test it, and call it.',
  ]
  return (
    <div className="px-5 py-4">
      <p className="flex items-center gap-2 font-medium">
        <PhoneCall className="size-4 text-muted-foreground" aria-hidden />
        Your first number
      </p>
      <ol className="mt-2 list-decimal space-y-1 pl-5 text-sm text-muted-foreground">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {mayManage && (
        <Button asChild variant="primary" className="mt-4">
          <Link to="/numbers">Register a number</Link>
        </Button>
      )}
    </div>
  )
}
