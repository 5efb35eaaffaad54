import { zodResolver } from '@hookform/resolvers/zod'
import { Link } from '@tanstack/react-router'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Alert } from '@/components/ui/alert'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { api, take } from '@/lib/api'
import { showProblem } from '@/lib/form'
import { email } from './api/schemas'
import { Panel } from './components/panel'

const schema = z.object({ email })

export function ForgotPage() {
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { email: '' } })
  const submit = async (body: z.infer<typeof schema>) => {
    try {
      await take(api.POST('/auth/password/forgot', { body }))
    } catch (error) {
      showProblem(form, error)
    }
  }
  return (
    <Panel title="Forgot your password?" description="We mail you a link with which you choose another." footer={<Link to="/sign-in">Back to sign in</Link>}>
      {form.formState.isSubmitSuccessful ? (
        <Alert tone="success" title="Look into your mail">
          If there is an account with this address, a link is on its way. It is good for an hour.
        </Alert>
      ) : (
        <Form form={form} onSubmit={submit}>
          <FormField form={form} name="email" label="E-mail">
            {(field) => <Input type="email" autoComplete="username" {...field} />}
          </FormField>
          <SubmitButton size="lg" className="w-full">
            Send the link
          </SubmitButton>
        </Form>
      )}
    </Panel>
  )
}
