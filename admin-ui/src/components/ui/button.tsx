import { Slot } from '@radix-ui/react-slot'
import { type VariantProps, cva } from 'class-variance-authority'
import { LoaderCircle } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from '@/lib/cn'

export const buttonVariants = cva(
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-md font-medium whitespace-nowrap transition-colors disabled:pointer-events-none disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-primary text-primary-foreground shadow-xs hover:bg-primary/90',
        secondary: 'border border-input bg-card shadow-xs hover:bg-muted',
        ghost: 'hover:bg-muted',
        destructive: 'bg-destructive text-destructive-foreground shadow-xs hover:bg-destructive/90',
        link: 'h-auto px-0 text-primary-text underline-offset-4 hover:underline',
      },
      size: { sm: 'h-7 px-2.5 text-sm', md: 'h-8 px-3', lg: 'h-9 px-4', icon: 'size-8', 'icon-sm': 'size-7' },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof buttonVariants> {
  /** Renders its child as the button: a link, a trigger. */
  asChild?: boolean
  /** Shows that it is at work and takes no second press. */
  pending?: boolean
}

export function Button({ className, variant, size, asChild, pending, disabled, children, type = 'button', ...props }: ButtonProps) {
  const look = cn(buttonVariants({ variant, size }), className)
  if (asChild) {
    return (
      <Slot className={look} {...props}>
        {children}
      </Slot>
    )
  }
  return (
    <button type={type} className={look} disabled={disabled || pending} aria-busy={pending} {...props}>
      {pending && <LoaderCircle className="animate-spin" aria-hidden />}
      {children}
    </button>
  )
}
