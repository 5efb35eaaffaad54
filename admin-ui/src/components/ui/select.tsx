import * as Primitive from '@radix-ui/react-select'
import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/lib/cn'
import { fieldLook } from './input'
import { menuLook } from './dropdown-menu'

export interface Option {
  value: string
  label: ReactNode
  description?: ReactNode
}

interface SelectProps {
  options: readonly Option[]
  value?: string
  onChange?: (value: string) => void
  onBlur?: () => void
  placeholder?: string
  disabled?: boolean
  className?: string
  id?: string
  name?: string
  'aria-label'?: string
  'aria-describedby'?: string
  'aria-invalid'?: boolean
}

/** One of a few. `value` and `onChange` fit what `FormField` gives. */
export function Select({ options, value, onChange, placeholder, className, name, disabled, ...trigger }: SelectProps) {
  return (
    <Primitive.Root value={value} onValueChange={onChange} name={name} disabled={disabled}>
      <Primitive.Trigger {...trigger} className={cn(fieldLook, 'flex h-9 items-center justify-between gap-2 text-left md:h-8 data-placeholder:text-muted-foreground', className)}>
        <span className="truncate">
          <Primitive.Value placeholder={placeholder ?? 'Choose…'} />
        </span>
        <ChevronDown className="size-4 shrink-0 text-muted-foreground" aria-hidden />
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content position="popper" sideOffset={4} className={cn(menuLook, 'max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width)')}>
          <Primitive.Viewport>
            {options.map((option) => (
              <Primitive.Item key={option.value} value={option.value} className="relative flex cursor-default flex-col rounded-sm py-1.5 pr-8 pl-2.5 outline-none select-none data-highlighted:bg-muted">
                <Primitive.ItemText>{option.label}</Primitive.ItemText>
                {option.description && <span className="text-sm text-muted-foreground">{option.description}</span>}
                <Primitive.ItemIndicator className="absolute top-2 right-2">
                  <Check className="size-4" aria-hidden />
                </Primitive.ItemIndicator>
              </Primitive.Item>
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
