import { type VariantProps, cva } from 'class-variance-authority'
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/lib/cn'

const look = cva('flex gap-2.5 rounded-md px-3 py-2.5 text-sm [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0', {
  variants: {
    tone: {
      info: 'bg-primary-soft text-primary-text',
      success: 'bg-success-soft text-success-text',
      warning: 'bg-warning-soft text-warning-text',
      destructive: 'bg-destructive-soft text-destructive-text',
    },
  },
  defaultVariants: { tone: 'info' },
})

const ICONS = { info: Info, success: CircleCheck, warning: TriangleAlert, destructive: CircleAlert }

export function Alert({ tone = 'info', title, children, className }: VariantProps<typeof look> & { title?: string; children?: ReactNode; className?: string }) {
  const Icon = ICONS[tone ?? 'info']
  return (
    <div role={tone === 'destructive' ? 'alert' : 'status'} className={cn(look({ tone }), className)}>
      <Icon aria-hidden />
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium">{title}</p>}
        {children}
      </div>
    </div>
  )
}
