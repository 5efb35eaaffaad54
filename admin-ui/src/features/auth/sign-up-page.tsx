import { zodResolver } from '@hookform/resolvers/zod'
import { Link } from '@tanstack/react-router'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { api, take } from '@/lib/api'
import { showProblem } from '@/lib/form'
import { useEnter } from './api/enter'
import { email, name, newPassword } from './api/schemas'
import { Panel } from './components/panel'

const schema = z.object({ name, tenant_name: name, email, password: newPassword })

export function SignUpPage({ next }: { next?: string }) {
  const enter = useEnter(next)
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { name: '', tenant_name: '', email: '', password: '' } })
  const submit = async (account: z.infer<typeof schema>) => {
    try {
      await enter(await take(api.POST('/auth/sign-up', { body: { ...account, cookies: true } })))
    } catch (error) {
      showProblem(form, error)
    }
  }
  return (
    <Panel
      title="Create an account"
      description="Phone agents of your own, in a few minutes."
      footer={
        <>
          Have an account? <Link to="/sign-in" search={{ next }}>Sign in</Link>
        </>
      }
    >
      <Form form={form} onSubmit={submit}>
        <FormField form={form} name="name" label="Your name">
          {(field) => <Input autoComplete="name" {...field} />}
        </FormField>
        <FormField form={form} name="tenant_name" label="Organisation">
          {(field) => <Input autoComplete="organization" {...field} />}
        </FormField>
        <FormField form={form} name="email" label="E-mail">
          {(field) => <Input type="email" autoComplete="username" {...field} />}
        </FormField>
        <FormField form={form} name="password" label="Password" description="At least 12 characters: a sentence is good.">
          {(field) => <Input type="password" autoComplete="new-password" {...field} />}
        </FormField>
        <SubmitButton size="lg" className="w-full">
          Create account
        </SubmitButton>
      </Form>
    </Panel>
  )
}
