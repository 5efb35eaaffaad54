/** Days of a report, `2026-11-22`, both included; UTC, as the API reckons. */
export interface Period {
  from: string
  to: string
}

export const PRESETS = [
  { value: 'month', label: 'This month' },
  { value: 'before', label: 'Last month' },
  { value: '30', label: 'Last 30 days' },
  { value: '90', label: 'Last 90 days' },
  { value: 'year', label: 'Last 12 months' },
] as const

export type Preset = (typeof PRESETS)[number]['value']

export function readPreset(value: unknown): Preset {
  return PRESETS.find((preset) => preset.value === String(value))?.value ?? 'month'
}

export function periodOf(preset: Preset, now: Date): Period {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()]
  const at = (year: number, month: number, day: number) => new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10)
  const today = at(year, month, day)
  switch (preset) {
    case 'month':
      return { from: at(year, month, 1), to: today }
    case 'before':
      return { from: at(year, month - 1, 1), to: at(year, month, 0) }
    case '30':
      return { from: at(year, month, day - 29), to: today }
    case '90':
      return { from: at(year, month, day - 89), to: today }
    case 'year':
      return { from: at(year, month, day - 364), to: today }
  }
}
