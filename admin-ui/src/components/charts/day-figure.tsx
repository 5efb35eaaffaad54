import { Suspense, lazy } from 'react'
import { Skeleton } from '@/components/ui/skeleton'
import type { DayChartProps } from './day-chart'
import { shortDay } from './days'

const DayChart = lazy(() => import('./day-chart'))

/** A chart by day, and the same as a table for who cannot see it. */
export function DayFigure({ label, ...chart }: DayChartProps & { label: string }) {
  const { series, data, format } = chart
  return (
    <figure aria-label={label}>
      <div aria-hidden className="h-56">
        <Suspense fallback={<Skeleton className="h-full" />}>
          <DayChart {...chart} />
        </Suspense>
      </div>
      <div className="sr-only">
        <table>
          <caption>{label}</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              {series.map(({ key, label }) => (
                <th key={key} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.map((row) => (
              <tr key={row.day}>
                <th scope="row">{shortDay(row.day)}</th>
                {series.map(({ key }) => {
                  const value = row[key]
                  return <td key={key}>{typeof value === 'number' ? format(value) : 'nothing'}</td>
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  )
}
