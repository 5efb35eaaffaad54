import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast'
import { showProblem } from '@/lib/form'
import { useMe } from '@/lib/session'
import { useChangePassword } from '../api/account'

const schema = z
  .object({
    current_password: z.string().min(1, 'Enter your password'),
    new_password: z.string().min(12, 'Use at least 12 characters').max(128, 'Use at most 128 characters'),
    again: z.string(),
  })
  .refine(({ new_password, again }) => new_password === again, { path: ['again'], message: 'The two are not the same' })

const EMPTY = { current_password: '', new_password: '', again: '' }

export function Password() {
  const { user } = useMe()
  const change = useChangePassword()
  const form = useForm<z.infer<typeof schema>>({ resolver: zodResolver(schema), defaultValues: EMPTY })
  const submit = async ({ current_password, new_password }: z.infer<typeof schema>) => {
    try {
      await change.mutateAsync({ current_password, new_password })
      form.reset(EMPTY)
      toast.done('Password changed. You are signed out everywhere else.')
    } catch (error) {
      showProblem(form, error)
    }
  }
  return (
    <Card>
      <CardHeader title="Password" description="A change signs you out everywhere else." />
      <CardContent>
        <Form form={form} onSubmit={submit} className="max-w-sm">
          {/* For password managers. */}
          <input type="email" name="username" autoComplete="username" value={user.email} readOnly hidden />
          <FormField form={form} name="current_password" label="Current password">
            {(field) => <Input type="password" autoComplete="current-password" {...field} />}
          </FormField>
          <FormField form={form} name="new_password" label="New password" description="12 characters or more.">
            {(field) => <Input type="password" autoComplete="new-password" {...field} />}
          </FormField>
          <FormField form={form} name="again" label="New password again">
            {(field) => <Input type="password" autoComplete="new-password" {...field} />}
          </FormField>
          <SubmitButton>Change password</SubmitButton>
        </Form>
      </CardContent>
    </Card>
  )
}
