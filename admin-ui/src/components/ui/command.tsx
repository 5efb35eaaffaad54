import { Command as Primitive } from 'cmdk'
import type { ComponentProps } from 'react'
import { cn } from '@/lib/cn'

export const Command = Primitive
export const CommandList = Primitive.List
export const CommandEmpty = Primitive.Empty

export function CommandInput({ className, ...props }: ComponentProps<typeof Primitive.Input>) {
  return <Primitive.Input className={cn('h-12 w-full border-b bg-transparent px-4 text-[16px] outline-none placeholder:text-muted-foreground', className)} {...props} />
}

export function CommandGroup({ className, ...props }: ComponentProps<typeof Primitive.Group>) {
  return <Primitive.Group className={cn('p-1.5 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-sm [&_[cmdk-group-heading]]:text-muted-foreground', className)} {...props} />
}

export function CommandItem({ className, ...props }: ComponentProps<typeof Primitive.Item>) {
  return <Primitive.Item className={cn('flex cursor-default items-center gap-2.5 rounded-md px-2.5 py-2 select-none data-[selected=true]:bg-muted [&>svg]:size-4 [&>svg]:text-muted-foreground', className)} {...props} />
}
