import { zodResolver } from '@hookform/resolvers/zod'
import { type ComponentProps, useState } from 'react'
import { useForm } from 'react-hook-form'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { toast } from '@/components/ui/toast'
import { UnitInput } from '@/components/ui/unit-input'
import type { Schema } from '@/lib/api'
import { showProblem } from '@/lib/form'
import { formatCount, formatDateTime } from '@/lib/format'
import { useCan } from '@/lib/session'
import { type Fields, KINDS, daysShown, removals, schema, toDays, toFields } from '../api/retention'
import { type Days, usePreviewRetention, useSetRetention } from '../api/settings'

/** For how long things are kept; what would go is shown before it is saved. */
export function Retention({ settings }: { settings: Schema<'RetentionSettings'> }) {
  const mayAdmin = useCan('admin')
  const set = useSetRetention()
  const preview = usePreviewRetention()
  const [asked, setAsked] = useState<{ days: Days; counts: Schema<'RetentionCounts'> }>()
  const form = useForm<Fields>({ resolver: zodResolver(schema), values: toFields(settings.own), resetOptions: { keepDirtyValues: true } })
  const save = async (days: Days) => {
    const saved = await set.mutateAsync(days)
    form.reset(toFields(saved.own))
    toast.done('Saved')
  }
  const submit = async (fields: Fields) => {
    const days = toDays(fields)
    try {
      const counts = await preview.mutateAsync(days)
      // What removes something is asked about first.
      if (removals(counts).length > 0) setAsked({ days, counts })
      else await save(days)
    } catch (error) {
      showProblem(form, error)
    }
  }
  const look = form.handleSubmit(async (fields) => {
    try {
      await preview.mutateAsync(toDays(fields))
    } catch (error) {
      showProblem(form, error)
    }
  })
  return (
    <Card>
      <CardHeader title="Retention" description={`Once a night, what is older is removed for good.${mayAdmin ? '' : ' Only admins and owners change this.'}`} />
      <CardContent className="space-y-4">
        <Form form={form} onSubmit={submit} onChange={() => preview.reset()}>
          <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
            {KINDS.map(({ field: name, label, description }) => (
              <FormField key={name} form={form} name={name} label={label} description={`${description} Now: ${daysShown(settings.effective[name])}.`}>
                {(field) => <DaysInput placeholder={daysShown(settings.defaults[name])} readOnly={!mayAdmin} {...field} />}
              </FormField>
            ))}
          </div>
          <p className="text-sm text-muted-foreground">An empty field leaves it to this installation: the grey value.</p>
          {preview.data && !asked && <Preview counts={preview.data} />}
          {mayAdmin && (
            <div className="flex flex-wrap gap-2">
              <SubmitButton disabled={!form.formState.isDirty}>Save</SubmitButton>
              <Button pending={preview.isPending && !form.formState.isSubmitting} onClick={() => void look()}>
                Show what would go today
              </Button>
            </div>
          )}
        </Form>
        {settings.last_run && (
          <p className="border-t pt-3 text-sm text-muted-foreground">
            Last removed on {formatDateTime(settings.last_run.at)}: {removals(settings.last_run.removed).map(({ label, count }) => `${label.toLowerCase()} ${formatCount(count)}`).join(', ') || 'nothing was due'}.
          </p>
        )}
      </CardContent>
      <ConfirmDialog open={asked !== undefined} onOpenChange={(open) => !open && setAsked(undefined)} title="Remove what is older?" confirm="Save and remove" onConfirm={async () => asked && save(asked.days)}>
        With these days, the next run removes for good:
        {asked && <Removals counts={asked.counts} />}
      </ConfirmDialog>
    </Card>
  )
}

/** The field's `id` and `aria-*` go to the input. */
function DaysInput(props: ComponentProps<'input'>) {
  return <UnitInput unit="days" inputMode="numeric" {...props} />
}

function Preview({ counts }: { counts: Schema<'RetentionCounts'> }) {
  if (removals(counts).length === 0) return <Alert tone="success">With these days, nothing would be removed today.</Alert>
  return (
    <Alert tone="warning" title="With these days, the next run removes for good">
      <Removals counts={counts} />
    </Alert>
  )
}

function Removals({ counts }: { counts: Schema<'RetentionCounts'> }) {
  return (
    <ul className="mt-1 list-disc pl-5">
      {removals(counts).map(({ label, count }) => (
        <li key={label}>
          {label}: {formatCount(count)}
        </li>
      ))}
    </ul>
  )
}
