import type { ReactNode } from 'react'
import { cn } from '@/lib/cn'
import { CopyButton } from './copy-button'

/** What is known of one thing: names and values. */
export function Facts({ children, className }: { children: ReactNode; className?: string }) {
  return <dl className={cn('grid gap-x-6 gap-y-3 text-sm sm:grid-cols-2', className)}>{children}</dl>
}

/** `copy`: a value for machines, with a button that copies it. */
export function Fact({ label, children, copy }: { label: string; children?: ReactNode; copy?: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted-foreground">{label}</dt>
      <dd className={cn('break-words', copy && 'flex items-center gap-1')}>
        {copy ? (
          <>
            <span className="min-w-0 truncate font-mono text-xs" title={copy}>
              {children ?? copy}
            </span>
            <CopyButton text={copy} label={`Copy ${label}`} />
          </>
        ) : (
          children
        )}
      </dd>
    </div>
  )
}
