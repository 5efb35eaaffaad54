import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { z } from 'zod'
import { SecretOnce } from '@/components/secret-once'
import { Button } from '@/components/ui/button'
import { CheckboxList } from '@/components/ui/checkbox-list'
import { CodeBlock } from '@/components/ui/copy-button'
import { Dialog, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { showProblem } from '@/lib/form'
import { useMe } from '@/lib/session'
import { EXPIRIES, expiresAt } from '../api/expiry'
import { SCOPES, useCreateKey } from '../api/keys'

const schema = z
  .object({
    name: z.string().trim().min(1, 'Enter a name').max(200, 'Use at most 200 characters'),
    scopes: z.array(z.enum(['read', 'calls', 'manage', 'admin'])).min(1, 'Choose at least one scope'),
    expiry: z.enum(['30', '90', '365', 'date', 'never']),
    date: z.string(),
  })
  .refine(({ expiry, date }) => expiry !== 'date' || Date.parse(`${date}T23:59:59`) > Date.now(), { path: ['date'], message: 'Choose a date to come' })

export function CreateKeyDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const [made, setMade] = useState<string>()
  const change = (open: boolean) => {
    if (!open) setMade(undefined)
    onOpenChange(open)
  }
  return (
    <Dialog open={open} onOpenChange={change}>
      {made ? (
        // A stray click must not lose what is shown once.
        <DialogContent title="API key created" onInteractOutside={(event) => event.preventDefault()}>
          <SecretOnce secret={made} copyLabel="Copy key" warning="Copy the key now. It is shown this once and cannot be shown again.">
            <div className="space-y-1.5">
              <p className="text-sm font-medium">Try it</p>
              <CodeBlock label="Copy command">{`curl ${window.location.origin}/agents -H "X-API-Key: ${made}"`}</CodeBlock>
            </div>
          </SecretOnce>
        </DialogContent>
      ) : (
        <DialogContent title="Create API key" description="For programs that use the API in this tenant’s name.">
          <KeyForm onMade={setMade} />
        </DialogContent>
      )}
    </Dialog>
  )
}

function KeyForm({ onMade }: { onMade: (key: string) => void }) {
  const { permissions } = useMe()
  const create = useCreateKey()
  const form = useForm<z.infer<typeof schema>>({ resolver: zodResolver(schema), defaultValues: { name: '', scopes: ['read'], expiry: '90', date: '' } })
  const expiry = useWatch({ control: form.control, name: 'expiry' })
  const submit = async ({ name, scopes, expiry, date }: z.infer<typeof schema>) => {
    try {
      const made = await create.mutateAsync({ name, scopes, expires_at: expiresAt(expiry, date) })
      onMade(made.key)
    } catch (error) {
      showProblem(form, error, { expires_at: expiry === 'date' ? 'date' : 'expiry' })
    }
  }
  return (
    <Form form={form} onSubmit={submit}>
      <FormField form={form} name="name" label="Name" description="What uses it: you find the key again by this name.">
        {(field) => <Input autoComplete="off" placeholder="Nightly export" {...field} />}
      </FormField>
      <FormField form={form} name="scopes" label="Scopes">
        {({ ref: _, ...field }) => <CheckboxList label="Scopes" choices={SCOPES.map((scope) => ({ ...scope, disabled: !permissions.includes(scope.value) }))} {...field} />}
      </FormField>
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField form={form} name="expiry" label="Expires">
          {(field) => <Select options={EXPIRIES} {...field} />}
        </FormField>
        {expiry === 'date' && (
          <FormField form={form} name="date" label="Last day">
            {(field) => <Input type="date" {...field} />}
          </FormField>
        )}
      </div>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <SubmitButton>Create key</SubmitButton>
      </DialogFooter>
    </Form>
  )
}
