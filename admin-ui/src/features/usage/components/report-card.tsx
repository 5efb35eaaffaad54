import { useState } from 'react'
import { DayFigure } from '@/components/charts/day-figure'
import { shortDay } from '@/components/charts/days'
import { Alert } from '@/components/ui/alert'
import { Card, CardContent, CardHeader, StatCard } from '@/components/ui/card'
import { Select } from '@/components/ui/select'
import { EmptyState } from '@/components/ui/states'
import { Table, Td, Th } from '@/components/ui/table'
import { CHANNELS, type Channel } from '@/lib/conversations'
import { formatCount, formatDuration, formatMoney } from '@/lib/format'
import { ChartColumn } from 'lucide-react'
import { type Amount, CHANNEL_COLORS, METRICS, type Metric, type Report, rowsOf } from '../report'

const CHANNEL_LIST = Object.keys(CHANNEL_COLORS) as Channel[]

export function Totals({ report: { total } }: { report: Report }) {
  return (
    <section aria-label="Totals" className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <StatCard label="Conversations" value={formatCount(total.conversations)} />
      <StatCard label="Talked" value={formatDuration(total.seconds)} hint="Hours, minutes, seconds" />
      <StatCard label="Tokens" value={formatCount(total.prompt_tokens + total.completion_tokens)} hint={`${formatCount(total.completion_tokens)} written`} />
      <StatCard label="Cost" value={formatMoney(total.cost_usd.total)} hint={total.unpriced > 0 ? `${formatCount(total.unpriced)} not fully priced` : 'Estimated'} />
    </section>
  )
}

/** What a cost leaves out, said where it leaves something out. */
export function Unpriced({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <Alert tone="warning" title={`The cost leaves out a part of ${formatCount(count)} ${count === 1 ? 'conversation' : 'conversations'}`}>
      Some model or voice that served them has no known price. Whoever runs the server can set it; what your own credentials pay for is never counted here.
    </Alert>
  )
}

export function ChartCard({ report }: { report: Report }) {
  const [metric, setMetric] = useState<Metric>('minutes')
  const format = metric === 'cost' ? formatMoney : (value: number) => formatCount(Math.round(value * 10) / 10)
  const label = METRICS.find(({ value }) => value === metric)?.label ?? ''
  return (
    <Card>
      <CardHeader title="By day" description="Days are UTC" actions={<Select aria-label="What is shown" className="w-40" options={METRICS} value={metric} onChange={(value) => setMetric(value as Metric)} />} />
      <CardContent>
        <DayFigure label={`${label} by day`} kind="bars" data={rowsOf(report, metric)} format={format} series={CHANNEL_LIST.map((key) => ({ key, label: CHANNELS[key], color: CHANNEL_COLORS[key] }))} />
      </CardContent>
    </Card>
  )
}

export function TableCard({ report }: { report: Report }) {
  if (report.days.length === 0) {
    return (
      <Card>
        <EmptyState icon={ChartColumn} title="Nothing was used in these days">
          Every call, browser conversation and chat is counted here by day and channel.
        </EmptyState>
      </Card>
    )
  }
  const days = report.days.toReversed()
  return (
    <Card className="overflow-hidden">
      <CardHeader title="By day and channel" />
      <Table aria-label="Usage by day and channel" className="border-t">
        <thead>
          <tr>
            <Th>Day</Th>
            <Th>Channel</Th>
            <Th className="text-right">Conversations</Th>
            <Th className="text-right">Talked</Th>
            <Th className="hidden text-right md:table-cell">Recognised</Th>
            <Th className="hidden text-right md:table-cell">Tokens in / out</Th>
            <Th className="hidden text-right md:table-cell">Spoken characters</Th>
            <Th className="text-right">Cost</Th>
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, channel, used }) => (
            <Row key={`${day} ${channel}`} day={shortDay(day)} channel={channel} used={used} />
          ))}
          {report.channels.map(({ channel, used }) => (
            <Row key={channel} day="All days" channel={channel} used={used} isSum />
          ))}
        </tbody>
      </Table>
    </Card>
  )
}

function Row({ day, channel, used, isSum }: { day: string; channel: string; used: Amount; isSum?: boolean }) {
  return (
    <tr className={isSum ? 'bg-muted/50 font-medium' : 'hover:bg-muted/50'}>
      <Td className="whitespace-nowrap">{day}</Td>
      <Td>{CHANNELS[channel as Channel]}</Td>
      <Td className="text-right">{formatCount(used.conversations)}</Td>
      <Td className="text-right">{formatDuration(used.seconds)}</Td>
      <Td className="hidden text-right md:table-cell">{formatDuration(used.transcribed_ms / 1000)}</Td>
      <Td className="hidden text-right whitespace-nowrap md:table-cell">
        {formatCount(used.prompt_tokens)} / {formatCount(used.completion_tokens)}
      </Td>
      <Td className="hidden text-right md:table-cell">{formatCount(used.spoken_characters)}</Td>
      <Td className="text-right whitespace-nowrap">
        {formatMoney(used.cost_usd.total)}
        {used.unpriced > 0 && <span title={`${formatCount(used.unpriced)} not fully priced`}>+</span>}
      </Td>
    </tr>
  )
}
