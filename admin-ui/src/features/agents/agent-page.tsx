import { useQuery } from '@tanstack/react-query'
import { Card } from '@/components/ui/card'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { agentQuery } from './api/queries'
import { Editor } from './components/editor'
import type { AgentTab } from './model/tabs'

interface AgentPageProps {
  agentId: string
  tab: AgentTab
  onTab: (tab: AgentTab) => void
}

export function AgentPage({ agentId, tab, onTab }: AgentPageProps) {
  const { data, error, refetch } = useQuery(agentQuery(agentId))
  if (data) return <Editor key={data.id} agent={data} tab={tab} onTab={onTab} />
  return (
    <>
      <PageHeader title="Agent" back={{ to: '/agents', label: 'Agents' }} />
      {error ? (
        <Card>
          <ErrorState error={error} retry={() => void refetch()} />
        </Card>
      ) : (
        <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_21rem]">
          <div>
            <Skeleton className="mb-5 h-8" />
            <Skeleton className="h-[40rem]" />
          </div>
          <Skeleton className="h-[40rem]" />
        </div>
      )}
    </>
  )
}
