import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { toast } from '@/components/ui/toast'
import { allAgents } from '@/lib/catalogue'
import { showProblem } from '@/lib/form'
import { useCan } from '@/lib/session'
import { type PhoneNumber, useChangeNumber } from '../api/queries'

const schema = z.object({
  agent_id: z.string(),
  label: z.string().trim().max(100, 'Use at most 100 characters'),
  recorded_by: z.enum(['switchboard', 'twilio']),
})

/** Who answers, what the number is called, who records. */
export function NumberSettings({ number }: { number: PhoneNumber }) {
  const mayManage = useCan('manage')
  const agents = useQuery(allAgents)
  const change = useChangeNumber(number.id)
  const values = { agent_id: number.agent_id, label: number.label ?? '', recorded_by: number.recorded_by }
  const form = useForm<z.infer<typeof schema>>({ resolver: zodResolver(schema), values, resetOptions: { keepDirtyValues: true } })
  const submit = async ({ label, ...rest }: z.infer<typeof schema>) => {
    try {
      const saved = await change.mutateAsync({ ...rest, label: label || null })
      form.reset({ agent_id: saved.agent_id, label: saved.label ?? '', recorded_by: saved.recorded_by })
      toast.done('Saved')
    } catch (error) {
      showProblem(form, error)
    }
  }
  const known = agents.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []
  const options = known.some(({ value }) => value === number.agent_id) ? known : [...known, { value: number.agent_id, label: 'Agent' }]
  return (
    <Card>
      <CardHeader title="Answering" />
      <CardContent>
        <Form form={form} onSubmit={submit}>
          <FormField
            form={form}
            name="agent_id"
            label="Agent"
            description={
              <>
                From the next call on.{' '}
                <Link to="/agents/$agentId" params={{ agentId: number.agent_id }} className="text-primary-text underline underline-offset-2">
                  Open agent
                </Link>
              </>
            }
          >
            {(field) => <Select options={options} disabled={!mayManage} {...field} />}
          </FormField>
          <FormField form={form} name="label" label="Label">
            {(field) => <Input autoComplete="off" placeholder="Front desk" readOnly={!mayManage} {...field} />}
          </FormField>
          <FormField form={form} name="recorded_by" label="Calls are recorded by" description="Where the agent wants them recorded.">
            {(field) => (
              <Select
                disabled={!mayManage}
                options={[
                  { value: 'switchboard', label: 'Switchboard' },
                  { value: 'twilio', label: 'Twilio' },
                ]}
                {...field}
              />
            )}
          </FormField>
          {mayManage && (
            <SubmitButton className="w-full" disabled={!form.formState.isDirty}>
              Save
            </SubmitButton>
          )}
        </Form>
      </CardContent>
    </Card>
  )
}
