import { Lock, Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { type UseFormReturn, useFieldArray } from 'react-hook-form'
import { SchemaEditor } from '@/components/schema-editor'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { FormField } from '@/components/ui/form'
import { Input, Textarea } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { UnitInput } from '@/components/ui/unit-input'
import { METHODS, type ToolForm } from '../api/form'

interface Props {
  form: UseFormReturn<ToolForm>
  readOnly: boolean
}

export function ToolFields({ form, readOnly }: Props) {
  return (
    <>
      <Card>
        <CardHeader title="What it does" />
        <CardContent className="space-y-4">
          <FormField form={form} name="name" label="Name" description="As the model calls it: order_status.">
            {(field) => <Input autoComplete="off" spellCheck={false} readOnly={readOnly} className="font-mono md:text-sm" {...field} />}
          </FormField>
          <FormField form={form} name="description" label="Description" description="For the model: what it does, and when to call it.">
            {(field) => <Textarea readOnly={readOnly} {...field} />}
          </FormField>
        </CardContent>
      </Card>
      <Card>
        <CardHeader title="Parameters" description="What the model has to find out from the caller before it can call the tool." />
        <CardContent>
          <FormField form={form} name="parameters" label={<span className="sr-only">Parameters</span>}>
            {(field) => <SchemaEditor noun="parameter" disabled={readOnly} {...field} />}
          </FormField>
        </CardContent>
      </Card>
      <Card>
        <CardHeader title="Request" description="Parameters that are not in the address go into the query with GET and DELETE, into a JSON body with the others." />
        <CardContent className="space-y-4">
          <div className="grid gap-4 sm:grid-cols-[8rem_minmax(0,1fr)]">
            <FormField form={form} name="method" label="Method">
              {(field) => <Select options={METHODS.map((value) => ({ value, label: value }))} disabled={readOnly} {...field} />}
            </FormField>
            <FormField form={form} name="url" label="Address" description="A public https:// address. {parameter} in its path stands for a required parameter.">
              {(field) => <Input type="url" autoComplete="off" spellCheck={false} placeholder="https://api.example.com/orders/{id}" readOnly={readOnly} className="font-mono md:text-sm" {...field} />}
            </FormField>
          </div>
          <Headers form={form} readOnly={readOnly} />
          <Secrets form={form} readOnly={readOnly} />
        </CardContent>
      </Card>
      <Card>
        <CardHeader title="Answer" />
        <CardContent className="space-y-4">
          <Response form={form} readOnly={readOnly} />
          <div className="grid gap-4 sm:grid-cols-[10rem_minmax(0,1fr)]">
            <FormField form={form} name="timeout_ms" label="Timeout" description="100–30,000 ms.">
              {(field) => <UnitInput unit="ms" readOnly={readOnly} {...field} />}
            </FormField>
            <FormField form={form} name="speak_while_waiting" label="Said while the caller waits" description="Empty: “One moment, please.” when it takes long.">
              {(field) => <Input autoComplete="off" readOnly={readOnly} {...field} />}
            </FormField>
          </div>
        </CardContent>
      </Card>
    </>
  )
}

function Group({ title, description, children, add, readOnly }: { title: string; description: ReactNode; children: ReactNode; add: { label: string; run: () => void }; readOnly: boolean }) {
  return (
    <fieldset className="space-y-2">
      <legend className="text-sm font-medium">{title}</legend>
      <p className="text-sm text-muted-foreground">{description}</p>
      {children}
      {!readOnly && (
        <Button size="sm" onClick={add.run}>
          <Plus aria-hidden />
          {add.label}
        </Button>
      )}
    </fieldset>
  )
}

function Remove({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button variant="ghost" size="icon" aria-label={label} onClick={onClick}>
      <Trash2 aria-hidden />
    </Button>
  )
}

const hidden = (label: string) => <span className="sr-only">{label}</span>
const LINE = 'grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] items-start gap-2'

function Headers({ form, readOnly }: Props) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'headers' })
  return (
    <Group title="Headers" description="Sent with each request. Everybody in this organisation can read them." add={{ label: 'Add header', run: () => append({ name: '', value: '' }) }} readOnly={readOnly}>
      {fields.map((field, at) => (
        <div key={field.id} className={LINE}>
          <FormField form={form} name={`headers.${at}.name`} label={hidden(`Name of header ${at + 1}`)} className="space-y-0">
            {(field) => <Input autoComplete="off" placeholder="Accept-Language" readOnly={readOnly} {...field} />}
          </FormField>
          <FormField form={form} name={`headers.${at}.value`} label={hidden(`Value of header ${at + 1}`)} className="space-y-0">
            {(field) => <Input autoComplete="off" readOnly={readOnly} {...field} />}
          </FormField>
          {!readOnly && <Remove label={`Remove header ${at + 1}`} onClick={() => remove(at)} />}
        </div>
      ))}
    </Group>
  )
}

function Secrets({ form, readOnly }: Props) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'secrets' })
  return (
    <Group title="Secret headers" description="Keys and passwords: sealed, never shown again, and not sent on to where the address redirects." add={{ label: 'Add secret header', run: () => append({ name: 'Authorization', value: '', kept: false }) }} readOnly={readOnly}>
      {fields.map((field, at) => (
        <div key={field.id} className={LINE}>
          <FormField form={form} name={`secrets.${at}.name`} label={hidden(`Name of secret header ${at + 1}`)} className="space-y-0">
            {(input) => <Input autoComplete="off" readOnly={readOnly || field.kept} {...input} />}
          </FormField>
          <FormField form={form} name={`secrets.${at}.value`} label={hidden(`Value of secret header ${at + 1}`)} className="space-y-0">
            {(input) => <Input type="password" autoComplete="new-password" placeholder={field.kept ? `Kept${field.lastFour ? `: •••• ${field.lastFour}` : ''}. Type to replace` : 'Bearer …'} readOnly={readOnly} {...input} />}
          </FormField>
          {readOnly ? <Lock className="mt-2 size-4 text-muted-foreground" aria-label="Sealed" /> : <Remove label={`Remove secret header ${at + 1}`} onClick={() => remove(at)} />}
        </div>
      ))}
    </Group>
  )
}

function Response({ form, readOnly }: Props) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'response' })
  return (
    <Group
      title="What the model sees"
      description={
        fields.length > 0 ? (
          <>
            Parts of the JSON answer, by JSON pointer: <code className="font-mono text-xs">/order/status</code>.
          </>
        ) : (
          'The first 8,000 characters of the answer. Name parts of it to say less, which is faster and safer.'
        )
      }
      add={{ label: 'Add part', run: () => append({ name: '', pointer: '' }) }}
      readOnly={readOnly}
    >
      {fields.map((field, at) => (
        <div key={field.id} className={LINE}>
          <FormField form={form} name={`response.${at}.name`} label={hidden(`Name of part ${at + 1}`)} className="space-y-0">
            {(field) => <Input autoComplete="off" placeholder="status" readOnly={readOnly} {...field} />}
          </FormField>
          <FormField form={form} name={`response.${at}.pointer`} label={hidden(`Pointer of part ${at + 1}`)} className="space-y-0">
            {(field) => <Input autoComplete="off" placeholder="/order/status" readOnly={readOnly} className="font-mono md:text-sm" {...field} />}
          </FormField>
          {!readOnly && <Remove label={`Remove part ${at + 1}`} onClick={() => remove(at)} />}
        </div>
      ))}
    </Group>
  )
}
