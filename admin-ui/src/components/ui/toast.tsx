import { Toaster as Sonner, toast as sonner } from 'sonner'
import { asProblem } from '@/lib/api'
import { useTheme } from '@/lib/theme'

/** Short words on what has just happened; sonner reads them to screen readers. Errors of forms stay in the form. */
export const toast = {
  done: (message: string) => sonner.success(message),
  error: (error: unknown) => sonner.error(typeof error === 'string' ? error : asProblem(error).detail),
}

export function Toaster() {
  return <Sonner theme={useTheme()} position="bottom-right" closeButton toastOptions={{ className: '!rounded-lg !border !border-border !bg-popover !text-foreground !font-sans !text-[14px]' }} />
}
