import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus, Trash2 } from 'lucide-react'
import { type UseFormReturn, useFieldArray, useWatch } from 'react-hook-form'
import { TemplateTextarea } from '@/components/template-textarea'
import { Button } from '@/components/ui/button'
import { FormField } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { SettingRow } from '@/components/ui/setting-row'
import { SuggestInput } from '@/components/ui/suggest-input'
import { VoicePreview } from '@/components/voice-preview'
import { allPersonas } from '@/lib/catalogue'
import { type AgentForm, openVariables } from '../model/form'
import { Section } from './section'

export interface TabProps {
  form: UseFormReturn<AgentForm>
  readOnly: boolean
}

export function ConversationTab({ form, readOnly }: TabProps) {
  const variables = useWatch({ control: form.control, name: 'variables' })
  const own = variables.map(({ name }) => name).filter((name) => name !== '')
  return (
    <>
      <Identity form={form} readOnly={readOnly} />
      <Section title="Instructions" description="What the agent is for, what it knows, what it must not do.">
        <FormField form={form} name="instructions" label={<span className="sr-only">Instructions</span>} description="The model reads them after the persona’s own prompt, at every turn.">
          {(field) => <TemplateTextarea className="min-h-56" longest={20_000} own={own} readOnly={readOnly} {...field} />}
        </FormField>
      </Section>
      <Greeting form={form} readOnly={readOnly} own={own} />
      <Variables form={form} readOnly={readOnly} />
      <Section title="Time zone">
        <FormField form={form} name="time_zone" label="Time zone" description="Of {{now}}. Empty: UTC.">
          {(field) => <SuggestInput suggestions={Intl.supportedValuesOf('timeZone')} placeholder="Europe/Berlin" readOnly={readOnly} {...field} />}
        </FormField>
      </Section>
    </>
  )
}

function Identity({ form, readOnly }: TabProps) {
  const { data } = useQuery(allPersonas)
  const name = useWatch({ control: form.control, name: 'persona' })
  const persona = data?.personas.find((persona) => persona.name === name)
  const options = data?.personas.map(({ name, title, description }) => ({ value: name, label: title, description: <span className="line-clamp-1 max-w-96">{description}</span> }))
  return (
    <Section title="Identity">
      <FormField form={form} name="name" label="Name" description="Saved at once for all versions; {{agent.name}} says it.">
        {(field) => <Input autoComplete="off" readOnly={readOnly} {...field} />}
      </FormField>
      <div className="space-y-2">
        <FormField form={form} name="persona" label="Persona">
          {(field) => <Select options={options ?? [{ value: name, label: name }]} disabled={readOnly} {...field} />}
        </FormField>
        {persona && (
          <div className="flex items-start gap-3 rounded-md bg-muted px-3 py-2.5 text-sm">
            <div className="min-w-0 flex-1">
              <p>{persona.description}</p>
              <p className="text-muted-foreground">
                Tone: {persona.tone}.{' '}
                <Link to="/personas/$persona" params={{ persona: persona.name }} className="text-primary-text underline underline-offset-2">
                  Open persona
                </Link>
              </p>
            </div>
            <VoicePreview of={`voice of ${persona.title}`} script={{ text: persona.greeting.replace(/\{\{[^}]*\}\}/g, ''), persona: persona.name }} />
          </div>
        )}
      </div>
    </Section>
  )
}

function Greeting({ form, readOnly, own }: TabProps & { own: string[] }) {
  const [greets, name] = useWatch({ control: form.control, name: ['greets', 'persona'] })
  const { data } = useQuery(allPersonas)
  const standard = data?.personas.find((persona) => persona.name === name)?.greeting
  return (
    <Section title="Greeting">
      <SettingRow form={form} name="greets" label="Speaks first" description="Off: the agent waits until the caller says something." disabled={readOnly} />
      {greets && (
        <>
          <FormField form={form} name="greeting" label="Greeting" description="Empty: the persona’s.">
            {(field) => <TemplateTextarea longest={1_000} own={own} placeholder={standard} readOnly={readOnly} {...field} />}
          </FormField>
          <SettingRow form={form} name="greeting_interruptible" label="Callers can interrupt the greeting" description="Off: what they say meanwhile is answered after it. Right for announcements that must be heard." disabled={readOnly} />
        </>
      )}
    </Section>
  )
}

function Variables({ form, readOnly }: TabProps) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'variables' })
  const [instructions, greeting, given] = useWatch({ control: form.control, name: ['instructions', 'greeting', 'variables'] })
  const open = openVariables(
    [instructions, greeting],
    given.map(({ name }) => name),
  )
  return (
    <Section title="Variables" description="Values for {{names}} in the texts, where a conversation brings none of its own.">
      {fields.map((field, at) => (
        <div key={field.id} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] items-start gap-2">
          <FormField form={form} name={`variables.${at}.name`} label={<span className="sr-only">Name of variable {at + 1}</span>} className="space-y-0">
            {(field) => <Input autoComplete="off" spellCheck={false} placeholder="order.size" className="font-mono md:text-sm" readOnly={readOnly} {...field} />}
          </FormField>
          <FormField form={form} name={`variables.${at}.value`} label={<span className="sr-only">Value of variable {at + 1}</span>} className="space-y-0">
            {(field) => <Input autoComplete="off" readOnly={readOnly} {...field} />}
          </FormField>
          {!readOnly && (
            <Button variant="ghost" size="icon" aria-label={`Remove variable ${at + 1}`} onClick={() => remove(at)}>
              <Trash2 aria-hidden />
            </Button>
          )}
        </div>
      ))}
      {open.length > 0 && (
        <p className="text-sm text-muted-foreground">
          Named in the texts, without a value here: <span className="font-mono break-words">{open.join(', ')}</span>
        </p>
      )}
      {!readOnly && (
        <Button size="sm" onClick={() => append({ name: open[0] ?? '', value: '' })}>
          <Plus aria-hidden />
          Add variable
        </Button>
      )}
    </Section>
  )
}
