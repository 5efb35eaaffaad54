import type { ComponentProps } from 'react'
import { cn } from '@/lib/cn'

export const fieldLook =
  'w-full rounded-md border border-input bg-card px-3 shadow-xs transition-colors placeholder:text-muted-foreground disabled:cursor-not-allowed disabled:opacity-60 aria-invalid:border-destructive'

// 16 px on phones: Safari zooms into smaller fields.
export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input className={cn(fieldLook, 'h-9 text-[16px] md:h-8 md:text-base', className)} {...props} />
}

export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return <textarea className={cn(fieldLook, 'field-sizing-content min-h-20 py-1.5 text-[16px] md:text-base', className)} {...props} />
}
