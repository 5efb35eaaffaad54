import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery } from '@tanstack/react-query'
import { useForm, useWatch } from 'react-hook-form'
import { z } from 'zod'
import { Button } from '@/components/ui/button'
import { CheckboxList } from '@/components/ui/checkbox-list'
import { DialogClose, DialogFooter } from '@/components/ui/dialog'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { SettingRow } from '@/components/ui/setting-row'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { showProblem } from '@/lib/form'
import { type Endpoint, eventTypesQuery } from '../api/webhooks'

const schema = z
  .object({
    url: z.url({ protocol: /^https?$/, error: 'Enter an address that begins with https://' }).max(2000, 'Use at most 2,000 characters'),
    description: z.string().trim().max(200, 'Use at most 200 characters'),
    all: z.boolean(),
    event_types: z.array(z.string()),
  })
  .refine(({ all, event_types }) => all || event_types.length > 0, { path: ['event_types'], message: 'Choose at least one type' })

export interface Wanted {
  url: string
  description: string | null
  event_types: string[]
}

/** Of a new endpoint, or of `endpoint`. */
export function EndpointForm({ endpoint, submit, confirm }: { endpoint?: Endpoint; submit: (wanted: Wanted) => Promise<unknown>; confirm: string }) {
  const types = useQuery(eventTypesQuery)
  const all = endpoint?.event_types.includes('*') ?? false
  const form = useForm<z.infer<typeof schema>>({
    resolver: zodResolver(schema),
    defaultValues: { url: endpoint?.url ?? '', description: endpoint?.description ?? '', all, event_types: all ? [] : (endpoint?.event_types ?? []) },
  })
  const takesAll = useWatch({ control: form.control, name: 'all' })
  const save = async ({ url, description, all, event_types }: z.infer<typeof schema>) => {
    try {
      await submit({ url, description: description || null, event_types: all ? ['*'] : event_types })
    } catch (error) {
      showProblem(form, error)
    }
  }
  return (
    <Form form={form} onSubmit={save}>
      <FormField form={form} name="url" label="Address" description="https://, and reachable from the internet.">
        {(field) => <Input type="url" autoComplete="off" placeholder="https://hooks.example.com/switchboard" {...field} />}
      </FormField>
      <FormField form={form} name="description" label="Description">
        {(field) => <Input autoComplete="off" placeholder="CRM of the sales team" {...field} />}
      </FormField>
      <SettingRow form={form} name="all" label="All events" description="Types of later versions, too." />
      {!takesAll &&
        (types.error ? (
          <ErrorState error={types.error} retry={() => void types.refetch()} className="py-6" />
        ) : types.data ? (
          <FormField form={form} name="event_types" label="Types of events">
            {({ ref: _, ...field }) => (
              <CheckboxList label="Types of events" choices={types.data.items.map(({ type, description }) => ({ value: type, label: <span className="font-mono text-xs">{type}</span>, description }))} {...field} />
            )}
          </FormField>
        ) : (
          <Skeleton className="h-96" />
        ))}
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <SubmitButton>{confirm}</SubmitButton>
      </DialogFooter>
    </Form>
  )
}
