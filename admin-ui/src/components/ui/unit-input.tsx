import type { ComponentProps } from 'react'
import { cn } from '@/lib/cn'
import { fieldLook } from './input'

/** A number with its unit behind it. The value is text, so that it can be empty: the default. */
export function UnitInput({ unit, className, ...props }: ComponentProps<'input'> & { unit: string }) {
  return (
    <div className={cn('relative', className)}>
      <input inputMode="decimal" autoComplete="off" className={cn(fieldLook, 'h-9 pr-14 text-[16px] tabular-nums md:h-8 md:text-base')} {...props} />
      <span aria-hidden className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-sm text-muted-foreground">
        {unit}
      </span>
    </div>
  )
}
