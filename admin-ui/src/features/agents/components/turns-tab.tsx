import { useWatch } from 'react-hook-form'
import { FormField } from '@/components/ui/form'
import { SettingRow } from '@/components/ui/setting-row'
import { UnitInput } from '@/components/ui/unit-input'
import type { TabProps } from './conversation-tab'
import { Section } from './section'

interface Part {
  name: 'turns.end_complete_ms' | 'turns.end_unknown_ms' | 'turns.end_incomplete_ms' | 'turns.barge_in_after_ms' | 'turns.barge_in_sure_ms' | 'turns.keys_gap_ms'
  label: string
  description: string
  standard: string
}

const ENDS: Part[] = [
  { name: 'turns.end_complete_ms', label: 'After a complete sentence', description: '“I’d like a large one, please.” 200–5,000.', standard: '480' },
  { name: 'turns.end_unknown_ms', label: 'When it is unclear', description: 'Nothing is known about the words. 200–5,000.', standard: '800' },
  { name: 'turns.end_incomplete_ms', label: 'In the middle of a sentence', description: '“My number is four, one…” 200–5,000.', standard: '1600' },
]

const BARGE_INS: Part[] = [
  { name: 'turns.barge_in_after_ms', label: 'Pauses after speech of', description: 'The agent falls silent and listens; an “mhm” lets it go on. 30–2,000.', standard: '30' },
  { name: 'turns.barge_in_sure_ms', label: 'Stops after speech of', description: 'Longer speech interrupts whatever its words are. 100–5,000.', standard: '900' },
]

export function TurnsTab({ form, readOnly }: TabProps) {
  const interruptible = useWatch({ control: form.control, name: 'turns.interruptible' })
  const show = ({ name, label, description, standard }: Part) => (
    <FormField key={name} form={form} name={name} label={label} description={description}>
      {(field) => <UnitInput unit="ms" placeholder={standard} readOnly={readOnly} {...field} />}
    </FormField>
  )
  return (
    <>
      <Section title="End of a turn" description="How long a caller must be silent before the agent answers. Shorter is quicker, longer lets people think. Empty: the server’s default, as shown.">
        <div className="grid gap-4 sm:grid-cols-3">{ENDS.map(show)}</div>
      </Section>
      <Section title="Barge-in" description="What happens when the caller speaks while the agent does.">
        <SettingRow form={form} name="turns.interruptible" label="Callers can interrupt" description="Off: the agent does not listen while it speaks." disabled={readOnly} />
        {interruptible && <div className="grid gap-4 sm:grid-cols-2">{BARGE_INS.map(show)}</div>}
      </Section>
      <Section title="Keys" description="Digits that callers type on their telephone are one message.">
        <div className="sm:max-w-64">{show({ name: 'turns.keys_gap_ms', label: 'Complete after silence of', description: 'Since the last key. 500–10,000.', standard: '2000' })}</div>
      </Section>
    </>
  )
}
