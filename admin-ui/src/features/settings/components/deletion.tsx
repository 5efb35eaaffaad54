import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import type { Schema } from '@/lib/api'
import { showProblem } from '@/lib/form'
import { formatDateTime } from '@/lib/format'
import { signOut } from '@/lib/session'
import { useDeleteTenant } from '../api/settings'

/** For owners: the whole tenant goes. */
export function Deletion({ tenant }: { tenant: Schema<'Tenant'> }) {
  const [asking, setAsking] = useState(false)
  const [gone, setGone] = useState<Schema<'DeletedTenant'>>()
  return (
    <Card className="border-destructive/40">
      <CardHeader
        title="Delete this tenant"
        description="It is suspended at once: keys and sessions are refused, callers hear that the number is not available. After a time of grace everything goes for good."
      />
      <CardContent>
        <Button variant="destructive" onClick={() => setAsking(true)}>
          Delete tenant…
        </Button>
      </CardContent>
      <Dialog open={asking} onOpenChange={(open) => (gone ? undefined : setAsking(open))}>
        {gone ? (
          <DialogContent title={`${tenant.name} is being deleted`} onInteractOutside={(event) => event.preventDefault()}>
            <Alert tone="warning" title={gone.delete_at ? `All of it goes on ${formatDateTime(gone.delete_at)}` : undefined}>
              Nobody gets in any more, and callers hear that the number is not available: point your numbers elsewhere at Twilio. Until then, an owner can take it back here:
            </Alert>
            <div className="flex items-center gap-1 rounded-md bg-muted py-1 pr-1 pl-3">
              <span className="min-w-0 flex-1 truncate font-mono text-xs">{restoreAddress(gone.tenant_id)}</span>
              <CopyButton text={restoreAddress(gone.tenant_id)} label="Copy the address" />
            </div>
            <DialogFooter>
              <Button variant="primary" onClick={() => void signOut()}>
                Sign out
              </Button>
            </DialogFooter>
          </DialogContent>
        ) : (
          <DialogContent title={`Delete ${tenant.name}?`} description="Agents, numbers, calls, recordings, transcripts, customers, keys, and the accounts of people who belong to no other tenant. Until the time of grace is over, an owner can take it back.">
            <DeletionForm name={tenant.name} onGone={setGone} />
          </DialogContent>
        )}
      </Dialog>
    </Card>
  )
}

/** Where it is taken back: nobody is signed in to it any more. */
function restoreAddress(tenant: string): string {
  return `${window.location.origin}/ui/restore?tenant=${tenant}`
}

function DeletionForm({ name, onGone }: { name: string; onGone: (gone: Schema<'DeletedTenant'>) => void }) {
  const remove = useDeleteTenant()
  const schema = z.object({ typed: z.literal(name, { error: 'Type the name exactly' }), password: z.string().min(1, 'Enter your password') })
  const form = useForm<{ typed: string; password: string }>({ resolver: zodResolver(schema), defaultValues: { typed: '', password: '' } })
  const submit = async ({ password }: { password: string }) => {
    try {
      onGone(await remove.mutateAsync(password))
    } catch (error) {
      showProblem(form, error)
    }
  }
  return (
    <Form form={form} onSubmit={submit}>
      <FormField form={form} name="typed" label={`Type “${name}” to confirm`}>
        {(field) => <Input autoComplete="off" {...field} />}
      </FormField>
      <FormField form={form} name="password" label="Your password">
        {(field) => <Input type="password" autoComplete="current-password" {...field} />}
      </FormField>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <SubmitButton variant="destructive">Delete tenant</SubmitButton>
      </DialogFooter>
    </Form>
  )
}
