import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { Skeleton } from '@/components/ui/skeleton'
import { type Schema, api, asProblem, take } from '@/lib/api'
import { showProblem } from '@/lib/form'
import { mayHaveSession, meQuery } from '@/lib/session'
import { useEnter } from './api/enter'
import { email, name, newPassword } from './api/schemas'
import { Panel } from './components/panel'

export function InvitationPage({ token = '' }: { token?: string }) {
  const offer = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => take(api.POST('/auth/invitations/look-up', { body: { token } })),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const me = useQuery({ ...meQuery, enabled: mayHaveSession() })
  if (offer.isPending || me.isLoading) {
    return (
      <Panel title="Invitation">
        <Skeleton className="h-40" />
      </Panel>
    )
  }
  if (offer.isError) {
    return (
      <Panel title="Invitation" footer={<Link to="/">To Switchboard</Link>}>
        <Alert tone="destructive" title="This invitation opens nothing">
          {asProblem(offer.error).status === 404 ? 'It was used, withdrawn, or is too old. Ask for another.' : asProblem(offer.error).detail}
        </Alert>
      </Panel>
    )
  }
  const { tenant_name, role, has_account } = offer.data
  const next = `/invitation?token=${encodeURIComponent(token)}`
  return (
    <Panel title={`Join ${tenant_name}`} description={`You are invited as ${role}.`} footer={has_account || me.data ? undefined : <>Have an account? <Link to="/sign-in" search={{ next }}>Sign in</Link></>}>
      {me.data ? (
        <Accept token={token} as={me.data.user.email} />
      ) : has_account ? (
        <Button asChild variant="primary" size="lg" className="w-full">
          <Link to="/sign-in" search={{ next }}>
            Sign in to accept
          </Link>
        </Button>
      ) : (
        <SignUp token={token} offer={offer.data} />
      )}
    </Panel>
  )
}

function Accept({ token, as }: { token: string; as: string }) {
  const enter = useEnter()
  const accept = useMutation({
    mutationFn: () => take(api.POST('/auth/invitations/accept', { body: { token, cookies: true } })),
    onSuccess: enter,
  })
  return (
    <div className="space-y-4">
      <p>
        You are signed in as <span className="font-medium">{as}</span>.
      </p>
      {accept.isError && <Alert tone="destructive">{asProblem(accept.error).detail}</Alert>}
      <Button variant="primary" size="lg" className="w-full" pending={accept.isPending} onClick={() => accept.mutate()}>
        Accept
      </Button>
    </div>
  )
}

const schema = z.object({ name, email, password: newPassword })

function SignUp({ token, offer }: { token: string; offer: Schema<'InvitationOffer'> }) {
  const enter = useEnter()
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { name: '', email: offer.email ?? '', password: '' } })
  const submit = async (account: z.infer<typeof schema>) => {
    try {
      await enter(await take(api.POST('/auth/invitations/sign-up', { body: { ...account, token, cookies: true } })))
    } catch (error) {
      showProblem(form, error)
    }
  }
  return (
    <Form form={form} onSubmit={submit}>
      <FormField form={form} name="email" label="E-mail">
        {(field) => <Input type="email" autoComplete="username" readOnly={Boolean(offer.email)} {...field} />}
      </FormField>
      <FormField form={form} name="name" label="Your name">
        {(field) => <Input autoComplete="name" {...field} />}
      </FormField>
      <FormField form={form} name="password" label="Password" description="At least 12 characters: a sentence is good.">
        {(field) => <Input type="password" autoComplete="new-password" {...field} />}
      </FormField>
      <SubmitButton size="lg" className="w-full">
        Create account and join
      </SubmitButton>
    </Form>
  )
}
