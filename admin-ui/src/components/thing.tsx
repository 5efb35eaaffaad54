import { useQuery } from '@tanstack/react-query'
import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { allAgents, allMembers, allNumbers, allTools } from '@/lib/catalogue'
import { sentence } from '@/lib/conversations'
import { formatPhone } from '@/lib/format'

/** Where things are shown, by what the API calls their kind; of others only the id is known. */
const PAGES: Record<string, (id: string) => LinkProps> = {
  agent: (agentId) => ({ to: '/agents/$agentId', params: { agentId } }),
  call: (callId) => ({ to: '/calls/$callId', params: { callId } }),
  conversation: (callId) => ({ to: '/calls/$callId', params: { callId } }),
  customer: (customerId) => ({ to: '/customers/$customerId', params: { customerId } }),
  persona: (persona) => ({ to: '/personas/$persona', params: { persona } }),
  phone_number: (numberId) => ({ to: '/numbers/$numberId', params: { numberId } }),
  tool: (toolId) => ({ to: '/tools/$toolId', params: { toolId } }),
  webhook_endpoint: (webhookId) => ({ to: '/webhooks/$webhookId', params: { webhookId } }),
}

/** What people call the thing of an id; undefined: not known, or not there any more. */
function useName(kind: string, id: string): string | undefined {
  const agents = useQuery({ ...allAgents, enabled: kind === 'agent' })
  const numbers = useQuery({ ...allNumbers, enabled: kind === 'phone_number' })
  const tools = useQuery({ ...allTools, enabled: kind === 'tool' })
  const members = useQuery({ ...allMembers, enabled: kind === 'member' || kind === 'user' })
  switch (kind) {
    case 'agent':
      return agents.data?.find((agent) => agent.id === id)?.name
    case 'phone_number': {
      const number = numbers.data?.find((number) => number.id === id)
      return number && formatPhone(number.phone_number)
    }
    case 'tool':
      return tools.data?.find((tool) => tool.id === id)?.name
    case 'member':
    case 'user':
      return members.data?.find((member) => member.user_id === id)?.name
    case 'persona':
      return id
    default:
      return undefined
  }
}

/** The thing of an id in a list: its name, and the way to its page where it has one. `name`: where it is known besides. */
export function Thing({ kind, id, name }: { kind: string; id: string; name?: string }): ReactNode {
  const known = useName(kind, id) ?? name
  const page = PAGES[kind]?.(id)
  const isGone = known === undefined && ['agent', 'phone_number', 'tool'].includes(kind)
  const shown = known ?? (
    <>
      {sentence(kind)} <span className="font-mono text-xs">…{id.slice(-6)}</span>
    </>
  )
  if (!page || isGone) return <span title={id}>{shown}</span>
  return (
    <Link {...page} title={id} className="text-primary-text underline-offset-2 hover:underline">
      {shown}
    </Link>
  )
}
