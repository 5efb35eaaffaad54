import * as Primitive from '@radix-ui/react-dialog'
import { X } from 'lucide-react'
import { type ComponentProps, type ReactNode, useRef } from 'react'
import { cn } from '@/lib/cn'
import { Button } from './button'

export const Dialog = Primitive.Root
export const DialogTrigger = Primitive.Trigger
export const DialogClose = Primitive.Close

export const overlayLook =
  'fixed inset-0 z-50 bg-black/45 backdrop-blur-[1px] data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=open]:animate-in data-[state=open]:fade-in-0'

/** Focus goes back to what opened a dialog: Radix does that for its own triggers alone. */
export function useFocusBack() {
  const opener = useRef<HTMLElement | null>(null)
  return {
    onOpenAutoFocus: () => {
      const focused = document.activeElement
      // A menu is gone by then, the button that opened it is not.
      const button = focused?.closest('[role=menu]')?.getAttribute('aria-labelledby')
      opener.current = button ? document.getElementById(button) : focused instanceof HTMLElement ? focused : null
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault()
      // Somewhere already: on a new page.
      if (document.activeElement === document.body) opener.current?.focus()
    },
  }
}

interface ContentProps extends Omit<ComponentProps<typeof Primitive.Content>, 'title'> {
  title: ReactNode
  description?: ReactNode
  /** For titles that are seen elsewhere already. */
  hideTitle?: boolean
}

function Heading({ title, description, hideTitle }: Pick<ContentProps, 'title' | 'description' | 'hideTitle'>) {
  return (
    <div className={cn('space-y-1', hideTitle && 'sr-only')}>
      <Primitive.Title className="text-lg font-semibold">{title}</Primitive.Title>
      {description && <Primitive.Description className="text-sm text-muted-foreground">{description}</Primitive.Description>}
    </div>
  )
}

function Close() {
  return (
    <Primitive.Close asChild>
      <Button variant="ghost" size="icon-sm" className="absolute top-3 right-3" aria-label="Close">
        <X aria-hidden />
      </Button>
    </Primitive.Close>
  )
}

export function DialogContent({ title, description, hideTitle, className, children, ...props }: ContentProps) {
  const focusBack = useFocusBack()
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlayLook} />
      <Primitive.Content
        {...(description ? {} : { 'aria-describedby': undefined })}
        className={cn(
          'fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 -translate-y-1/2 space-y-4 overflow-y-auto rounded-lg border bg-popover p-5 shadow-lg data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98',
          className,
        )}
        {...focusBack}
        {...props}
      >
        <Heading title={title} description={description} hideTitle={hideTitle} />
        {children}
        <Close />
      </Primitive.Content>
    </Primitive.Portal>
  )
}

export function DialogFooter({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('flex flex-col-reverse gap-2 pt-1 sm:flex-row sm:justify-end', className)} {...props} />
}

/** A dialog that comes from a side: forms with much in them, and the navigation on a phone. */
export function SheetContent({ title, description, hideTitle, side = 'right', className, children, ...props }: ContentProps & { side?: 'left' | 'right' }) {
  const focusBack = useFocusBack()
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlayLook} />
      <Primitive.Content
        {...(description ? {} : { 'aria-describedby': undefined })}
        className={cn(
          'fixed inset-y-0 z-50 flex w-[min(28rem,calc(100vw-3rem))] flex-col gap-4 overflow-y-auto border bg-popover p-5 shadow-lg data-[state=closed]:animate-out data-[state=open]:animate-in',
          side === 'right' ? 'right-0 data-[state=closed]:slide-out-to-right data-[state=open]:slide-in-from-right' : 'left-0 data-[state=closed]:slide-out-to-left data-[state=open]:slide-in-from-left',
          className,
        )}
        {...focusBack}
        {...props}
      >
        <Heading title={title} description={description} hideTitle={hideTitle} />
        {children}
        <Close />
      </Primitive.Content>
    </Primitive.Portal>
  )
}
