import { Plus, Trash2 } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { cn } from '@/lib/cn'
import { Button } from '../ui/button'
import { Input, Textarea } from '../ui/input'
import { Select } from '../ui/select'
import { Checkbox } from '../ui/toggles'
import { type Kind, type Row, rowsOf, schemaOf } from './rows'

export { EMPTY_SCHEMA, faultOf } from './rows'

interface SchemaEditorProps extends Omit<ComponentProps<'textarea'>, 'value' | 'onChange'> {
  /** The schema's text; what cannot be read stays as it was typed. */
  value: string
  onChange: (text: string) => void
  /** What one property is called: `parameter`. */
  noun: string
}

const KIND_OPTIONS: { value: Kind; label: string }[] = [
  { value: 'string', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'integer', label: 'Whole number' },
  { value: 'boolean', label: 'Yes or no' },
  { value: 'array', label: 'List of texts' },
]

function read(text: string): Row[] | undefined {
  try {
    return rowsOf(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** A JSON schema of an object: as a list of properties while that can say it, and as text. */
export function SchemaEditor({ value, onChange, noun, disabled, ...area }: SchemaEditorProps) {
  const rows = read(value)
  const [wantsText, setWantsText] = useState(false)
  // Names that are half typed, twice or empty are no schema yet: they live here until they are.
  const [typing, setTyping] = useState<{ rows: Row[]; of: string } | undefined>()
  const shown = typing && typing.of === value ? typing.rows : rows
  const isText = wantsText || !shown

  const change = (next: Row[]) => {
    const isWhole = next.every((row) => row.name !== '') && new Set(next.map((row) => row.name)).size === next.length
    const text = isWhole ? JSON.stringify(schemaOf(next), null, 2) : value
    setTyping({ rows: next, of: text })
    if (text !== value) onChange(text)
  }

  return (
    <div className="space-y-2">
      <div role="group" aria-label="How to edit it" className="flex gap-1">
        <ModeButton isOn={!isText} disabled={!shown} onClick={() => setWantsText(false)}>
          List
        </ModeButton>
        <ModeButton isOn={isText} onClick={() => setWantsText(true)}>
          JSON schema
        </ModeButton>
      </div>
      {isText ? (
        <>
          <Textarea {...area} disabled={disabled} spellCheck={false} value={value} onChange={(event) => onChange(event.target.value)} className="min-h-48 font-mono text-sm md:text-sm" />
          {!shown && <p className="text-sm text-muted-foreground">This schema says more than the list can show.</p>}
        </>
      ) : (
        <Rows rows={shown} change={change} noun={noun} disabled={disabled} />
      )}
    </div>
  )
}

function ModeButton({ isOn, className, ...props }: ComponentProps<typeof Button> & { isOn: boolean }) {
  return <Button size="sm" variant={isOn ? 'secondary' : 'ghost'} aria-pressed={isOn} className={cn(!isOn && 'text-muted-foreground', className)} {...props} />
}

function Rows({ rows, change, noun, disabled }: { rows: Row[]; change: (rows: Row[]) => void; noun: string; disabled?: boolean }) {
  const set = (at: number, part: Partial<Row>) => change(rows.map((row, index) => (index === at ? { ...row, ...part } : row)))
  const add = () => change([...rows, { name: '', kind: 'string', description: '', required: true, choices: [] }])
  return (
    <div className="space-y-2">
      {rows.length > 0 && (
        <ul className="space-y-2">
          {rows.map((row, at) => (
            // Rows have no name of their own while one types it.
            <li key={at} className="rounded-md border p-3">
              <RowFields row={row} label={`${noun} ${at + 1}`} isTwice={rows.some((other, index) => index < at && other.name === row.name && row.name !== '')} disabled={disabled} set={(part) => set(at, part)} remove={() => change(rows.filter((_, index) => index !== at))} />
            </li>
          ))}
        </ul>
      )}
      {rows.length === 0 && <p className="text-sm text-muted-foreground">No {noun}s.</p>}
      {!disabled && (
        <Button size="sm" onClick={add}>
          <Plus aria-hidden />
          Add {noun}
        </Button>
      )}
    </div>
  )
}

interface RowFieldsProps {
  row: Row
  label: string
  isTwice: boolean
  disabled?: boolean
  set: (part: Partial<Row>) => void
  remove: () => void
}

function RowFields({ row, label, isTwice, disabled, set, remove }: RowFieldsProps) {
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap items-center gap-2">
        <Input className="min-w-32 flex-1 font-mono md:text-sm" aria-label={`Name of ${label}`} aria-invalid={isTwice || undefined} placeholder="name" disabled={disabled} value={row.name} onChange={(event) => set({ name: event.target.value.trim() })} />
        <Select className="w-36" aria-label={`Type of ${label}`} options={KIND_OPTIONS} disabled={disabled} value={row.kind} onChange={(kind) => set({ kind: kind as Kind, choices: [] })} />
        {/* The box is labelled by what stands beside it. */}
        <span className="flex items-center gap-2 text-sm">
          <Checkbox aria-label={`${label} is required`} disabled={disabled} value={row.required} onChange={(required) => set({ required })} />
          <span aria-hidden>Required</span>
        </span>
        {!disabled && (
          <Button variant="ghost" size="icon-sm" aria-label={`Remove ${label}`} onClick={remove}>
            <Trash2 aria-hidden />
          </Button>
        )}
      </div>
      {isTwice && <p className="text-sm text-destructive-text">This name is there already.</p>}
      <Input aria-label={`Description of ${label}`} placeholder="What it is, for the model" disabled={disabled} value={row.description} onChange={(event) => set({ description: event.target.value })} />
      {row.kind === 'string' && <Choices label={label} choices={row.choices} disabled={disabled} set={(choices) => set({ choices })} />}
    </div>
  )
}

function Choices({ label, choices, disabled, set }: { label: string; choices: string[]; disabled?: boolean; set: (choices: string[]) => void }) {
  const [text, setText] = useState(choices.join(', '))
  const change = (text: string) => {
    setText(text)
    set([...new Set(text.split(',').map((choice) => choice.trim()).filter((choice) => choice !== ''))])
  }
  return <Input aria-label={`Values of ${label}`} placeholder="Only these values, with commas between; empty: any" disabled={disabled} value={text} onChange={(event) => change(event.target.value)} />
}
