import { type VariantProps, cva } from 'class-variance-authority'
import type { ComponentProps } from 'react'
import { cn } from '@/lib/cn'

const look = cva('inline-flex items-center gap-1.5 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap', {
  variants: {
    tone: {
      neutral: 'bg-muted text-foreground',
      primary: 'bg-primary-soft text-primary-text',
      success: 'bg-success-soft text-success-text',
      warning: 'bg-warning-soft text-warning-text',
      destructive: 'bg-destructive-soft text-destructive-text',
      outline: 'border text-muted-foreground',
    },
  },
  defaultVariants: { tone: 'neutral' },
})

export type BadgeTone = NonNullable<VariantProps<typeof look>['tone']>

export function Badge({ className, tone, lamp, children, ...props }: ComponentProps<'span'> & VariantProps<typeof look> & { lamp?: boolean }) {
  return (
    <span className={cn(look({ tone }), className)} {...props}>
      {lamp && <span className="size-1.5 animate-pulse rounded-full bg-lamp" aria-hidden />}
      {children}
    </span>
  )
}
