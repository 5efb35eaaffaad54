import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Bot } from 'lucide-react'
import { useState } from 'react'
import { RegisterNumberDialog } from '@/components/register-number'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { type Column, DataTable } from '@/components/ui/data-table'
import { PageHeader } from '@/components/ui/page-header'
import { EmptyState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { api, take, useCursorList } from '@/lib/api'
import { allNumbers, allPersonas } from '@/lib/catalogue'
import { formatPhone } from '@/lib/format'
import { useCan } from '@/lib/session'
import { type Agent, keys } from './api/queries'
import { CreateAgentDialog } from './components/create-dialog'

export function AgentsPage() {
  const [creating, setCreating] = useState(false)
  const [registering, setRegistering] = useState(false)
  const mayManage = useCan('manage')
  const list = useCursorList(keys.list(), (cursor, signal) => take(api.GET('/agents', { params: { query: { cursor } }, signal })))
  return (
    <>
      <PageHeader
        title="Agents"
        description="Who answers your calls: how they speak, what they know, what they may do."
        actions={
          mayManage && (
            <>
              <Button onClick={() => setRegistering(true)}>
                Register phone number
              </Button>
              <Button variant="primary" onClick={() => setCreating(true)}>
                Create agent
              </Button>
            </>
          )
        }
      />
      <DataTable
        label="Agents"
        columns={COLUMNS}
        list={list}
        rowKey={(agent) => agent.id}
        empty={
          <EmptyState
            icon={Bot}
            title="No agents yet"
            action={
              mayManage && (
                <Button variant="primary" onClick={() => setCreating(true)}>
                  Create your first agent
                </Button>
              )
            }
          >
            An agent answers calls and chats. Give it a name and a persona; you can talk to it at once.
          </EmptyState>
        }
      />
      <CreateAgentDialog open={creating} onOpenChange={setCreating} />
      <RegisterNumberDialog open={registering} onOpenChange={setRegistering} />
    </>
  )
}

const COLUMNS: readonly Column<Agent>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: (agent) => (
      <Link to="/agents/$agentId" params={{ agentId: agent.id }} className="font-medium hover:underline">
        {agent.name}
      </Link>
    ),
  },
  { id: 'persona', header: 'Persona', className: 'hidden md:table-cell', cell: (agent) => <PersonaTitle name={agent.published.settings.persona ?? ''} /> },
  {
    id: 'version',
    header: 'Published',
    cell: (agent) => (
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="whitespace-nowrap">Version {agent.published.number}</span>
        {agent.differs && <Badge tone="warning">Unpublished changes</Badge>}
      </span>
    ),
  },
  { id: 'numbers', header: 'Numbers', className: 'hidden sm:table-cell', cell: (agent) => <Numbers agentId={agent.id} /> },
  {
    id: 'updated',
    header: 'Changed',
    className: 'hidden lg:table-cell',
    cell: (agent) => (
      <span className="text-muted-foreground">
        <Time at={agent.updated_at} />
      </span>
    ),
  },
]

function PersonaTitle({ name }: { name: string }) {
  const { data } = useQuery(allPersonas)
  return data?.personas.find((persona) => persona.name === name)?.title ?? name
}

/** The first number, and how many more. */
function Numbers({ agentId }: { agentId: string }) {
  const { data } = useQuery(allNumbers)
  const mine = data?.filter((number) => number.agent_id === agentId) ?? []
  const [first] = mine
  if (!first) return <span className="text-muted-foreground">–</span>
  return (
    <span className="whitespace-nowrap">
      <Link to="/numbers/$numberId" params={{ numberId: first.id }} className="hover:underline">
        {formatPhone(first.phone_number)}
      </Link>
      {mine.length > 1 && <span className="text-muted-foreground"> +{mine.length - 1}</span>}
    </span>
  )
}
