import * as CheckboxPrimitive from '@radix-ui/react-checkbox'
import * as RadioPrimitive from '@radix-ui/react-radio-group'
import * as SwitchPrimitive from '@radix-ui/react-switch'
import { Check } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from '@/lib/cn'

interface Toggle<Root extends React.ElementType> {
  value?: boolean
  onChange?: (on: boolean) => void
  props: Omit<ComponentProps<Root>, 'value' | 'onChange' | 'checked' | 'onCheckedChange'>
}

/** `value` and `onChange` fit what `FormField` gives. */
export function Switch({ value, onChange, className, ...props }: Toggle<typeof SwitchPrimitive.Root>['props'] & Omit<Toggle<typeof SwitchPrimitive.Root>, 'props'>) {
  return (
    <SwitchPrimitive.Root
      checked={value}
      onCheckedChange={onChange}
      className={cn('inline-flex h-5 w-9 shrink-0 items-center rounded-full border border-transparent bg-input p-0.5 transition-colors disabled:opacity-50 data-[state=checked]:bg-primary', className)}
      {...props}
    >
      <SwitchPrimitive.Thumb className="block size-4 rounded-full bg-white shadow-sm transition-transform data-[state=checked]:translate-x-3.5 dark:data-[state=checked]:bg-primary-foreground" />
    </SwitchPrimitive.Root>
  )
}

export function Checkbox({ value, onChange, className, ...props }: Toggle<typeof CheckboxPrimitive.Root>['props'] & Omit<Toggle<typeof CheckboxPrimitive.Root>, 'props'>) {
  return (
    <CheckboxPrimitive.Root
      checked={value}
      onCheckedChange={(checked) => onChange?.(checked === true)}
      className={cn('grid size-4 shrink-0 place-items-center rounded-sm border border-input bg-card disabled:opacity-50 data-[state=checked]:border-primary data-[state=checked]:bg-primary data-[state=checked]:text-primary-foreground', className)}
      {...props}
    >
      <CheckboxPrimitive.Indicator>
        <Check className="size-3.5" aria-hidden />
      </CheckboxPrimitive.Indicator>
    </CheckboxPrimitive.Root>
  )
}

export function RadioGroup({ className, ...props }: ComponentProps<typeof RadioPrimitive.Root>) {
  return <RadioPrimitive.Root className={cn('grid gap-2', className)} {...props} />
}

/** A choice with a line of explanation, pressed anywhere. */
export function RadioCard({ value, label, description }: { value: string; label: ReactNode; description?: ReactNode }) {
  return (
    <RadioPrimitive.Item value={value} className="flex items-start gap-3 rounded-md border bg-card px-3 py-2.5 text-left hover:bg-muted data-[state=checked]:border-primary data-[state=checked]:bg-primary-soft">
      <span className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-input bg-card">
        <RadioPrimitive.Indicator className="size-2 rounded-full bg-primary" />
      </span>
      <span>
        <span className="block font-medium">{label}</span>
        {description && <span className="block text-sm text-muted-foreground">{description}</span>}
      </span>
    </RadioPrimitive.Item>
  )
}
