import * as Primitive from '@radix-ui/react-tooltip'
import type { ReactNode } from 'react'

export const TooltipProvider = Primitive.Provider

/** Words for a button that shows a picture only. The button needs its own `aria-label`. */
export function Tooltip({ text, children, side }: { text: ReactNode; children: ReactNode; side?: 'top' | 'right' | 'bottom' | 'left' }) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content side={side} sideOffset={6} className="z-50 max-w-64 rounded-md bg-foreground px-2 py-1 text-xs text-background shadow-md">
          {text}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
