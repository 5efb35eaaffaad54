import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Meter } from '@/components/ui/progress'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { toast } from '@/components/ui/toast'
import { UnitInput } from '@/components/ui/unit-input'
import { showProblem } from '@/lib/form'
import { formatCount, formatMoney } from '@/lib/format'
import { type Limits, limitsQuery, useSetCeilings } from '../api/operator'
import { CEILINGS, type CeilingFields, ceilingChange, ceilingSchema } from '../api/words'

/** What a tenant may use at most, and what it has used. */
export function Ceilings({ tenantId }: { tenantId: string }) {
  const { data, error, refetch } = useQuery(limitsQuery(tenantId))
  return (
    <Card>
      <CardHeader title="Limits" description="The tenant’s own limits stay as they are; the lower one holds. What goes on may come to its end." />
      <CardContent>{data ? <Editor tenantId={tenantId} limits={data} /> : error ? <ErrorState error={error} retry={() => void refetch()} /> : <Skeleton className="h-64" />}</CardContent>
    </Card>
  )
}

const text = (value: number | null | undefined) => (value == null ? '' : String(value))

function Editor({ tenantId, limits }: { tenantId: string; limits: Limits }) {
  const set = useSetCeilings(tenantId)
  const values: CeilingFields = {
    concurrent_calls: text(limits.concurrent_calls.ceiling),
    minutes_per_month: text(limits.minutes_per_month.ceiling),
    spend_per_day_usd: text(limits.spend_per_day_usd.ceiling),
    requests_per_second: text(limits.requests_per_second.ceiling),
  }
  const form = useForm<CeilingFields>({ resolver: zodResolver(ceilingSchema), values, resetOptions: { keepDirtyValues: true } })
  const { dirtyFields, isDirty } = form.formState
  const submit = async (fields: CeilingFields) => {
    try {
      const saved = await set.mutateAsync(ceilingChange(fields, dirtyFields))
      form.reset({
        concurrent_calls: text(saved.concurrent_calls.ceiling),
        minutes_per_month: text(saved.minutes_per_month.ceiling),
        spend_per_day_usd: text(saved.spend_per_day_usd.ceiling),
        requests_per_second: text(saved.requests_per_second.ceiling),
      })
      toast.done('Saved')
    } catch (error) {
      showProblem(form, error)
    }
  }
  return (
    <Form form={form} onSubmit={submit}>
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        {CEILINGS.map(({ field: name, label, unit }) => (
          <div key={name} className="space-y-2">
            <FormField form={form} name={name} label={label}>
              {(field) => <UnitInput unit={unit} placeholder="Unlimited" {...field} />}
            </FormField>
            <Used limits={limits} field={name} label={label} />
          </div>
        ))}
      </div>
      <p className="text-sm text-muted-foreground">Emptied: this installation’s limit. 0: unlimited.</p>
      <SubmitButton disabled={!isDirty}>Save</SubmitButton>
    </Form>
  )
}

function Used({ limits, field, label }: { limits: Limits; field: keyof CeilingFields; label: string }) {
  const { used, limit, own } = limits[field]
  const shown = field === 'spend_per_day_usd' ? formatMoney : formatCount
  if (used == null && own == null) return null
  return (
    <div className="space-y-1">
      {used != null && limit != null && <Meter value={used} max={limit} label={`${label}: used`} />}
      <p className="text-sm text-muted-foreground">
        {used != null && `${shown(used)} used${limit == null ? '' : ` of ${shown(limit)}`}`}
        {own != null && `${used == null ? '' : '; '}its own limit is ${shown(own)}`}
      </p>
    </div>
  )
}
