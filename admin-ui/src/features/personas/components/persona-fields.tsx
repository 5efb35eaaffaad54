import { type UseFormReturn, useWatch } from 'react-hook-form'
import { TemplateTextarea } from '@/components/template-textarea'
import { FormField } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { SuggestInput } from '@/components/ui/suggest-input'
import { UnitInput } from '@/components/ui/unit-input'
import { VoicePreview } from '@/components/voice-preview'
import { VOICES, languages } from '@/lib/choices'
import { type PersonaForm, nameFor } from '../api/form'

interface PersonaFieldsProps {
  form: UseFormReturn<PersonaForm>
  readOnly?: boolean
  /** Whether it is still to be made: its name can be chosen. */
  isNew?: boolean
}

export function PersonaFields({ form, readOnly, isNew }: PersonaFieldsProps) {
  const language = useWatch({ control: form.control, name: 'language' })
  const retitle = (title: string) => {
    const wasDerived = form.getValues('name') === nameFor(form.getValues('title'))
    form.setValue('title', title, { shouldDirty: true, shouldValidate: form.formState.isSubmitted })
    if (isNew && wasDerived) form.setValue('name', nameFor(title), { shouldValidate: form.formState.isSubmitted })
  }
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField form={form} name="title" label="Title">
          {(field) => <Input autoComplete="off" readOnly={readOnly} {...field} onChange={(event) => retitle(event.target.value)} />}
        </FormField>
        <FormField form={form} name="name" label="Name in the API" description={isNew ? 'It never changes.' : undefined}>
          {(field) => <Input autoComplete="off" spellCheck={false} readOnly={!isNew} className="font-mono md:text-sm" {...field} />}
        </FormField>
      </div>
      <FormField form={form} name="description" label="Description" description="For the people who choose it.">
        {(field) => <Input autoComplete="off" readOnly={readOnly} {...field} />}
      </FormField>
      <FormField form={form} name="tone" label="Tone" description="Manner of speaking, in a few words: warm, unhurried.">
        {(field) => <Input autoComplete="off" readOnly={readOnly} {...field} />}
      </FormField>
      <FormField form={form} name="prompt" label="Prompt" description="Who it is, as the language model is told. The agent’s own instructions come after it.">
        {(field) => <TemplateTextarea className="min-h-40" longest={20_000} readOnly={readOnly} {...field} />}
      </FormField>
      <FormField form={form} name="greeting" label="Greeting" description="Said first, unless the agent has a greeting of its own.">
        {(field) => <TemplateTextarea longest={1_000} readOnly={readOnly} {...field} />}
      </FormField>
      <div className="grid gap-4 sm:grid-cols-3">
        <FormField form={form} name="voice" label="Voice">
          {(field) => <SuggestInput suggestions={VOICES} readOnly={readOnly} {...field} />}
        </FormField>
        <FormField form={form} name="speed" label="Speed" description="0.25–4; 1 is natural.">
          {(field) => <UnitInput unit="×" readOnly={readOnly} {...field} />}
        </FormField>
        <FormField form={form} name="language" label="Callers speak">
          {(field) => <Select options={[{ value: 'auto', label: 'Recognised' }, ...languages(language === 'auto' ? undefined : language)]} disabled={readOnly} {...field} />}
        </FormField>
      </div>
    </>
  )
}

/** Speaks the greeting, or what one types, with the voice as it stands in the form. */
export function FormPreview({ form, text }: { form: UseFormReturn<PersonaForm>; text: string }) {
  const [voice, speed, title] = useWatch({ control: form.control, name: ['voice', 'speed', 'title'] })
  const rate = Number(speed)
  return <VoicePreview label="Play" of={`voice of ${title || 'this persona'}`} script={{ text, voice: voice || undefined, speed: rate >= 0.25 && rate <= 4 ? rate : undefined }} />
}
