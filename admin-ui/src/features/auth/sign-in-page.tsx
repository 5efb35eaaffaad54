import { zodResolver } from '@hookform/resolvers/zod'
import { Link } from '@tanstack/react-router'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { api, take } from '@/lib/api'
import { showProblem } from '@/lib/form'
import { useEnter } from './api/enter'
import { email } from './api/schemas'
import { Panel } from './components/panel'

const schema = z.object({ email, password: z.string().min(1, 'Enter your password') })

export function SignInPage({ next }: { next?: string }) {
  const enter = useEnter(next)
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { email: '', password: '' } })
  // Suspended, or waiting for its deletion: the answer does not tell which.
  const isClosed = form.formState.errors.root?.type === 'tenant_suspended'
  const submit = async (credentials: z.infer<typeof schema>) => {
    try {
      await enter(await take(api.POST('/auth/sign-in', { body: { ...credentials, cookies: true } })))
    } catch (error) {
      showProblem(form, error)
    }
  }
  return (
    <Panel
      title="Sign in"
      footer={
        <>
          New here? <Link to="/sign-up" search={{ next }}>Create an account</Link>
        </>
      }
    >
      <Form form={form} onSubmit={submit}>
        <FormField form={form} name="email" label="E-mail">
          {(field) => <Input type="email" autoComplete="username" {...field} />}
        </FormField>
        <FormField form={form} name="password" label="Password">
          {(field) => <Input type="password" autoComplete="current-password" {...field} />}
        </FormField>
        <SubmitButton size="lg" className="w-full">
          Sign in
        </SubmitButton>
        {isClosed && (
          <p className="text-center text-sm text-muted-foreground">
            Was it deleted by mistake?{' '}
            <Link to="/restore" className="font-medium text-primary-text underline-offset-4 hover:underline">
              Take the deletion back
            </Link>
          </p>
        )}
        <p className="text-center text-sm">
          <Link to="/forgot" className="text-muted-foreground underline-offset-4 hover:text-foreground hover:underline">
            Forgot the password?
          </Link>
        </p>
      </Form>
    </Panel>
  )
}
