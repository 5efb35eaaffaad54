import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Card } from '@/components/ui/card'
import { PageHeader } from '@/components/ui/page-header'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { reportQuery } from './api/queries'
import { LimitsCard } from './components/limits-card'
import { ChartCard, TableCard, Totals, Unpriced } from './components/report-card'
import { PRESETS, type Preset, periodOf } from './period'

interface UsagePageProps {
  preset: Preset
  onPreset: (preset: Preset) => void
}

export function UsagePage({ preset, onPreset }: UsagePageProps) {
  const [now] = useState(() => new Date())
  const { data, error, refetch } = useQuery(reportQuery(periodOf(preset, now)))
  return (
    <>
      <PageHeader
        title="Usage and limits"
        description="What was used, by day and channel, and what may be."
        actions={<Select aria-label="Period" className="w-40" options={PRESETS} value={preset} onChange={(value) => onPreset(value as Preset)} />}
      />
      <div className="space-y-6">
        <LimitsCard />
        {data ? (
          <>
            <Totals report={data} />
            <Unpriced count={data.total.unpriced} />
            <ChartCard report={data} />
            <TableCard report={data} />
          </>
        ) : error ? (
          <Card>
            <ErrorState error={error} retry={() => void refetch()} />
          </Card>
        ) : (
          <>
            <Skeleton className="h-28" />
            <Skeleton className="h-80" />
            <Skeleton className="h-64" />
          </>
        )}
      </div>
    </>
  )
}
