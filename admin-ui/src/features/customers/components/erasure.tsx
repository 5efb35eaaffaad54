import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleCheck, Eraser } from 'lucide-react'
import { useEffect } from 'react'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { PageHeader } from '@/components/ui/page-header'
import { Meter } from '@/components/ui/progress'
import { EmptyState, ErrorState } from '@/components/ui/states'
import { jobQuery, keys } from '../api/queries'

/** A customer whose name is gone, while a job removes the rest. */
export function Erasure({ job: id }: { job: string }) {
  const client = useQueryClient()
  const { data: job, error, refetch } = useQuery(jobQuery(id))
  const isOver = job === null || job?.state === 'done'
  useEffect(() => {
    if (isOver) void Promise.all([keys.all, ['calls']].map((queryKey) => client.invalidateQueries({ queryKey, refetchType: 'none' })))
  }, [client, isOver])
  const back = (
    <Button asChild>
      <Link to="/customers">All customers</Link>
    </Button>
  )
  return (
    <>
      <PageHeader title="Customer" back={{ to: '/customers', label: 'Customers' }} />
      <Card aria-live="polite">
        {error && job === undefined ? (
          <ErrorState error={error} retry={() => void refetch()} />
        ) : job?.state === 'dead' ? (
          <EmptyState icon={Eraser} title="The erasure did not end" action={back}>
            <Alert tone="destructive">{job.last_error ?? 'No reason is known.'}</Alert>
            <p className="mt-2">Name, numbers and metadata are gone. Retry the rest under Jobs.</p>
          </EmptyState>
        ) : isOver ? (
          <EmptyState icon={CircleCheck} title="Erased" action={back}>
            Nothing is left of this customer, nor of what was said with them. What was used stays counted, without a name.
          </EmptyState>
        ) : (
          <EmptyState icon={Eraser} title="Being erased" action={back}>
            <p>Name, numbers and metadata are gone. Recordings, transcripts and turns follow; you may leave this page.</p>
            {job?.progress?.total ? (
              <div className="mt-4">
                <Meter label="Progress" value={job.progress.done} max={job.progress.total} />
              </div>
            ) : null}
          </EmptyState>
        )}
      </Card>
    </>
  )
}
