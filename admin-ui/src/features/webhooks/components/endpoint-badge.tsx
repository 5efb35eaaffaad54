import { Badge } from '@/components/ui/badge'
import { type Endpoint } from '../api/webhooks'
import { endpointState } from '../api/words'

export function EndpointBadge({ endpoint }: { endpoint: Endpoint }) {
  const state = endpointState(endpoint)
  if (state === 'disabled') return <Badge>Disabled</Badge>
  return state === 'failing' ? <Badge tone="destructive">Failing</Badge> : <Badge tone="success">Enabled</Badge>
}
