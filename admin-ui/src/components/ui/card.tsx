import type { ComponentProps, ReactNode } from 'react'
import { cn } from '@/lib/cn'

export function Card({ className, ...props }: ComponentProps<'section'>) {
  return <section className={cn('rounded-lg border bg-card shadow-xs', className)} {...props} />
}

export function CardHeader({ title, description, actions, className }: { title: ReactNode; description?: ReactNode; actions?: ReactNode; className?: string }) {
  return (
    <div className={cn('flex flex-wrap justify-between gap-3 px-5 pt-4 pb-3', description ? 'items-start' : 'items-center', className)}>
      <div className="min-w-0 space-y-0.5">
        <h2 className="text-base font-semibold">{title}</h2>
        {description && <p className="text-sm text-muted-foreground">{description}</p>}
      </div>
      {actions && <div className="flex items-center gap-2">{actions}</div>}
    </div>
  )
}

export function CardContent({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('px-5 pb-5', className)} {...props} />
}

/** One number that matters, and what it is. */
export function StatCard({ label, value, hint }: { label: string; value: ReactNode; hint?: ReactNode }) {
  return (
    <Card className="px-4 py-3.5">
      <p className="text-sm text-muted-foreground">{label}</p>
      <div className="mt-1 min-h-8 text-2xl font-semibold tracking-tight tabular-nums">{value}</div>
      <div className="min-h-5 text-sm text-muted-foreground">{hint}</div>
    </Card>
  )
}
