import { useWatch } from 'react-hook-form'
import { TemplateTextarea } from '@/components/template-textarea'
import { FormField } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { SettingRow } from '@/components/ui/setting-row'
import { RadioCard, RadioGroup } from '@/components/ui/toggles'
import { UnitInput } from '@/components/ui/unit-input'
import type { TabProps } from './conversation-tab'
import { Section } from './section'

export function CallsTab({ form, readOnly }: TabProps) {
  const mode = useWatch({ control: form.control, name: 'recording.mode' })
  return (
    <>
      <Section title="Limits and silence" description="Each up to four hours. Empty: the server’s default, as shown.">
        <div className="grid gap-4 sm:grid-cols-3">
          <FormField form={form} name="limits.idle_prompt_after_s" label="Asks after" description="Both are silent: is the caller still there?">
            {(field) => <UnitInput unit="s" placeholder="10" readOnly={readOnly} {...field} />}
          </FormField>
          <FormField form={form} name="limits.silence_s" label="Hangs up after" description="The caller is silent.">
            {(field) => <UnitInput unit="s" placeholder="30" readOnly={readOnly} {...field} />}
          </FormField>
          <FormField form={form} name="limits.max_duration_s" label="Longest call" description="The whole conversation.">
            {(field) => <UnitInput unit="s" placeholder="1800" readOnly={readOnly} {...field} />}
          </FormField>
        </div>
      </Section>
      <Section title="Recording and consent" description="Of calls and voice sockets. In many countries callers must know that they are recorded.">
        <FormField form={form} name="recording.mode" label="Recording">
          {({ value, onChange, onBlur, ref }) => (
            <RadioGroup ref={ref} value={value} onValueChange={onChange} onBlur={onBlur} disabled={readOnly} aria-label="Recording" className="sm:grid-cols-3">
              <RadioCard value="off" label="Off" description="Nothing is recorded." />
              <RadioCard value="on" label="On" description="Recorded without a word." />
              <RadioCard value="consent" label="Announced" description="Callers are told first." />
            </RadioGroup>
          )}
        </FormField>
        {mode === 'consent' && (
          <FormField form={form} name="recording.announcement" label="Announcement" description="Said before anything else.">
            {(field) => <TemplateTextarea longest={1_000} placeholder="This call is recorded. Hang up if you do not agree." readOnly={readOnly} {...field} />}
          </FormField>
        )}
        {mode !== 'off' && (
          <>
            <FormField form={form} name="recording.retention_days" label="Kept for" description="1–3,650 days. Empty: until it is deleted." className="sm:max-w-64">
              {(field) => <UnitInput unit="days" placeholder="Forever" readOnly={readOnly} {...field} />}
            </FormField>
            <SettingRow form={form} name="recording.transcribe" label="Transcribe recordings" description="Afterwards, word by word, for calls that were recorded." disabled={readOnly} />
          </>
        )}
      </Section>
      <Section title="Transfer and hanging up">
        <FormField form={form} name="transfer_to" label="Transfers to" description="A number (+14155550100) or a SIP address (sip:desk@example.com). Empty: the agent cannot transfer.">
          {(field) => <Input autoComplete="off" spellCheck={false} readOnly={readOnly} {...field} />}
        </FormField>
        <SettingRow form={form} name="may_end_call" label="May hang up" description="The agent can end the call when everything is said." disabled={readOnly} />
      </Section>
    </>
  )
}
