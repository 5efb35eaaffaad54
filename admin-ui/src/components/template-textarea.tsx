import { Braces } from 'lucide-react'
import { type ComponentProps, useRef } from 'react'
import { cn } from '@/lib/cn'
import { Button } from './ui/button'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuLabel, DropdownMenuTrigger } from './ui/dropdown-menu'
import { Textarea } from './ui/input'

/** What every template may name, besides the variables of one's own. */
const VARIABLES = [
  { text: '{{customer.name|there}}', means: 'Customer’s name, or “there”' },
  { text: '{{customer.external_id}}', means: 'Your name for the customer' },
  { text: '{{customer.phone}}', means: 'Customer’s number' },
  { text: '{{customer.metadata.plan}}', means: 'What you keep of the customer' },
  { text: '{{call.from}}', means: 'Number that calls' },
  { text: '{{call.to}}', means: 'Number that is called' },
  { text: '{{agent.name}}', means: 'Agent’s name' },
  { text: '{{now}}', means: 'Date and time in the agent’s zone' },
]

interface TemplateTextareaProps extends Omit<ComponentProps<'textarea'>, 'onChange' | 'value'> {
  value: string
  onChange: (text: string) => void
  /** Characters that the API takes. */
  longest: number
  /** The agent's own variables. */
  own?: readonly string[]
}

/** A long text with variables, which a menu puts where the cursor is. */
export function TemplateTextarea({ value, onChange, longest, own = [], className, disabled, readOnly, ref: given, ...props }: TemplateTextareaProps) {
  const area = useRef<HTMLTextAreaElement | null>(null)
  const insert = (text: string) => {
    const { selectionStart: from, selectionEnd: to } = area.current ?? { selectionStart: value.length, selectionEnd: value.length }
    onChange(value.slice(0, from) + text + value.slice(to))
    // After the menu has given the focus back and React the new text.
    window.setTimeout(() => {
      area.current?.focus()
      area.current?.setSelectionRange(from + text.length, from + text.length)
    })
  }
  return (
    <div>
      <Textarea
        {...props}
        ref={(element) => {
          area.current = element
          if (typeof given === 'function') given(element)
          else if (given) given.current = element
        }}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        disabled={disabled}
        readOnly={readOnly}
        className={cn('block max-h-[60dvh]', className)}
      />
      <div className="mt-1 flex items-center justify-between gap-3">
        {disabled || readOnly ? (
          <span />
        ) : (
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button variant="ghost" size="sm" className="-ml-2 font-normal text-muted-foreground">
                <Braces aria-hidden />
                Insert variable
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent align="start" className="max-h-80" onCloseAutoFocus={(event) => event.preventDefault()}>
              {own.length > 0 && <DropdownMenuLabel>This agent’s own</DropdownMenuLabel>}
              {own.map((name) => (
                <DropdownMenuItem key={name} onSelect={() => insert(`{{${name}}}`)}>
                  <span className="font-mono text-sm">{name}</span>
                </DropdownMenuItem>
              ))}
              {own.length > 0 && <DropdownMenuLabel>Of every conversation</DropdownMenuLabel>}
              {VARIABLES.map(({ text, means }) => (
                <DropdownMenuItem key={text} className="flex-col items-start gap-0" onSelect={() => insert(text)}>
                  <span className="font-mono text-sm">{text}</span>
                  <span className="text-sm text-muted-foreground">{means}</span>
                </DropdownMenuItem>
              ))}
            </DropdownMenuContent>
          </DropdownMenu>
        )}
        <span className={cn('text-xs tabular-nums', value.length > longest ? 'text-destructive-text' : 'text-muted-foreground')}>
          {value.length.toLocaleString('en')} / {longest.toLocaleString('en')}
        </span>
      </div>
    </div>
  )
}
