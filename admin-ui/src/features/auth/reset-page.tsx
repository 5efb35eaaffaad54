import { zodResolver } from '@hookform/resolvers/zod'
import { Link } from '@tanstack/react-router'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Alert } from '@/components/ui/alert'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { api, take } from '@/lib/api'
import { showProblem } from '@/lib/form'
import { newPassword } from './api/schemas'
import { Panel } from './components/panel'

const schema = z.object({ password: newPassword })

export function ResetPage({ token }: { token?: string }) {
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { password: '' } })
  const submit = async ({ password }: z.infer<typeof schema>) => {
    try {
      await take(api.POST('/auth/password/reset', { body: { token: token ?? '', password } }))
    } catch (error) {
      showProblem(form, error)
    }
  }
  if (!token) {
    return (
      <Panel title="Choose another password" footer={<Link to="/forgot">Ask for a new link</Link>}>
        <Alert tone="destructive">This address is not whole: open the link of the mail again.</Alert>
      </Panel>
    )
  }
  return (
    <Panel title="Choose another password" footer={<Link to="/sign-in">To sign in</Link>}>
      {form.formState.isSubmitSuccessful ? (
        <Alert tone="success" title="Your password is changed">
          All your sessions have ended. Sign in with the new password.
        </Alert>
      ) : (
        <Form form={form} onSubmit={submit}>
          <FormField form={form} name="password" label="New password" description="At least 12 characters: a sentence is good.">
            {(field) => <Input type="password" autoComplete="new-password" {...field} />}
          </FormField>
          <SubmitButton size="lg" className="w-full">
            Change the password
          </SubmitButton>
        </Form>
      )}
    </Panel>
  )
}
