import { useQueryClient } from '@tanstack/react-query'
import { type JobFilter, JobList } from '@/components/jobs'
import { PLATFORM_KINDS, TENANT_KINDS } from '@/components/jobs/words'
import { PageHeader } from '@/components/ui/page-header'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { api, take, useCursorList, useLive } from '@/lib/api'
import { keys } from './api/operator'
import { Cleanup } from './components/cleanup'
import { OperatorsOnly } from './components/operators-only'

interface OperatorJobsPageProps {
  filter: JobFilter
  onFilter: (filter: JobFilter) => void
}

export function OperatorJobsPage(props: OperatorJobsPageProps) {
  return (
    <OperatorsOnly title="Background work">
      <PageHeader title="Background work" description="All tenants’ jobs and the server’s own, and what clean-up removes." />
      <Tabs defaultValue="jobs">
        <TabsList aria-label="Background work">
          <TabsTrigger value="jobs">Jobs</TabsTrigger>
          <TabsTrigger value="cleanup">Clean-up</TabsTrigger>
        </TabsList>
        <TabsContent value="jobs">
          <Jobs {...props} />
        </TabsContent>
        <TabsContent value="cleanup" className="max-w-4xl">
          <Cleanup />
        </TabsContent>
      </Tabs>
    </OperatorsOnly>
  )
}

const KINDS = [...TENANT_KINDS, ...PLATFORM_KINDS]

function Jobs({ filter, onFilter }: OperatorJobsPageProps) {
  const queryClient = useQueryClient()
  const listKey = keys.list({ of: 'jobs', ...filter })
  const list = useCursorList(listKey, (cursor, signal) => take(api.GET('/operator/jobs', { params: { query: { ...filter, cursor } }, signal })))
  useLive([listKey])
  const actions = {
    retry: (id: string) => take(api.POST('/operator/jobs/{id}/retry', { params: { path: { id } } })),
    discard: (id: string) => take(api.DELETE('/operator/jobs/{id}', { params: { path: { id } } })),
    changed: () => queryClient.invalidateQueries({ queryKey: listKey }),
  }
  return <JobList list={list} filter={filter} onFilter={onFilter} kinds={KINDS} actions={actions} showTenant />
}
