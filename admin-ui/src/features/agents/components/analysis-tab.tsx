import { Plus, Trash2 } from 'lucide-react'
import { useFieldArray, useWatch } from 'react-hook-form'
import { EMPTY_SCHEMA, SchemaEditor } from '@/components/schema-editor'
import { Button } from '@/components/ui/button'
import { FormField } from '@/components/ui/form'
import { Input, Textarea } from '@/components/ui/input'
import { SettingRow } from '@/components/ui/setting-row'
import type { TabProps } from './conversation-tab'
import { Section } from './section'

export function AnalysisTab({ form, readOnly }: TabProps) {
  const enabled = useWatch({ control: form.control, name: 'analysis.enabled' })
  return (
    <>
      <Section title="Analysis after the call" description="A language model reads what was said and notes what came of it.">
        <SettingRow form={form} name="analysis.enabled" label="Analyse conversations" description="Every one in which the caller said something." disabled={readOnly} />
        {enabled && (
          <>
            <FormField form={form} name="analysis.instructions" label="Instructions" description="For the analysing model, beside the server’s own words.">
              {(field) => <Textarea placeholder="Write in German." readOnly={readOnly} {...field} />}
            </FormField>
            <FormField form={form} name="analysis.model" label="Language model" description="As its provider calls it. Empty: the one that the server is configured with.">
              {(field) => <Input autoComplete="off" spellCheck={false} placeholder="The server’s" className="font-mono md:text-sm" readOnly={readOnly} {...field} />}
            </FormField>
          </>
        )}
      </Section>
      {enabled && <Outcomes form={form} readOnly={readOnly} />}
      {enabled && (
        <Section title="Fields" description="What is to be found in the conversation and filled in: a name, an order number, a wish.">
          <FormField form={form} name="analysis.fields" label={<span className="sr-only">Fields</span>}>
            {({ value, onChange, ...field }) => <SchemaEditor noun="field" disabled={readOnly} {...field} value={value.trim() === '' ? EMPTY_SCHEMA : value} onChange={(text) => onChange(text === EMPTY_SCHEMA ? '' : text)} />}
          </FormField>
        </Section>
      )}
    </>
  )
}

function Outcomes({ form, readOnly }: TabProps) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'analysis.outcomes' })
  return (
    <Section title="Outcomes" description="How a conversation may have ended; the model chooses one. None: resolved, unresolved, transferred, voicemail, no_speech.">
      {fields.map((field, at) => (
        <div key={field.id} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] items-start gap-2">
          <FormField form={form} name={`analysis.outcomes.${at}.name`} label={<span className="sr-only">Name of outcome {at + 1}</span>} className="space-y-0">
            {(field) => <Input autoComplete="off" spellCheck={false} placeholder="sold" className="font-mono md:text-sm" readOnly={readOnly} {...field} />}
          </FormField>
          <FormField form={form} name={`analysis.outcomes.${at}.description`} label={<span className="sr-only">Description of outcome {at + 1}</span>} className="space-y-0">
            {(field) => <Input autoComplete="off" placeholder="The caller has bought something" readOnly={readOnly} {...field} />}
          </FormField>
          {!readOnly && (
            <Button variant="ghost" size="icon" aria-label={`Remove outcome ${at + 1}`} onClick={() => remove(at)}>
              <Trash2 aria-hidden />
            </Button>
          )}
        </div>
      ))}
      {!readOnly && (
        <Button size="sm" onClick={() => append({ name: '', description: '' })}>
          <Plus aria-hidden />
          Add outcome
        </Button>
      )}
    </Section>
  )
}
