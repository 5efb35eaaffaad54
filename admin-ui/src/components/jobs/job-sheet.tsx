import { RotateCcw, Trash2 } from 'lucide-react'
import { Alert } from '@/components/ui/alert'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Dialog, SheetContent } from '@/components/ui/dialog'
import { Fact, Facts } from '@/components/ui/facts'
import { formatDateTime } from '@/lib/format'
import { JOB_STATES, type Job, kindName, mayDiscard, mayRetry, subjectOf } from './words'

interface JobSheetProps {
  job: Job | undefined
  onClose: () => void
  showTenant?: boolean
  retry?: (job: Job) => void
  discard?: (job: Job) => void
  isBusy: boolean
}

/** One job in detail. It closes by itself when the job is there no more. */
export function JobSheet({ job, onClose, showTenant, retry, discard, isBusy }: JobSheetProps) {
  return (
    <Dialog open={job !== undefined} onOpenChange={(open) => !open && onClose()}>
      {job && (
        <SheetContent title={kindName(job.kind)}>
          <div>
            <Badge tone={JOB_STATES[job.state].tone}>{JOB_STATES[job.state].label}</Badge>
          </div>
          {job.last_error && (
            <Alert tone={job.state === 'dead' ? 'destructive' : 'warning'} title="Last error">
              <span className="break-words">{job.last_error}</span>
            </Alert>
          )}
          <Facts className="sm:grid-cols-1">
            <Fact label="Tries">{`${job.attempts} of ${job.max_attempts}`}</Fact>
            {job.progress && <Fact label="Progress">{`${job.progress.phase ?? 'at'} ${job.progress.done}${job.progress.total == null ? '' : ` of ${job.progress.total}`}`}</Fact>}
            <Fact label="Ordered">{formatDateTime(job.created_at)}</Fact>
            {job.state === 'ready' && <Fact label="Begins">{formatDateTime(job.run_at)}</Fact>}
            {job.finished_at && <Fact label={job.state === 'dead' ? 'Given up' : 'Done'}>{formatDateTime(job.finished_at)}</Fact>}
            {subjectOf(job.subject).map(([name, id]) => (
              <Fact key={name} label={name.charAt(0).toUpperCase() + name.slice(1)} copy={id} />
            ))}
            {showTenant && (job.tenant_id ? <Fact label="Tenant" copy={job.tenant_id} /> : <Fact label="Tenant">The platform’s own</Fact>)}
            <Fact label="Job" copy={job.id} />
          </Facts>
          <div className="flex flex-wrap gap-2">
            {retry && mayRetry(job) && (
              <Button variant="primary" pending={isBusy} onClick={() => retry(job)}>
                <RotateCcw aria-hidden />
                Try again
              </Button>
            )}
            {discard && mayDiscard(job) && (
              <Button onClick={() => discard(job)}>
                <Trash2 aria-hidden />
                Discard…
              </Button>
            )}
          </div>
        </SheetContent>
      )}
    </Dialog>
  )
}
