import type { ComponentProps } from 'react'
import { cn } from '@/lib/cn'

/** Scrolls sideways where it must; the page never does. */
export function Table({ className, ...props }: ComponentProps<'table'>) {
  return (
    <div className="overflow-x-auto">
      <table className={cn('w-full text-left', className)} {...props} />
    </div>
  )
}

export function Th({ className, ...props }: ComponentProps<'th'>) {
  return <th scope="col" className={cn('h-9 border-b px-4 text-sm font-medium whitespace-nowrap text-muted-foreground', className)} {...props} />
}

export function Td({ className, ...props }: ComponentProps<'td'>) {
  return <td className={cn('h-11 border-b px-4 py-2 tabular-nums in-[tr:last-child]:border-b-0', className)} {...props} />
}
