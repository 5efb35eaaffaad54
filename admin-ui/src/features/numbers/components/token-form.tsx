import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { troubleOf } from '@/components/register-number'
import { Alert } from '@/components/ui/alert'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast'
import { showProblem } from '@/lib/form'
import { type PhoneNumber, useChangeNumber } from '../api/queries'

const schema = z.object({ auth_token: z.string().trim().min(1, 'Paste the Auth Token') })

/** A new Auth Token, after it was changed at Twilio. */
export function TokenForm({ number }: { number: PhoneNumber }) {
  const change = useChangeNumber(number.id)
  const [advice, setAdvice] = useState<string>()
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { auth_token: '' } })
  const submit = async (values: z.infer<typeof schema>) => {
    setAdvice(undefined)
    try {
      await change.mutateAsync(values)
      form.reset()
      toast.done('Auth Token verified and kept')
    } catch (error) {
      const trouble = troubleOf(error)
      if (!trouble) { showProblem(form, error); return; }
      form.setError('auth_token', { message: trouble.title }, { shouldFocus: true })
      setAdvice(trouble.advice)
    }
  }
  return (
    <Card>
      <CardHeader title="New Auth Token" description="Needed when the primary token was changed at Twilio." />
      <CardContent>
        <Form form={form} onSubmit={submit}>
          <FormField form={form} name="auth_token" label="Auth Token">
            {(field) => <Input type="password" autoComplete="new-password" {...field} />}
          </FormField>
          {advice && <Alert tone="destructive">{advice}</Alert>}
          <SubmitButton variant="secondary" className="w-full">
            Verify and replace
          </SubmitButton>
        </Form>
      </CardContent>
    </Card>
  )
}
