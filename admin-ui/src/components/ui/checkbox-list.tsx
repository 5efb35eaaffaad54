import { type ReactNode, useId } from 'react'
import { cn } from '@/lib/cn'
import { Checkbox } from './toggles'

export interface Choice {
  value: string
  label: ReactNode
  description?: ReactNode
  disabled?: boolean
}

interface CheckboxListProps {
  /** What is chosen, for screen readers. */
  label: string
  choices: readonly Choice[]
  value?: readonly string[]
  onChange?: (value: string[]) => void
  disabled?: boolean
  className?: string
  id?: string
  'aria-describedby'?: string
}

/** Some of a few, in the order of the choices. `value` and `onChange` fit what `FormField` gives. */
export function CheckboxList({ label, choices, value = [], onChange, disabled, className, id, ...aria }: CheckboxListProps) {
  const base = useId()
  const set = (choice: string, on: boolean) => onChange?.(choices.map((one) => one.value).filter((one) => (one === choice ? on : value.includes(one))))
  return (
    <div id={id} role="group" aria-label={label} aria-describedby={aria['aria-describedby']} className={cn('divide-y rounded-md border', className)}>
      {choices.map((choice, at) => (
        <div key={choice.value} className="flex items-start gap-3 px-3 py-2">
          <Checkbox
            id={`${base}-${at}`}
            className="mt-0.5"
            value={value.includes(choice.value)}
            onChange={(on) => set(choice.value, on)}
            disabled={disabled || choice.disabled}
            aria-describedby={choice.description ? `${base}-${at}-description` : undefined}
          />
          <div className="min-w-0">
            <label htmlFor={`${base}-${at}`} className={cn('block text-sm font-medium select-none', choice.disabled && 'text-muted-foreground')}>
              {choice.label}
            </label>
            {choice.description && (
              <p id={`${base}-${at}-description`} className="text-sm text-muted-foreground">
                {choice.description}
              </p>
            )}
          </div>
        </div>
      ))}
    </div>
  )
}
