import { type ComponentProps, useEffect, useRef, useState } from 'react'
import { cn } from '@/lib/cn'

/** Scrolls sideways where it must, by the keyboard too; the page never does. */
export function Table({ className, ...props }: ComponentProps<'table'>) {
  const box = useRef<HTMLDivElement>(null)
  const [scrolls, setScrolls] = useState(false)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => setScrolls(element.scrollWidth > element.clientWidth))
    for (const sized of [element, ...element.children]) observer.observe(sized)
    return () => observer.disconnect()
  }, [])
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached with the keyboard
    <div ref={box} className="overflow-x-auto -outline-offset-2" tabIndex={scrolls ? 0 : undefined}>
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
