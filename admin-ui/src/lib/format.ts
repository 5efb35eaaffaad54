// Everything that people read as a number or a time goes through here: one spelling on all pages.

const LOCALE = 'en'

const dateTimes = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short' })
const dates = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium' })
const relatives = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto', style: 'short' })
const counts = new Intl.NumberFormat(LOCALE)

export function formatDateTime(at: string | Date): string {
  return dateTimes.format(new Date(at))
}

export function formatDate(at: string | Date): string {
  return dates.format(new Date(at))
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** `5 min. ago`, `yesterday`, `in 3 days`; within a minute, `just now`. */
export function formatRelative(at: string | Date, now: Date = new Date()): string {
  const seconds = (new Date(at).getTime() - now.getTime()) / 1000
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return relatives.format(Math.trunc(seconds / size), unit)
  }
  return seconds > 0 ? 'in a moment' : 'just now'
}

/** Seconds as `1:05`, `1:02:03`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** Milliseconds as `480 ms`, `1.25 s`. */
export function formatLatency(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`
}

export function formatCount(count: number): string {
  return counts.format(count)
}

/** US dollars; small sums keep the digits that make them differ from nothing. */
export function formatMoney(usd: number): string {
  const digits = usd !== 0 && Math.abs(usd) < 1 ? 4 : 2
  return new Intl.NumberFormat(LOCALE, { style: 'currency', currency: 'USD', minimumFractionDigits: 2, maximumFractionDigits: digits }).format(usd)
}

export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)))
  const value = bytes / 1024 ** power
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`
}

/** E.164 for reading: North American numbers as they are written there, others in groups. */
export function formatPhone(e164: string): string {
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164)
  if (american) return `+1 (${american[1]}) ${american[2]}-${american[3]}`
  const other = /^\+(\d{2})(\d{3,})$/.exec(e164)
  if (!other?.[2]) return e164
  return `+${other[1]} ${other[2].replace(/(\d{3})(?=\d{2})/g, '$1 ').trim()}`
}
