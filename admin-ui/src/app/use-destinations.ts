import { useIsOperator, useMe } from '@/lib/session'
import { type Destination, NAVIGATION } from './navigation'

/** The pages that this person may open, by group, in order. */
export function useDestinations(): [Destination['group'], Destination[]][] {
  const { permissions } = useMe()
  const isOperator = useIsOperator()
  const groups = new Map<Destination['group'], Destination[]>()
  for (const destination of NAVIGATION) {
    const { needs, group } = destination
    const may = needs === undefined || (needs === 'operator' ? isOperator : permissions.includes(needs))
    if (may) groups.set(group, [...(groups.get(group) ?? []), destination])
  }
  return [...groups]
}
