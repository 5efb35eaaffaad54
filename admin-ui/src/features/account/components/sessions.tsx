import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { toast } from '@/components/ui/toast'
import { useMe } from '@/lib/session'
import { type Session, sessionsQuery, useEndSessions } from '../api/account'
import { deviceName } from '../api/device'

/** Where one is signed in. */
export function Sessions() {
  const { tenants } = useMe()
  const { data, error, refetch } = useQuery(sessionsQuery)
  const [ending, setEnding] = useState<readonly Session[]>()
  const end = useEndSessions()
  const others = data?.items.filter(({ is_current }) => !is_current) ?? []
  return (
    <Card>
      <CardHeader
        title="Where you are signed in"
        actions={
          others.length > 0 && (
            <Button size="sm" onClick={() => setEnding(others)}>
              Sign out everywhere else
            </Button>
          )
        }
      />
      {data ? (
        <ul className="divide-y border-t">
          {data.items.map((session) => (
            <li key={session.id} className="flex items-center justify-between gap-4 px-5 py-3">
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-2 font-medium">
                  <span title={session.user_agent ?? undefined}>{deviceName(session.user_agent)}</span>
                  {session.is_current && <Badge tone="success">This one</Badge>}
                </p>
                <p className="text-sm text-muted-foreground">
                  {[session.address, tenants.find(({ id }) => id === session.tenant_id)?.name].filter(Boolean).join(' · ')} · used <Time at={session.last_used_at} />, signed in <Time at={session.created_at} />
                </p>
              </div>
              {!session.is_current && (
                <Button size="sm" aria-label={`Sign out ${deviceName(session.user_agent)}`} onClick={() => setEnding([session])}>
                  Sign out
                </Button>
              )}
            </li>
          ))}
        </ul>
      ) : error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <CardContent>
          <Skeleton className="h-12" />
        </CardContent>
      )}
      <ConfirmDialog
        open={ending !== undefined}
        onOpenChange={(open) => !open && setEnding(undefined)}
        title={ending?.length === 1 ? 'Sign this device out?' : 'Sign out everywhere else?'}
        confirm="Sign out"
        onConfirm={async () => {
          await end.mutateAsync(ending ?? [])
          toast.done('Signed out')
        }}
      >
        {ending?.length === 1 ? 'Whoever uses it has to sign in again.' : 'All other devices and programs have to sign in again. This one stays.'}
      </ConfirmDialog>
    </Card>
  )
}
