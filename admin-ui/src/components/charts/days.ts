const days = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' })

/** `2026-11-22` as `Nov 22`. */
export function shortDay(day: string): string {
  const at = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(at.getTime()) ? day : days.format(at)
}

/** All days from one to another, both included. */
export function daysBetween(from: string, to: string): string[] {
  const found: string[] = []
  const end = Date.parse(`${to}T00:00:00Z`)
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= end && found.length < 400; at += 86_400_000) found.push(new Date(at).toISOString().slice(0, 10))
  return found
}
