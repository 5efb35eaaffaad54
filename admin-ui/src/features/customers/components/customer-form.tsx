import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Button } from '@/components/ui/button'
import { DialogFooter } from '@/components/ui/dialog'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Input, Textarea } from '@/components/ui/input'
import { toast } from '@/components/ui/toast'
import { showProblem } from '@/lib/form'
import { type Customer, useSaveCustomer } from '../api/queries'
import { parseMetadata, writeMetadata } from '../metadata'

const schema = z
  .object({
    name: z.string().trim().max(200, 'At most 200 characters'),
    phone: z.string().trim().max(64, 'At most 64 characters'),
    external_id: z.string().trim().max(200, 'At most 200 characters'),
    metadata: z.string().refine((text) => parseMetadata(text) !== undefined, 'Must be a JSON object: {"plan": "gold"}'),
  })
  .refine(({ phone, external_id }) => phone !== '' || external_id !== '', { path: ['phone'], message: 'Give a phone number, your own id, or both' })

interface CustomerFormProps {
  /** Undefined: a new one. */
  customer?: Customer
  close: () => void
  saved?: (customer: Customer) => void
}

export function CustomerForm({ customer, close, saved }: CustomerFormProps) {
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: { name: customer?.name ?? '', phone: customer?.phone ?? '', external_id: customer?.external_id ?? '', metadata: writeMetadata(customer?.metadata) },
  })
  const save = useSaveCustomer(customer?.id)
  const submit = async (values: z.output<typeof schema>) => {
    const none = (text: string) => (text === '' ? null : text)
    try {
      const done = await save.mutateAsync({ name: none(values.name), phone: none(values.phone), external_id: none(values.external_id), metadata: parseMetadata(values.metadata) ?? {} })
      toast.done(customer ? 'Customer saved' : 'Customer added')
      close()
      saved?.(done)
    } catch (error) {
      showProblem(form, error)
    }
  }
  return (
    <Form form={form} onSubmit={submit}>
      <FormField form={form} name="name" label="Name">
        {(field) => <Input autoComplete="off" {...field} />}
      </FormField>
      <FormField form={form} name="phone" label="Phone" description="International: +1 415 555 0100. Calls from it are theirs.">
        {(field) => <Input type="tel" autoComplete="off" {...field} />}
      </FormField>
      <FormField form={form} name="external_id" label="Your id" description="What your own systems call them.">
        {(field) => <Input autoComplete="off" {...field} />}
      </FormField>
      <FormField form={form} name="metadata" label="Metadata" description="A JSON object. Agents’ texts can name its fields: {{customer.metadata.plan}}.">
        {(field) => <Textarea className="font-mono text-sm" rows={4} spellCheck={false} placeholder='{"plan": "gold"}' {...field} />}
      </FormField>
      <DialogFooter>
        <Button onClick={close}>Cancel</Button>
        <SubmitButton>{customer ? 'Save' : 'Add customer'}</SubmitButton>
      </DialogFooter>
    </Form>
  )
}
