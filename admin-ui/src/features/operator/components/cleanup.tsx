import { useQuery } from '@tanstack/react-query'
import { Brush } from 'lucide-react'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { EmptyState, ErrorState } from '@/components/ui/states'
import { Table, Td, Th } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { asProblem } from '@/lib/api'
import { formatCount, formatDateTime } from '@/lib/format'
import { cleanupQuery, usePreviewCleanup } from '../api/operator'
import { countName } from '../api/words'

/** What clean-up has done, and what it would do now. */
export function Cleanup() {
  const { data, error, refetch } = useQuery(cleanupQuery)
  const preview = usePreviewCleanup()
  return (
    <div className="space-y-6">
      <Card>
        <CardHeader
          title="Due now"
          description="What has expired goes within minutes, stored files that nobody names within a day. Looking removes nothing."
          actions={
            <Button pending={preview.isPending} onClick={() => preview.mutate()}>
              {preview.data ? 'Look again' : 'Show what would go'}
            </Button>
          }
        />
        {preview.error && (
          <CardContent>
            <Alert tone="destructive">{asProblem(preview.error).detail}</Alert>
          </CardContent>
        )}
        {preview.data && <Counts label="Due now" counts={preview.data} />}
      </Card>
      <Card className="overflow-hidden">
        <CardHeader title="Last runs" />
        {data ? (
          data.runs.length > 0 ? (
            data.runs.map((run) => (
              <section key={run.name} aria-label={countName(run.name)} className="border-t">
                <p className="px-5 pt-3 text-sm">
                  <span className="font-medium">{countName(run.name)}</span> <span className="text-muted-foreground">{formatDateTime(run.at)}</span>
                </p>
                <Counts label={countName(run.name)} counts={run.counts} />
              </section>
            ))
          ) : (
            <EmptyState icon={Brush} title="No run yet" className="py-8">
              The first is within a day of the start.
            </EmptyState>
          )
        ) : error ? (
          <ErrorState error={error} retry={() => void refetch()} />
        ) : (
          <CardContent>
            <Skeleton className="h-32" />
          </CardContent>
        )}
      </Card>
      {data && data.deleted_tenants.length > 0 && (
        <Card className="overflow-hidden">
          <CardHeader title="Deleted tenants" description="All that is left of them." />
          <Table aria-label="Deleted tenants">
            <thead>
              <tr>
                <Th>Tenant</Th>
                <Th className="hidden sm:table-cell">Asked by</Th>
                <Th>Asked</Th>
                <Th>Gone</Th>
              </tr>
            </thead>
            <tbody>
              {data.deleted_tenants.map((tenant) => (
                <tr key={tenant.id}>
                  <Td className="font-mono text-xs break-all">{tenant.id}</Td>
                  <Td className="hidden font-mono text-xs break-all sm:table-cell">{tenant.asked_by}</Td>
                  <Td className="text-muted-foreground">
                    <Time at={tenant.asked_at} />
                  </Td>
                  <Td className="text-muted-foreground">
                    <Time at={tenant.deleted_at} />
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </Card>
      )}
    </div>
  )
}

/** Numbers by name. */
function Counts({ label, counts }: { label: string; counts: unknown }) {
  const entries = typeof counts === 'object' && counts !== null ? Object.entries(counts as Record<string, unknown>).filter((entry): entry is [string, number] => typeof entry[1] === 'number') : []
  return (
    <dl aria-label={label} className="grid gap-x-8 gap-y-1.5 px-5 pt-2 pb-4 text-sm sm:grid-cols-2">
      {entries.map(([name, count]) => (
        <div key={name} className="flex justify-between gap-4">
          <dt className="text-muted-foreground">{countName(name)}</dt>
          <dd className="tabular-nums">{formatCount(count)}</dd>
        </div>
      ))}
    </dl>
  )
}
