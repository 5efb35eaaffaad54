import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { api, asProblem, take } from '@/lib/api'
import { showProblem } from '@/lib/form'
import { meQuery } from '@/lib/session'
import { email } from './api/schemas'
import { Panel } from './components/panel'

const schema = z.object({ email, password: z.string().min(1, 'Enter your password'), tenant_id: z.string().trim() })

/** For owners of an organisation that waits for its deletion: nobody can sign in to it. `tenant`: which, if several wait. */
export function RestorePage({ tenant = '' }: { tenant?: string }) {
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { email: '', password: '', tenant_id: tenant } })
  const [asksWhich, setAsksWhich] = useState(tenant !== '')
  const client = useQueryClient()
  const { isSubmitSuccessful } = form.formState
  const submit = async ({ tenant_id, ...who }: z.infer<typeof schema>) => {
    try {
      await take(api.POST('/auth/restore-tenant', { body: { ...who, tenant_id: tenant_id || null } }))
      // Whoever is signed in elsewhere sees it among theirs.
      await client.invalidateQueries({ queryKey: meQuery.queryKey })
    } catch (error) {
      const { code } = asProblem(error)
      if (code === 'conflict') {
        setAsksWhich(true)
        form.setError('tenant_id', { type: code, message: 'Several of yours are being deleted: enter the ID of this one' })
      } else if (code === 'not_found') form.setError('root', { type: code, message: 'None that you own is being deleted, or not this one any more.' })
      else showProblem(form, error)
    }
  }
  if (isSubmitSuccessful) {
    return (
      <Panel title="Your organisation is back">
        <Alert tone="success">Everything is as it was before the deletion.</Alert>
        <Button asChild variant="primary" size="lg" className="mt-4 w-full">
          <Link to="/sign-in">Sign in</Link>
        </Button>
      </Panel>
    )
  }
  return (
    <Panel title="Take a deletion back" description="An organisation that was deleted waits for some weeks before all of it goes. Until then its owners can have it back." footer={<Link to="/sign-in">Back to sign in</Link>}>
      <Form form={form} onSubmit={submit}>
        <FormField form={form} name="email" label="E-mail">
          {(field) => <Input type="email" autoComplete="username" {...field} />}
        </FormField>
        <FormField form={form} name="password" label="Password">
          {(field) => <Input type="password" autoComplete="current-password" {...field} />}
        </FormField>
        {asksWhich && (
          <FormField form={form} name="tenant_id" label="Organisation’s ID">
            {(field) => <Input autoComplete="off" spellCheck={false} className="font-mono md:text-sm" {...field} />}
          </FormField>
        )}
        <SubmitButton size="lg" className="w-full">
          Restore
        </SubmitButton>
      </Form>
    </Panel>
  )
}
