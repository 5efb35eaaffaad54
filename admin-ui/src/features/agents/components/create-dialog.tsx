import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useForm, useWatch } from 'react-hook-form'
import { z } from 'zod'
import { TemplateTextarea } from '@/components/template-textarea'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { Form, FormField, SubmitButton } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { toast } from '@/components/ui/toast'
import { allPersonas } from '@/lib/catalogue'
import { showProblem } from '@/lib/form'
import { TEMPLATES } from '@/lib/templates'
import { useMakeAgent } from '../api/queries'

/** A select has no empty value. */
const BLANK = 'blank'

const schema = z.object({
  name: z.string().trim().min(1, 'Enter a name').max(200, 'Use at most 200 characters'),
  template: z.string(),
  persona: z.string(),
  greeting: z.string().trim().max(1_000, 'Use at most 1,000 characters'),
})

/** The least that an agent needs; the rest is in the editor. */
export function CreateAgentDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="Create agent" description="It is published at once as version 1. Everything can be changed afterwards.">
        {open && <Creating close={() => onOpenChange(false)} />}
      </DialogContent>
    </Dialog>
  )
}

function Creating({ close }: { close: () => void }) {
  const router = useRouter()
  const make = useMakeAgent()
  const { data } = useQuery(allPersonas)
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { name: '', template: BLANK, persona: data?.default ?? 'friendly_guide', greeting: '' } })
  const name = useWatch({ control: form.control, name: 'persona' })
  const persona = data?.personas.find((persona) => persona.name === name)
  const choose = (key: string) => {
    const { name, settings } = TEMPLATES.find((template) => template.key === key) ?? {}
    if (!form.getFieldState('name').isDirty) form.resetField('name', { defaultValue: name ?? '' })
    form.setValue('persona', settings?.persona ?? data?.default ?? 'friendly_guide')
    form.setValue('greeting', settings?.greeting ?? '')
  }
  const submit = async ({ greeting, template, ...rest }: z.infer<typeof schema>) => {
    try {
      const instructions = TEMPLATES.find(({ key }) => key === template)?.settings.instructions
      const agent = await make.mutateAsync({ ...rest, instructions, ...(greeting ? { greeting } : {}) })
      toast.done('Agent created')
      close()
      await router.navigate({ to: '/agents/$agentId', params: { agentId: agent.id } })
    } catch (error) {
      showProblem(form, error)
    }
  }
  return (
    <Form form={form} onSubmit={submit}>
      <FormField form={form} name="template" label="Begin with">
        {({ onChange, ...field }) => (
          <Select
            options={[{ value: BLANK, label: 'Nothing', description: 'Its instructions are written in the editor.' }, ...TEMPLATES.map(({ key, name, description }) => ({ value: key, label: name, description }))]}
            onChange={(key) => {
              onChange(key)
              choose(key)
            }}
            {...field}
          />
        )}
      </FormField>
      <FormField form={form} name="name" label="Name">
        {(field) => <Input autoComplete="off" placeholder="Front desk" {...field} />}
      </FormField>
      <FormField form={form} name="persona" label="Persona" description={persona?.description}>
        {(field) => <Select options={data?.personas.map(({ name, title }) => ({ value: name, label: title })) ?? [{ value: name, label: name }]} {...field} />}
      </FormField>
      <FormField form={form} name="greeting" label="Greeting (optional)" description="Empty: the persona’s.">
        {(field) => <TemplateTextarea longest={1_000} placeholder={persona?.greeting} {...field} />}
      </FormField>
      <DialogFooter>
        <Button onClick={close}>Cancel</Button>
        <SubmitButton>Create agent</SubmitButton>
      </DialogFooter>
    </Form>
  )
}
