import { useEffect, useState } from 'react'
import { formatDuration } from '@/lib/format'

/** How long it has lasted, second by second. Not read out: it would never end. */
export function Elapsed({ since }: { since: string }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 1_000)
    return () => window.clearInterval(timer)
  }, [])
  return (
    <span role="timer" aria-live="off" className="tabular-nums">
      {formatDuration((now - Date.parse(since)) / 1_000)}
    </span>
  )
}
