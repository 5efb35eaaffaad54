import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Phone } from 'lucide-react'
import { useState } from 'react'
import { RegisterNumberDialog } from '@/components/register-number'
import { Button } from '@/components/ui/button'
import { type Column, DataTable } from '@/components/ui/data-table'
import { PageHeader } from '@/components/ui/page-header'
import { EmptyState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { api, take, useCursorList } from '@/lib/api'
import { allAgents } from '@/lib/catalogue'
import { formatPhone } from '@/lib/format'
import { useCan } from '@/lib/session'
import { type PhoneNumber, keys } from './api/queries'
import { StateBadge } from './components/state'

export function NumbersPage() {
  const [registering, setRegistering] = useState(false)
  const mayManage = useCan('manage')
  const list = useCursorList(keys.list(), (cursor, signal) => take(api.GET('/phone-numbers', { params: { query: { cursor } }, signal })))
  const register = mayManage && (
    <Button variant="primary" onClick={() => setRegistering(true)}>
      Register phone number
    </Button>
  )
  return (
    <>
      <PageHeader title="Phone numbers" description="Numbers of your Twilio accounts, and who answers them." actions={register} />
      <DataTable
        label="Phone numbers"
        columns={COLUMNS}
        list={list}
        rowKey={(number) => number.id}
        empty={
          <EmptyState icon={Phone} title="No phone numbers yet" action={register}>
            Register a number of your Twilio account: its calls ring at one of your agents.
          </EmptyState>
        }
      />
      <RegisterNumberDialog open={registering} onOpenChange={setRegistering} />
    </>
  )
}

const COLUMNS: readonly Column<PhoneNumber>[] = [
  {
    id: 'number',
    header: 'Number',
    cell: (number) => (
      <Link to="/numbers/$numberId" params={{ numberId: number.id }} className="block font-medium hover:underline">
        <span className="whitespace-nowrap">{formatPhone(number.phone_number)}</span>
        {number.label && <span className="block text-sm font-normal text-muted-foreground">{number.label}</span>}
      </Link>
    ),
  },
  { id: 'agent', header: 'Agent', cell: (number) => <AgentName id={number.agent_id} /> },
  { id: 'state', header: 'At Twilio', cell: (number) => <StateBadge state={number.twilio.state} /> },
  {
    id: 'checked',
    header: 'Checked',
    className: 'hidden md:table-cell',
    cell: (number) => <span className="text-muted-foreground">{number.twilio.checked_at ? <Time at={number.twilio.checked_at} /> : 'Never'}</span>,
  },
  { id: 'recorder', header: 'Recorded by', className: 'hidden lg:table-cell', cell: (number) => (number.recorded_by === 'twilio' ? 'Twilio' : 'Switchboard') },
]

function AgentName({ id }: { id: string }) {
  const { data } = useQuery(allAgents)
  const agent = data?.find((agent) => agent.id === id)
  return (
    <Link to="/agents/$agentId" params={{ agentId: id }} className="hover:underline">
      {agent?.name ?? 'Agent'}
    </Link>
  )
}
