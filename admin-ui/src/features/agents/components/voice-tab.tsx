import { useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import { FormField } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { SuggestInput } from '@/components/ui/suggest-input'
import { UnitInput } from '@/components/ui/unit-input'
import { VoicePreview } from '@/components/voice-preview'
import { allPersonas } from '@/lib/catalogue'
import { VOICES, languageName, languages } from '@/lib/choices'
import { ANY_LANGUAGE } from '../model/form'
import type { TabProps } from './conversation-tab'
import { Section } from './section'

export function VoiceTab({ form, readOnly }: TabProps) {
  const [name, voice, speed, language] = useWatch({ control: form.control, name: ['persona', 'voice', 'speed', 'language'] })
  const { data } = useQuery(allPersonas)
  const persona = data?.personas.find((persona) => persona.name === name)
  const rate = Number(speed)
  const theirs = persona?.language ? languageName(persona.language) : 'recognised'
  return (
    <>
      <Section title="Voice and language" description="Empty fields: as the persona has them.">
        <div className="grid gap-4 sm:grid-cols-2">
          <FormField form={form} name="voice" label="Voice">
            {(field) => <SuggestInput suggestions={VOICES} placeholder={persona?.voice} readOnly={readOnly} {...field} />}
          </FormField>
          <FormField form={form} name="speed" label="Speed" description="0.25–4; 1 is natural.">
            {(field) => <UnitInput unit="×" placeholder={persona ? String(persona.speed) : undefined} readOnly={readOnly} {...field} />}
          </FormField>
        </div>
        <FormField form={form} name="language" label="Callers speak" description="Speech is recognised better when the language is known.">
          {(field) => <Select options={[{ value: ANY_LANGUAGE, label: `As the persona has it (${theirs})` }, ...languages(language === ANY_LANGUAGE ? undefined : language)]} disabled={readOnly} {...field} />}
        </FormField>
        <VoicePreview label="Hear it" of="agent’s voice" script={{ text: 'Hello! This is how I sound when I answer your calls.', persona: name, voice: voice.trim() || undefined, speed: speed.trim() !== '' && rate >= 0.25 && rate <= 4 ? rate : undefined }} />
      </Section>
      <Section title="Model" description="Who thinks. Empty fields: as the server is configured.">
        <FormField form={form} name="model" label="Language model" description="As its provider calls it.">
          {(field) => <Input autoComplete="off" spellCheck={false} placeholder="The server’s" className="font-mono md:text-sm" readOnly={readOnly} {...field} />}
        </FormField>
        <div className="grid gap-4 sm:grid-cols-2">
          <FormField form={form} name="temperature" label="Temperature" description="0–2. Lower is more predictable.">
            {(field) => <Input inputMode="decimal" autoComplete="off" placeholder="The provider’s" readOnly={readOnly} {...field} />}
          </FormField>
          <FormField form={form} name="max_tokens" label="Longest reply" description="1–2,000. Short replies suit the telephone.">
            {(field) => <UnitInput unit="tokens" placeholder="1000" readOnly={readOnly} {...field} />}
          </FormField>
        </div>
      </Section>
    </>
  )
}
