import { Bar, BarChart, CartesianGrid, Legend, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { shortDay } from './days'
import { heights, ticks } from './scale'

export interface Series {
  key: string
  label: string
  /** 1–5: a colour of the charts. */
  color: number
}

export interface DayChartProps {
  kind: 'bars' | 'lines'
  series: readonly Series[]
  /** A row a day: `day` is `2026-11-22`, the rest by the series' keys; null: nothing is known of that day. */
  data: readonly ({ day: string } & Record<string, string | number | null>)[]
  format: (value: number) => string
}

const axis = { stroke: 'var(--border)', tick: { fill: 'var(--muted-foreground)', fontSize: 12 }, tickLine: false } as const

/** Only through `DayFigure`, which has the words for it. */
export default function DayChart({ kind, series, data, format }: DayChartProps) {
  const rows = [...data]
  const marks = ticks(heights(data, series.map(({ key }) => key), kind === 'bars'))
  const parts = (
    <>
      <CartesianGrid vertical={false} stroke="var(--border)" />
      <XAxis dataKey="day" tickFormatter={shortDay} minTickGap={24} interval="equidistantPreserveStart" {...axis} />
      <YAxis width={56} tickFormatter={format} ticks={marks} domain={[0, marks.at(-1) ?? 1]} axisLine={false} {...axis} />
      <Tooltip
        isAnimationActive={false}
        cursor={kind === 'bars' ? { fill: 'var(--muted)' } : { stroke: 'var(--border)' }}
        labelFormatter={(day) => (typeof day === 'string' ? shortDay(day) : day)}
        formatter={(value) => format(Number(value))}
        contentStyle={{ background: 'var(--popover)', border: '1px solid var(--border)', borderRadius: 8, fontSize: 13 }}
        labelStyle={{ color: 'var(--muted-foreground)' }}
        itemStyle={{ color: 'var(--foreground)' }}
      />
      {series.length > 1 && (
        <Legend iconType="circle" iconSize={8} wrapperStyle={{ fontSize: 13 }} formatter={(label: string) => <span style={{ color: 'var(--muted-foreground)' }}>{label}</span>} />
      )}
    </>
  )
  const margin = { top: 8, right: 4, bottom: 0, left: 0 }
  return (
    <ResponsiveContainer width="100%" height="100%">
      {kind === 'bars' ? (
        <BarChart data={rows} margin={margin} accessibilityLayer={false}>
          {parts}
          {series.map(({ key, label, color }) => (
            <Bar key={key} dataKey={key} name={label} stackId="day" fill={`var(--chart-${color})`} maxBarSize={28} isAnimationActive={false} />
          ))}
        </BarChart>
      ) : (
        <LineChart data={rows} margin={margin} accessibilityLayer={false}>
          {parts}
          {series.map(({ key, label, color }) => (
            <Line key={key} dataKey={key} name={label} stroke={`var(--chart-${color})`} strokeWidth={2} dot={{ r: 2.5, strokeWidth: 0, fill: `var(--chart-${color})` }} connectNulls isAnimationActive={false} />
          ))}
        </LineChart>
      )}
    </ResponsiveContainer>
  )
}
