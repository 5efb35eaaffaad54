import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { Meter } from '@/components/ui/progress'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { useCan, useIsOperator, useMe } from '@/lib/session'
import { type Limits, limitsQuery } from '../api/queries'
import { LIMITS, type LimitKind } from '../limits'
import { LimitForm } from './limit-form'

/** What may be used at most, and what is. */
export function LimitsCard() {
  const { data, error, refetch } = useQuery(limitsQuery)
  const [open, setOpen] = useState<'own' | 'ceiling'>()
  const isOperator = useIsOperator()
  const mayLower = useCan('admin')
  const { tenant } = useMe()
  const actions = data && (
    <>
      {isOperator && (
        <Button size="sm" onClick={() => setOpen('ceiling')}>
          Ceilings
        </Button>
      )}
      {mayLower && (
        <Button size="sm" onClick={() => setOpen('own')}>
          Set limits
        </Button>
      )}
    </>
  )
  return (
    <Card aria-label="Limits">
      <CardHeader title="Limits" description="The server’s operator sets the ceilings. Admins can set less." actions={actions} />
      <CardContent>
        {data ? (
          <ul className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
            {LIMITS.map((kind) => (
              <Limit key={kind.key} kind={kind} limits={data} />
            ))}
          </ul>
        ) : error ? (
          <ErrorState error={error} retry={() => void refetch()} className="py-6" />
        ) : (
          <Skeleton className="h-32" />
        )}
      </CardContent>
      <Dialog open={open !== undefined} onOpenChange={() => setOpen(undefined)}>
        {data && open === 'own' && (
          <DialogContent title="Set limits" description="Less than the operator allows. Left empty, the ceiling holds.">
            <LimitForm limits={data} side="own" close={() => setOpen(undefined)} />
          </DialogContent>
        )}
        {data && open === 'ceiling' && (
          <DialogContent title={`Ceilings of ${tenant.name}`} description="You see this because you run this server. Left empty, the installation’s own holds; 0 is unlimited.">
            <LimitForm limits={data} side="ceiling" tenant={tenant.id} close={() => setOpen(undefined)} />
          </DialogContent>
        )}
      </Dialog>
    </Card>
  )
}

function Limit({ kind: { key, label, meaning, format }, limits }: { kind: LimitKind; limits: Limits }) {
  const { limit, used, own, ceiling } = limits[key]
  const most = typeof limit === 'number' ? format(limit) : undefined
  return (
    <li className="space-y-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <span className="font-medium">{label}</span>
        <span className="tabular-nums">
          {typeof used === 'number' ? (
            <>
              {format(used)} <span className="text-muted-foreground">{most === undefined ? 'of unlimited' : `of ${most}`}</span>
            </>
          ) : (
            <span className="text-muted-foreground">{most ?? 'Unlimited'}</span>
          )}
        </span>
      </div>
      {typeof used === 'number' && typeof limit === 'number' && <Meter label={label} value={used} max={limit} />}
      <p className="text-sm text-muted-foreground">
        {meaning}
        {typeof own === 'number' && typeof ceiling === 'number' && ` Set by an admin; the ceiling is ${format(ceiling)}.`}
      </p>
    </li>
  )
}
