import { ListChecks, RotateCcw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Thing } from '@/components/thing'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Select } from '@/components/ui/select'
import { EmptyState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { Checkbox } from '@/components/ui/toggles'
import { toast } from '@/components/ui/toast'
import { type CursorList, asProblem } from '@/lib/api'
import { formatCount } from '@/lib/format'
import { JobSheet } from './job-sheet'
import { TenantName } from './tenant-name'
import { JOB_STATES, type Job, type JobState, forEach, kindName, mayDiscard, mayRetry, subjectOf } from './words'

export interface JobFilter {
  state?: JobState
  kind?: string
}

export interface JobActions {
  retry: (id: string) => Promise<unknown>
  discard: (id: string) => Promise<unknown>
  /** After one or many: what is shown is asked for again. */
  changed: () => unknown
}

interface JobListProps {
  list: CursorList<Job>
  filter: JobFilter
  onFilter: (filter: JobFilter) => void
  kinds: readonly string[]
  /** Without: read only. */
  actions?: JobActions
  /** For operators: whose job it is. */
  showTenant?: boolean
}

const ANY = 'any'

/** Jobs with their filter, what can be done with one or many of them, and one in detail. */
export function JobList({ list, filter, onFilter, kinds, actions, showTenant }: JobListProps) {
  const [shown, setShown] = useState<string>()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [asked, setAsked] = useState<readonly Job[]>()
  const [isBusy, setBusy] = useState(false)
  const items = list.items ?? []
  const choosable = actions ? items.filter((job) => mayRetry(job) || mayDiscard(job)) : []
  const marked = choosable.filter((job) => chosen.has(job.id))
  const isFiltered = filter.state !== undefined || filter.kind !== undefined

  const run = async (jobs: readonly Job[], work: (id: string) => Promise<unknown>, done: string) => {
    setBusy(true)
    const result = await forEach(jobs, (job) => work(job.id))
    setBusy(false)
    setChosen(new Set())
    actions?.changed()
    if (result.done > 0) toast.done(`${formatCount(result.done)} ${result.done === 1 ? 'job' : 'jobs'} ${done}`)
    if (result.failed > 0) toast.error(`${formatCount(result.failed)} not ${done}: ${asProblem(result.error).detail}`)
  }
  const retry = (jobs: readonly Job[]) => actions && void run(jobs.filter(mayRetry), actions.retry, 'tried again')
  const mark = (ids: readonly string[], on: boolean) => {
    const next = new Set(chosen)
    for (const id of ids) {
      if (on) next.add(id)
      else next.delete(id)
    }
    setChosen(next)
  }

  const columns: Column<Job>[] = [
    {
      id: 'kind',
      header: 'Job',
      cell: (job) => (
        <>
          <button type="button" className="block text-left font-medium hover:underline" aria-haspopup="dialog" onClick={() => setShown(job.id)}>
            {kindName(job.kind)}
          </button>
          {/* What belongs to another tenant has no page here. */}
          {!showTenant && (
            <span className="flex flex-wrap gap-x-2 text-sm text-muted-foreground">
              {subjectOf(job.subject).map(([name, id]) => (
                <Thing key={name} kind={name.replaceAll(' ', '_')} id={id} />
              ))}
            </span>
          )}
        </>
      ),
    },
    { id: 'state', header: 'State', cell: (job) => <State job={job} /> },
    { id: 'tries', header: 'Tries', className: 'hidden sm:table-cell text-right', cell: ({ attempts, max_attempts }) => `${attempts} of ${max_attempts}` },
    {
      id: 'error',
      header: 'Last error',
      className: 'hidden lg:table-cell',
      cell: ({ last_error }) => (
        <span className="line-clamp-2 max-w-80 text-sm break-words text-muted-foreground" title={last_error ?? undefined}>
          {last_error ?? '–'}
        </span>
      ),
    },
    {
      id: 'when',
      header: 'When',
      className: 'hidden md:table-cell text-right',
      cell: (job) => (
        <span className="text-muted-foreground">
          <Time at={job.finished_at ?? (job.state === 'ready' ? job.run_at : job.created_at)} />
        </span>
      ),
    },
  ]
  if (showTenant) {
    columns.splice(1, 0, { id: 'tenant', header: 'Tenant', className: 'hidden xl:table-cell', cell: ({ tenant_id }) => (tenant_id ? <TenantName id={tenant_id} /> : <span className="text-muted-foreground">Platform</span>) })
  }
  if (actions && choosable.length > 0) {
    columns.unshift({
      id: 'choose',
      header: <Checkbox aria-label="Choose all" value={marked.length === choosable.length} onChange={(on) => mark(choosable.map(({ id }) => id), on)} />,
      className: 'w-8 pr-0',
      cell: (job) => (mayRetry(job) || mayDiscard(job) ? <Checkbox aria-label={`Choose ${kindName(job.kind)} ${job.id}`} value={chosen.has(job.id)} onChange={(on) => mark([job.id], on)} /> : null),
    })
  }
  const known = filter.kind && !kinds.includes(filter.kind) ? [...kinds, filter.kind] : kinds
  return (
    <>
      <div className="mb-3 flex min-h-8 flex-wrap items-center gap-2">
        <Select
          aria-label="State"
          className="w-auto min-w-32"
          options={[{ value: ANY, label: 'Any state' }, ...Object.entries(JOB_STATES).map(([value, { label }]) => ({ value, label }))]}
          value={filter.state ?? ANY}
          onChange={(state) => onFilter({ ...filter, state: state === ANY ? undefined : (state as JobState) })}
        />
        <Select
          aria-label="Kind"
          className="w-auto min-w-40"
          options={[{ value: ANY, label: 'Any kind' }, ...known.map((kind) => ({ value: kind, label: kindName(kind) }))]}
          value={filter.kind ?? ANY}
          onChange={(kind) => onFilter({ ...filter, kind: kind === ANY ? undefined : kind })}
        />
        {isFiltered && (
          <Button variant="ghost" onClick={() => onFilter({})}>
            Clear
          </Button>
        )}
        {marked.length > 0 && (
          <div role="group" aria-label="Chosen jobs" className="flex flex-wrap items-center gap-2 sm:ml-auto">
            <span className="text-sm text-muted-foreground" aria-live="polite">
              {formatCount(marked.length)} chosen
            </span>
            <Button pending={isBusy} disabled={!marked.some(mayRetry)} onClick={() => retry(marked)}>
              <RotateCcw aria-hidden />
              Try again
            </Button>
            <Button disabled={isBusy} onClick={() => setAsked(marked)}>
              <Trash2 aria-hidden />
              Discard…
            </Button>
          </div>
        )}
      </div>
      <DataTable
        label="Jobs"
        columns={columns}
        list={list}
        rowKey={(job) => job.id}
        empty={
          <EmptyState icon={ListChecks} title={isFiltered ? 'No such job' : 'No jobs yet'} action={isFiltered && <Button onClick={() => onFilter({})}>Clear the filter</Button>}>
            {isFiltered ? 'What is done is kept for a week, what has failed for a month.' : 'Work in the background shows here: transcripts, recordings, webhooks, clean-up.'}
          </EmptyState>
        }
      />
      <JobSheet
        job={items.find(({ id }) => id === shown)}
        onClose={() => setShown(undefined)}
        showTenant={showTenant}
        retry={actions && ((job) => retry([job]))}
        discard={actions && ((job) => setAsked([job]))}
        isBusy={isBusy}
      />
      {actions && (
        <ConfirmDialog
          open={asked !== undefined}
          onOpenChange={(open) => !open && setAsked(undefined)}
          title={asked?.length === 1 ? 'Discard this job?' : `Discard ${formatCount(asked?.length ?? 0)} jobs?`}
          confirm="Discard"
          onConfirm={async () => {
            await run(asked ?? [], actions.discard, 'discarded')
            setShown(undefined)
          }}
        >
          What they were to do is not done. They cannot be brought back.
        </ConfirmDialog>
      )}
    </>
  )
}

function State({ job }: { job: Job }) {
  const { label, tone } = JOB_STATES[job.state]
  const { progress } = job
  return (
    <div className="min-w-24">
      <Badge tone={tone}>{job.state === 'ready' && job.attempts > 0 ? 'Waits for another try' : label}</Badge>
      {job.state === 'running' && progress && (
        <div className="mt-1.5 max-w-40 space-y-1">
          {progress.total != null && <Progress done={progress.done} total={progress.total} label={`Progress of ${kindName(job.kind)}`} />}
          <p className="text-xs text-muted-foreground">
            {progress.phase ? `${progress.phase}: ` : ''}
            {formatCount(progress.done)}
            {progress.total == null ? '' : ` of ${formatCount(progress.total)}`}
          </p>
        </div>
      )}
    </div>
  )
}

/** Full is good here, unlike with a meter of what is used up. */
function Progress({ done, total, label }: { done: number; total: number; label: string }) {
  const share = total > 0 ? Math.min(1, done / total) : 0
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={total} aria-valuenow={Math.min(done, total)} className="h-1.5 overflow-hidden rounded-full bg-muted">
      <div className="h-full rounded-full bg-primary" style={{ width: `${share * 100}%` }} />
    </div>
  )
}
