import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { SecretOnce } from '@/components/secret-once'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { type Schema } from '@/lib/api'
import { showProblem } from '@/lib/form'
import { useMe } from '@/lib/session'
import { rolesToGive } from '../api/roles'
import { useInvite } from '../api/team'
import { RoleChoice } from './role-choice'

const schema = z.object({ email: z.email('Enter an e-mail address'), role: z.enum(['viewer', 'member', 'admin', 'owner']) })

export function InviteDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const [made, setMade] = useState<Schema<'MadeInvitation'>>()
  const change = (open: boolean) => {
    if (!open) setMade(undefined)
    onOpenChange(open)
  }
  return (
    <Dialog open={open} onOpenChange={change}>
      {made ? (
        <LinkContent made={made} />
      ) : (
        <DialogContent title="Invite somebody" description="They get a link by mail, good for seven days and for their address alone.">
          <InviteForm onMade={setMade} />
        </DialogContent>
      )}
    </Dialog>
  )
}

/** The link of an invitation, which is shown this once. */
export function LinkContent({ made }: { made: Schema<'MadeInvitation'> }) {
  return (
    <DialogContent title={`Invitation for ${made.invitation.email ?? 'whoever has the link'}`} onInteractOutside={(event) => event.preventDefault()}>
      <SecretOnce secret={made.link} copyLabel="Copy link" warning="The link goes out by mail. Copy it here if the mail may not arrive: it is shown this once, good once and for seven days." />
    </DialogContent>
  )
}

function InviteForm({ onMade }: { onMade: (made: Schema<'MadeInvitation'>) => void }) {
  const { tenant } = useMe()
  const invite = useInvite()
  const form = useForm<z.infer<typeof schema>>({ resolver: zodResolver(schema), defaultValues: { email: '', role: 'member' } })
  const submit = async (values: z.infer<typeof schema>) => {
    try {
      onMade(await invite.mutateAsync(values))
    } catch (error) {
      showProblem(form, error)
    }
  }
  return (
    <Form form={form} onSubmit={submit}>
      <FormField form={form} name="email" label="E-mail">
        {(field) => <Input type="email" autoComplete="off" placeholder="name@example.com" {...field} />}
      </FormField>
      <FormField form={form} name="role" label="Role">
        {({ value, onChange }) => <RoleChoice roles={rolesToGive(tenant.role)} value={value} onChange={onChange} />}
      </FormField>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <SubmitButton>Send invitation</SubmitButton>
      </DialogFooter>
    </Form>
  )
}
