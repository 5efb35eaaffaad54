import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { Fact, Facts } from '@/components/ui/facts'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { SettingRow } from '@/components/ui/setting-row'
import { toast } from '@/components/ui/toast'
import type { Schema } from '@/lib/api'
import { showProblem } from '@/lib/form'
import { formatDate } from '@/lib/format'
import { useCan } from '@/lib/session'
import { useChangeTenant } from '../api/settings'

const schema = z.object({ name: z.string().trim().min(1, 'Enter a name').max(200, 'Use at most 200 characters'), redact_transcripts: z.boolean() })

/** The tenant's name, and whether transcripts are redacted. */
export function General({ tenant }: { tenant: Schema<'Tenant'> }) {
  const mayOwn = useCan('own')
  const change = useChangeTenant()
  const values = { name: tenant.name, redact_transcripts: tenant.redact_transcripts }
  const form = useForm<z.infer<typeof schema>>({ resolver: zodResolver(schema), values, resetOptions: { keepDirtyValues: true } })
  const submit = async (wanted: z.infer<typeof schema>) => {
    try {
      const saved = await change.mutateAsync(wanted)
      form.reset({ name: saved.name, redact_transcripts: saved.redact_transcripts })
      toast.done('Saved')
    } catch (error) {
      showProblem(form, error)
    }
  }
  return (
    <Card>
      <CardHeader title="Organisation" description={mayOwn ? undefined : 'Only owners change this.'} />
      <CardContent className="space-y-5">
        <Form form={form} onSubmit={submit}>
          <FormField form={form} name="name" label="Name" description="People see it at the top of every page, and in invitations and their mails." className="max-w-md">
            {(field) => <Input autoComplete="organization" readOnly={!mayOwn} {...field} />}
          </FormField>
          <SettingRow
            form={form}
            name="redact_transcripts"
            label="Redact transcripts"
            description="Card numbers, e-mail addresses and telephone numbers are taken out of what was said once a conversation has ended. Holds for what ends from now on; recordings keep the sound."
            disabled={!mayOwn}
          />
          {mayOwn && <SubmitButton disabled={!form.formState.isDirty}>Save</SubmitButton>}
        </Form>
        <Facts className="border-t pt-4">
          <Fact label="Tenant ID" copy={tenant.id} />
          <Fact label="Created">{formatDate(tenant.created_at)}</Fact>
        </Facts>
      </CardContent>
    </Card>
  )
}
