import * as Primitive from '@radix-ui/react-popover'
import type { ComponentProps } from 'react'
import { cn } from '@/lib/cn'
import { menuLook } from './dropdown-menu'

export const Popover = Primitive.Root
export const PopoverTrigger = Primitive.Trigger

export function PopoverContent({ className, sideOffset = 4, align = 'start', ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content sideOffset={sideOffset} align={align} className={cn(menuLook, 'w-72 p-3', className)} {...props} />
    </Primitive.Portal>
  )
}
