import { CircleAlert, type LucideIcon, Unplug } from 'lucide-react'
import type { ReactNode } from 'react'
import { asProblem } from '@/lib/api'
import { cn } from '@/lib/cn'
import { Button } from './button'

interface StateProps {
  icon?: LucideIcon
  title: string
  children?: ReactNode
  action?: ReactNode
  className?: string
}

/** Nothing is here yet: what would be, and how it comes. */
export function EmptyState({ icon: Icon, title, children, action, className }: StateProps) {
  return (
    <div className={cn('flex flex-col items-center px-6 py-14 text-center', className)}>
      {Icon && (
        <div className="mb-3 grid size-10 place-items-center rounded-full bg-muted text-muted-foreground">
          <Icon className="size-5" aria-hidden />
        </div>
      )}
      <p className="font-medium">{title}</p>
      {children && <div className="mt-1 max-w-sm text-sm text-muted-foreground">{children}</div>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  )
}

/** It failed: what, why, and another try. */
export function ErrorState({ error, retry, title, className }: { error: unknown; retry?: () => void; title?: string; className?: string }) {
  const problem = asProblem(error)
  const Icon = problem.isOffline ? Unplug : CircleAlert
  return (
    <div role="alert" className={cn('flex flex-col items-center px-6 py-14 text-center', className)}>
      <div className="mb-3 grid size-10 place-items-center rounded-full bg-destructive-soft text-destructive-text">
        <Icon className="size-5" aria-hidden />
      </div>
      <p className="font-medium">{title ?? problem.title}</p>
      <p className="mt-1 max-w-md text-sm break-words text-muted-foreground">{problem.detail}</p>
      {problem.requestId && <p className="mt-1 font-mono text-xs text-muted-foreground">Request {problem.requestId}</p>}
      {retry && (
        <Button className="mt-4" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  )
}
