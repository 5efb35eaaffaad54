import { daysBetween } from '@/components/charts/days'
import type { Schema } from '@/lib/api'
import type { Channel } from '@/lib/conversations'

export type Report = Schema<'UsageReport'>
export type Amount = Schema<'Amount'>

export const METRICS = [
  { value: 'minutes', label: 'Minutes', of: (used: Amount) => used.seconds / 60 },
  { value: 'conversations', label: 'Conversations', of: (used: Amount) => used.conversations },
  { value: 'cost', label: 'Cost', of: (used: Amount) => used.cost_usd.total },
] as const

export type Metric = (typeof METRICS)[number]['value']

export const CHANNEL_COLORS: Record<Channel, number> = { phone: 1, socket: 3, http: 2 }

/** A row for each day of the report, those without use too: one number for each channel. */
export function rowsOf(report: Report, metric: Metric): ({ day: string } & Record<string, string | number>)[] {
  const of = METRICS.find(({ value }) => value === metric)?.of ?? (() => 0)
  const used = new Map(report.days.map(({ day, channel, used }) => [`${day} ${channel}`, of(used)]))
  return daysBetween(report.from, report.to).map((day) => ({
    day,
    ...Object.fromEntries(Object.keys(CHANNEL_COLORS).map((channel) => [channel, used.get(`${day} ${channel}`) ?? 0])),
  }))
}
