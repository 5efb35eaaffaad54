import { useForm } from 'react-hook-form'
import { Button } from '@/components/ui/button'
import { DialogFooter } from '@/components/ui/dialog'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast'
import { showProblem } from '@/lib/form'
import { type LimitValues, type Limits, useChangeLimits } from '../api/queries'
import { LIMITS, parseLimit } from '../limits'

interface LimitFormProps {
  limits: Limits
  side: 'own' | 'ceiling'
  /** Whose ceilings they are. */
  tenant?: string
  close: () => void
}

type Texts = Record<keyof LimitValues, string>

export function LimitForm({ limits, side, tenant, close }: LimitFormProps) {
  const isOwn = side === 'own'
  const written = (key: keyof Limits) => String(limits[key][side] ?? '')
  const form = useForm<Texts>({
    defaultValues: { concurrent_calls: written('concurrent_calls'), minutes_per_month: written('minutes_per_month'), spend_per_day_usd: written('spend_per_day_usd'), requests_per_second: written('requests_per_second') },
  })
  const change = useChangeLimits(tenant)
  const submit = async (texts: Texts) => {
    // What was not touched stays as it is: a ceiling may be the installation's.
    const dirty = form.formState.dirtyFields
    const values = Object.fromEntries(LIMITS.filter(({ key }) => dirty[key]).map((kind) => [kind.key, parseLimit(texts[kind.key], kind, least(kind.isMoney))]))
    try {
      await change.mutateAsync(values as unknown as LimitValues)
      toast.done('Limits saved')
      close()
    } catch (error) {
      showProblem(form, error)
    }
  }
  const least = (isMoney: boolean | undefined) => (isOwn ? (isMoney ? 0.000001 : 1) : 0)
  return (
    <Form form={form} onSubmit={submit}>
      {LIMITS.map((kind) => {
        const { ceiling } = limits[kind.key]
        const fault = kind.isMoney ? 'Must be an amount in US dollars' : isOwn ? 'Must be a whole number, at least 1' : 'Must be a whole number'
        return (
          <FormField
            key={kind.key}
            form={form}
            name={kind.key}
            label={kind.isMoney ? `${kind.label}, US dollars` : kind.label}
            description={isOwn ? (typeof ceiling === 'number' ? `At most ${kind.format(ceiling)}` : 'The ceiling is unlimited') : undefined}
            rules={{ validate: (text) => parseLimit(text, kind, least(kind.isMoney)) !== undefined || fault }}
          >
            {(field) => <Input inputMode={kind.isMoney ? 'decimal' : 'numeric'} placeholder={isOwn ? 'As the ceiling' : 'As the installation'} autoComplete="off" {...field} />}
          </FormField>
        )
      })}
      <DialogFooter>
        <Button onClick={close}>Cancel</Button>
        <SubmitButton>Save</SubmitButton>
      </DialogFooter>
    </Form>
  )
}
