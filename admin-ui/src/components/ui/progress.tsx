import * as Primitive from '@radix-ui/react-progress'
import { cn } from '@/lib/cn'

/** How much of `max` is used; red from nine tenths on. */
export function Meter({ value, max, label }: { value: number; max: number; label: string }) {
  const share = max > 0 ? Math.min(1, value / max) : 0
  return (
    <Primitive.Root value={Math.min(value, max)} max={max} aria-label={label} className="h-1.5 w-full overflow-hidden rounded-full bg-muted">
      <Primitive.Indicator className={cn('h-full rounded-full', share >= 0.9 ? 'bg-destructive' : 'bg-primary')} style={{ width: `${share * 100}%` }} />
    </Primitive.Root>
  )
}
