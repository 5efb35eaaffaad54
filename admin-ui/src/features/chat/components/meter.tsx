import { useEffect, useEffectEvent, useRef } from 'react'

/** Decibels below full scale at which the meter stands at nothing. */
const FLOOR_DB = 50

const BARS = 12

/** How loud it is, in bars. Only for the eye: what happens is told in words elsewhere. */
export function Meter({ label, level, tone = 'primary' }: { label: string; level: () => number; tone?: 'primary' | 'lamp' }) {
  const bars = useRef<HTMLSpanElement>(null)
  const draw = useEffectEvent((shown: number) => {
    const loud = level()
    const share = loud > 0 ? Math.min(1, Math.max(0, 1 + (20 * Math.log10(loud)) / FLOOR_DB)) : 0
    // It rises at once and falls slowly, as eyes like it.
    const next = Math.max(share, shown - 0.04)
    bars.current?.querySelectorAll('span').forEach((bar, at) => {
      bar.style.opacity = next * BARS > at ? '1' : '0.22'
    })
    return next
  })
  useEffect(() => {
    let shown = 0
    let frame = requestAnimationFrame(function again() {
      shown = draw(shown)
      frame = requestAnimationFrame(again)
    })
    return () => cancelAnimationFrame(frame)
  }, [])
  return (
    <span className="flex items-center gap-1.5" aria-hidden>
      <span className="text-xs text-muted-foreground">{label}</span>
      <span ref={bars} className="flex h-4 items-center gap-0.5">
        {Array.from({ length: BARS }, (_, at) => (
          <span key={at} className={`h-full w-1 rounded-full opacity-20 ${tone === 'lamp' ? 'bg-lamp' : 'bg-primary'}`} />
        ))}
      </span>
    </span>
  )
}
