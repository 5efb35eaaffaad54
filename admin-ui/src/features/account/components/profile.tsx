import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { Fact, Facts } from '@/components/ui/facts'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast'
import { showProblem } from '@/lib/form'
import { formatDate } from '@/lib/format'
import { useMe } from '@/lib/session'
import { useRename, useSendVerification } from '../api/account'

const schema = z.object({ name: z.string().trim().min(1, 'Enter your name').max(200, 'Use at most 200 characters') })

export function Profile() {
  const { user, tenant } = useMe()
  const rename = useRename()
  const form = useForm<z.infer<typeof schema>>({ resolver: zodResolver(schema), values: { name: user.name } })
  const submit = async (change: z.infer<typeof schema>) => {
    try {
      await rename.mutateAsync(change)
      toast.done('Name changed.')
    } catch (error) {
      showProblem(form, error)
    }
  }
  return (
    <Card>
      <CardHeader title="Profile" />
      <CardContent className="space-y-6">
        <Facts>
          <Fact label="E-mail">
            <span className="flex flex-wrap items-center gap-2">
              <span className="break-all">{user.email}</span>
              {user.email_verified_at ? <Badge tone="success">Confirmed</Badge> : <Unconfirmed />}
            </span>
          </Fact>
          <Fact label="Tenant">{`${tenant.name}, as ${tenant.role}`}</Fact>
          <Fact label="Account since">{formatDate(user.created_at)}</Fact>
        </Facts>
        <Form form={form} onSubmit={submit} className="max-w-sm">
          <FormField form={form} name="name" label="Name">
            {(field) => <Input autoComplete="name" {...field} />}
          </FormField>
          <SubmitButton disabled={!form.formState.isDirty}>Change name</SubmitButton>
        </Form>
      </CardContent>
    </Card>
  )
}

/** Without it no mail about the tenant comes, and no operator's page opens. */
function Unconfirmed() {
  const send = useSendVerification()
  const again = () =>
    send.mutate(undefined, {
      onSuccess: () => toast.done('A mail with a link is on its way.'),
      onError: (error) => toast.error(error),
    })
  return (
    <>
      <Badge tone="warning">Not confirmed</Badge>
      <Button size="sm" pending={send.isPending} onClick={again}>
        Send the mail again
      </Button>
    </>
  )
}
