import { useQueryClient } from '@tanstack/react-query'
import { type JobFilter, JobList } from '@/components/jobs'
import { TENANT_KINDS } from '@/components/jobs/words'
import { PageHeader } from '@/components/ui/page-header'
import { api, queryKeys, take, useCursorList, useLive } from '@/lib/api'
import { useCan } from '@/lib/session'

const keys = queryKeys('jobs')

export function JobsPage({ filter, onFilter }: { filter: JobFilter; onFilter: (filter: JobFilter) => void }) {
  const mayManage = useCan('manage')
  const queryClient = useQueryClient()
  const list = useCursorList(keys.list(filter), (cursor, signal) => take(api.GET('/jobs', { params: { query: { ...filter, cursor } }, signal })))
  useLive([keys.all])
  const actions = {
    retry: (id: string) => take(api.POST('/jobs/{id}/retry', { params: { path: { id } } })),
    discard: (id: string) => take(api.DELETE('/jobs/{id}', { params: { path: { id } } })),
    changed: () => queryClient.invalidateQueries({ queryKey: keys.all }),
  }
  return (
    <>
      <PageHeader title="Jobs" description="What is done in the background. What fails is tried again, then stands here until somebody looks." />
      <JobList list={list} filter={filter} onFilter={onFilter} kinds={TENANT_KINDS} actions={mayManage ? actions : undefined} />
    </>
  )
}
