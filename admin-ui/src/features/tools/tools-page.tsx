import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Wrench } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { type Column, DataTable } from '@/components/ui/data-table'
import { PageHeader } from '@/components/ui/page-header'
import { EmptyState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { api, take, useCursorList } from '@/lib/api'
import { allAgents } from '@/lib/catalogue'
import { useCan } from '@/lib/session'
import { type Tool, keys } from './api/queries'

export function ToolsPage() {
  const mayManage = useCan('manage')
  const list = useCursorList(keys.list(), (cursor, signal) => take(api.GET('/http-tools', { params: { query: { cursor } }, signal })))
  const create = mayManage && (
    <Button asChild variant="primary">
      <Link to="/tools/$toolId" params={{ toolId: 'new' }}>
        Create tool
      </Link>
    </Button>
  )
  return (
    <>
      <PageHeader title="Tools" description="HTTP requests that agents may make in the middle of a conversation." actions={create} />
      <DataTable
        label="Tools"
        columns={COLUMNS}
        list={list}
        rowKey={(tool) => tool.id}
        empty={
          <EmptyState icon={Wrench} title="No tools yet" action={create}>
            A tool lets an agent look something up or get something done: an order’s status, a free table, a new ticket.
          </EmptyState>
        }
      />
    </>
  )
}

const COLUMNS: readonly Column<Tool>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: (tool) => (
      <Link to="/tools/$toolId" params={{ toolId: tool.id }} className="block hover:underline">
        <span className="font-mono text-sm font-medium">{tool.name}</span>
        <span className="line-clamp-1 max-w-md text-sm text-muted-foreground">{tool.description}</span>
      </Link>
    ),
  },
  {
    id: 'request',
    header: 'Request',
    className: 'hidden md:table-cell',
    cell: (tool) => (
      <span className="flex items-center gap-2">
        <Badge tone="outline">{tool.method}</Badge>
        <span className="max-w-56 truncate font-mono text-xs text-muted-foreground" title={tool.url}>
          {tool.url.replace('https://', '')}
        </span>
      </span>
    ),
  },
  { id: 'agents', header: 'Agents', cell: (tool) => <Users id={tool.id} /> },
  {
    id: 'updated',
    header: 'Changed',
    className: 'hidden lg:table-cell',
    cell: (tool) => (
      <span className="text-muted-foreground">
        <Time at={tool.updated_at} />
      </span>
    ),
  },
]

function Users({ id }: { id: string }) {
  const { data } = useQuery(allAgents)
  const count = data?.filter((agent) => agent.draft.tools?.includes(id) || agent.published.settings.tools?.includes(id)).length
  return <span className={count ? undefined : 'text-muted-foreground'}>{count ?? '–'}</span>
}
